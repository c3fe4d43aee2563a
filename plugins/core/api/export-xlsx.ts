import { isWhole } from '../../../config/expression/rule-values.ts'
import type { FieldDefinition } from '../../../config/language/entity.ts'
import { isDecimal } from '../commands/defaults.ts'
import { writeXlsx, type SheetColumn } from '../xlsx/write-xlsx.ts'
import { longestCell, type SheetCell } from '../xlsx/sheet-cells.ts'
import type { Cell } from './export-cells.ts'
import type { ExportColumn, Purpose } from './export-columns.ts'
import type { ExportPage } from './export-csv.ts'

type Inputs = {
  readonly sheet: string
  readonly columns: readonly ExportColumn[]
  readonly head: readonly string[]
  readonly pages: AsyncIterable<ExportPage>
  readonly purpose: Purpose
  /** Of the firm: its digits of money and the clock that times are shown by. */
  readonly firm: { readonly exponent: number; readonly timeZone: string }
}

/** The file as bytes: figures, dates and yes or no as a spreadsheet's own, everything else as text that it never calculates. */
export function xlsxFile({ sheet, columns, head, pages, purpose, firm }: Inputs): AsyncGenerator<Uint8Array, undefined> {
  const wallClock = clockIn(firm.timeZone)
  const shown = (cell: Cell | null): SheetCell | null => {
    if (cell === null) return null
    switch (cell.kind) {
      case 'word': return { kind: 'text', text: cell.text }
      case 'text': return { kind: 'text', text: purpose === 'people' ? shortened(cell.text) : cell.text }
      case 'dateTime': return { kind: 'dateTime', text: wallClock(cell.text) }
      case 'boolean': return { kind: 'boolean', text: cell.text === 'true' ? 'true' : 'false' }
      default: return { kind: cell.kind, text: cell.text }
    }
  }
  async function* sheetPages() {
    for await (const { rows, cell } of pages) yield rows.map((row) => columns.map((column) => shown(cell(column, row))))
  }
  return writeXlsx({
    sheet, pages: sheetPages(), moneyDigits: firm.exponent,
    columns: columns.map(({ field, states }, index): SheetColumn => ({ head: head[index] ?? '', kind: kindOf(field, purpose), width: widthOf(field, states !== undefined, head[index] ?? '') })),
  })
}

/** Excel offers to repair a file whose cells are longer. An import's text is never cut. */
const shortened = (text: string) => (text.length > longestCell ? `${text.slice(0, longestCell - 1)}…` : text)

function kindOf(field: FieldDefinition, purpose: Purpose): SheetCell['kind'] {
  if (field.type === 'money' || field.type === 'date') return field.type
  if (isWhole(field) || isDecimal(field)) return 'number'
  if (field.type === 'boolean' && purpose === 'import') return 'boolean'
  return field.type === 'dateTime' && purpose === 'people' ? 'dateTime' : 'text'
}

/** In characters; a Chinese one is as wide as two. */
function widthOf({ type }: FieldDefinition, isState: boolean, head: string): number {
  const usual = type === 'longText' ? 40 : isState || type === 'boolean' || type === 'integer' ? 10 : type === 'text' || type === 'relation' || type === 'email' ? 22 : 14
  return Math.min(50, Math.max(usual, head.replace(/[^\x00-\xFF]/g, '  ').length + 3))
}

/** "2026-11-22T08:30:00": what a clock in the zone shows at a moment; anything that is no moment as it is. */
function clockIn(timeZone: string): (iso: string) => string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' })
  return (iso) => {
    const time = Date.parse(iso)
    return Number.isNaN(time) ? iso : format.format(time).replace(' ', 'T')
  }
}
