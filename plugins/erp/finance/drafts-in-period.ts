import type { Text } from '../../../config/language/text.ts'
import type { Store } from '../../core/data/store.ts'
import type { FactQuestion } from '../../core/platform/plugin.ts'
import { typedRows } from '../../core/data/typed-rows.ts'

/** How many documents of an entity stand in draft on dates of a period. */
export type DraftCount = { readonly entity: string; readonly count: number; readonly label: Text; readonly labels: Text }

/** Drafts dated in each of the given periods: one grouped query an entity, however many periods. */
export async function draftsInPeriod(store: Store, { documents, entities }: FactQuestion): Promise<Map<string, readonly DraftCount[]>> {
  const periods = typedRows<'periods'>(documents)
  const result = new Map<string, DraftCount[]>(periods.map(({ id }) => [id, []]))
  if (periods.length === 0) return result
  const from = periods.map(({ fromDate }) => fromDate).sort()[0]
  const to = periods.map(({ toDate }) => toDate).sort().at(-1)
  for (const { entity, field } of datedDocuments) {
    const definition = entities.get(entity)
    if (!definition) continue
    const rows = await store.sum(entity, {
      where: {
        and: [
          { 'workflow.state': { in: ['draft', 'blocked'] } },
          { company: { in: [...new Set(periods.map(({ company }) => company))] } },
          { [field]: { greater_than_equal: from } }, { [field]: { less_than_equal: to } },
        ],
      },
      groupBy: ['company', field], fields: [],
    })
    for (const { id, company, fromDate, toDate } of periods) {
      const count = rows
        .filter((row) => row.company === company && String(row[field]) >= fromDate && String(row[field]) <= toDate)
        .reduce((sum, row) => sum + Number(row.count), 0)
      if (count > 0) result.get(id)?.push({ entity, count, label: definition.label, labels: definition.labels })
    }
  }
  return result
}

/** What is posted on a date, and the field of that date. */
const datedDocuments = [
  { entity: 'deliveries', field: 'deliveryDate' },
  { entity: 'receipts', field: 'receiptDate' },
  { entity: 'sales-returns', field: 'returnDate' },
  { entity: 'invoices', field: 'invoiceDate' },
  { entity: 'credit-notes', field: 'creditDate' },
  { entity: 'supplier-bills', field: 'billDate' },
  { entity: 'payments', field: 'paymentDate' },
  { entity: 'stock-counts', field: 'countDate' },
  { entity: 'journal-entries', field: 'entryDate' },
] as const
