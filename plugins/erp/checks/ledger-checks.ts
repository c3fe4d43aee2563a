import type { StockEntries } from '../../../config/generated/entities.ts'
import type { Check } from '../../core/platform/plugin.ts'
import type { Store } from '../../core/data/store.ts'
import { currencyExponent } from '../../core/engine/currency.ts'
import { openResult } from '../../core/verify/check-result.ts'
import { inPages } from '../../core/verify/pages.ts'
import { averageCost } from '../engine/cost.ts'
import { groupedBy, pageSize, posted } from './sums.ts'

/** What each entry of the two ledgers says of itself. */
export const ledgerChecks: readonly Check[] = [
  {
    name: 'erp.entryPeriods',
    label: { en: 'The date of every journal entry lies in its period, of its company', zh: '凭证日期均在其所属公司的会计期间内' },
    async run(store) {
      const { fail, count, result } = openResult()
      for await (const page of inPages(store.streamOnly('journal-entries', ['number', 'company', 'entryDate', 'period'], posted), pageSize)) {
        const periods = await store.byIds('periods', page.map(({ period }) => period))
        for (const { number, company, entryDate, period: id } of page) {
          count()
          const period = periods.get(id ?? '')
          if (!period) fail(`Journal entry ${number} of ${entryDate} has no period.`)
          else if (entryDate < period.fromDate || entryDate > period.toDate) fail(`Journal entry ${number} of ${entryDate} is in period ${period.name}, ${period.fromDate} to ${period.toDate}.`)
          else if (period.company !== company) fail(`Journal entry ${number} is in period ${period.name} of another company.`)
        }
      }
      return result()
    },
  },
  {
    name: 'erp.stockEntries',
    label: { en: 'Every stock entry has its document, and its unit cost is its value by its quantity', zh: '库存流水均有来源单据且单位成本等于金额除以数量' },
    async run(store) {
      const { fail, count, result } = openResult()
      const exponents = new Map((await store.find('companies')).map(({ id, currency }) => [id, currencyExponent(currency)]))
      for await (const page of inPages(store.streamOnly('stock-entries', ['company', 'quantity', 'value', 'unitCost', 'sourceEntity', 'sourceId']), pageSize)) {
        const sources = await sourcesOf(store, page)
        for (const { id, company, quantity, value, unitCost, sourceEntity, sourceId } of page) {
          count()
          const expected = averageCost({ quantity, value }, exponents.get(company) ?? 2) ?? 0
          if (unitCost !== expected) fail(`Stock entry ${id}: unit cost ${unitCost}, ${value} by ${quantity} is ${expected}.`)
          if (!sources.has(`${sourceEntity} ${sourceId}`)) fail(`Stock entry ${id} comes from ${sourceEntity} ${sourceId}, which does not exist.`)
        }
      }
      return result()
    },
  },
]

async function sourcesOf(store: Store, page: readonly Pick<StockEntries, 'sourceEntity' | 'sourceId'>[]): Promise<Set<string>> {
  const found = new Set<string>()
  for (const [entity, entries] of groupedBy(page, 'sourceEntity')) {
    const ids = [...new Set(entries.map(({ sourceId }) => sourceId))]
    for (const { id } of await store.sum(entity, { where: { id: { in: ids } }, groupBy: ['id'], fields: [] })) found.add(`${entity} ${String(id)}`)
  }
  return found
}
