import { quantityPer, type Bill, type Bills } from './bill.ts'
import { childrenIn } from './explode.ts'
import { levelsOf } from './levels.ts'
import { ofStored, plus, ratio, times, toStored, zero, type Ratio } from './ratio.ts'

/** Times in minutes and rates an hour, all at 10⁻⁶. */
export type Operation = { readonly setupMinutes: number; readonly runMinutes: number; readonly labourRate: number; readonly overheadRate: number }

/** How a part is made: the setup of each operation is spread over a usual batch (10⁻⁶), the run is for one. */
export type Routing = { readonly batchQuantity: number; readonly operations: readonly Operation[] }

/** Cost of one of a part in its stock unit, at 10⁻⁶ of the currency; what its components cost is in it. */
export type UnitCost = { readonly material: number; readonly labour: number; readonly overhead: number }

export type RolledCost = UnitCost & {
  readonly part: string
  readonly level: number
  /** Of these, what is added at this level: the work on the part itself. */
  readonly ownLabour: number
  readonly ownOverhead: number
  /** It has neither a bill nor a cost of its own: it counts as nothing. */
  readonly isMissing: boolean
}

export type RollUp = {
  readonly tops: readonly string[]
  readonly bills: Bills
  readonly routings: ReadonlyMap<string, Routing>
  /** What one costs that has no bill; null where nobody knows. */
  readonly purchaseCost: (part: string) => number | null
}

const elements = ['material', 'labour', 'overhead'] as const
export const totalOf = ({ material, labour, overhead }: UnitCost): number => material + labour + overhead

/**
 * Cost roll-up (APICS Dictionary, "cost roll-up"; Horngren, Cost Accounting, ch. 4 and 7): the cost of a part is that of its
 * components, times quantity per, plus the work on itself. It goes from the highest low-level code up, so that each part is
 * costed once. Material, labour and overhead are carried apart, and each is rounded once a part, to 10⁻⁶: a part's cost is a
 * stated figure, and what it goes into reckons with just that.
 * @returns the tops and all below them, tops first
 * @throws BillCycleError
 */
export function rollUp({ tops, bills, routings, purchaseCost }: RollUp): RolledCost[] {
  const { order, codes } = levelsOf(tops, childrenIn(bills))
  const costs = new Map<string, RolledCost>()
  for (const part of order.toReversed()) {
    const bill = bills.get(part)
    const work = workOn(routings.get(part))
    const bought = bill ? null : purchaseCost(part)
    const below = { material: zero, labour: zero, overhead: zero }
    for (const line of bill?.lines ?? []) {
      const drawn = quantityPer(bill as Bill, line)
      const component = costs.get(line.component)
      for (const element of elements) if (component?.[element]) below[element] = plus(below[element], times(drawn, ofStored(component[element])))
    }
    costs.set(part, {
      part, level: codes.get(part) ?? 0,
      material: bill ? toStored(below.material) : bought ?? 0,
      labour: toStored(plus(below.labour, work.labour)), overhead: toStored(plus(below.overhead, work.overhead)),
      ownLabour: toStored(work.labour), ownOverhead: toStored(work.overhead), isMissing: !bill && bought === null,
    })
  }
  return order.flatMap((part) => costs.get(part) ?? []).sort((a, b) => a.level - b.level)
}

/** For one: (setup ÷ batch + run) × rate, of each operation. */
function workOn(routing: Routing | undefined): { readonly labour: Ratio; readonly overhead: Ratio } {
  let labour = zero
  let overhead = zero
  for (const operation of routing?.operations ?? []) {
    const perBatch = times(ofStored(operation.setupMinutes), inverse(ofStored(routing?.batchQuantity ?? 0)))
    const hours = times(plus(perBatch, ofStored(operation.runMinutes)), anHour)
    labour = plus(labour, times(hours, ofStored(operation.labourRate)))
    overhead = plus(overhead, times(hours, ofStored(operation.overheadRate)))
  }
  return { labour, overhead }
}

const anHour = ratio(1, 60)
const inverse = ({ numerator, denominator }: Ratio): Ratio => ratio(denominator, numerator)
