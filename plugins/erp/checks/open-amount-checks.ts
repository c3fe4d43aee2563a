import type { Where } from 'payload'
import type { Check } from '../../core/platform/plugin.ts'
import type { Store } from '../../core/data/store.ts'
import { openResult } from '../../core/verify/check-result.ts'
import { inPages } from '../../core/verify/pages.ts'
import { addAll, booked, pageSize, sumBy, type Sum } from './sums.ts'

/** Allocations of payments in draft have no date yet. */
const allocated: Where = { allocatedDate: { exists: true } }

export const openAmountChecks: readonly Check[] = [
  {
    name: 'erp.openBills',
    label: { en: 'Open bills are their totals less what is allocated', zh: '账单未结金额等于总额减已核销' },
    async run(store) {
      const { fail, count, result } = openResult()
      for await (const page of inPages(store.stream('supplier-bills', booked), pageSize)) {
        const paid = await sumBy(store, 'payment-allocations', { where: { and: [{ supplierBill: { in: page.map(({ id }) => id) } }, allocated] }, by: 'supplierBill', field: 'amount' })
        for (const { id, number, grandTotal, openAmount } of page) {
          count()
          const expected = (grandTotal ?? 0) - (paid.get(id) ?? 0)
          if (openAmount !== expected) fail(`Bill ${number}: open ${openAmount}, its total less allocations is ${expected}.`)
        }
      }
      return result()
    },
  },
  {
    name: 'erp.openInvoices',
    label: { en: 'Open invoices and credit notes of a customer are their totals less what is allocated', zh: '客户未结发票和红字发票等于总额减已核销' },
    run: checkInvoices,
  },
  {
    name: 'erp.prepayments',
    label: { en: 'What is not allocated of a payment is its amount less its allocations', zh: '收付款未核销金额等于金额减核销' },
    async run(store) {
      const { fail, count, result } = openResult()
      for await (const page of inPages(store.stream('payments', { 'workflow.state': { equals: 'posted' } }), pageSize)) {
        const used = await sumBy(store, 'payment-allocations', { where: { and: [{ payment: { in: page.map(({ id }) => id) } }, allocated] }, by: 'payment', field: 'amount' })
        for (const { id, number, amount, unallocatedAmount } of page) {
          count()
          const expected = amount - (used.get(id) ?? 0)
          if (unallocatedAmount !== expected) fail(`Payment ${number}: not allocated ${unallocatedAmount}, its amount less allocations is ${expected}.`)
        }
      }
      return result()
    },
  },
  {
    name: 'erp.subledgers',
    label: { en: 'Receivables, payables and advances equal their accounts', zh: '应收、应付、预付明细等于统驭科目' },
    run: checkSubledgers,
  },
]

/** A credit note settles any invoice of its customer, so both are proved together, customer by customer. */
async function checkInvoices(store: Store) {
  const { fail, count, result } = openResult()
  for await (const customers of inPages(store.stream('customers'), pageSize)) {
    const expected = new Map<string, number>()
    const open = new Map<string, number>()
    const own = { customer: { in: customers.map(({ id }) => id) } }
    for (const { entity, field, sign } of [{ entity: 'invoices', field: 'invoice', sign: 1 }, { entity: 'credit-notes', field: 'creditNote', sign: -1 }] as const) {
      for await (const page of inPages(store.stream(entity, { and: [own, booked] }), pageSize)) {
        const paid = await sumBy(store, 'payment-allocations', { where: { and: [{ [field]: { in: page.map(({ id }) => id) } }, allocated] }, by: field, field: 'amount' })
        for (const { id, number, customer, grandTotal, openAmount } of page) {
          count()
          const left = (grandTotal ?? 0) - (paid.get(id) ?? 0)
          addAll(expected, new Map([[customer, sign * left]]))
          addAll(open, new Map([[customer, sign * (openAmount ?? 0)]]))
          if ((openAmount ?? 0) < 0 || (openAmount ?? 0) > left) fail(`${entity} ${number}: open ${openAmount}, between 0 and ${left} is possible.`)
        }
      }
    }
    for (const [customer, amount] of expected) {
      if (open.get(customer) !== amount) fail(`Customer ${customer}: open ${open.get(customer)}, totals less allocations are ${amount}.`)
    }
  }
  return result()
}

async function checkSubledgers(store: Store) {
  const { fail, count, result } = openResult()
  const receivable = await sumBy(store, 'invoices', { where: booked, by: 'company', field: 'openAmount' })
  addAll(receivable, await sumBy(store, 'credit-notes', { where: booked, by: 'company', field: 'openAmount' }), -1)
  const payable = await sumBy(store, 'supplier-bills', { where: booked, by: 'company', field: 'openAmount' })
  const advances = await sumBy(store, 'payments', {
    where: { 'workflow.state': { equals: 'posted' }, supplier: { exists: true } }, by: 'company', field: 'unallocatedAmount',
  })
  for (const { role, items, sign } of [
    { role: 'accountsReceivable', items: receivable, sign: 1 }, { role: 'accountsPayable', items: payable, sign: -1 }, { role: 'supplierAdvances', items: advances, sign: 1 },
  ]) {
    const accounts = await store.find('ledger-accounts', { where: { accountRole: { equals: role } } })
    const rows: Sum[] = await store.sum('account-balances', { where: { account: { in: accounts.map(({ id }) => id) } }, groupBy: ['company'], fields: ['debit', 'credit'] })
    const books = new Map(rows.map((row) => [String(row.company), sign * (Number(row.debit) - Number(row.credit))]))
    for (const company of new Set([...items.keys(), ...books.keys()])) {
      count()
      if ((items.get(company) ?? 0) !== (books.get(company) ?? 0)) {
        fail(`Company ${company}: the account ${role} stands at ${books.get(company) ?? 0}, its open items at ${items.get(company) ?? 0}.`)
      }
    }
  }
  return result()
}
