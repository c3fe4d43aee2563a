import { describe, expect, it } from 'vitest'
import { compareBills } from '../../../plugins/mrp/engine/compare-bills.ts'
import { billsAt, effectiveVersion, overlap } from '../../../plugins/mrp/engine/effective.ts'
import { explode, requirements } from '../../../plugins/mrp/engine/explode.ts'
import { BillCycleError, findCycle, levelsOf } from '../../../plugins/mrp/engine/levels.ts'
import { rollUp } from '../../../plugins/mrp/engine/roll-up.ts'
import { whereUsed } from '../../../plugins/mrp/engine/where-used.ts'
import { bill, billsOf, line, million } from './bills.ts'

const percent = million

describe('explosion', () => {
  const bills = billsOf(
    bill('table', [line('top', 1), line('leg', 4), line('screw', 8)]),
    // A third of a plank each, and one part in twenty is lost in sawing.
    bill('leg', [line('plank', 1, { unitNumerator: 1, unitDenominator: 3, scrapPercent: 5 * percent }), line('screw', 1)]),
    // Sawn four at a time.
    bill('top', [line('plank', 6)], { outputQuantity: 4 * million }),
  )

  it('indents what goes in, in the order of the lines, with what is drawn at each place', () => {
    const { nodes, isCut } = explode({ bills, part: 'table', quantity: 3 * million })
    expect(isCut).toBe(false)
    expect(nodes.map(({ level, part, quantity, parent }) => [level, part, quantity, parent])).toEqual([
      [0, 'table', 3 * million, undefined],
      [1, 'top', 3 * million, 0], [2, 'plank', 4.5 * million, 1],
      // 12 legs × 1/3 plank ÷ 0.95 = 4.210526…
      [1, 'leg', 12 * million, 0], [2, 'plank', 4_210_526, 3], [2, 'screw', 12 * million, 3],
      [1, 'screw', 24 * million, 0],
    ])
  })

  it('adds up each part over all ways to it and rounds once', () => {
    const found = requirements({ bills, part: 'table', quantity: 3 * million })
    expect(new Map(found.map(({ part, level, quantity }) => [part, [level, quantity]]))).toEqual(new Map([
      ['top', [1, 3 * million]], ['leg', [1, 12 * million]], ['plank', [2, 8_710_526]], ['screw', [2, 36 * million]],
    ]))
    expect(found.map(({ level }) => level)).toEqual([1, 1, 2, 2])
  })

  it('stops at the limit and says so', () => {
    const { nodes, isCut } = explode({ bills, part: 'table', quantity: million, limit: 3 })
    expect([nodes.length, isCut]).toEqual([3, true])
    expect(explode({ bills, part: 'table', quantity: million, limit: 7 })).toMatchObject({ isCut: false })
  })

  it('keeps thirds exact over many levels', () => {
    const deep = billsOf(...Array.from({ length: 20 }, (_, at) => bill(`p${at}`, [line(`p${at + 1}`, 1, { unitNumerator: at % 2 ? 3 : 1, unitDenominator: at % 2 ? 1 : 3 })])))
    expect(requirements({ bills: deep, part: 'p0', quantity: 7 * million }).at(-1)).toEqual({ part: 'p20', level: 20, quantity: 7 * million })
  })
})

describe('levels', () => {
  it('puts a part at the lowest place at which it is found', () => {
    const children: Readonly<Record<string, readonly string[]>> = { a: ['c', 'b'], b: ['c'], x: ['a'] }
    const { codes, order } = levelsOf(['a', 'x'], (part) => children[part] ?? [])
    expect(Object.fromEntries(codes)).toEqual({ x: 0, a: 1, b: 2, c: 3 })
    expect(order).toEqual(['x', 'a', 'b', 'c'])
  })

  it('tells the way round a cycle, wherever it is entered', () => {
    const children: Readonly<Record<string, readonly string[]>> = { top: ['ok', 'a'], a: ['b'], b: ['c', 'ok'], c: ['a'] }
    expect(findCycle(['top'], (part) => children[part] ?? [])).toEqual(['a', 'b', 'c', 'a'])
    expect(findCycle(['ok'], (part) => children[part] ?? [])).toBeUndefined()
    const own = billsOf(bill('a', [line('a', 1)]))
    expect(() => explode({ bills: own, part: 'a', quantity: million })).toThrow(BillCycleError)
    expect(() => whereUsed({ bills: own, part: 'a' })).toThrow(BillCycleError)
  })

  it('takes a structure of 20,000 levels', () => {
    expect(levelsOf(['0'], (part) => (Number(part) < 20_000 ? [String(Number(part) + 1)] : [])).codes.get('20000')).toBe(20_000)
  })
})

describe('effectivity', () => {
  const versions = [
    { name: 'everywhere', site: null, validFrom: '2026-01-01', validTo: null },
    { name: 'first at A', site: 'A', validFrom: '2026-03-01', validTo: '2026-05-31' },
    { name: 'then at A', site: 'A', validFrom: '2026-06-01', validTo: null },
  ]
  it.each([
    ['A', '2025-12-31', undefined], ['A', '2026-02-28', 'everywhere'], ['A', '2026-03-01', 'first at A'], ['A', '2026-05-31', 'first at A'], ['A', '2026-06-01', 'then at A'],
    ['B', '2026-04-01', 'everywhere'], [null, '2026-07-01', 'everywhere'],
  ])('at %s on %s: %s', (site, date, name) => expect(effectiveVersion(versions, { site, date })?.name).toBe(name))

  it('leaves out lines that are not in force', () => {
    const dated = bill('bike', [line('old', 1, { validTo: '2026-05-31' }), line('new', 1, { validFrom: '2026-06-01' }), line('always', 1)])
    const on = (date: string) => billsAt([dated], { date }).get('bike')?.lines.map(({ component }) => component)
    expect([on('2026-05-31'), on('2026-06-01')]).toEqual([['old', 'always'], ['new', 'always']])
  })

  it.each([
    [{}, {}, true],
    [{ validTo: '2026-05-31' }, { validFrom: '2026-06-01' }, false],
    [{ validTo: '2026-06-01' }, { validFrom: '2026-06-01' }, true],
    [{ validFrom: '2026-06-01', validTo: '2026-05-31' }, {}, false],
  ])('%o and %o share a day: %s', (a, b, shared) => expect([overlap(a, b), overlap(b, a)]).toEqual([shared, shared]))
})

describe('where used', () => {
  const bills = billsOf(bill('bike', [line('wheel', 2), line('bolt', 3)]), bill('wheel', [line('rim', 1), line('bolt', 4)]), bill('trike', [line('wheel', 3)]))
  it('goes up to what nothing uses, and says how much is in each', () => {
    expect(whereUsed({ bills, part: 'bolt' }).nodes.map(({ level, part, quantity }) => [level, part, quantity / million])).toEqual([
      [0, 'bolt', 1], [1, 'bike', 3], [1, 'wheel', 4], [2, 'bike', 8], [2, 'trike', 12],
    ])
  })
})

describe('comparison', () => {
  it('tells what was added, removed and changed, whatever the output quantity', () => {
    const before = bill('bike', [line('frame', 1), line('bell', 1), line('spoke', 36)])
    const after = bill('bike', [line('frame', 10), line('spoke', 320), line('lamp', 20)], { outputQuantity: 10 * million })
    expect(compareBills(before, after).map(({ kind, component, changed, before: was, after: is }) => [kind, component, changed, was?.quantityPer, is?.quantityPer])).toEqual([
      ['removed', 'bell', [], million, undefined], ['changed', 'spoke', ['quantityPer'], 36 * million, 32 * million], ['added', 'lamp', [], undefined, 2 * million],
    ])
    expect(compareBills(before, before)).toEqual([])
  })

  it('pairs lines of one component by operation and first day', () => {
    const before = bill('bike', [line('grease', 1, { operation: 10 }), line('grease', 2, { operation: 20 })])
    const after = bill('bike', [line('grease', 2, { operation: 20 }), line('grease', 3, { operation: 10 })])
    expect(compareBills(before, after)).toMatchObject([{ kind: 'changed', component: 'grease', before: { quantityPer: million, operation: 10 }, after: { quantityPer: 3 * million } }])
  })
})

describe('cost roll-up', () => {
  // Worked by hand. Leg: 2 planks at 3.00 = 6.00; setup 30 min a batch of 10 + run 6 min = 9 min at 20/h labour and 10/h overhead = 3.00 and 1.50.
  // Table: 4 legs and a top at 15.50; run 12 min = 4.00 and 2.00.
  const bills = billsOf(bill('table', [line('leg', 4), line('top', 1)]), bill('leg', [line('plank', 2)]))
  const rates = { labourRate: 20 * million, overheadRate: 10 * million }
  const routings = new Map([
    ['leg', { batchQuantity: 10 * million, operations: [{ setupMinutes: 30 * million, runMinutes: 6 * million, ...rates }] }],
    ['table', { batchQuantity: million, operations: [{ setupMinutes: 0, runMinutes: 12 * million, ...rates }] }],
  ])
  const prices: Readonly<Record<string, number>> = { plank: 3 * million, top: 15.5 * million }

  it('carries material, labour and overhead up', () => {
    const costs = rollUp({ tops: ['table'], bills, routings, purchaseCost: (part) => prices[part] ?? null })
    expect(costs.find(({ part }) => part === 'leg')).toMatchObject({ material: 6 * million, labour: 3 * million, overhead: 1.5 * million, isMissing: false })
    expect(costs[0]).toEqual({
      part: 'table', level: 0, material: 39.5 * million, labour: 16 * million, overhead: 8 * million, ownLabour: 4 * million, ownOverhead: 2 * million, isMissing: false,
    })
  })

  it('names what nobody knows the cost of', () => {
    const costs = rollUp({ tops: ['table'], bills, routings, purchaseCost: (part) => (part === 'top' ? null : prices[part] ?? null) })
    expect(costs.filter(({ isMissing }) => isMissing).map(({ part }) => part)).toEqual(['top'])
  })

  it('costs each part once, however many ways lead to it', () => {
    // 40 levels of two ways each: 2^40 ways.
    const ladder = billsOf(...Array.from({ length: 40 }, (_, at) => bill(`p${at}`, [line(`p${at + 1}`, 1, { id: 'left' }), line(`p${at + 1}`, 1, { id: 'right' })], { outputQuantity: 2 * million })))
    expect(rollUp({ tops: ['p0'], bills: ladder, routings: new Map(), purchaseCost: () => 5 * million })[0]).toMatchObject({ material: 5 * million })
    expect(requirements({ bills: ladder, part: 'p0', quantity: million }).at(-1)).toMatchObject({ part: 'p40', quantity: million })
  })
})
