import { readCsv } from '../../../core/import/csv.ts'
import { from, made, type Unreadable } from '../../../core/import/field-sources.ts'
import type { ImportRun, ImportStep } from '../../../core/import/importer.ts'
import { masterStep } from '../../../core/import/master-step.ts'

const label = { en: 'Customers and stores', zh: '客户与门店' }

/**
 * A store's customers bear its name; the people's names are not in the data, so they are called by their account number.
 * Addresses are linked to nobody there; what is known is the sales territory, which gives the country.
 */
export const customers: ImportStep = {
  name: 'customers', label,
  async run(run, tally) {
    const stores = await lookup(run, { file: 'Store.csv', key: 'BusinessEntityId', columns: ['Name'] })
    const territories = await lookup(run, { file: 'SalesTerritory.csv', key: 'TerritoryId', columns: ['Name', 'CountryRegionCode'] })
    await masterStep({
      file: 'Customer.csv', entity: 'customers', columns: ['CustomerId', 'PersonId'], externalId: ({ values }) => values.CustomerId ?? '',
      fields: {
        number: from('AccountNumber'),
        name: made('StoreId', ({ values }) => (values.StoreId ? stores.get(values.StoreId)?.Name ?? unknown('Store.csv', values.StoreId) : `Customer ${values.AccountNumber}`)),
        country: made('TerritoryId', ({ values }) => territories.get(values.TerritoryId ?? '')?.CountryRegionCode ?? unknown('SalesTerritory.csv', values.TerritoryId ?? '')),
        internalNote: made('TerritoryId', ({ values }) => {
          const territory = territories.get(values.TerritoryId ?? '')?.Name
          return territory ? `Sales territory ${territory}` : ''
        }),
      },
    }, label).run(run, tally)
  },
}

const unknown = (file: string, id: string): Unreadable => ({
  unreadable: { en: `${file} has no row "${id}". Correct the value, or add the row.`, zh: `${file} 中没有“${id}”。请更正该值，或补上该行。` },
})

/** A small file of names, held while the rows that use it stream by. */
async function lookup(
  run: ImportRun, { file, key, columns }: { readonly file: string; readonly key: string; readonly columns: readonly string[] },
): Promise<Map<string, Readonly<Record<string, string>>>> {
  const found = new Map<string, Readonly<Record<string, string>>>()
  for await (const { values } of readCsv({ folder: run.folder, file, columns: [key, ...columns], report: run.report })) {
    found.set(values[key] ?? '', Object.fromEntries(columns.map((column) => [column, values[column] ?? ''])))
  }
  return found
}
