import type { InvoiceLines, Invoices, SalesOrderLines, SalesReturnLines, SalesReturns } from '../../../config/generated/entities.ts'
import type { CommandContext } from '../../core/commands/context.ts'
import { option, select } from '../../../config/language/fields.ts'
import { sumExact } from '../../core/engine/decimal.ts'
import { failRefused } from '../../core/errors.ts'
import type { ActionHandler, Step } from '../../core/platform/plugin.ts'
import { stateOf } from '../../core/workflow/pinned.ts'
import { typed, typedRows } from '../../core/data/typed-rows.ts'
import { billersFirst } from './billed-deliveries.ts'
import { checkDepositFree } from './deposit-credit.ts'

export const createCreditNote: ActionHandler = {
  type: 'erp.createCreditNote', label: { en: 'Create a credit note', zh: '生成红字发票' },
  params: [select('source', { en: 'Source', zh: '来源' }, {
    required: true,
    options: [option('invoice', { en: 'Invoice', zh: '销售发票' }), option('salesReturn', { en: 'Sales return', zh: '销售退货单' })],
  })],
  run: (context, step) => (step.params.source === 'salesReturn' ? fromReturn(context, step) : fromInvoice(context, step)),
}

/** The given quantities, else all that is not credited and on no other draft. */
async function fromInvoice(context: CommandContext, { document, lines: rows, lineInput, reason }: Step): Promise<void> {
  const invoice = typed<'invoices'>(document)
  const lines = typedRows<'invoice-lines'>(rows)
  const drafted = await draftedByLine(context, lines)
  const asked = new Map(lineInput.map((row) => [row.line, Number(row.quantity ?? 0)]))
  const credited = lines.map((line) => ({
    invoiceLine: line.id,
    quantity: asked.size > 0 ? (asked.get(line.id) ?? 0) : line.quantity - (line.creditedQuantity ?? 0) - (drafted.get(line.id) ?? 0),
  })).filter(({ quantity }) => quantity > 0)
  if (credited.length === 0) failRefused([{ code: 'credit.drafted', message: drafts }])
  await checkDepositFree(context, { invoice, lines, credited })
  await context.create('credit-notes', {
    values: { company: invoice.company, customer: invoice.customer, invoice: invoice.id, reason: reason ?? null },
    lines: credited, sources: [{ entity: 'invoices', id: invoice.id }],
  })
}

type Credit = { readonly invoice: string; readonly invoiceLine: string; readonly salesReturnLine: string; readonly quantity: number }

/**
 * What came back and was invoiced, one draft an invoice: the invoices of the delivery first, then the order's others, oldest
 * first. What came back before it was invoiced needs no credit: it counts as credited at once.
 */
async function fromReturn(context: CommandContext, step: Step): Promise<void> {
  const document = typed<'sales-returns'>(step.document)
  const lines = typedRows<'sales-return-lines'>(step.lines)
  const credits = await creditsOf(context, { document, lines })
  for (const line of lines) {
    const toCredit = sumExact(credits.filter(({ salesReturnLine }) => salesReturnLine === line.id).map(({ quantity }) => quantity))
    line.creditedQuantity = line.quantity - toCredit
    await context.store.update('sales-return-lines', line.id, { creditedQuantity: line.creditedQuantity })
  }
  for (const invoice of new Set(credits.map((credit) => credit.invoice))) {
    await context.create('credit-notes', {
      values: {
        company: document.company, customer: document.customer, invoice, salesReturn: document.id,
        reason: document.reason || `${context.entity('sales-returns').label.en} ${document.number}`,
      },
      lines: credits.filter((credit) => credit.invoice === invoice).map(({ invoice: _invoice, ...line }) => line),
      sources: [{ entity: 'sales-returns', id: document.id }, { entity: 'invoices', id: invoice }],
    })
  }
}

async function creditsOf(
  context: CommandContext, { document, lines }: { readonly document: SalesReturns; readonly lines: readonly SalesReturnLines[] },
): Promise<Credit[]> {
  const { store } = context
  const deliveryLines = await store.byIds('delivery-lines', lines.map(({ deliveryLine }) => deliveryLine))
  const orderLines = await store.byIds('sales-order-lines', [...deliveryLines.values()].map(({ salesOrderLine }) => salesOrderLine))
  const { invoices: posted, invoiceLines } = await postedInvoices(context, { order: document.salesOrder ?? '', orderLines: [...orderLines.keys()] })
  const invoices = await billersFirst(store, { delivery: document.delivery, invoices: posted })
  const drafted = await draftedByLine(context, invoiceLines)
  const creditable = new Map(invoiceLines.map((line) => [line.id, line.quantity - (line.creditedQuantity ?? 0) - (drafted.get(line.id) ?? 0)]))
  const toCredit = new Map([...orderLines.values()].map((line) => [line.id, invoicedBeyondKept(line)]))
  const credits: Credit[] = []
  for (const line of lines) {
    const orderLine = deliveryLines.get(line.deliveryLine)?.salesOrderLine ?? ''
    let left = Math.min(line.quantity, toCredit.get(orderLine) ?? 0)
    for (const invoice of invoices) {
      for (const invoiceLine of invoiceLines.filter((row) => row.invoice === invoice.id && row.salesOrderLine === orderLine)) {
        const quantity = Math.min(left, creditable.get(invoiceLine.id) ?? 0)
        if (quantity <= 0) continue
        credits.push({ invoice: invoice.id, invoiceLine: invoiceLine.id, salesReturnLine: line.id, quantity })
        creditable.set(invoiceLine.id, (creditable.get(invoiceLine.id) ?? 0) - quantity)
        toCredit.set(orderLine, (toCredit.get(orderLine) ?? 0) - quantity)
        left -= quantity
      }
    }
  }
  return credits
}

/** Invoiced (less credited) beyond what the customer keeps. The return's own quantity is counted on the line already. */
const invoicedBeyondKept = (line: SalesOrderLines): number =>
  Math.max(0, (line.invoicedQuantity ?? 0) - (line.creditedQuantity ?? 0) - Math.max(0, (line.deliveredQuantity ?? 0) - (line.returnedQuantity ?? 0)))

async function postedInvoices(
  { store }: CommandContext, { order, orderLines }: { readonly order: string; readonly orderLines: readonly string[] },
): Promise<{ readonly invoices: Invoices[]; readonly invoiceLines: InvoiceLines[] }> {
  const all = await store.find('invoices', { where: { salesOrder: { equals: order } }, sort: ['invoiceDate', 'id'] })
  const invoices = all.filter((invoice) => ['posted', 'settled'].includes(stateOf(invoice) ?? ''))
  const invoiceLines = invoices.length === 0 ? [] : await store.find('invoice-lines', {
    where: { and: [{ invoice: { in: invoices.map(({ id }) => id) } }, { salesOrderLine: { in: [...orderLines] } }, { lineKind: { equals: 'goods' } }] }, sort: 'position',
  })
  return { invoices, invoiceLines }
}

/** Quantity of each invoice line on credit notes that are not posted yet. */
async function draftedByLine({ store }: CommandContext, lines: readonly InvoiceLines[]): Promise<Map<string, number>> {
  const rows = await store.find('credit-note-lines', { where: { invoiceLine: { in: lines.map(({ id }) => id) } } })
  const notes = await store.byIds('credit-notes', rows.map(({ creditNote }) => creditNote))
  const result = new Map<string, number>()
  for (const { creditNote, invoiceLine, quantity } of rows) {
    const note = notes.get(creditNote)
    if (note && stateOf(note) === 'draft') result.set(invoiceLine, (result.get(invoiceLine) ?? 0) + quantity)
  }
  return result
}

const drafts = {
  en: 'All that is left of this invoice stands on credit note drafts. Post or discard them, or enter quantities.',
  zh: '该发票剩余数量均已列入红字发票草稿。请先过账或删除草稿，或填写数量。',
}
