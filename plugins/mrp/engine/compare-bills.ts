import { quantityPer, type Bill, type BillLine } from './bill.ts'
import { toStored } from './ratio.ts'

/** What of a line is compared. */
export const comparedFields = ['quantityPer', 'scrapPercent', 'operation', 'validFrom', 'validTo'] as const
export type ComparedField = (typeof comparedFields)[number]

/** `quantityPer`: drawn for one of the part, scrap included, in the component's stock unit (10⁻⁶): bills of different output quantities and units compare. */
export type ComparedLine = Pick<BillLine, 'scrapPercent' | 'operation' | 'validFrom' | 'validTo'> & { readonly quantityPer: number }

export type Difference = {
  readonly kind: 'added' | 'removed' | 'changed'
  readonly component: string
  readonly before?: ComparedLine
  readonly after?: ComparedLine
  /** What is not the same, of a line that is in both. */
  readonly changed: readonly ComparedField[]
}

/**
 * What is not the same in two bills, by component. Where a component stands on several lines, those of one operation and first
 * day belong together, then the rest in their order. Empty: both say the same.
 */
export function compareBills(before: Bill, after: Bill): Difference[] {
  const rest = [...after.lines]
  const take = (found: number): BillLine | undefined => (found < 0 ? undefined : rest.splice(found, 1)[0])
  const exact = before.lines.map((line) => ({ line, same: take(rest.findIndex((other) => placeOf(other) === placeOf(line))) }))
  const pairs = exact.map(({ line, same }) => ({ line, same: same ?? take(rest.findIndex(({ component }) => component === line.component)) }))
  return [
    ...pairs.flatMap(({ line, same }) => difference(line.component, compared(before, line), same && compared(after, same))),
    ...rest.flatMap((line) => difference(line.component, undefined, compared(after, line))),
  ]
}

const placeOf = ({ component, operation, validFrom }: BillLine): string => JSON.stringify([component, operation ?? null, validFrom ?? null])

function compared(bill: Bill, line: BillLine): ComparedLine {
  return {
    quantityPer: toStored(quantityPer(bill, line)), scrapPercent: line.scrapPercent ?? 0, operation: line.operation ?? null,
    validFrom: line.validFrom ?? null, validTo: line.validTo ?? null,
  }
}

function difference(component: string, before: ComparedLine | undefined, after: ComparedLine | undefined): Difference[] {
  if (!before || !after) return [{ kind: before ? 'removed' : 'added', component, ...(before && { before }), ...(after && { after }), changed: [] }]
  const changed = comparedFields.filter((name) => before[name] !== after[name])
  return changed.length > 0 ? [{ kind: 'changed', component, before, after, changed }] : []
}
