import type { InvoiceLines, Invoices, SalesOrderLines, SalesOrders } from '../../../config/generated/entities.ts'
import { deductionText, depositText } from '../../../collections/core/standard-texts.ts'
import type { Language } from '../../../config/language/text.ts'
import type { CommandContext } from '../../core/commands/context.ts'
import { allocate, mulDiv, scales, sumExact } from '../../core/engine/decimal.ts'
import { calculateLine } from '../../core/engine/pricing.ts'
import { writeStandard } from '../../core/entities/standard-text.ts'
import { failRefused } from '../../core/errors.ts'
import type { ActionHandler, Step } from '../../core/platform/plugin.ts'
import type { DocumentTax } from '../../core/pricing/totals.ts'
import { stateOf } from '../../core/workflow/pinned.ts'
import { typed, typedRows } from '../../core/data/typed-rows.ts'
import { deliveriesToBill } from './billed-deliveries.ts'
import { depositTooMuch } from './deposit-billing.ts'
import { invoicesOfOrders, keptNet } from './order-billing.ts'

/** Invoice draft of all that was delivered and stands on no invoice yet, less the deposits that were paid. */
export async function createOrderInvoice(context: CommandContext, step: Pick<Step, 'document' | 'lines'>): Promise<void> {
  const order = typed<'sales-orders'>(step.document)
  const { goods, invoices, invoiceLines } = await invoiceableOf(context, { order, lines: typedRows<'sales-order-lines'>(step.lines) })
  if (goods.length === 0) failRefused([{ code: 'invoice.drafted', message: draftExists(invoices) }])
  const exponent = await context.exponent()
  const lines = goods.map(({ line, quantity }) => ({
    lineKind: 'goods', salesOrderLine: line.id, part: line.part, description: line.description ?? null, quantity, unit: line.unit,
    unitNumerator: line.unitNumerator, unitDenominator: line.unitDenominator, unitPrice: line.unitPrice, discountPercent: line.discountPercent,
    taxCode: line.taxCode ?? null,
  }))
  const goodsNet = new Map<string, number>()
  for (const { line, quantity } of goods) {
    const { amount } = calculateLine({ quantity, unitPrice: line.unitPrice ?? 0, discountPercent: line.discountPercent ?? 0, exponent })
    goodsNet.set(line.taxCode ?? '', (goodsNet.get(line.taxCode ?? '') ?? 0) + amount)
  }
  await createInvoice(context, {
    order, values: { invoiceKind: 'invoice' }, lines: [...lines, ...deductions({ invoices, invoiceLines, goodsNet, exponent, language: await languageOf(context, order) })],
    deliveries: await deliveriesToBill(context.store, { goods, invoices }),
  })
}

/** Quantity of each order line that was delivered, was not returned and is on no invoice, drafts included. */
export async function invoiceableOf(
  context: CommandContext, { order, lines }: { readonly order: SalesOrders; readonly lines: readonly SalesOrderLines[] },
): Promise<{ readonly goods: { readonly line: SalesOrderLines; readonly quantity: number }[]; readonly invoices: readonly Invoices[]; readonly invoiceLines: readonly InvoiceLines[] }> {
  const { invoices, lines: invoiceLines } = await invoicesOfOrders(context.store, [order.id])
  const drafts = new Set(invoices.filter((invoice) => stateOf(invoice) === 'draft').map(({ id }) => id))
  const goods = lines.map((line) => {
    const drafted = invoiceLines.filter(({ salesOrderLine, invoice }) => salesOrderLine === line.id && drafts.has(invoice))
    const done = (line.invoicedQuantity ?? 0) - (line.creditedQuantity ?? 0) + sumExact(drafted.map(({ quantity }) => quantity))
    return { line, quantity: (line.deliveredQuantity ?? 0) - (line.returnedQuantity ?? 0) - done }
  })
  return { goods: goods.filter(({ quantity }) => quantity > 0), invoices, invoiceLines }
}

/** One line per settled deposit invoice and tax code, for its unused part, at most what the goods of that tax code cost. */
function deductions({ invoices, invoiceLines, goodsNet, exponent, language }: {
  readonly invoices: readonly Invoices[]
  readonly invoiceLines: readonly InvoiceLines[]
  readonly goodsNet: ReadonlyMap<string, number>
  readonly exponent: number
  readonly language: Language
}) {
  const left = new Map(goodsNet)
  return invoices.filter((invoice) => invoice.invoiceKind === 'deposit' && stateOf(invoice) === 'settled').flatMap((deposit) =>
    invoiceLines.filter((line) => line.invoice === deposit.id && line.lineKind === 'deposit').flatMap((line) => {
      const code = line.taxCode ?? ''
      const used = sumExact(invoiceLines
        .filter((other) => other.lineKind === 'deduction' && other.depositInvoice === deposit.id && (other.taxCode ?? '') === code)
        .map((other) => 0 - keptNet(other)))
      const amount = Math.min(keptNet(line) - used, left.get(code) ?? 0)
      if (amount <= 0) return []
      left.set(code, (left.get(code) ?? 0) - amount)
      return [{
        lineKind: 'deduction', depositInvoice: deposit.id, quantity: one, unitPrice: -priceOf(amount, exponent), taxCode: line.taxCode ?? null,
        description: writeStandard(deductionText, language, { invoice: deposit.number ?? '', date: deposit.invoiceDate ?? '' }),
      }]
    }))
}

/** Deposit invoice draft of a net amount, a line per tax code of the order in proportion. */
export const createDepositInvoice: ActionHandler = {
  type: 'erp.createDepositInvoice', label: { en: 'Create a deposit invoice', zh: '生成订金发票' },
  async run(context, { document, input }) {
    const order = typed<'sales-orders'>(document)
    const term = order.paymentTerm ? await context.store.get('payment-terms', order.paymentTerm) : undefined
    const share = term?.depositPercent ?? 0
    const net = typeof input.amount === 'number' ? input.amount : mulDiv(order.netTotal ?? 0, share, wholePercent)
    if (net <= 0) failRefused([{ code: 'deposit.noAmount', message: noAmount }])
    const exponent = await context.exponent()
    const possible = (order.netTotal ?? 0) - sumExact((await invoicesOfOrders(context.store, [order.id])).lines.map(keptNet))
    if (net > possible) failRefused([{ code: 'deposit.tooMuch', message: depositTooMuch({ possible, exponent }) }])
    const bases = depositBases(order)
    const amounts = allocate(net, bases.map(({ base }) => base))
    const description = writeStandard(depositText, await languageOf(context, order), { order: order.number ?? '' })
    const id = await createInvoice(context, {
      order, values: { invoiceKind: 'deposit' },
      lines: bases.map(({ taxCode }, index) => ({
        lineKind: 'deposit', description, quantity: one, unitPrice: priceOf(amounts[index] ?? 0, exponent), taxCode,
      })).filter(({ unitPrice }) => unitPrice > 0),
    })
    const created = await context.store.require('invoices', id)
    order.depositAmount = (order.depositAmount ?? 0) + (created.grandTotal ?? 0)
  },
}

function depositBases(order: SalesOrders): readonly { readonly taxCode: string | null; readonly base: number }[] {
  const taxes = ((order.taxLines ?? []) as readonly DocumentTax[]).filter(({ base }) => base > 0)
  return taxes.length > 0 ? taxes : [{ taxCode: null, base: 1 }]
}

async function createInvoice(
  context: CommandContext,
  { order, values, lines, deliveries = [] }: {
    readonly order: SalesOrders
    readonly values: Readonly<Record<string, unknown>>
    readonly lines: readonly Readonly<Record<string, unknown>>[]
    /** What it bills: a return of one of them credits this invoice. */
    readonly deliveries?: readonly string[]
  },
): Promise<string> {
  return context.create('invoices', {
    values: {
      ...values, company: order.company, customer: order.customer, salesOrder: order.id, customerReference: order.customerReference ?? null,
      paymentTerm: order.paymentTerm ?? null,
    },
    lines, sources: [{ entity: 'sales-orders', id: order.id }, ...deliveries.map((id) => ({ entity: 'deliveries', id }))],
  })
}

/** Of the papers the customer gets. */
async function languageOf(context: CommandContext, order: SalesOrders): Promise<Language> {
  const language = (await context.store.get('customers', order.customer))?.language ?? (await context.company(order.company)).language
  return language === 'zh' ? 'zh' : 'en'
}

const one = 10 ** scales.quantity
const wholePercent = 100 * 10 ** scales.percent
/** An amount in minor units as the unit price of a line of one. */
const priceOf = (amount: number, exponent: number): number => amount * 10 ** (scales.unitPrice - exponent)

const draftExists = (invoices: readonly Invoices[]) => {
  const drafts = invoices.filter((invoice) => stateOf(invoice) === 'draft').length
  return {
    en: `Everything delivered is on an invoice already (${drafts} in draft). Post the draft, or discard it first.`,
    zh: `已发货数量均已列入发票（草稿 ${drafts} 张）。请先过账或删除草稿。`,
  }
}
const noAmount = {
  en: 'The payment term asks for no deposit. Enter an amount, or change the payment term.', zh: '付款条件没有订金要求。请填写金额，或更改付款条件。',
}
