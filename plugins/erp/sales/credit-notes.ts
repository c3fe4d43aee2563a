import type { CreditNoteLines, InvoiceLines } from '../../../config/generated/entities.ts'
import type { CommandContext } from '../../core/commands/context.ts'
import { failInput, failRefused } from '../../core/errors.ts'
import type { ActionHandler, EntityBehaviour } from '../../core/platform/plugin.ts'
import { totalLines, type DocumentTax } from '../../core/pricing/totals.ts'
import { stateOf } from '../../core/workflow/pinned.ts'
import { postCreditNote as creditEntry } from '../engine/posting-sales.ts'
import { changeOpenAmount } from '../ledger/open-amount.ts'
import { postEntry } from '../ledger/post-entry.ts'
import { typed, typedRows } from '../../core/data/typed-rows.ts'
import { checkDepositFree } from './deposit-credit.ts'
import { deducted } from './prepare-invoice.ts'
import { roleOf, withParty } from './post-invoice.ts'
import { refreshSalesOrder } from './refresh-order.ts'

/** Each line is a part of an invoice line: its part, unit, price, discount and tax stay. */
export const creditNoteBehaviour: EntityBehaviour = {
  async prepare(context, draft) {
    const note = typed<'credit-notes'>(draft.document)
    const lines = typedRows<'credit-note-lines'>(draft.lines)
    const invoice = note.invoice ? await context.store.get('invoices', note.invoice) : undefined
    if (invoice) note.customer = invoice.customer
    const sources = await context.store.byIds('invoice-lines', lines.map(({ invoiceLine }) => invoiceLine))
    const foreign = lines.findIndex(({ invoiceLine }) => (sources.get(invoiceLine)?.invoice ?? note.invoice) !== note.invoice)
    if (foreign >= 0) failInput([{ code: 'credit.foreignLine', path: `lines.${foreign}.invoiceLine`, severity: 'error', message: foreignLine }])
    for (const line of lines) copyTerms(line, sources.get(line.invoiceLine))
    const taxCodes = await context.store.byIds('tax-codes', lines.map(({ taxCode }) => taxCode))
    Object.assign(note, totalLines({ lines, taxCodes, exponent: await context.exponent() }))
  },
}

function copyTerms(line: CreditNoteLines, source: InvoiceLines | undefined): void {
  if (!source) return
  const { part, unit, unitNumerator, unitDenominator, unitPrice, discountPercent, taxCode } = source
  const price = source.lineKind === 'deduction' ? deducted(unitPrice) : unitPrice
  Object.assign(line, { part, unit, unitNumerator, unitDenominator, unitPrice: price, discountPercent, taxCode })
  line.description ||= source.description ?? null
}

/** The opposite of an invoice: less receivable, returns and tax. What the invoice does not need stays open on the note. */
export const postCreditNote: ActionHandler = {
  type: 'erp.postCreditNote', label: { en: 'Post the credit note', zh: '红字发票过账' },
  async run(context, step) {
    const note = typed<'credit-notes'>(step.document)
    const lines = typedRows<'credit-note-lines'>(step.lines)
    const total = note.grandTotal ?? 0
    if (total < 0) failRefused([{ code: 'credit.negative', message: negative }])
    const invoice = await context.store.require('invoices', note.invoice)
    if (!isPosted(invoice)) failRefused([{ code: 'credit.notPosted', message: notPosted }])
    const invoiceLines = await context.store.byIds('invoice-lines', lines.map(({ invoiceLine }) => invoiceLine))
    await checkDepositFree(context, { invoice, lines: [...invoiceLines.values()], credited: lines })
    note.journalEntry = await postEntry(context, {
      company: await context.company(note.company), date: note.creditDate ?? (await context.today()), kind: 'sales',
      source: { entity: 'credit-notes', id: note.id, number: note.number }, traceId: note.traceId,
      lines: withParty(creditEntry({
        customer: note.customer,
        lines: lines.map((line) => ({ net: line.netAmount ?? 0, accountRole: roleOf(invoiceLines.get(line.invoiceLine)?.lineKind, 'salesReturns') })),
        taxes: (note.taxLines ?? []) as readonly DocumentTax[],
      }), note.customer),
      memo: { en: `Credit note ${note.number}`, zh: `红字发票 ${note.number}` },
    }) ?? null
    await countCredited(context, { lines, invoiceLines })
    const used = Math.min(total, invoice.openAmount ?? 0)
    note.openAmount = total - used
    await changeOpenAmount(context, { entity: 'invoices', id: invoice.id, by: -used })
    if (invoice.salesOrder) await refreshSalesOrder(context, invoice.salesOrder, { entity: 'credit-notes', document: note })
    if (note.salesReturn) await context.offer('sales-returns', note.salesReturn, 'settle')
  },
}

/** Uses what is open on a credit note for another invoice of the customer. No entry: both stand on the same account. */
export const applyCredit: ActionHandler = {
  type: 'erp.applyCredit', label: { en: 'Apply the credit', zh: '抵扣发票' },
  async run(context, { document, input }) {
    const note = typed<'credit-notes'>(document)
    const amount = Number(input.amount ?? 0)
    const invoice = typeof input.invoice === 'string' ? await context.store.get('invoices', input.invoice) : undefined
    if (!invoice || !isPosted(invoice) || invoice.customer !== note.customer) failRefused([{ code: 'credit.otherParty', path: 'invoice', message: otherParty }])
    if (amount <= 0) failRefused([{ code: 'credit.noAmount', path: 'amount', message: noAmount }])
    note.openAmount = (note.openAmount ?? 0) - amount
    await changeOpenAmount(context, { entity: 'invoices', id: invoice.id, by: -amount })
    await context.link({ entity: 'credit-notes', id: note.id }, { entity: 'invoices', id: invoice.id }, note.traceId)
    const credited = await context.store.get('invoices', note.invoice)
    for (const order of new Set([invoice.salesOrder, credited?.salesOrder])) {
      if (order) await refreshSalesOrder(context, order, { entity: 'credit-notes', document: note })
    }
  },
}

const isPosted = (invoice: Parameters<typeof stateOf>[0]): boolean => ['posted', 'settled'].includes(stateOf(invoice) ?? '')

async function countCredited(
  { store }: CommandContext, { lines, invoiceLines }: { readonly lines: readonly CreditNoteLines[]; readonly invoiceLines: ReadonlyMap<string, InvoiceLines> },
): Promise<void> {
  for (const { invoiceLine, salesReturnLine, quantity } of lines) {
    await store.update('invoice-lines', invoiceLine, { creditedQuantity: { $inc: quantity } })
    const source = invoiceLines.get(invoiceLine)
    if (source?.salesOrderLine && source.lineKind === 'goods') await store.update('sales-order-lines', source.salesOrderLine, { creditedQuantity: { $inc: quantity } })
    if (salesReturnLine) await store.update('sales-return-lines', salesReturnLine, { creditedQuantity: { $inc: quantity } })
  }
}

const foreignLine = { en: 'This line belongs to another invoice. Choose a line of the credited invoice.', zh: '该行属于其他发票，请选择被红冲发票的行。' }
const negative = { en: 'The credit is below zero: a deducted deposit alone cannot be credited. Add the goods it was deducted from.', zh: '红冲金额为负：不能只红冲订金抵扣行，请同时红冲对应货物。' }
const notPosted = { en: 'The invoice is not posted. Discard its draft instead of crediting it.', zh: '原发票尚未过账，请直接删除草稿，无需红冲。' }
const otherParty = { en: 'Choose a posted invoice of the same customer.', zh: '请选择同一客户的已过账发票。' }
const noAmount = { en: 'Enter an amount above zero.', zh: '请填写大于零的金额。' }
