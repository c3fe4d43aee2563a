import type { SupplierParts } from '../../../config/generated/entities.ts'
import type { Store } from '../../core/data/store.ts'

/** What a supplier offers of each part: one query for all lines. A part offered in several units has several rows. */
export type SupplierOffers = {
  /** The row in that unit; without a unit, the first of the part. */
  readonly offerOf: (part: string, unit?: string | null) => SupplierParts | undefined
}

export async function loadSupplierOffers(
  store: Store, { supplier, parts }: { readonly supplier: string; readonly parts: readonly string[] },
): Promise<SupplierOffers> {
  const rows = !supplier || parts.length === 0 ? [] : await store.find('supplier-parts', {
    where: { and: [{ supplier: { equals: supplier } }, { part: { in: [...new Set(parts)] } }, { status: { equals: 'active' } }] }, sort: 'id',
  })
  return { offerOf: (part, unit) => rows.find((row) => row.part === part && (!unit || row.unit === unit)) }
}
