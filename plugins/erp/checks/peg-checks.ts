import type { Check } from '../../core/platform/plugin.ts'
import type { Row } from '../../core/data/store.ts'
import { openResult } from '../../core/verify/check-result.ts'
import { inPages } from '../../core/verify/pages.ts'
import { stateOf } from '../../core/workflow/pinned.ts'
import { pageSize } from './sums.ts'

/** Pegs join a purchase that will come with a sale that waits: of one company, line with line, neither cancelled. */
export const pegChecks: readonly Check[] = [{
  name: 'erp.pegs',
  label: { en: 'Pegs join purchases and sales of one company and part, line with line, neither cancelled', zh: '挂接的采购与销售同公司、同物料、逐行对应且均未取消' },
  async run(store) {
    const { fail, count, result } = openResult()
    const ends = { supplyEntity: { equals: 'purchase-orders' }, demandEntity: { equals: 'sales-orders' } }
    for await (const page of inPages(store.stream('pegs', ends), pageSize)) {
      const supplies = await store.byIds('purchase-orders', page.map(({ supplyId }) => supplyId))
      const demands = await store.byIds('sales-orders', page.map(({ demandId }) => demandId))
      const supplyLines = await store.byIds('purchase-order-lines', page.map(({ supplyLine }) => supplyLine))
      const demandLines = await store.byIds('sales-order-lines', page.map(({ demandLine }) => demandLine))
      for (const peg of page) {
        count()
        const [supply, demand] = [supplies.get(peg.supplyId), demands.get(peg.demandId)]
        const [from, to] = [supplyLines.get(peg.supplyLine ?? ''), demandLines.get(peg.demandLine ?? '')]
        if (!from || !to) fail(`Peg ${peg.id} joins no lines: supply ${peg.supplyLine ?? 'none'}, demand ${peg.demandLine ?? 'none'}.`)
        if (from && to && (from.part !== to.part || peg.part !== to.part)) fail(`Peg ${peg.id} is of part ${peg.part}, its lines are of ${from.part} and ${to.part}.`)
        if (supply && demand && supply.company !== demand.company) fail(`Peg ${peg.id} joins ${supply.number} and ${demand.number} of two companies.`)
        for (const document of [supply, demand]) if (document && gone.has(stateOf(document as unknown as Row) ?? '')) fail(`Peg ${peg.id}: ${document.number} is cancelled.`)
      }
    }
    return result()
  },
}]

const gone: ReadonlySet<string> = new Set(['cancelled'])
