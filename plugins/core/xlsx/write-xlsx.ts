import { cellXml, columnName, headCell, styleOf, type SheetCell } from './sheet-cells.ts'
import { contentTypes, packageRelations, spreadsheet, styles, workbook, workbookRelations } from './workbook-parts.ts'
import { zip } from './zip.ts'

export type SheetColumn = {
  readonly head: string
  /** In characters. */
  readonly width: number
  /** Of empty cells too: what someone types below a column of codes stays a text. */
  readonly kind: SheetCell['kind']
}

export type SheetRows = readonly (readonly (SheetCell | null)[])[]

/** Rows of a sheet, its head included. */
export const mostRows = 1_048_576

/**
 * A workbook with one sheet, its first row bold and frozen, as bytes that come as fast as they are taken: of the rows, one page
 * is in memory.
 * @throws RangeError beyond the rows that a sheet holds
 */
export function writeXlsx({ sheet, columns, pages, moneyDigits }: {
  readonly sheet: string; readonly columns: readonly SheetColumn[]; readonly pages: AsyncIterable<SheetRows>; readonly moneyDigits: number
}): AsyncGenerator<Uint8Array, undefined> {
  return zip([
    { name: '[Content_Types].xml', chunks: [contentTypes] },
    { name: '_rels/.rels', chunks: [packageRelations] },
    { name: 'xl/workbook.xml', chunks: [workbook(sheet)] },
    { name: 'xl/_rels/workbook.xml.rels', chunks: [workbookRelations] },
    { name: 'xl/styles.xml', chunks: [styles(moneyDigits)] },
    { name: 'xl/worksheets/sheet1.xml', chunks: sheetXml(columns, pages) },
  ])
}

async function* sheetXml(columns: readonly SheetColumn[], pages: AsyncIterable<SheetRows>): AsyncGenerator<string> {
  const names = columns.map((_, index) => columnName(index))
  const widths = columns.map(({ width, kind }, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" style="${styleOf[kind]}" customWidth="1"/>`)
  yield '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    + `<worksheet xmlns="${spreadsheet}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`
    + `${columns.length > 0 ? `<cols>${widths.join('')}</cols>` : ''}<sheetData>`
  yield `<row r="1">${columns.map(({ head }, index) => headCell(head, `${names[index]}1`)).join('')}</row>`
  let row = 1
  for await (const rows of pages) {
    let xml = ''
    for (const cells of rows) {
      row++
      if (row > mostRows) throw new RangeError(`A sheet holds ${mostRows} rows.`)
      xml += `<row r="${row}">${cells.map((cell, index) => (cell === null ? '' : cellXml(cell, `${names[index] ?? columnName(index)}${row}`))).join('')}</row>`
    }
    yield xml
  }
  yield '</sheetData></worksheet>'
}
