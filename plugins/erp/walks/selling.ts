import { addDays } from '../../core/engine/dates.ts'
import { wants, type Arranger } from '../../core/workflow/walks/arranger.ts'
import { confirmedOrder, delivered, draftedDelivery, draftedInvoice, paid, postedInvoice, shopOf, there, unpaid } from './shop.ts'

const why = { reason: 'Tried out' }

/** How orders, deliveries, invoices and credit notes come about, and what their guards ask of one another. */
export const sellingArrangers: readonly Arranger[] = [
  {
    entity: 'sales-orders',
    make(desk, steps) {
      const { customers, parts } = shopOf(desk)
      // Ten bicycles are beyond the limit of the club.
      const isOver = steps.some((step) => wants(step, 'erp.creditAvailable', '"expect":false'))
      return desk.make('sales-orders', { customer: isOver ? customers.club : customers.shop, requestedDate: desk.today() }, [isOver ? { part: parts.bike, quantity: '10' } : { part: parts.helmet, quantity: '1' }])
    },
    before: {
      invoice: async (desk, { id }) => void await delivered(desk, id),
      requestDeposit: async () => ({ input: { amount: '10' } }),
      change: async (desk) => ({ input: { promisedDate: addDays(desk.today(), 10) }, ...why }),
      settle: async (desk, { id }) => void await paid(desk, { entity: 'invoices', id: await postedInvoice(desk, id) }),
      // Opened again because an invoice was credited: there must be one before it is closed.
      close: async (desk, { id, ahead: [next] }) => {
        if (next?.event === 'reopen' && wants(next, 'core.lines')) await postedInvoice(desk, id)
      },
      reopen: async (desk, { id, step }) => {
        if (!wants(step, 'core.lines')) return
        const [invoice] = await desk.from('invoices', 'salesOrder', id)
        const of = there(invoice, 'an invoice', '销售发票').id
        await desk.send('invoices', of, 'credit', why)
        const [note] = await desk.from('credit-notes', 'invoice', of)
        await desk.send('credit-notes', there(note, 'a credit note', '红字发票').id, 'post')
      },
    },
  },
  { entity: 'deliveries', make: async (desk) => draftedDelivery(desk, await confirmedOrder(desk)) },
  {
    entity: 'sales-returns',
    async make(desk) {
      const order = await confirmedOrder(desk)
      await postedInvoice(desk, order)
      const [delivery] = await desk.from('deliveries', 'salesOrder', order)
      const of = there(delivery, 'a delivery', '发货单').id
      await desk.send('deliveries', of, 'returnGoods', why)
      const [made] = await desk.from('sales-returns', 'delivery', of)
      return there(made, 'a return', '销售退货单').id
    },
    before: {
      settle: async (desk, { id }) => {
        for (const note of await desk.from('credit-notes', 'salesReturn', id)) await desk.send('credit-notes', note.id, 'post')
      },
      close: async (desk, { id }) => {
        for (const note of await desk.from('credit-notes', 'salesReturn', id)) await desk.discard('credit-notes', note.id)
      },
    },
  },
  {
    entity: 'invoices',
    make: async (desk) => draftedInvoice(desk, await confirmedOrder(desk)),
    before: {
      settle: async (desk, { id }) => void await paid(desk, { entity: 'invoices', id }),
      reopen: (desk, { id }) => unpaid(desk, { entity: 'invoices', id }),
    },
  },
  {
    // Of an invoice that is paid: what is credited then stays open.
    entity: 'credit-notes',
    async make(desk) {
      const invoice = await postedInvoice(desk)
      await paid(desk, { entity: 'invoices', id: invoice })
      await desk.send('invoices', invoice, 'credit', why)
      const [note] = await desk.from('credit-notes', 'invoice', invoice)
      return there(note, 'a credit note', '红字发票').id
    },
    before: {
      apply: async (desk) => ({ input: { invoice: await postedInvoice(desk), amount: '10' } }),
      settle: async (desk, { id }) => void await paid(desk, { entity: 'credit-notes', id }),
      reopen: (desk, { id }) => unpaid(desk, { entity: 'credit-notes', id }),
    },
  },
]
