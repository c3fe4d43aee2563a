import { failInput } from '../../core/errors.ts'
import type { ActionHandler } from '../../core/platform/plugin.ts'

const openTooLow = {
  code: 'tooMuch', path: 'amount', severity: 'error',
  message: { en: 'More than is open. Register a payment of its own for the rest.', zh: '超过未结金额，多付部分请另行登记收付款。' },
} as const

/** A payment draft of an invoice or a supplier bill, allocated to it; the accountant posts it when the money moved. */
export const createPayment: ActionHandler = {
  type: 'erp.createPayment',
  label: { en: 'Create a payment', zh: '生成收付款单' },
  async run(context, { entity, document, input }) {
    const amount = Number(input.amount ?? document.openAmount)
    if (amount > Number(document.openAmount)) failInput([openTooLow])
    const isSale = entity === 'invoices'
    await context.create('payments', {
      values: {
        direction: isSale ? 'incoming' : 'outgoing', amount,
        ...(isSale ? { customer: document.customer } : { supplier: document.supplier }),
        paymentDate: input.paymentDate ?? (await context.today()),
      },
      lines: [{ [isSale ? 'invoice' : 'supplierBill']: document.id, amount }],
      sources: [{ entity, id: document.id }],
    })
  },
}
