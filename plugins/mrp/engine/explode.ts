import { quantityPer, type Bill, type BillLine, type Bills } from './bill.ts'
import { levelsOf, type ChildrenOf } from './levels.ts'
import { ofStored, plus, times, toStored, zero, type Ratio } from './ratio.ts'

export type Explosion = { readonly bills: Bills; readonly part: string; /** At 10⁻⁶, in the stock unit of the part. */ readonly quantity: number }

export const childrenIn = (bills: Bills): ChildrenOf => (part) => bills.get(part)?.lines.map(({ component }) => component) ?? []

/** A row of the indented bill. */
export type BillNode = {
  /** The part itself is 0. */
  readonly level: number
  readonly part: string
  /** Place of what it goes into in the list; the part itself has none. */
  readonly parent?: number
  readonly line?: BillLine
  /** What it is made of, where it has a bill. */
  readonly bill?: Bill
  /** Needed in its stock unit, rounded to 10⁻⁶; what it goes into was not rounded before. */
  readonly quantity: number
}

export type BillTree = { readonly nodes: readonly BillNode[]; /** There are more than were asked for. */ readonly isCut: boolean }

/**
 * The indented bill of material (APICS Dictionary): the part, and below each assembly what goes into it, as deep as there are
 * bills. At most `limit` rows.
 * @throws BillCycleError
 */
export function explode({ bills, part, quantity, limit = Infinity }: Explosion & { readonly limit?: number }): BillTree {
  levelsOf([part], childrenIn(bills))
  const nodes: BillNode[] = []
  // A stack instead of recursion; lines are laid on it in turn, so that the first is taken first.
  const open: { readonly part: string; readonly needed: Ratio; readonly level: number; readonly parent?: number; readonly line?: BillLine }[] = [{ part, needed: ofStored(quantity), level: 0 }]
  for (let next = open.pop(); next; next = open.pop()) {
    if (nodes.length >= limit) return { nodes, isCut: true }
    const { needed, ...place } = next
    const bill = bills.get(place.part)
    const parent = nodes.push({ ...place, quantity: toStored(needed), ...(bill && { bill }) }) - 1
    for (const line of bill?.lines.toReversed() ?? []) {
      open.push({ part: line.component, needed: times(needed, quantityPer(bill as Bill, line)), level: place.level + 1, parent, line })
    }
  }
  return { nodes, isCut: false }
}

export type Requirement = { readonly part: string; readonly level: number; /** At 10⁻⁶, in its stock unit, rounded once. */ readonly quantity: number }

/**
 * The summarized bill of material (APICS Dictionary): how much of each part is needed in all, however many ways lead to it.
 * By low-level code each part is worked out once, whatever the number of ways. The part itself is not among them.
 * @throws BillCycleError
 */
export function requirements({ bills, part, quantity }: Explosion): Requirement[] {
  const { order, codes } = levelsOf([part], childrenIn(bills))
  const needed = new Map<string, Ratio>([[part, ofStored(quantity)]])
  for (const each of order) {
    const bill = bills.get(each)
    const own = needed.get(each)
    if (!bill || !own) continue
    for (const line of bill.lines) {
      needed.set(line.component, plus(needed.get(line.component) ?? zero, times(own, quantityPer(bill, line))))
    }
  }
  return order.filter((each) => each !== part)
    .map((each) => ({ part: each, level: codes.get(each) ?? 0, quantity: toStored(needed.get(each) ?? zero) }))
    .sort((a, b) => a.level - b.level)
}
