import type { InvoiceLines, Invoices } from '../../../config/generated/entities.ts'
import type { Refusal } from '../../../config/language/refusal.ts'
import { formatDecimal } from '../../core/engine/decimal.ts'
import { codeOf, type FreeDeposit, type OrderBilling } from './order-billing.ts'

/**
 * Why an invoice of an order may not be posted as its deposits stand: a deposit goes beyond the order, or the goods are billed
 * in full while a deposit is unpaid or paid and not deducted (the customer would pay twice).
 */
export function checkDeposits({ invoice, lines, billing, exponent }: {
  readonly invoice: Pick<Invoices, 'invoiceKind' | 'netTotal'>
  readonly lines: readonly InvoiceLines[]
  readonly billing: OrderBilling
  readonly exponent: number
}): Refusal | undefined {
  if (invoice.invoiceKind === 'deposit') {
    const possible = billing.orderNet - billing.billed
    if ((invoice.netTotal ?? 0) <= possible) return undefined
    return { code: 'deposit.tooMuch', message: depositTooMuch({ possible, exponent }) }
  }
  const unpaid = billing.deposits.find(({ isPaid }) => !isPaid)
  if (unpaid) return { code: 'invoice.depositUnpaid', message: depositUnpaid(unpaid) }
  const forgotten = billing.deposits.find(({ invoice: deposit, taxCode }) =>
    lines.some((line) => line.lineKind === 'goods' && (line.netAmount ?? 0) > 0 && codeOf(line) === taxCode)
    && !lines.some((line) => line.lineKind === 'deduction' && line.depositInvoice === deposit && codeOf(line) === taxCode)
    && netOfCode(lines, taxCode) > 0)
  return forgotten && { code: 'invoice.depositForgotten', message: depositForgotten(forgotten) }
}

/** What may still be asked for; minor units, net. */
export function depositTooMuch({ possible, exponent }: { readonly possible: number; readonly exponent: number }) {
  if (possible <= 0) {
    return {
      en: 'The order is covered by invoices and deposits, drafts included. Discard or credit one of them, or ask for no further deposit.',
      zh: '订单金额已由发票及订金发票（含草稿）全部覆盖。请先删除或红冲其中一张，或不再开具订金。',
    }
  }
  const most = formatDecimal(possible, exponent, { minDigits: exponent })
  return {
    en: `The deposits and invoices together are more than the order. At most ${most} net is possible; lower the amount.`,
    zh: `订金与发票合计超过订单未税金额，最多还可开具未税订金 ${most}，请减少金额。`,
  }
}

const netOfCode = (lines: readonly InvoiceLines[], taxCode: string): number =>
  lines.filter((line) => codeOf(line) === taxCode).reduce((sum, { netAmount }) => sum + (netAmount ?? 0), 0)

const depositUnpaid = ({ number }: FreeDeposit) => ({
  en: `Deposit invoice ${number} is not paid. Record its payment, then discard this draft and create the invoice again so that it deducts the deposit; or credit the deposit invoice.`,
  zh: `订金发票 ${number} 尚未收款。请先登记收款，再删除本草稿并重新开票以抵扣订金；或红冲该订金发票。`,
})
const depositForgotten = ({ number }: FreeDeposit) => ({
  en: `Deposit invoice ${number} is paid and not deducted here. Discard this draft and create the invoice again from the order: it deducts the deposit.`,
  zh: `订金发票 ${number} 已收款但本发票未抵扣。请删除本草稿并从订单重新开票，系统会自动抵扣订金。`,
})
