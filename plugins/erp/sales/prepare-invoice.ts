import { failInput } from '../../core/errors.ts'
import type { EntityBehaviour } from '../../core/platform/plugin.ts'
import { loadSalesPrices } from '../../core/pricing/sales-prices.ts'
import { preparePricedLines } from '../../core/pricing/prepare-lines.ts'
import { typed, typedRows } from '../../core/data/typed-rows.ts'
import { wrongDeduction } from './deposit-billing.ts'
import { loadOrderBilling } from './order-billing.ts'

/** Defaults of the customer, prices where a hand-written line has none, tax and totals. Opening invoices carry no tax. */
export const invoiceBehaviour: EntityBehaviour = {
  async prepare(context, draft) {
    const invoice = typed<'invoices'>(draft.document)
    const lines = typedRows<'invoice-lines'>(draft.lines)
    const order = invoice.salesOrder ? await context.store.get('sales-orders', invoice.salesOrder) : undefined
    if (order && invoice.customer && order.customer !== invoice.customer) {
      failInput([{ code: 'invoice.otherCustomer', path: 'customer', severity: 'error', message: otherCustomer(order.number ?? '') }])
    }
    const company = await context.company(invoice.company)
    const customer = invoice.customer ? await context.store.get('customers', invoice.customer) : undefined
    invoice.paymentTerm ||= customer?.paymentTerm || company.paymentTerm || null
    invoice.billToAddress ||= customer?.address || null
    const isOpening = invoice.invoiceKind === 'opening'
    for (const [index, line] of lines.entries()) {
      if (line.lineKind === 'deduction') line.unitPrice = deducted(line.unitPrice)
      else if ((line.unitPrice ?? 0) < 0) failInput([{ code: 'invoice.priceBelowZero', path: `lines.${index}.unitPrice`, severity: 'error', message: belowZero(index + 1) }])
      if (isOpening) line.lineKind = 'opening'
      else if (invoice.invoiceKind === 'deposit' && line.lineKind === 'goods') line.lineKind = 'deposit'
    }
    const priceOf = await loadSalesPrices(context.store, {
      priceList: customer?.priceList || company.priceList, date: invoice.invoiceDate ?? (await context.today()), parts: lines.flatMap(({ part }) => part ?? []),
    })
    const totals = await preparePricedLines(context, {
      lines, language: customer?.language ?? company.language, company, side: 'sales', priceOf,
      partnerTaxCode: customer?.taxCode ?? null, taxFree: isOpening,
    })
    Object.assign(invoice, totals)
    if (!lines.some(({ lineKind }) => lineKind === 'deduction')) return
    const billing = (await loadOrderBilling(context.store, [draft.document])).get(invoice.id)
    const wrong = wrongDeduction(lines, { billing, exponent: await context.exponent() })
    if (wrong) failInput([{ code: 'invoice.deduction', path: `lines.${wrong.index}.unitPrice`, severity: 'error', message: wrong.message }])
  },
}

/** A deduction takes off, with whichever sign its price is typed. */
export const deducted = (unitPrice: number | null | undefined): number => -Math.abs(unitPrice ?? 0) || 0

const belowZero = (line: number) => ({
  en: `Line ${line}: the unit price is below zero. Enter a price of zero or more; to give money back, credit the invoice.`,
  zh: `第 ${line} 行：单价不能为负。请填写不小于零的单价；如需退还金额，请开红字发票。`,
})
const otherCustomer = (order: string) => ({
  en: `The invoice belongs to order ${order} of another customer. Choose the customer of the order, or write an invoice without an order.`,
  zh: `该发票属于其他客户的订单 ${order}。请选择订单客户，或另开不关联订单的发票。`,
})
