import { addDays } from '../../core/engine/dates.ts'
import { wants, type Arranger } from '../../core/workflow/walks/arranger.ts'
import { approvedPurchase, draftedBill, draftedReceipt, newReference, paid, received, shopOf, there, unpaid } from './shop.ts'

/** How purchase orders, receipts and bills come about, and what their guards ask of one another. */
export const buyingArrangers: readonly Arranger[] = [
  {
    entity: 'purchase-orders',
    make(desk, steps) {
      const { suppliers, parts } = shopOf(desk)
      const isOver = steps.some(({ event }) => event === 'approveOverLimit')
      return desk.make('purchase-orders', { supplier: suppliers.safety }, [{ part: parts.helmet, quantity: '1', unitPrice: isOver ? '100000' : '40' }])
    },
    before: {
      change: async (desk) => ({ input: { promisedDate: addDays(desk.today(), 10) }, reason: 'Tried out' }),
      bill: async (desk, { id }) => {
        await received(desk, id)
        return { input: { supplierReference: newReference(), billDate: desk.today() } }
      },
      settle: async (desk, { id }) => {
        await received(desk, id)
        const bill = await draftedBill(desk, id)
        await desk.send('supplier-bills', bill, 'post')
        await paid(desk, { entity: 'supplier-bills', id: bill })
      },
    },
  },
  { entity: 'receipts', make: async (desk) => draftedReceipt(desk, await approvedPurchase(desk)) },
  {
    entity: 'supplier-bills',
    async make(desk, [first]) {
      const purchase = await approvedPurchase(desk)
      if (first && wants(first, 'erp.threeWayMatch', '"expect":true')) {
        await received(desk, purchase)
        return draftedBill(desk, purchase)
      }
      // Of goods that have not come: it does not match.
      const [line] = await desk.from('purchase-order-lines', 'purchaseOrder', purchase)
      return desk.make('supplier-bills', { purchaseOrder: purchase, supplier: shopOf(desk).suppliers.safety, supplierReference: newReference(), billDate: desk.today() }, [
        { purchaseOrderLine: there(line, 'a line', '订单行').id, quantity: '1' },
      ])
    },
    before: {
      recheck: async (desk, { document }) => received(desk, String(document.purchaseOrder)),
      settle: async (desk, { id }) => void await paid(desk, { entity: 'supplier-bills', id }),
      reopen: (desk, { id }) => unpaid(desk, { entity: 'supplier-bills', id }),
    },
  },
  {
    entity: 'reorder-proposals',
    make: (desk) => desk.make('reorder-proposals', { part: shopOf(desk).parts.helmet, quantity: '1', supplier: shopOf(desk).suppliers.safety }),
  },
]
