import type { Where } from 'payload'
import type { Store } from '../../core/data/store.ts'

/** Documents held at a time; well below the number of values one statement takes. */
export const pageSize = 400

/** A row of a grouped sum. */
export type Sum = Readonly<Record<string, unknown>>

/** Journal entries and other documents that are in the books; what was reversed stays in them. */
export const posted: Where = { 'workflow.state': { in: ['posted', 'reversed'] } }
/** Invoices, credit notes and bills in the books. */
export const booked: Where = { 'workflow.state': { in: ['posted', 'settled'] } }

/** The sums of one field by another, as a map. */
export async function sumBy(store: Store, entity: string, { where, by, field }: { readonly where: Where; readonly by: string; readonly field: string }): Promise<Map<string, number>> {
  const rows: Sum[] = await store.sum(entity, { where, groupBy: [by], fields: [field] })
  return new Map(rows.filter((row) => row[by] != null).map((row) => [String(row[by]), Number(row[field])]))
}

/** Adds one map to another. */
export function addAll(into: Map<string, number>, more: ReadonlyMap<string, number>, sign: 1 | -1 = 1): void {
  for (const [key, value] of more) into.set(key, (into.get(key) ?? 0) + sign * value)
}

/** Rows by the text in one of their fields. */
export function groupedBy<Item extends object>(rows: readonly Item[], field: keyof Item): Map<string, Item[]> {
  const groups = new Map<string, Item[]>()
  for (const row of rows) {
    const key = String(row[field])
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return groups
}
