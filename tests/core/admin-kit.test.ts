import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FieldDefinition } from '../../config/language/entity.ts'
import { rowsToSend, startRows } from '../../admin/document/event-rows.ts'
import { findingsOf } from '../../admin/document/findings.ts'
import { toldColumns } from '../../admin/document/line-columns.ts'
import { matchesWords } from '../../admin/frame/palette-match.ts'
import { fromForm, startOf, toForm } from '../../admin/kit/field-values.ts'
import { formatDateText, formatDecimalText, formatMoment, formatMoneyText, formatRelative, plainDecimal } from '../../admin/kit/format.ts'
import { isTable, parseTable } from '../../admin/kit/paste.ts'
import { readDate } from '../../admin/kit/read-date.ts'
import { sentencesOf } from '../../admin/kit/sentences.ts'
import { previewAmount, sumDecimalTexts } from '../../admin/kit/sum.ts'
import { foundFields } from '../../admin/list/found-fields.ts'
import { addDays } from '../../plugins/core/engine/dates.ts'
import { defaultsOf } from '../../plugins/core/commands/defaults.ts'
import { extendAmount, formatDecimal } from '../../plugins/core/engine/decimal.ts'
import { dueField } from '../../plugins/core/views/due-field.ts'
import { spansAt } from '../../plugins/core/views/listed-entity.ts'
import { emptyQuery, listQueryParams, parseListQuery, whereOf, whereParams, withoutUnknown, type ListQuery } from '../../plugins/core/views/list-query.ts'

const field = (type: FieldDefinition['type'], more: Partial<FieldDefinition> = {}): FieldDefinition => ({ name: type, type, label: { en: type, zh: type }, ...more })

describe('decimals are written without floating point', () => {
  test.each([
    ['1234567.5', {}, '1,234,567.5'], ['0', {}, '0'], ['-1234.50', { minDigits: 2 }, '−1,234.50'], ['12', { minDigits: 2 }, '12.00'],
    ['9007199254740993.123456', {}, '9,007,199,254,740,993.123456'], ['0.10', {}, '0.1'], ['abc', {}, 'abc'],
  ])('%s %o → %s', (value, form, written) => expect(formatDecimalText(value, form)).toBe(written))

  test('what is written reads back as the same decimal', () => {
    fc.assert(fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: 0, max: 8 }), (integer, scale) => {
      const digits = (integer < 0n ? -integer : integer).toString().padStart(scale + 1, '0')
      const plain = `${integer < 0n ? '-' : ''}${digits.slice(0, digits.length - scale)}${scale > 0 ? `.${digits.slice(-scale)}` : ''}`
      const back = plainDecimal(formatDecimalText(plain, { minDigits: scale }))
      expect(back).toBe(plain)
    }))
  })

  test('money carries its sign before the amount', () => {
    expect(formatMoneyText('-1234.5', { currency: 'EUR', exponent: 2 })).toBe('−€1,234.50')
    expect(formatMoneyText('1234', { currency: 'JPY', exponent: 0 })).toBe('¥1,234')
    expect(formatMoneyText('1.5', { currency: 'CHF', exponent: 2 })).toBe('CHF 1.50')
    expect(formatMoneyText('1', { currency: '', exponent: 2 })).toBe('1.00')
  })
})

describe('what people type as a decimal', () => {
  test.each([
    ['1,234.50', '1234.50'], ['€ 12', '12'], ['１２．５', '12.5'], ['.5', '0.5'], ['5.', '5'], ['−3', '-3'], ['1,234,567', '1234567'],
  ])('%s is %s', (typed, plain) => expect(plainDecimal(typed)).toBe(plain))

  test.each(['1,5', '1.234,50', '12,34', '1e3', 'twelve', '1.2.3', ''])('%s stays as typed, for the platform to refuse', (typed) => {
    expect(plainDecimal(typed)).toBe(typed)
  })
})

describe('dates and moments', () => {
  test('a calendar date has no time zone', () => {
    expect(formatDateText('2026-01-01', 'en')).toBe('1 Jan 2026')
    expect(formatDateText('2026-01-01', 'zh')).toBe('2026-01-01')
  })
  test('a moment stands in the time zone of the firm', () => {
    const late = '2026-12-31T23:30:00.000Z'
    expect(formatMoment(late, { language: 'en', timeZone: 'Europe/Berlin' })).toBe('1 Jan 2027, 00:30')
    expect(formatMoment(late, { language: 'zh', timeZone: 'Asia/Shanghai' })).toBe('2027-01-01 07:30')
  })
  test('distance in time', () => {
    const now = Date.parse('2026-11-21T12:00:00Z')
    expect(formatRelative('2026-11-21T11:57:00Z', { language: 'zh', now })).toBe('3分钟前')
    expect(formatRelative('2026-11-20T12:00:00Z', { language: 'en', now })).toBe('yesterday')
  })
})

describe('what people type as a date', () => {
  const english = { today: '2026-11-22', language: 'en' } as const
  test.each([
    ['2026-12-03', '2026-12-03'], ['2026/2/3', '2026-02-03'], ['20261203', '2026-12-03'], ['2026年12月3日', '2026-12-03'], ['3 dec', '2026-12-03'],
    ['3 December 2027', '2027-12-03'], ['Dec 3, 2027', '2027-12-03'], ['3.12.2026', '2026-12-03'], ['3.12.', '2026-12-03'], ['12月3日', '2026-12-03'],
    ['25/12/2026', '2026-12-25'], ['12/25/2026', '2026-12-25'], ['4/4/2026', '2026-04-04'], ['15', '2026-11-15'], ['+7', '2026-11-29'], ['-1', '2026-11-21'],
    ['today', '2026-11-22'], ['明天', '2026-11-23'], ['１５', '2026-11-15'],
    // Two readings, or none.
    ['3/4/2026', null], ['12-3', null], ['2026-02-30', null], ['30 foo', null], ['0', null], ['32', null], ['', null], ['soon', null],
  ])('%s → %s', (typed, date) => expect(readDate(typed, english)).toBe(date))

  test('in Chinese the month comes first', () => expect(readDate('12-3', { today: '2026-11-22', language: 'zh' })).toBe('2026-12-03'))

  test('what a date input shows reads back as the same day', () => {
    fc.assert(fc.property(fc.integer({ min: -40_000, max: 40_000 }), fc.constantFrom('en', 'zh'), (days, language) => {
      const date = addDays('2026-11-22', days)
      expect(readDate(formatDateText(date, language), { today: '2026-11-22', language })).toBe(date)
    }))
  })

  test('a form starts with today where the field says so; a command does not', () => {
    const counted = field('date', { default: 'today' })
    expect(startOf(counted, '2026-11-22')).toBe('2026-11-22')
    expect(startOf(field('text', { default: 'today' }), '2026-11-22')).toBe('today')
    expect(defaultsOf([counted], 2, '2026-11-22')).toEqual({ date: '2026-11-22' })
    expect(defaultsOf([counted], 2)).toEqual({})
  })
})

describe('the fields one may filter by', () => {
  const named = (name: string, en: string, zh: string, more: Partial<FieldDefinition> = {}) => field('text', { name, label: { en, zh }, ...more })
  const fields = [
    named('version', 'Version', '版本', { advanced: true }), named('company', 'Company', '公司', { to: 'companies', type: 'relation' }),
    named('note', 'Note', '备注'), named('number', 'Number', '编号'), named('taxLines', 'Tax', '税', { type: 'json' }),
  ]
  const names = (words: string) => foundFields(fields, { words, usual: ['number'] }).map(({ name }) => name)

  test('start with those of the list, without what only the platform needs', () => expect(names('')).toEqual(['number', 'note']))
  test('are found by a word of either language, internals too', () => {
    expect(names('vers')).toEqual(['version'])
    expect(names('公司')).toEqual(['company'])
    expect(names('tax')).toEqual([])
  })
})

describe('sums and previews are exact', () => {
  test('ten dimes are one', () => expect(sumDecimalTexts(Array.from({ length: 10 }, () => '0.1'))).toBe('1.0'))
  test('texts that are no decimals count as nothing', () => expect(sumDecimalTexts(['', '—', '2', '-0.5'])).toBe('1.5'))

  test('without a discount the preview is the platform\'s own extension', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 1_000_000_000 }), fc.integer({ min: 0, max: 1_000_000_000 }), (quantity, unitPrice) => {
      const spoken = { quantity: formatDecimal(quantity, 6), unitPrice: formatDecimal(unitPrice, 6) }
      expect(previewAmount({ ...spoken, digits: 2 })).toBe(formatDecimal(extendAmount({ quantity, unitPrice, exponent: 2 }), 2, { minDigits: 2 }))
    }))
  })
  test('a discount is taken before the one rounding', () => expect(previewAmount({ quantity: '3', unitPrice: '0.335', discountPercent: '10', digits: 2 })).toBe('0.90'))
  test('what is no number has no preview', () => expect(previewAmount({ quantity: '1,5', unitPrice: '2', digits: 2 })).toBeNull())
})

describe('cells pasted from a spreadsheet', () => {
  test('rows and cells, one trailing line break', () => expect(parseTable('a\tb\r\nc\td\r\n')).toEqual([['a', 'b'], ['c', 'd']]))
  test('empty cells keep their place', () => expect(parseTable('\tb\t\n\n\tc')).toEqual([['', 'b', ''], [''], ['', 'c']]))
  test('quoted cells hold breaks, tabs and quotes', () => expect(parseTable('"two\nlines"\t"a ""b"""\t"t\tt"')).toEqual([['two\nlines', 'a "b"', 't\tt']]))
  test('a quote that is no quoted cell is text: an inch', () => expect(parseTable('"28" wheel\t2')).toEqual([['"28" wheel', '2']]))
  test('any table comes back', () => {
    const cell = fc.string().map((text) => text.replaceAll('\r', '').trim())
    const table = fc.integer({ min: 1, max: 4 }).chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 5 }))
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
    fc.assert(fc.property(table, (rows) => {
      expect(parseTable(rows.map((row) => row.map(quoted).join('\t')).join('\n'))).toEqual(rows)
    }))
  })
  test('one cell is typed, not laid out', () => {
    expect(isTable('BK-CITY\n')).toBe(false)
    expect(isTable('BK-CITY\t3')).toBe(true)
  })
})

describe('the question of a list stands in its address', () => {
  const query: ListQuery = {
    ...emptyQuery, q: 'bolt & nut', state: 'draft', sort: '-number', page: 3, limit: 100, columns: ['number', 'customer'],
    filters: [{ field: 'customer', operator: 'in', value: 'a,b' }, { field: 'total', operator: 'gte', value: '1:2' }],
  }
  test('there and back', () => expect(parseListQuery(new URLSearchParams(listQueryParams(query).toString()))).toEqual(query))
  test('fields that are gone are left out of an old bookmark', () => {
    const old = parseListQuery(new URLSearchParams('q=a&columns=number,gone&f=number:contains:1&f=gone:is:1&sort=-gone'))
    const number = { name: 'number', type: 'text', label: { en: 'Number', zh: '编号' } } as const
    expect(withoutUnknown(old, { fields: [number], states: [] })).toEqual({ ...emptyQuery, q: 'a', columns: ['number'], filters: [{ field: 'number', operator: 'contains', value: '1' }] })
    expect(withoutUnknown({ ...emptyQuery, sort: '-state', state: 'draft' }, { fields: [number], states: [{ name: 'draft' }] })).toEqual({ ...emptyQuery, sort: '-state', state: 'draft' })
    expect(withoutUnknown({ ...emptyQuery, state: 'gone' }, { fields: [number], states: [{ name: 'draft' }] }).state).toBe('')
  })
  test('what is usual is left out', () => expect(listQueryParams(emptyQuery).toString()).toBe(''))
  test('nonsense in an address is harmless', () => {
    expect(parseListQuery(new URLSearchParams('page=-1&limit=9999999&f=x&f=a:drop:1&f=__proto__:is:1'))).toEqual(emptyQuery)
  })

  const fields = [field('text', { name: 'number' }), field('money', { name: 'total' }), field('boolean', { name: 'stocked' }), field('dateTime', { name: 'at' })]
  const where = (filters: ListQuery['filters'], q = '') => whereOf({ q, state: '', filters }, { fields, searchFields: ['number'] })
  test('conditions by type', () => {
    expect(where([{ field: 'stocked', operator: 'is', value: 'true' }])).toEqual({ and: [{ stocked: { equals: true } }] })
    expect(where([{ field: 'at', operator: 'lte', value: '2026-11-21' }])).toEqual({ and: [{ at: { less_than_equal: '2026-11-21T23:59:59.999Z' } }] })
    expect(where([{ field: 'total', operator: 'empty', value: '' }])).toEqual({ and: [{ total: { exists: false } }] })
  })
  test('unknown fields and operators that a type has not are left out', () => {
    expect(where([{ field: 'secret', operator: 'is', value: 'x' }, { field: 'total', operator: 'contains', value: '1' }])).toEqual({})
  })
  test('what is due is asked as of now, by the company’s clock, also in the week when that is set', () => {
    // Saturday, 24 October 2026; on Sunday the clocks of Berlin go back.
    const spans = spansAt('2026-10-24T22:30:00.000Z', 'Europe/Berlin')
    expect(spans).toEqual({
      overdue: { before: '2026-10-24T22:30:00.000Z' }, today: { from: '2026-10-24T22:00:00.000Z', before: '2026-10-25T23:00:00.000Z' },
      week: { from: '2026-10-18T22:00:00.000Z', before: '2026-10-25T23:00:00.000Z' },
    })
    const due = (value: string) => whereOf({ q: '', state: '', filters: [{ field: 'stateDue', operator: 'span', value }] }, { fields: [dueField], searchFields: [] }, spans)
    expect(due('overdue')).toEqual({ and: [{ 'workflow.due': { less_than: '2026-10-24T22:30:00.000Z' } }] })
    expect(due('today')).toEqual({ and: [{ 'workflow.due': { less_than: '2026-10-25T23:00:00.000Z' } }, { 'workflow.due': { greater_than_equal: '2026-10-24T22:00:00.000Z' } }] })
    expect(due('constructor')).toEqual({})
  })
  test('every word must occur', () => {
    expect(where([], 'a  b')).toEqual({ and: [{ or: [{ number: { contains: 'a' } }] }, { or: [{ number: { contains: 'b' } }] }] })
  })
  test('brackets for the export', () => {
    expect(whereParams({ and: [{ number: { in: ['a', 'b'] } }] })).toEqual([['where[and][0][number][in][0]', 'a'], ['where[and][0][number][in][1]', 'b']])
  })
})

describe('words in the palette', () => {
  test.each([
    ['Sales orders 销售订单', 'orders', true], ['new create 新建 Sales order 销售订单', 'new ORDER', true], ['new create 新建 Sales order 销售订单', '新建订单', true],
    ['Sales orders 销售订单', 'zzz', false], ['Sales orders 销售订单', 'sos', false], ['销售订单', '单订', false], ['anything', '', true],
  ] as const)('%o with %o: %o', (text, words, found) => expect(matchesWords(text, words)).toBe(found))
})

describe('findings kept as JSON', () => {
  const message = { en: 'Too dear.', zh: '价格偏高。' }
  test('are sentences', () => expect(sentencesOf([{ line: 1, code: 'x', message }, { message }])).toEqual([{ line: 1, message }, { message }]))
  test.each([[[]], [[{ message }, { line: 2 }]], [[{ message: 'Too dear.' }]], [{ message }], ['x']])('%j is none', (value) => expect(sentencesOf(value)).toBeNull())
})

describe('what an input holds', () => {
  test.each([
    [field('money'), '1,234.5', '1234.5'], [field('integer'), '1,234', 1234], [field('integer'), '1.5', '1.5'], [field('text'), ' x ', 'x'],
    [field('date'), '', null], [field('boolean'), false, false], [field('json'), '{"a":1}', { a: 1 }], [field('json'), '{', '{'],
    [field('relation', { many: true }), ['a'], ['a']],
  ] as const)('%o with %o is sent as %o', (definition, held, sent) => expect(fromForm(definition, held)).toEqual(sent))
  test('nothing is an empty text', () => expect(toForm(field('quantity'), null)).toBe(''))
})

describe('columns of lines that are read', () => {
  const field = (name: string, type: FieldDefinition['type'], readOnly = false): FieldDefinition => ({ name, type, label: { en: name, zh: name }, ...(readOnly ? { readOnly } : {}) })
  const lines = {
    fields: [field('quantity', 'quantity'), field('unitPrice', 'unitPrice'), field('discountPercent', 'percent'), field('taxCode', 'relation'), field('netAmount', 'money', true), field('returnedQuantity', 'quantity', true)],
    columns: ['quantity', 'unitPrice', 'discountPercent', 'taxCode', 'netAmount', 'returnedQuantity'],
  }
  const names = (...rows: object[]) => toldColumns(lines, rows.map((row, index) => ({ id: String(index), ...row }))).map(({ name }) => name)
  const full = { quantity: '3', unitPrice: '3980', netAmount: '11343.00', discountPercent: '0', returnedQuantity: '0' }

  test('a discount, a tax code and returns stand where any line has one', () => {
    expect(names(full, { ...full, discountPercent: '5', taxCode: 'VAT13', returnedQuantity: '1' })).toEqual(lines.columns)
    expect(names(full, full)).toEqual(['quantity', 'unitPrice', 'netAmount'])
    expect(names({ ...full, quantity: '0' })).toContain('quantity')
  })
})

describe('lines of a step', () => {
  const lines = [{ id: 'a' }, { id: 'b' }]
  const lineInput = [field('quantity', { name: 'quantity', required: true }), field('date', { name: 'due' })]
  const open = { lineInput, suggestions: { mode: 'open' as const, values: { a: { quantity: '4' }, b: { quantity: '0' } } } }
  const change = { lineInput, suggestions: { mode: 'change' as const, values: { a: { quantity: '4' }, b: { quantity: '9' } } } }

  test('what is open is sent, what is not stays out', () => {
    expect(rowsToSend(open, lines, startRows(open, lines))).toEqual([{ line: 'a', quantity: '4' }])
  })
  test('of a change only what differs is sent', () => {
    const rows = { ...startRows(change, lines), b: { quantity: '8', due: '' } }
    expect(rowsToSend(change, lines, startRows(change, lines))).toEqual([])
    expect(rowsToSend(change, lines, rows)).toEqual([{ line: 'b', quantity: '8' }])
  })
})

test('findings stand at the row that was sent, whatever its place on the screen', () => {
  const message = { en: 'x', zh: 'x' }
  const found = findingsOf({ findings: [{ code: 'a', path: 'lines.1.part', severity: 'error', message }, { code: 'b', path: 'customer', severity: 'error', message }] }, ['first', 'third'])
  expect(found.lines.get('third')?.get('part')).toBe(message)
  expect(found.fields.get('customer')).toBe(message)
  expect([...found.shown]).toEqual(['lines.1.part'])
})
