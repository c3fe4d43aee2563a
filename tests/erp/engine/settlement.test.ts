import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, compareDates } from '../../../plugins/core/engine/dates.ts'
import { sumExact } from '../../../plugins/core/engine/decimal.ts'
import { ageByParty, ageItems } from '../../../plugins/erp/engine/aging.ts'
import { allocateExplicitly, allocateOldestFirst } from '../../../plugins/erp/engine/allocation.ts'
import { calculateDueDates, checkTerms, dueDate } from '../../../plugins/erp/engine/terms.ts'

const percent = (value: number) => value * 1_000_000
const all = percent(100)

describe('payment terms', () => {
  it.each([
    ['net 30', '2026-01-31', { days: 30 }, '2026-03-02'],
    ['due at once', '2026-01-31', { days: 0 }, '2026-01-31'],
    ['one month', '2026-01-31', { days: 0, months: 1 }, '2026-02-28'],
    ['月结30天: 30 days from the end of the month', '2026-01-10', { days: 30, from: 'endOfMonth' as const }, '2026-03-02'],
    ['end of next month', '2026-02-10', { days: 0, months: 1, from: 'endOfMonth' as const }, '2026-03-31'],
    ['30 days, then the end of that month', '2026-01-10', { days: 30, dayOfMonth: 31 }, '2026-02-28'],
    ['the 15th after the end of the month', '2026-01-10', { days: 0, from: 'endOfMonth' as const, dayOfMonth: 15 }, '2026-02-15'],
    ['the 15th, being on it', '2026-01-15', { days: 0, dayOfMonth: 15 }, '2026-01-15'],
    ['the 15th, being past it', '2026-01-16', { days: 0, dayOfMonth: 15 }, '2026-02-15'],
    ['over the end of a year', '2026-12-16', { days: 0, dayOfMonth: 15 }, '2027-01-15'],
  ])('%s', (_, date, instalment, due) => {
    expect(dueDate(date, { percent: all, ...instalment })).toBe(due)
  })

  it('splits by percent without losing a cent', () => {
    const terms = [{ percent: percent(30), days: 0 }, { percent: percent(30), days: 30 }, { percent: percent(40), days: 60 }]
    // 100.01: exact shares 30.003, 30.003 and 40.004; the leftover cent goes to the largest remainder.
    expect(calculateDueDates({ date: '2026-01-01', amount: 10_001, terms })).toEqual([
      { dueDate: '2026-01-01', amount: 3_000 }, { dueDate: '2026-01-31', amount: 3_000 }, { dueDate: '2026-03-02', amount: 4_001 },
    ])
    expect(calculateDueDates({ date: '2026-01-01', amount: 5, terms: [] })).toEqual([{ dueDate: '2026-01-01', amount: 5 }])
  })

  it('always sums to the amount', () => {
    fc.assert(fc.property(fc.integer({ min: -(10 ** 12), max: 10 ** 12 }), fc.integer({ min: 1, max: all - 1 }), (amount, share) => {
      const terms = [{ percent: share, days: 0 }, { percent: all - share, days: 30 }]
      expect(sumExact(calculateDueDates({ date: '2026-01-01', amount, terms }).map((due) => due.amount))).toBe(amount)
    }))
  })

  it('never falls due before the document', () => {
    const instalment = fc.record({
      days: fc.nat(200), months: fc.nat(12), from: fc.constantFrom('date' as const, 'endOfMonth' as const), dayOfMonth: fc.option(fc.integer({ min: 1, max: 31 }), { nil: undefined }),
    })
    fc.assert(fc.property(fc.nat(10_000), instalment, (offset, terms) => {
      const date = addDays('2020-01-01', offset)
      expect(compareDates(dueDate(date, { percent: all, ...terms }), date)).toBeGreaterThanOrEqual(0)
    }))
  })

  it('finds fault with every wrong part at once', () => {
    const codes = checkTerms([{ percent: 0, days: -1, dayOfMonth: 32 }, { percent: percent(50), days: 0.5 }]).map(({ code, path }) => `${path} ${code}`)
    expect(codes).toEqual([
      'instalments.0.percent terms.noShare', 'instalments.0.days terms.badSpan', 'instalments.0.dayOfMonth terms.badDay',
      'instalments.1.days terms.badSpan', 'instalments terms.notWhole',
    ])
    expect(checkTerms([{ percent: all, days: 30 }])).toEqual([])
    expect(() => calculateDueDates({ date: '2026-01-01', amount: 1, terms: [{ percent: 1, days: 0 }] })).toThrow(RangeError)
  })
})

const items = [
  { id: 'i2', dueDate: '2026-02-01', open: 200 },
  { id: 'i1', dueDate: '2026-01-01', open: 100 },
  { id: 'n1', dueDate: '2025-12-01', open: -50 },
  { id: 'i3', dueDate: '2026-02-01', open: 300 },
]

describe('allocating a payment', () => {
  it('settles the oldest first and leaves credits alone', () => {
    expect(allocateOldestFirst({ amount: 250, items })).toEqual({
      ok: true, applied: 250, unapplied: 0,
      allocations: [{ id: 'i1', amount: 100, openAfter: 0 }, { id: 'i2', amount: 150, openAfter: 50 }],
    })
    expect(allocateOldestFirst({ amount: 700, items })).toMatchObject({ applied: 600, unapplied: 100 })
  })

  it('settles what it is told to, with credit notes', () => {
    expect(allocateExplicitly({ amount: 100, items, wanted: [{ id: 'i2', amount: 150 }, { id: 'n1', amount: -50 }] })).toEqual({
      ok: true, applied: 100, unapplied: 0,
      allocations: [{ id: 'i2', amount: 150, openAfter: 50 }, { id: 'n1', amount: -50, openAfter: 0 }],
    })
    expect(allocateExplicitly({ amount: 100, items, wanted: [] })).toMatchObject({ ok: true, unapplied: 100 })
  })

  it.each([
    ['over an item', [{ id: 'i1', amount: 101 }], 'allocation.overItem'],
    ['over a credit', [{ id: 'n1', amount: -51 }], 'allocation.overItem'],
    ['over the payment', [{ id: 'i3', amount: 300 }, { id: 'i1', amount: 51 }], 'allocation.overPayment'],
    ['an unknown item', [{ id: 'x', amount: 1 }], 'allocation.unknownItem'],
    ['an item twice', [{ id: 'i1', amount: 50 }, { id: 'i1', amount: 60 }], 'allocation.repeatedItem'],
    ['zero', [{ id: 'i1', amount: 0 }], 'allocation.badAmount'],
    ['the wrong sign', [{ id: 'i1', amount: -1 }], 'allocation.badAmount'],
    ['credits alone', [{ id: 'n1', amount: -10 }], 'allocation.creditLeft'],
  ])('refuses %s', (_, wanted, code) => {
    const result = allocateExplicitly({ amount: 350, items, wanted })
    expect(result.ok ? [] : result.refusals.map((refusal) => refusal.code)).toEqual([code])
  })

  it('never applies more than the payment or than is open, and loses nothing', () => {
    const open = fc.array(fc.record({ open: fc.integer({ min: -1000, max: 1000 }), days: fc.nat(400) }), { maxLength: 12 })
    fc.assert(fc.property(fc.nat(10_000), open, (amount, list) => {
      const own = list.map((item, index) => ({ id: `i${index}`, dueDate: addDays('2026-01-01', item.days), open: item.open }))
      const result = allocateOldestFirst({ amount, items: own })
      if (!result.ok) throw new Error('refused')
      expect(result.applied + result.unapplied).toBe(amount)
      expect(sumExact(result.allocations.map((part) => part.amount))).toBe(result.applied)
      expect(result.allocations.filter((part) => part.amount <= 0 || part.openAfter < 0)).toEqual([])
      if (result.unapplied > 0) expect(result.allocations.filter((part) => part.openAfter !== 0)).toEqual([])
    }))
  })
})

describe('aging', () => {
  const asOf = '2026-04-01'
  const open = [0, 1, 30, 31, 60, 61, 90, 91, -5].map((days, index) => ({ party: index % 2 === 0 ? 'a' : 'b', dueDate: addDays(asOf, -days), open: 10 ** index }))

  it('puts each item into its bucket, both ends included', () => {
    expect(ageItems({ items: open, asOf })).toEqual({
      buckets: [
        { from: null, to: 0, amount: 100_000_001 }, { from: 1, to: 30, amount: 110 }, { from: 31, to: 60, amount: 11_000 },
        { from: 61, to: 90, amount: 1_100_000 }, { from: 91, to: null, amount: 10_000_000 },
      ],
      overdue: 11_111_110, total: 111_111_111,
    })
  })

  it('sums by party to the whole', () => {
    const byParty = ageByParty({ items: open, asOf })
    expect(byParty.map(({ party }) => party)).toEqual(['a', 'b'])
    expect(sumExact(byParty.map(({ total }) => total))).toBe(111_111_111)
    expect(ageByParty({ items: open, asOf, limits: [10] })[0]?.buckets).toHaveLength(3)
  })

  it('refuses limits that do not rise', () => {
    expect(() => ageItems({ items: [], asOf, limits: [30, 30] })).toThrow(RangeError)
    expect(() => ageItems({ items: [], asOf, limits: [0] })).toThrow(RangeError)
  })
})
