import { quantityPer, type Bill, type BillLine, type Bills } from './bill.ts'
import { findCycle, BillCycleError } from './levels.ts'
import { one, times, toStored, type Ratio } from './ratio.ts'

/** A row of the indented where-used list. */
export type UseNode = {
  /** The part itself is 0, what it goes into directly 1. */
  readonly level: number
  readonly part: string
  /** Place in the list of what goes into it. */
  readonly child?: number
  readonly bill?: Bill
  readonly line?: BillLine
  /** How much of the part asked for is drawn, by this way, for one of it; in stock units, at 10⁻⁶. */
  readonly quantity: number
}

export type UseTree = { readonly nodes: readonly UseNode[]; readonly isCut: boolean }

/**
 * The indented where-used list (APICS Dictionary): what a part goes into, and these in turn, up to what is sold.
 * @throws BillCycleError
 */
export function whereUsed({ bills, part, limit = Infinity }: { readonly bills: Bills; readonly part: string; readonly limit?: number }): UseTree {
  const uses = new Map<string, { readonly bill: Bill; readonly line: BillLine }[]>()
  for (const bill of bills.values()) {
    for (const line of bill.lines) {
      const known = uses.get(line.component)
      if (known) known.push({ bill, line })
      else uses.set(line.component, [{ bill, line }])
    }
  }
  const cycle = findCycle([part], (each) => uses.get(each)?.map(({ bill }) => bill.part) ?? [])
  if (cycle) throw new BillCycleError(cycle.toReversed())
  const nodes: UseNode[] = []
  const open: { readonly part: string; readonly drawn: Ratio; readonly level: number; readonly child?: number; readonly bill?: Bill; readonly line?: BillLine }[] = [{ part, drawn: one, level: 0 }]
  for (let next = open.pop(); next; next = open.pop()) {
    if (nodes.length >= limit) return { nodes, isCut: true }
    const { drawn, ...place } = next
    const child = nodes.push({ ...place, quantity: toStored(drawn) }) - 1
    for (const { bill, line } of uses.get(place.part)?.toReversed() ?? []) {
      open.push({ part: bill.part, drawn: times(drawn, quantityPer(bill, line)), level: place.level + 1, child, bill, line })
    }
  }
  return { nodes, isCut: false }
}
