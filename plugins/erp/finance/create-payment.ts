import type { Finding } from '../../../config/language/refusal.ts'
import type { CommandContext } from '../../core/commands/context.ts'
import { failInput } from '../../core/errors.ts'
import type { ActionHandler } from '../../core/platform/plugin.ts'
import { findPeriod, periodRefusal } from '../ledger/period.ts'

const openTooLow = {
  code: 'tooMuch', path: 'amount', severity: 'error',
  message: { en: 'More than is open. Register a payment of its own for the rest.', zh: '超过未结金额，多付部分请另行登记收付款。' },
} as const

const nothingPaid = {
  code: 'nothingPaid', path: 'amount', severity: 'error',
  message: { en: 'The amount is zero. Enter what was paid, or leave it empty for all that is open.', zh: '金额为零，请填写实际收付金额，或留空表示全部未结金额。' },
} as const

const inFuture = {
  code: 'payment.future', path: 'paymentDate', severity: 'error',
  message: { en: 'The date is in the future. Register the payment on the day the money moves, or correct the date.', zh: '日期晚于今天，请在款项实际收付时登记，或更正日期。' },
} as const

/** A payment draft of an invoice or a supplier bill, allocated to it; the accountant posts it when the money moved. */
export const createPayment: ActionHandler = {
  type: 'erp.createPayment',
  label: { en: 'Create a payment', zh: '生成收付款单' },
  async run(context, { entity, document, input }) {
    const amount = Number(input.amount ?? document.openAmount)
    const paymentDate = typeof input.paymentDate === 'string' ? input.paymentDate : await context.today()
    const findings = [
      ...(amount > Number(document.openAmount) ? [openTooLow] : []), ...(amount <= 0 ? [nothingPaid] : []),
      ...(await dateFindings(context, { company: String(document.company), paymentDate })),
    ]
    if (findings.length > 0) failInput(findings)
    const isSale = entity === 'invoices'
    await context.create('payments', {
      values: {
        direction: isSale ? 'incoming' : 'outgoing', amount,
        ...(isSale ? { customer: document.customer } : { supplier: document.supplier }),
        paymentDate,
      },
      lines: [{ [isSale ? 'invoice' : 'supplierBill']: document.id, amount }],
      sources: [{ entity, id: document.id }],
    })
  },
}

/** Money moved today or before, in a period that is open. */
async function dateFindings(context: CommandContext, { company, paymentDate }: { readonly company: string; readonly paymentDate: string }): Promise<Finding[]> {
  if (paymentDate > (await context.today())) return [inFuture]
  const refusal = periodRefusal(await findPeriod(context.store, { company, date: paymentDate }), paymentDate)
  return refusal ? [{ ...refusal, path: 'paymentDate', severity: 'error' }] : []
}
