import type { Where } from 'payload'
import type { InvoiceLines, SalesOrderLines, TaxCodes } from '../../../config/generated/entities.ts'
import { boolean } from '../../../config/language/fields.ts'
import type { GuardType } from '../../../workflows/engine/registry.ts'
import type { Store } from '../../core/data/store.ts'
import { currencyExponent } from '../../core/engine/currency.ts'
import { formatDecimal, mulDiv, sumExact } from '../../core/engine/decimal.ts'
import type { FactLoader, FactQuestion } from '../../core/platform/plugin.ts'
import { totalLines } from '../../core/pricing/totals.ts'
import { textOf } from '../stock/lines-of.ts'

/**
 * A customer's credit in minor units: `limit` null is none. `exposure`: open invoices + confirmed orders not invoiced yet, gross −
 * unallocated payments − open credit notes.
 */
export type CreditFact = { readonly limit: number | null; readonly exposure: number }

export const creditFacts: readonly FactLoader[] = [{ name: 'erp.credit', load: loadCredit }]

export const creditGuards: readonly GuardType[] = [{
  type: 'erp.creditAvailable',
  label: { en: 'Within the credit limit', zh: '信用额度内' },
  facts: ['erp.credit', 'core.company'],
  params: [boolean('expect', { en: 'Expected answer', zh: '期望结果' }, { required: true })],
  condition: ({ expect }) => ({ subject: 'erp.creditAvailable', of: ['true', 'false'], in: [String(expect)] }),
  check({ facts, params, document }) {
    const { limit, exposure } = (facts['erp.credit'] ?? { limit: null, exposure: 0 }) as CreditFact
    const after = exposure + Number(document.grandTotal ?? 0)
    const within = limit === null || after <= limit
    if (within === params.expect) return true
    if (within) return { code: 'credit.within', message: isWithin }
    const exponent = currencyExponent((facts['core.company'] as { readonly currency: string }).currency)
    return { code: 'credit.exceeded', message: exceeded({ after, limit: limit ?? 0, exponent }) }
  },
}]

/** How the limit is exceeded, in money. */
export function exceeded({ after, limit, exponent }: { readonly after: number; readonly limit: number; readonly exponent: number }) {
  const [total, most] = [after, limit].map((amount) => formatDecimal(amount, exponent, { minDigits: exponent }))
  return {
    en: `With this order the customer would owe ${total}, above the credit limit of ${most}. Collect a payment, raise the limit, or confirm over the limit with a reason.`,
    zh: `加上本订单，客户占用信用 ${total}，超过信用额度 ${most}。请先收款、调高额度，或说明原因后超额放行。`,
  }
}

/** A change that takes the customer above the limit; a confirmed order has no second approval. */
export function grownBeyond({ after, limit, exponent }: { readonly after: number; readonly limit: number; readonly exponent: number }) {
  const [total, most] = [after, limit].map((amount) => formatDecimal(amount, exponent, { minDigits: exponent }))
  return {
    en: `After this change the customer would owe ${total}, above the credit limit of ${most}. Collect a payment, raise the limit on the customer, or change less.`,
    zh: `变更后客户占用信用 ${total}，超过信用额度 ${most}。请先收款、在客户资料中调高额度，或减少变更。`,
  }
}

const isWithin = { en: 'The order is within the credit limit. Use “Confirm order”.', zh: '未超过信用额度，请直接审批通过。' }

async function loadCredit(store: Store, { documents }: FactQuestion): Promise<Map<string, CreditFact>> {
  const customerOf = new Map(documents.map((document) => [document.id, textOf(document, 'customer') ?? '']))
  const customers = await store.byIds('customers', customerOf.values())
  // Without a limit nobody asks for the exposure, and it costs the most.
  const limited = [...customers.values()].filter(({ creditLimit }) => (creditLimit ?? null) !== null).map(({ id }) => id)
  const exposures = await loadExposures(store, limited)
  return new Map([...customerOf].map(([id, customer]) => [id, {
    limit: customers.get(customer)?.creditLimit ?? null, exposure: exposures.get(customer) ?? 0,
  }]))
}

/** Exposure of customers in minor units, in a bounded number of queries. */
export async function loadExposures(store: Store, customers: readonly string[]): Promise<Map<string, number>> {
  const exposures = new Map(customers.map((customer) => [customer, 0]))
  if (customers.length === 0) return exposures
  const add = (customer: unknown, amount: number) => exposures.set(String(customer), sumExact([exposures.get(String(customer)) ?? 0, amount]))
  const where: Where = { customer: { in: [...customers] } }
  const sums = async (entity: string, field: string, more: Where[] = []) =>
    (await store.sum(entity, { where: { and: [where, ...more] }, groupBy: ['customer'], fields: [field] })).map((row) => [row.customer, Number(row[field])] as const)
  for (const [customer, amount] of await sums('invoices', 'openAmount')) add(customer, amount)
  for (const [customer, amount] of await sums('credit-notes', 'openAmount')) add(customer, -amount)
  const posted: Where[] = [{ direction: { equals: 'incoming' } }, { journalEntry: { exists: true } }]
  for (const [customer, amount] of await sums('payments', 'unallocatedAmount', posted)) add(customer, -amount)
  for (const [customer, amount] of await notInvoiced(store, where)) add(customer, amount)
  return exposures
}

/** Gross value of confirmed orders that is not invoiced yet, less deposits invoiced ahead of it. */
async function notInvoiced(store: Store, ofCustomers: Where): Promise<(readonly [string, number])[]> {
  const orders = await store.find('sales-orders', { where: { and: [ofCustomers, { 'workflow.state': { equals: 'confirmed' } }] } })
  if (orders.length === 0) return []
  const lines = await store.find('sales-order-lines', { where: { salesOrder: { in: orders.map(({ id }) => id) } } })
  const companies = await store.byIds('companies', orders.map(({ company }) => company))
  const taxCodes = await store.byIds('tax-codes', lines.map(({ taxCode }) => taxCode))
  const deposits = await depositsLeft(store, { orders: orders.map(({ id }) => id), taxCodes })
  return orders.map(({ id, customer, company }) => {
    const rest = lines.filter(({ salesOrder }) => salesOrder === id).map((line) => ({ ...line, quantity: toInvoice(line) }))
    const exponent = currencyExponent(companies.get(company)?.currency ?? 'CNY')
    return [customer, Math.max(0, totalLines({ lines: rest, taxCodes, exponent }).grandTotal - (deposits.get(id) ?? 0))] as const
  })
}

const toInvoice = (line: SalesOrderLines): number => {
  const kept = line.quantity - (line.cancelledQuantity ?? 0) - (line.returnedQuantity ?? 0)
  return Math.max(0, kept - (line.invoicedQuantity ?? 0) + (line.creditedQuantity ?? 0))
}

/** Deposits on posted invoices of each order that no later invoice deducted, gross. */
async function depositsLeft(
  store: Store, { orders, taxCodes }: { readonly orders: readonly string[]; readonly taxCodes: ReadonlyMap<string, TaxCodes> },
): Promise<Map<string, number>> {
  const invoices = await store.find('invoices', { where: { and: [{ salesOrder: { in: [...orders] } }, { 'workflow.state': { in: ['posted', 'settled'] } }] } })
  const orderOf = new Map(invoices.map(({ id, salesOrder }) => [id, salesOrder ?? '']))
  const lines = invoices.length === 0 ? [] : await store.find('invoice-lines', {
    where: { and: [{ invoice: { in: [...orderOf.keys()] } }, { lineKind: { in: ['deposit', 'deduction'] } }] },
  })
  const left = new Map<string, number>()
  for (const line of lines) {
    const order = orderOf.get(line.invoice) ?? ''
    left.set(order, (left.get(order) ?? 0) + grossOf(line, taxCodes))
  }
  return left
}

/** What is left of a deposit or deduction line after credits, with tax; a deduction is negative. */
function grossOf(line: InvoiceLines, taxCodes: ReadonlyMap<string, TaxCodes>): number {
  const net = mulDiv(line.netAmount ?? 0, line.quantity - (line.creditedQuantity ?? 0), line.quantity)
  return net + mulDiv(net, taxCodes.get(line.taxCode ?? '')?.rate ?? 0, 100_000_000)
}
