import type { InvoiceLines, Invoices } from '../../../config/generated/entities.ts'
import type { GuardType } from '../../../workflows/engine/registry.ts'
import { currencyExponent } from '../../core/engine/currency.ts'
import type { ActionHandler } from '../../core/platform/plugin.ts'
import type { DocumentTax } from '../../core/pricing/totals.ts'
import type { AccountRole } from '../engine/chart.ts'
import type { JournalLine } from '../engine/journal.ts'
import { postInvoice as invoiceEntry } from '../engine/posting-sales.ts'
import { dueDateOf } from '../ledger/due-date.ts'
import { postEntry } from '../ledger/post-entry.ts'
import { typed, typedRows } from '../../core/data/typed-rows.ts'
import { checkDeposits, wrongDeduction } from './deposit-billing.ts'
import type { OrderBilling } from './order-billing.ts'
import { refreshSalesOrder } from './refresh-order.ts'

/** Books receivable, revenue (or deposits) and tax, and counts what is invoiced. Prepayments are used after it, by event. */
export const postInvoice: ActionHandler = {
  type: 'erp.postInvoice', label: { en: 'Post the invoice', zh: '发票过账' },
  async run(context, step) {
    const invoice = typed<'invoices'>(step.document)
    const lines = typedRows<'invoice-lines'>(step.lines)
    const date = invoice.invoiceDate ?? (await context.today())
    invoice.dueDate ||= await dueDateOf(context.store, { date, paymentTerm: invoice.paymentTerm })
    invoice.openAmount = invoice.grandTotal
    invoice.journalEntry = await postEntry(context, {
      company: await context.company(invoice.company), date, kind: invoice.invoiceKind === 'opening' ? 'opening' : 'sales',
      source: { entity: 'invoices', id: invoice.id, number: invoice.number }, traceId: invoice.traceId,
      lines: withParty(invoiceEntry({
        customer: invoice.customer,
        lines: lines.map((line) => ({ net: line.netAmount ?? 0, accountRole: roleOf(line.lineKind, 'revenue') })),
        taxes: (invoice.taxLines ?? []) as readonly DocumentTax[],
      }), invoice.customer),
      memo: { en: `Invoice ${invoice.number}`, zh: `销售发票 ${invoice.number}` },
    }) ?? null
    for (const { salesOrderLine, lineKind, quantity } of lines) {
      if (salesOrderLine && lineKind === 'goods') await context.store.update('sales-order-lines', salesOrderLine, { invoicedQuantity: { $inc: quantity } })
    }
    if (invoice.salesOrder) await refreshSalesOrder(context, invoice.salesOrder, { entity: 'invoices', document: invoice })
  },
}

/** Where the net amount of an invoice line belongs; goods on `goods`. */
export function roleOf(kind: InvoiceLines['lineKind'] | undefined, goods: AccountRole): AccountRole {
  if (kind === 'deposit' || kind === 'deduction') return 'customerDeposits'
  return kind === 'opening' ? 'openingEquity' : goods
}

/** Deposits are kept by customer. */
export const withParty = (lines: readonly JournalLine[], customer: string): JournalLine[] =>
  lines.map((line) => (line.accountRole === 'customerDeposits' ? { ...line, party: { type: 'customer', id: customer } } : line))

export const invoiceGuards: readonly GuardType[] = [{
  type: 'erp.invoiceable',
  label: { en: 'Delivered and not invoiced yet', zh: '已发货且未开票' },
  facts: ['core.lines', 'core.sourceLines', 'core.company', 'erp.orderBilling'],
  check({ facts, document }) {
    const lines = (facts['core.lines'] ?? []) as readonly InvoiceLines[]
    if (document.invoiceKind === 'opening' && Number(document.taxTotal ?? 0) !== 0) return { code: 'invoice.openingTax', message: openingTax }
    const sources = facts['core.sourceLines'] as ReadonlyMap<string, Readonly<Record<string, number | null>>> | null
    const wanted = new Map<string, number>()
    for (const { salesOrderLine, lineKind, quantity } of lines) {
      if (salesOrderLine && lineKind === 'goods') wanted.set(salesOrderLine, (wanted.get(salesOrderLine) ?? 0) + quantity)
    }
    for (const [id, quantity] of wanted) {
      const line = sources?.get(id) ?? {}
      const allowed = (line.deliveredQuantity ?? 0) - (line.returnedQuantity ?? 0) - (line.invoicedQuantity ?? 0) + (line.creditedQuantity ?? 0)
      const position = lines.findIndex(({ salesOrderLine }) => salesOrderLine === id)
      if (quantity > allowed) return { code: 'invoice.notDelivered', path: `lines.${position}.quantity`, message: notDelivered(position + 1) }
    }
    const billing = facts['erp.orderBilling'] as OrderBilling | undefined
    const exponent = currencyExponent((facts['core.company'] as { readonly currency: string }).currency)
    const wrong = wrongDeduction(lines, { billing, exponent })
    if (wrong) return { code: 'invoice.deduction', path: `lines.${wrong.index}.unitPrice`, message: wrong.message }
    if (!billing) return true
    return checkDeposits({ invoice: document as unknown as Invoices, lines, billing, exponent }) ?? true
  },
}]

const openingTax = { en: 'Opening balances carry no tax. Remove the tax codes.', zh: '期初余额不含税，请清除税码。' }
const notDelivered = (line: number) => ({
  en: `Line ${line}: more than was delivered and not invoiced yet. Lower the quantity, or deliver first.`,
  zh: `第 ${line} 行：超过已发货未开票数量。请减少数量，或先发货。`,
})
