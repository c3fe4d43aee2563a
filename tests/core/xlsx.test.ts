import ExcelJS from '@protobi/exceljs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDecimal, parseDecimal } from '../../plugins/core/engine/decimal.ts'
import { columnName, isExactNumber, serialOf, type SheetCell } from '../../plugins/core/xlsx/sheet-cells.ts'
import { writeXlsx, type SheetColumn, type SheetRows } from '../../plugins/core/xlsx/write-xlsx.ts'

const columns = (count: number): SheetColumn[] => Array.from({ length: count }, (_, index) => ({ head: `Column ${index}`, width: 12, kind: 'text' }))

async function fileOf(rows: SheetRows, { sheet = 'Parts', heads = columns(rows[0]?.length ?? 1) }: { sheet?: string; heads?: readonly SheetColumn[] } = {}): Promise<Buffer> {
  async function* pages() { yield rows }
  const parts: Uint8Array[] = []
  for await (const part of writeXlsx({ sheet, columns: heads, pages: pages(), moneyDigits: 2 })) parts.push(part)
  return Buffer.concat(parts)
}

/** As another program reads it. */
async function readBack(file: Buffer) {
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(file as never)
  const sheet = book.worksheets[0] ?? expect.fail('no sheet')
  return { sheet, cell: (row: number, column: number) => sheet.getRow(row).getCell(column) }
}

const text = (value: string): SheetCell => ({ kind: 'text', text: value })

describe('a workbook', () => {
  it('has a bold, frozen head, its name, and figures and dates that a spreadsheet calculates with', async () => {
    const { sheet, cell } = await readBack(await fileOf([[
      text('=SUM(A1)'), { kind: 'number', text: '-12.5' }, { kind: 'money', text: '39.50' }, { kind: 'date', text: '2026-11-22' },
      { kind: 'dateTime', text: '2026-11-22T08:30:00' }, { kind: 'boolean', text: 'true' }, null, text('0012'),
    ]], { sheet: 'Parts [2026/11]: a name that is too long for it' }))
    expect(sheet.name).toBe('Parts  2026 11   a name that is')
    expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 })
    expect(cell(1, 1).font.bold).toBe(true)
    expect(cell(1, 2).value).toBe('Column 1')
    expect(cell(2, 1).type).toBe(ExcelJS.ValueType.String)
    expect(cell(2, 1).value).toBe('=SUM(A1)')
    expect([cell(2, 2).value, cell(2, 3).value, cell(2, 3).numFmt, cell(2, 6).value, cell(2, 7).value]).toEqual([-12.5, 39.5, '#,##0.00', true, null])
    expect(cell(2, 4).value).toEqual(new Date('2026-11-22T00:00:00Z'))
    expect(cell(2, 4).numFmt).toBe('yyyy-mm-dd')
    expect((cell(2, 5).value as Date).getTime()).toBeCloseTo(Date.parse('2026-11-22T08:30:00Z'), -1)
    expect(cell(2, 8).value).toBe('0012')
    expect(cell(3, 8).numFmt, 'what is typed below stays text').toBe('@')
  })

  it('keeps every digit: what a double does not hold is text, and so is a date before March 1900', async () => {
    const { cell } = await readBack(await fileOf([[{ kind: 'number', text: '123456789.123456' }, { kind: 'number', text: '9007199254.740993' }, { kind: 'date', text: '1900-02-28' }, { kind: 'date', text: '1900-03-01' }]]))
    expect([cell(2, 1).value, cell(2, 2).value, cell(2, 3).value]).toEqual([123456789.123456, '9007199254.740993', '1900-02-28'])
    expect(cell(2, 4).value).toEqual(new Date('1900-03-01T00:00:00Z'))
    expect(serialOf('1900-03-01')).toBe(61)
    expect(serialOf('9999-12-31')).toBe(2_958_465)
    expect(serialOf('10000-01-01')).toBeUndefined()
    // A reader writes the double down in the fewest digits that are still it.
    fc.assert(fc.property(fc.maxSafeInteger(), fc.integer({ min: 0, max: 6 }), (value, scale) => {
      const spoken = formatDecimal(value, scale)
      if (isExactNumber(spoken)) expect(parseDecimal(String(Number(spoken)), scale)).toEqual({ ok: true, value })
    }), { numRuns: 2_000 })
  })

  it('keeps any text: Chinese, quotes, line breaks, markup, control characters, what looks like an escape', async () => {
    const unit = fc.oneof(fc.constantFrom('\n', '\r', '\t', ' ', '"', '&', '<', ']]>', '_x000D_', '_x0041_', '_', '\u0001', '\u001F', '\uFFFF', '中', '🚲', "'", '='), fc.string({ unit: 'grapheme', maxLength: 3 }))
    const texts = fc.array(fc.array(unit, { minLength: 1, maxLength: 6 }).map((parts) => parts.join('')).filter((own) => own !== ''), { minLength: 1, maxLength: 40 })
    await fc.assert(fc.asyncProperty(texts, async (own) => {
      const { cell } = await readBack(await fileOf(own.map((one) => [text(one)])))
      own.forEach((one, index) => expect(unescaped(String(cell(index + 2, 1).value))).toBe(one))
    }), { numRuns: 25 })
  })

  it('names its columns as spreadsheets do', () => {
    expect([0, 25, 26, 51, 52, 701, 702].map(columnName)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA'])
  })

  it('reads its source no faster than it is taken', async () => {
    let read = 0
    async function* pages(): AsyncGenerator<SheetRows> {
      for (; read < 400; read++) yield Array.from({ length: 100 }, (_, row) => [text(`${read} ${row} ${Math.random()}`)])
    }
    const file = writeXlsx({ sheet: 'Many', columns: columns(1), pages: pages(), moneyDigits: 2 })
    while (read === 0) await file.next()
    await new Promise((resolve) => { setTimeout(resolve, 50) })
    expect(read).toBeLessThan(100)
    await file.return(undefined)
  })

  it('fails as a whole when its source does', async () => {
    async function* pages(): AsyncGenerator<SheetRows> {
      yield [[text('one')]]
      throw new Error('the database is gone')
    }
    await expect((async () => { for await (const part of writeXlsx({ sheet: 'Broken', columns: columns(1), pages: pages(), moneyDigits: 2 })) expect(part).toBeDefined() })()).rejects.toThrow('the database is gone')
  })
})

/** ECMA-376, ST_Xstring: the library leaves the escapes as they are. */
const unescaped = (cell: string) => cell.replace(/_x([0-9A-F]{4})_/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
