import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FieldDefinition, FieldType } from '../../config/language/entity.ts'
import { guarded } from '../../plugins/core/entities/cell-text.ts'
import { plainNumber, textOfCell, type Cell } from '../../plugins/core/imports/cell.ts'
import { csvRecords, type CsvForm, type CsvRecord } from '../../plugins/core/imports/csv-records.ts'
import { detectConventions, detectDelimiter, detectHeaderRow, markOf } from '../../plugins/core/imports/detect-dialect.ts'
import { detectEncoding } from '../../plugins/core/imports/detect-encoding.ts'
import { readCell, type CellForm } from '../../plugins/core/imports/read-cell.ts'
import { openRowIndex } from '../../plugins/core/imports/row-index.ts'

const form: CellForm = { decimalMark: '.', dateOrder: 'dmy', from1904: false, zone: 'Asia/Shanghai' }
const field = (type: FieldType, extra: Partial<FieldDefinition> = {}): FieldDefinition => ({ name: 'f', type, label: { en: 'F', zh: '字段' }, ...extra })
const read = (type: FieldType, cell: Cell, extra: Partial<CellForm> = {}, definition: Partial<FieldDefinition> = {}): unknown => {
  const result = readCell(field(type, definition), cell, { ...form, ...extra })
  return 'value' in result ? result.value : 'problem'
}

describe('figures', () => {
  it.each<[Cell, string]>([
    ['1,234.50', '1234.50'], [' 12 ', '12'], ['-1 234', '-1234'], ['(1,234.5)', '-1234.5'], ['12-', '-12'], ['１２．５', '12.5'], ['1,2345,6789.01', '123456789.01'], ["1'234", '1234'],
    ['+5', '5'], ['.5', '0.5'], ['1.5E+3', '1500'], ['−7', '-7'], [0.1 + 0.2, '0.3'], [1e21, '1000000000000000000000'],
  ])('%j is %s', (cell, expected) => expect(read('quantity', cell)).toBe(expected))

  it.each<[Cell, string]>([['1.234,50', '1234.50'], ['12,5', '12.5'], ['1.234.567', '1234567'], ['1 234,5', '1234.5'], [12.5, '12.5']])('%j with a decimal comma is %s', (cell, expected) => expect(read('quantity', cell, { decimalMark: ',' })).toBe(expected))

  it.each(['12,5', 'abc', '1,23,456', '--1', '1.2.3', '0x10', 'NaN', 'Infinity', '-', '.', '１２abc', '1e999'])('%j with a decimal point is none', (cell) => expect(read('quantity', cell)).toBe('problem'))

  it.each<[FieldType, Cell, string, string]>([
    ['money', '￥１２．５', 'CNY', '12.5'], ['money', '¥ 1,2345,6789.01', 'CNY', '123456789.01'], ['unitPrice', '12.5元', 'CNY', '12.5'], ['money', 'CNY 3.20', 'CNY', '3.20'], ['money', '($3.20)', 'USD', '-3.20'], ['money', '-5 €', 'EUR', '-5'],
    ['money', '3.20 USD', 'USD', '3.20'], ['money', '¥300', 'JPY', '300'], ['percent', '19 %', 'CNY', '19'], ['percent', { percent: 19.5 }, 'CNY', '19.5'],
    ['money', '$3.20', 'CNY', 'problem'], ['money', 'EUR 3.20', 'CNY', 'problem'], ['unitPrice', '3.20 €', 'USD', 'problem'], ['money', '19 %', 'CNY', 'problem'], ['money', '€5 USD', 'EUR', 'problem'],
    ['money', { amount: -12.5, currency: '€' }, 'EUR', '-12.5'], ['money', { amount: 5, currency: '$' }, 'USD', '5'], ['unitPrice', { amount: 5, currency: 'Fr.' }, 'CHF', '5'], ['money', 'Fr. 5', 'CHF', '5'], ['money', '₹5', 'INR', '5'], ['money', 'HK$5', 'HKD', '5'],
    ['money', { amount: 12.5, currency: '$' }, 'CNY', 'problem'], ['unitPrice', { amount: 12.5, currency: 'JPY' }, 'CNY', 'problem'], ['quantity', { amount: 12.5, currency: '¥' }, 'CNY', 'problem'], ['percent', { amount: 1, currency: '¥' }, 'CNY', 'problem'], ['integer', { amount: 1, currency: '¥' }, 'CNY', 'problem'],
    ['money', 'Fr. 5', 'CNY', 'problem'], ['money', 'x5', 'CNY', 'problem'],
    ['quantity', '19%', 'CNY', 'problem'], ['quantity', { percent: 50 }, 'CNY', 'problem'], ['quantity', '¥5', 'CNY', 'problem'], ['quantity', '5 PCS', 'CNY', 'problem'], ['percent', '¥5', 'CNY', 'problem'], ['integer', '5%', 'CNY', 'problem'],
  ])('%s: %j in a firm of %s is %s', (type, cell, currency, expected) => expect(read(type, cell, { currency })).toBe(expected))

  it('an amount of a spreadsheet is refused like the text that it shows', () => {
    for (const cell of [{ amount: -12.5, currency: '$' }, { amount: 3, currency: 'USD' }, { amount: 3, currency: 'HK$' }]) {
      const told = readCell(field('money'), cell, { ...form, currency: 'CNY' })
      expect(told).toEqual({ problem: expect.objectContaining({ en: expect.stringContaining('is not CNY') as string }) as unknown })
      expect(readCell(field('money'), textOfCell(cell), { ...form, currency: 'CNY' })).toEqual(told)
    }
  })

  it('a sign that means something else is named, with what to do', () => {
    expect(readCell(field('money'), '€ 5', { ...form, currency: 'CNY' })).toEqual({ problem: { en: '“€” is not CNY, the currency of the firm. Convert the amount and write it without a sign.', zh: '“€”不是企业的本位币 CNY，请换算金额后填写，不带货币符号。' } })
  })

  it('what is none is shown how this file writes one', () => {
    const told = (decimalMark: CellForm['decimalMark']) => readCell(field('quantity'), 'abc', { ...form, decimalMark })
    expect([told('.'), told(',')]).toEqual([{ problem: { en: expect.stringContaining('1234.5'), zh: expect.stringContaining('1234.5') } }, { problem: { en: expect.stringContaining('1234,5'), zh: expect.stringContaining('1234,5') } }])
  })

  it('whole numbers are numbers, what has a fraction is left to the rule of the field', () => {
    expect([read('integer', '1,200'), read('integer', 3), read('integer', '4.0'), read('integer', '1.5')]).toEqual([1200, 3, 4, '1.5'])
  })

  it('any number of a spreadsheet is written without exponent, by its 15 digits', () => {
    fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e20, max: 1e20 }), (value) => {
      const written = plainNumber(value)
      expect(written).toMatch(/^-?\d+(\.\d+)?$/)
      expect(Number(written)).toBe(Number.isSafeInteger(value) ? value + 0 : Number(value.toPrecision(15)))
    }))
  })

  it('what is written with either mark and thousands comes back', () => {
    fc.assert(fc.property(fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }), fc.constantFrom('.' as const, ',' as const), (value, mark) => {
      const text = `${value < 0n ? '-' : ''}${String(value < 0n ? -value : value).replace(/\B(?=(\d{3})+$)/g, mark === '.' ? ',' : '.')}${mark}25`
      expect(read('quantity', text, { decimalMark: mark })).toBe(`${value}.25`)
    }))
  })
})

describe('days', () => {
  it.each<[Cell, Partial<CellForm>, string]>([
    ['2026-11-22', {}, '2026-11-22'], ['2026/1/2', {}, '2026-01-02'], ['2026.1.2', {}, '2026-01-02'], ['2026年1月2日', {}, '2026-01-02'], ['20260102', {}, '2026-01-02'], ['31.12.2026', {}, '2026-12-31'], ['1/2/2026', {}, '2026-02-01'],
    ['1/2/2026', { dateOrder: 'mdy' }, '2026-01-02'], ['26-01-02', { dateOrder: 'ymd' }, '2026-01-02'], ['3.4.99', {}, '1999-04-03'], ['2-Jan-2026', {}, '2026-01-02'], ['Jan 2, 2026', {}, '2026-01-02'],
    ['2026-11-22 08:30:00', {}, '2026-11-22'], ['45322', {}, '2024-01-31'], [45322, {}, '2024-01-31'], [1, {}, '1900-01-01'], [59, {}, '1900-02-28'], [61, {}, '1900-03-01'], [0, { from1904: true }, '1904-01-01'], [43860, { from1904: true }, '2024-01-31'],
    [{ date: '2026-11-22T08:30:00' }, {}, '2026-11-22'],
  ])('%j %j is %s', (cell, extra, expected) => expect(read('date', cell, extra)).toBe(expected))

  it.each<Cell>(['31.02.2026', '2026-13-01', 'soon', '32/1/2026', 60, -1, 3e6, true, '0000-00-00'])('%j is none', (cell) => expect(read('date', cell)).toBe('problem'))

  it('a time without a zone is meant by the clock of the firm, one with a zone as it says', () => {
    expect(read('dateTime', '2026-11-22 08:30')).toBe('2026-11-22T00:30:00.000Z')
    expect(read('dateTime', '2026-11-22T08:30:00+01:00')).toBe('2026-11-22T07:30:00.000Z')
    expect(read('dateTime', '11/22/2026 1:05 PM', { dateOrder: 'mdy' })).toBe('2026-11-22T05:05:00.000Z')
    expect(read('dateTime', 45322.5)).toBe('2024-01-31T04:00:00.000Z')
  })
})

describe('words', () => {
  it('yes and no in both languages', () => {
    expect(['Yes', '是', 'TRUE', '1', '√', 'x'].map((cell) => read('boolean', cell))).toEqual([true, true, true, true, true, true])
    expect(['no', '否', 'false', '0', '×'].map((cell) => read('boolean', cell))).toEqual([false, false, false, false, false])
    expect(read('boolean', 'perhaps')).toBe('problem')
  })

  it('options by value and by label in both languages', () => {
    const options = [{ value: 'make', label: { en: 'Make', zh: '自制' } }, { value: 'buy', label: { en: 'Bought in', zh: '外购' } }]
    expect(['make', 'MAKE', '外购', 'bought in'].map((cell) => read('select', cell, {}, { options }))).toEqual(['make', 'make', 'buy', 'buy'])
    expect(read('select', 'steal', {}, { options })).toBe('problem')
  })

  it('texts stay as they are: leading zeros, numbers, guarded formulas; errors and broken characters are told', () => {
    expect([read('text', '00123'), read('text', 123), read('text', "'=SUM(A1)"), read('text', "'s-Hertogenbosch"), read('text', '(empty)'), read('text', '')]).toEqual(['00123', '123', '=SUM(A1)', "'s-Hertogenbosch", null, undefined])
    expect([read('text', { error: '#N/A' }), read('text', 'a\uFFFDb'), read('text', { formula: true }), read('quantity', { formula: true })]).toEqual(['problem', 'problem', 'problem', 'problem'])
  })

  it('any text that an export guards comes back', () => {
    fc.assert(fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (text) => {
      fc.pre(text.trim() !== '' && !/[\0\uFFFD]/.test(text))
      expect(read('text', guarded(text))).toBe(text)
    }))
  })

  it('nothing that a cell may hold makes the reader fail', () => {
    expect(read('date', Number.NaN)).toBe('problem')
    const cell = fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.constant(null), fc.string().map((date) => ({ date })), fc.double().map((percent) => ({ percent })), fc.double().map((amount) => ({ amount, currency: '$' })), fc.string().map((error) => ({ error })), fc.constant({ formula: true } as const))
    const types = fc.constantFrom<FieldType>('text', 'integer', 'quantity', 'money', 'percent', 'boolean', 'date', 'dateTime', 'select', 'relation', 'json', 'email')
    fc.assert(fc.property(cell, types, fc.constantFrom('.' as const, ',' as const), fc.boolean(), (one, type, decimalMark, many) => {
      const result = readCell(field(type, { many, options: [] }), one, { ...form, decimalMark })
      expect('value' in result || result.problem.zh !== '').toBe(true)
    }), { numRuns: 500 })
  })
})

async function records(chunks: readonly string[], csv: Partial<CsvForm> = {}): Promise<CsvRecord[]> {
  const found: CsvRecord[] = []
  const source = async function* () { yield* chunks }
  for await (const record of csvRecords(source(), { delimiter: ',', multiline: true, ...csv })) found.push(record)
  return found
}
const pieces = (text: string, size: number) => Array.from({ length: Math.ceil(text.length / size) }, (_, index) => text.slice(index * size, (index + 1) * size))

describe('CSV', () => {
  it('whatever is written by the rules comes back, however the file is cut into pieces', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r\n', ' ', '物', '\t', '\'') })
    await fc.assert(fc.asyncProperty(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }), fc.constantFrom(',', ';', '\t'), fc.integer({ min: 1, max: 7 }), async (rows, delimiter, size) => {
      const text = rows.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(delimiter)).join('\r\n')
      expect((await records(pieces(text, size), { delimiter })).map(({ cells }) => cells)).toEqual(rows)
    }))
  })

  it('what is unquoted is kept as it stands, quotes within a value too', async () => {
    expect((await records(['a,5" pipe, b \n\n,\n'])).map(({ row, cells }) => [row, cells])).toEqual([[1, ['a', '5" pipe', ' b ']], [2, ['']], [3, ['', '']]])
  })

  it.each(['\n', '\r\n', '\r'])('lines end with %j, however the file is cut into pieces', async (end) => {
    const text = ['id,name', '1,"a', 'b"', '', '2,"open', '3,c', '4,"d"'].join(end)
    for (let size = 1; size <= text.length; size++) {
      expect((await records(pieces(text, size))).map(({ row, cells, broken }) => [row, cells, broken]), `${size}`).toEqual([
        [1, ['id', 'name'], undefined], [2, ['1', `a${end}b`], undefined], [3, [''], undefined], [4, ['2', 'open'], true], [5, ['3', 'c'], undefined], [6, ['4', 'd'], undefined],
      ])
    }
    const endless = [...Array.from({ length: 20 }, () => 'x'.repeat(100_000)), ...pieces(`${end}next,row${end}`, 1)]
    expect((await records(endless)).map(({ row, broken }) => [row, broken])).toEqual([[1, true], [2, undefined]])
  })

  it('a quote that never closes spoils its line alone, also in a large file', async () => {
    const text = `id,name\n1,"open\n${Array.from({ length: 20_000 }, (_, index) => `${index + 2},${'x'.repeat(90)}`).join('\n')}\n`
    const found = await records(pieces(text, 65_536))
    expect(found.filter(({ broken }) => broken).map(({ row }) => row)).toEqual([2])
    expect(found).toHaveLength(20_002)
  })

  it('one endless line is one broken record, in bounded memory', async () => {
    const chunks = Array.from({ length: 100 }, () => 'x'.repeat(100_000))
    const found = await records([...chunks, '\nnext,row'])
    expect(found.map(({ row, broken }) => [row, broken])).toEqual([[1, true], [2, undefined]])
    expect(found[0]?.cells.join('').length).toBeLessThan(10_000)
  })
})

describe('the form of a file', () => {
  it.each([['a,b\n1,2', ','], ['a;b\n1,5;2,5', ';'], ['a\tb\n1\t2', '\t'], ['a|b\n1|2', '|'], ['a;b,c\r1;2\r3;4', ';'], ['"a;b",c\n"1;2",3', ','], ['only\none', ',']])('the delimiter of %j is %j', (text, delimiter) => expect(detectDelimiter(text)).toBe(delimiter))

  it('the encoding is known by mark, zeros and sense', () => {
    expect(detectEncoding(Buffer.from('名称'))).toBe('utf-8')
    expect(detectEncoding(Buffer.from('\uFEFFname'))).toBe('utf-8')
    expect(detectEncoding(Buffer.from('c3fbb3c6', 'hex'))).toBe('gb18030')
    expect(detectEncoding(Buffer.from('\uFEFF名称', 'utf16le'))).toBe('utf-16le')
    expect(detectEncoding(Buffer.from('name,value\r\n', 'utf16le'))).toBe('utf-16le')
    expect(detectEncoding(Buffer.from('name,value\r\n', 'utf16le').swap16())).toBe('utf-16be')
    // "Größe" in Latin 1 cannot be UTF-8; cut in the middle of a character UTF-8 still is.
    expect(detectEncoding(Buffer.from('名称').subarray(0, 5))).toBe('utf-8')
  })

  it('the header stands below titles, the conventions follow from what can be meant one way only', () => {
    const rows = [['Price list', '', ''], ['', '', ''], ['Part', 'Price', 'Date'], ['A', '1.234,50', '31/12/2026']].map((cells, index) => ({ row: index + 1, cells }))
    expect(detectHeaderRow(rows)).toBe(3)
    expect(detectConventions(rows)).toEqual({ decimalMark: ',', dateOrder: 'dmy', isOrderGuessed: false })
    expect(detectConventions([{ row: 1, cells: ['1,234.50', '12/31/2026'] }])).toEqual({ decimalMark: '.', dateOrder: 'mdy', isOrderGuessed: false })
  })

  const table = (text: string) => text.split('\n').map((line, index) => ({ row: index + 1, cells: line.split(',') }))
  it.each<[string, number]>([
    ['number,name\nL-1,a,extra\nL-2\n\n,,\nL-3,c', 1], ['Nummer,Text\nL-1,a,extra', 1], ['Title\nPart,Price,Date', 2], ['Price list,May\n\nPart,Maker,Country\nA,Acme,CN\nB,Bolt,TW', 3],
    ['Report,by,Ann\nnumber,name,unit,colour,size,place\nA,x,,\nB,y,,', 2], ['name,number\nname,Ann', 1],
  ])('the header of %j is row %d', (text, row) => expect(detectHeaderRow(table(text), (name) => ['number', 'name', 'unit'].includes(name))).toBe(row))

  it.each<[string, string | undefined]>([
    ['1,500', 'either'], ['-2.750', 'either'], ['€ 1.500', 'either'], ['0,500', ','], ['1234,500', ','], ['1.234,5', ','], ['1.500.000', ','], ['12,5 €', ','], ['1,500,000', '.'], ['1,500.25', '.'], ['12.5 %', '.'], ['0.125', '.'],
    ['1500', undefined], ['A-1,500', undefined], ['31.12.2026', undefined], ['1,2,3', undefined], ['', undefined],
  ])('the decimal mark of %j is %j', (text, mark) => expect(markOf(text)).toBe(mark))

  it('that dates could be either is known; without such dates there is nothing to guess', () => {
    const guessed = (...cells: string[]) => detectConventions([{ row: 1, cells }]).isOrderGuessed
    expect([guessed('01/02/2026', '3.4.26'), guessed('01/02/2026', '13/02/2026'), guessed('2026-01-02'), guessed('x')]).toEqual([true, false, false, false])
  })
})

it('the index of rows knows every text again and no other', () => {
  const index = openRowIndex()
  for (let row = 1; row <= 50_000; row++) index.add(`key ${row}`, row)
  index.add('key 7', 99)
  expect([1, 7, 50_000].map((row) => index.rowOf(`key ${row}`))).toEqual([1, 7, 50_000])
  expect(Array.from({ length: 50_000 }, (_, row) => index.rowOf(`other ${row}`)).filter((row) => row !== undefined)).toEqual([])
})
