import type { InvoiceLines, Invoices } from '../../../config/generated/entities.ts'
import type { Refusal } from '../../../config/language/refusal.ts'
import type { Text } from '../../../config/language/text.ts'
import { formatDecimal, sumExact } from '../../core/engine/decimal.ts'
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

/** The first line that deducts a deposit the order does not have, or more than is left of it; `billing` without the invoice itself. */
export function wrongDeduction(
  lines: readonly InvoiceLines[], { billing, exponent }: { readonly billing: OrderBilling | undefined; readonly exponent: number },
): { readonly index: number; readonly message: Text } | undefined {
  for (const [index, line] of lines.entries()) {
    if (line.lineKind !== 'deduction' || (line.netAmount ?? 0) === 0) continue
    const deposit = billing?.deposits.find(({ invoice, taxCode }) => invoice === line.depositInvoice && taxCode === codeOf(line))
    const taken = -sumExact(lines.filter((other) => other.lineKind === 'deduction' && other.depositInvoice === line.depositInvoice && codeOf(other) === codeOf(line)).map(({ netAmount }) => netAmount ?? 0))
    if (!deposit) return { index, message: noDeposit(index + 1) }
    if (taken > deposit.free) return { index, message: aboveDeposit({ line: index + 1, deposit, exponent }) }
  }
  return undefined
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
const noDeposit = (line: number): Text => ({
  en: `Line ${line} deducts a deposit that this order does not have or that is used up. Remove the line, or create the invoice again from the order.`,
  zh: `第 ${line} 行抵扣的订金不存在或已用完。请删除该行，或从订单重新开票。`,
})
function aboveDeposit({ line, deposit, exponent }: { readonly line: number; readonly deposit: FreeDeposit; readonly exponent: number }): Text {
  const left = formatDecimal(deposit.free, exponent, { minDigits: exponent })
  return {
    en: `Line ${line} deducts more than is left of deposit invoice ${deposit.number}: ${left} net. Lower the amount.`,
    zh: `第 ${line} 行抵扣超过订金发票 ${deposit.number} 的剩余未税金额 ${left}，请减少金额。`,
  }
}
