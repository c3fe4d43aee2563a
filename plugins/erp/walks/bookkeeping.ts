import type { Arranger } from '../../core/workflow/walks/arranger.ts'
import type { Desk } from '../../core/workflow/walks/desk.ts'
import { postedInvoice, shopOf, there } from './shop.ts'

/** How payments, journal entries, counts and periods come about. */
export const bookkeepingArrangers: readonly Arranger[] = [
  {
    entity: 'payments',
    make: (desk) => desk.make('payments', { direction: 'incoming', customer: shopOf(desk).customers.shop, amount: '50', paymentDate: desk.today() }),
    before: { allocate: async (desk) => ({ input: { invoice: await postedInvoice(desk), amount: '10' } }) },
  },
  {
    entity: 'journal-entries',
    async make(desk) {
      const [debit, credit] = [await account(desk, 'bankFees'), await account(desk, 'bank')]
      return desk.make('journal-entries', { entryDate: desk.today() }, [{ account: debit, debit: '10' }, { account: credit, credit: '10' }])
    },
  },
  {
    entity: 'stock-counts',
    make(desk) {
      const { site, parts, locations } = shopOf(desk)
      return desk.make('stock-counts', { site, countKind: 'count', countDate: desk.today() }, [{ part: parts.helmet, location: locations.get('A-01'), countedQuantity: '500' }])
    },
  },
  {
    // Periods are closed in their order.
    entity: 'periods',
    async make({ store }) {
      const [first] = await store.find('periods', { where: { 'workflow.state': { equals: 'open' } }, sort: 'fromDate', limit: 1 })
      return there(first, 'a period', '会计期间').id
    },
  },
]

async function account({ store }: Desk, use: string): Promise<string> {
  return there(await store.findOne('ledger-accounts', { accountRole: { equals: use } }), 'an account', '科目').id
}
