import type { Where } from 'payload'
import type { Payments } from '../../../config/generated/entities.ts'
import type { Check, CheckResult } from '../../core/platform/plugin.ts'
import type { Row, Store } from '../../core/data/store.ts'
import { currencyExponent } from '../../core/engine/currency.ts'
import { calculateLine } from '../../core/engine/pricing.ts'
import { calculateTax } from '../../core/engine/tax.ts'
import type { DocumentTax } from '../../core/pricing/totals.ts'
import { openResult } from '../../core/verify/check-result.ts'
import { inPages } from '../../core/verify/pages.ts'
import { booked, groupedBy, pageSize, type Sum } from './sums.ts'

type Totals = { readonly entity: string; readonly lines: string; readonly parent: string; readonly where?: Where }
/** `role`: the account that carries the document's total in its entry, `sign` its side; `party` the field both name. */
type Booking = { readonly entity: string; readonly role: string; readonly sign: 1 | -1; readonly party: 'customer' | 'supplier' }

const priced: readonly Totals[] = [
  { entity: 'sales-orders', lines: 'sales-order-lines', parent: 'salesOrder' },
  { entity: 'purchase-orders', lines: 'purchase-order-lines', parent: 'purchaseOrder' },
  { entity: 'invoices', lines: 'invoice-lines', parent: 'invoice', where: booked },
  { entity: 'credit-notes', lines: 'credit-note-lines', parent: 'creditNote', where: booked },
  { entity: 'supplier-bills', lines: 'supplier-bill-lines', parent: 'supplierBill', where: booked },
]
const bookings: readonly Booking[] = [
  { entity: 'invoices', role: 'accountsReceivable', sign: 1, party: 'customer' },
  { entity: 'credit-notes', role: 'accountsReceivable', sign: -1, party: 'customer' },
  { entity: 'supplier-bills', role: 'accountsPayable', sign: -1, party: 'supplier' },
]

export const documentChecks: readonly Check[] = [
  {
    name: 'erp.documentTotals',
    label: { en: 'Totals and taxes of orders, invoices, credit notes and bills are those of their lines', zh: '订单、发票、红字发票、账单的合计与税额等于其行计算结果' },
    run: checkTotals,
  },
  {
    name: 'erp.documentEntries',
    label: { en: 'Invoices, credit notes, bills and payments stand in the journal with their amount and party', zh: '发票、红字发票、账单、收付款的凭证金额与往来方一致' },
    run: checkEntries,
  },
  {
    name: 'erp.allocationParties',
    label: { en: 'Payments are allocated to documents of the party that paid or was paid', zh: '收付款核销的单据与往来方一致' },
    run: checkAllocations,
  },
]

async function checkTotals(store: Store): Promise<CheckResult> {
  const { fail, count, result } = openResult()
  const exponents = new Map((await store.find('companies')).map(({ id, currency }) => [id, currencyExponent(currency)]))
  for (const { entity, lines, parent, where } of priced) {
    for await (const page of inPages(store.stream<string>(entity, where), pageSize)) {
      const rows = groupedBy((await store.find<string>(lines, { where: { [parent]: { in: page.map(({ id }) => id) } } })) as Row[], parent)
      for (const document of page) {
        count()
        const own = rows.get(document.id) ?? []
        const name = `${entity} ${String(document.number)}`
        for (const line of own) {
          const net = amountOf(line, exponents.get(String(document.company)) ?? 2)
          if (Number(line.netAmount ?? 0) !== net) fail(`${name}, line ${String(line.position)}: net ${String(line.netAmount)}, its terms give ${net}.`)
        }
        const problem = totalsProblem(document, own)
        if (problem) fail(`${name}: ${problem}`)
      }
    }
  }
  return result()
}

function amountOf(line: Row, exponent: number): number {
  return calculateLine({
    quantity: Number(line.quantity ?? 0), unitPrice: Number(line.unitPrice ?? 0), discountPercent: Number(line.discountPercent ?? 0), exponent,
  }).amount
}

/** Taxes by the rates that the document carries: a tax code may have changed since. */
function totalsProblem(document: Row, lines: readonly Row[]): string | undefined {
  const taxes = (document.taxLines ?? []) as readonly DocumentTax[]
  const rates = new Map(taxes.map(({ taxCode, rate }) => [taxCode, rate]))
  const result = calculateTax(lines.map((line) => ({ amount: Number(line.netAmount ?? 0), taxCode: String(line.taxCode ?? ''), rate: rates.get(String(line.taxCode ?? '')) ?? 0 })))
  const kept = [document.netTotal, document.taxTotal, document.grandTotal].map((amount) => Number(amount ?? 0))
  const expected = [result.net, result.tax, result.gross]
  if (kept.some((amount, index) => amount !== expected[index])) return `net, tax and total are ${kept.join(', ')}, its lines give ${expected.join(', ')}.`
  for (const { taxCode, base, amount } of result.taxes) {
    if (taxCode === '') continue
    const tax = taxes.find((row) => row.taxCode === taxCode)
    if (tax?.base !== base || tax.amount !== amount) return `the tax of code ${taxCode} is ${tax?.amount} on ${tax?.base}, its lines give ${amount} on ${base}.`
  }
  return undefined
}

async function checkEntries(store: Store): Promise<CheckResult> {
  const { fail, count, result } = openResult()
  for (const { entity, role, sign, party } of bookings) {
    const accounts = new Set((await store.find('ledger-accounts', { where: { accountRole: { equals: role } } })).map(({ id }) => id))
    for await (const page of inPages(store.stream<string>(entity, booked), pageSize)) {
      const sums = await entrySums(store, page)
      for (const document of page) {
        count()
        const rows = sums.get(String(document.journalEntry)) ?? []
        const carried = rows.filter(({ account }) => accounts.has(String(account)))
        const amount = sign * carried.reduce((sum, row) => sum + Number(row.debit) - Number(row.credit), 0)
        const name = `${entity} ${String(document.number)}`
        if (amount !== Number(document.grandTotal ?? 0)) fail(`${name}: total ${String(document.grandTotal ?? 0)}, its journal entry has ${amount} on ${role}.`)
        if (rows.some((row) => row[party] && row[party] !== document[party])) fail(`${name}: its journal entry names another ${party}.`)
      }
    }
  }
  for await (const page of inPages(store.stream('payments', { 'workflow.state': { equals: 'posted' } }), pageSize)) {
    const sums = await entrySums(store, page)
    for (const payment of page) {
      count()
      const rows = sums.get(String(payment.journalEntry)) ?? []
      const debit = rows.reduce((sum, row) => sum + Number(row.debit), 0)
      if (debit !== payment.amount) fail(`Payment ${payment.number}: amount ${payment.amount}, its journal entry moves ${debit}.`)
      const foreign = rows.some(({ customer, supplier }) => (customer && customer !== payment.customer) || (supplier && supplier !== payment.supplier))
      if (foreign) fail(`Payment ${payment.number}: its journal entry names another party.`)
    }
  }
  return result()
}

async function entrySums(store: Store, page: readonly (Row | Payments)[]): Promise<Map<string, Sum[]>> {
  const entries = page.map(({ journalEntry }) => journalEntry).filter((id): id is string => typeof id === 'string')
  const rows: Sum[] = await store.sum('journal-lines', { where: { journalEntry: { in: entries } }, groupBy: ['journalEntry', 'account', 'customer', 'supplier'], fields: ['debit', 'credit'] })
  return groupedBy(rows, 'journalEntry')
}

async function checkAllocations(store: Store): Promise<CheckResult> {
  const { fail, count, result } = openResult()
  for await (const page of inPages(store.stream('payment-allocations'), pageSize)) {
    const payments = await store.byIds('payments', page.map(({ payment }) => payment))
    const invoices = await store.byIds('invoices', page.map(({ invoice }) => invoice))
    const notes = await store.byIds('credit-notes', page.map(({ creditNote }) => creditNote))
    const bills = await store.byIds('supplier-bills', page.map(({ supplierBill }) => supplierBill))
    for (const { id, payment: paidBy, invoice, creditNote, supplierBill, allocatedDate } of page) {
      const payment = payments.get(paidBy)
      // What is still a draft is judged when it is posted.
      if (!payment || !allocatedDate) continue
      count()
      const target = invoices.get(invoice ?? '') ?? notes.get(creditNote ?? '')
      const bill = bills.get(supplierBill ?? '')
      if (!target && !bill) fail(`Allocation ${id} of payment ${payment.number} names no document.`)
      if (target && target.customer !== payment.customer) fail(`Payment ${payment.number} is allocated to ${target.number} of another customer.`)
      if (bill && bill.supplier !== payment.supplier) fail(`Payment ${payment.number} is allocated to ${bill.number} of another supplier.`)
    }
  }
  return result()
}
