import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Bill } from '../../../plugins/mrp/engine/bill.ts'
import { requirements, explode } from '../../../plugins/mrp/engine/explode.ts'
import { findCycle } from '../../../plugins/mrp/engine/levels.ts'
import { rollUp } from '../../../plugins/mrp/engine/roll-up.ts'
import { whereUsed } from '../../../plugins/mrp/engine/where-used.ts'
import { rounded } from '../../support/csv-sums.ts'
import { bill, line, million } from './bills.ts'

type RandomLine = { readonly to: number; readonly quantity: number; readonly numerator: number; readonly denominator: number; readonly scrap: number }
const parts = 9
const lineOf = fc.record({
  to: fc.nat(parts - 1), quantity: fc.integer({ min: 1, max: 9_000_000 }), numerator: fc.integer({ min: 1, max: 12 }), denominator: fc.integer({ min: 1, max: 12 }),
  scrap: fc.constantFrom(0, 0, 2_000_000, 12_500_000, 33_333_333),
})
const linesOf = fc.array(fc.array(lineOf, { maxLength: 3 }), { minLength: parts, maxLength: parts })
const build = (all: readonly (readonly RandomLine[])[], mayGo: (from: number, to: number) => boolean): ReadonlyMap<string, Bill> => new Map(all.flatMap((lines, from) => {
  const own = lines.filter(({ to }) => mayGo(from, to))
  return own.length === 0 ? [] : [[`p${from}`, bill(`p${from}`, own.map(({ to, quantity, numerator, denominator, scrap }) =>
    ({ ...line(`p${to}`, 1), quantity, unitNumerator: numerator, unitDenominator: denominator, scrapPercent: scrap })))] as const]
}))
/** What goes into a part has a higher number: no cycles. */
const structures = linesOf.map((all) => build(all, (from, to) => to > from))

/** An independent explosion: every way by itself, as unreduced fractions. */
function drawnByWay(bills: ReadonlyMap<string, Bill>, part: string, top: bigint, bottom: bigint, tell: (part: string, top: bigint, bottom: bigint) => void): void {
  for (const each of bills.get(part)?.lines ?? []) {
    const upper = top * BigInt(each.quantity) * BigInt(each.unitNumerator ?? 1) * 100n
    const lower = bottom * 1_000_000n * BigInt(each.unitDenominator ?? 1) * (100_000_000n - BigInt(each.scrapPercent ?? 0))
    tell(each.component, upper * 1_000_000n, lower)
    drawnByWay(bills, each.component, upper * 1_000_000n, lower, tell)
  }
}

it('needs of each part what all ways to it add up to', () => {
  fc.assert(fc.property(structures, fc.integer({ min: 1, max: 50_000_000 }), (bills, quantity) => {
    const sums = new Map<string, [bigint, bigint]>()
    let ways = 0
    drawnByWay(bills, 'p0', BigInt(quantity), 1n, (part, top, bottom) => {
      const [upper, lower] = sums.get(part) ?? [0n, 1n]
      sums.set(part, [upper * bottom + top * lower, lower * bottom])
      ways += 1
    })
    const expected = new Map([...sums].map(([part, [top, bottom]]) => [part, Number(rounded(top, bottom))]))
    expect(new Map(requirements({ bills, part: 'p0', quantity }).map(({ part, quantity: needed }) => [part, needed]))).toEqual(expected)
    expect(explode({ bills, part: 'p0', quantity }).nodes.length).toBe(ways + 1)
  }), { numRuns: 150 })
})

it('finds above a part exactly the ways that lead down to it', () => {
  fc.assert(fc.property(structures, (bills) => {
    const last = `p${parts - 1}`
    const up = whereUsed({ bills, part: last }).nodes.filter(({ part }) => part === 'p0').length
    const down = explode({ bills, part: 'p0', quantity: million }).nodes.filter(({ part }) => part === last).length
    expect(up).toBe(down)
  }), { numRuns: 100 })
})

it('costs what is needed times what it is bought for, but for the rounding of each level', () => {
  fc.assert(fc.property(structures, (bills) => {
    const price = (part: string) => (Number(part.slice(1)) + 1) * million
    const [top] = rollUp({ tops: ['p0'], bills, routings: new Map(), purchaseCost: price })
    const direct = requirements({ bills, part: 'p0', quantity: million }).filter(({ part }) => !bills.has(part))
      .reduce((sum, { part, quantity }) => sum + (quantity / million) * price(part), bills.has('p0') ? 0 : price('p0'))
    expect(Math.abs((top?.material ?? 0) - direct)).toBeLessThanOrEqual(direct * 1e-3 + 1e5)
  }), { numRuns: 100 })
})

it('finds a way round exactly where parts cannot be put in an order', () => {
  fc.assert(fc.property(linesOf.map((all) => build(all, () => true)), (bills) => {
    const childrenOf = (part: string) => bills.get(part)?.lines.map(({ component }) => component) ?? []
    const left = new Set(Array.from({ length: parts }, (_, at) => `p${at}`))
    for (let free = [...left].find((part) => childrenOf(part).every((child) => !left.has(child))); free; free = [...left].find((part) => childrenOf(part).every((child) => !left.has(child)))) left.delete(free)
    const path = findCycle(Array.from({ length: parts }, (_, at) => `p${at}`), childrenOf)
    expect(path !== undefined).toBe(left.size > 0)
    if (!path) return
    expect(path[0]).toBe(path.at(-1))
    path.slice(1).forEach((part, at) => expect(childrenOf(path[at] ?? '')).toContain(part))
  }), { numRuns: 200 })
})
