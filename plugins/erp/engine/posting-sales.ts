import { sumExact } from '../../core/engine/decimal.ts'
import type { AccountRole } from './chart.ts'
import { buildEntry } from './journal.ts'
import type { JournalLine, Party, SignedLine } from './journal.ts'

/** All amounts are minor units of the company's currency. A credit on a sales account is its normal side. */

/** Tax of one code, as `calculateTax` gives it. */
export type PostedTax = { readonly taxCode: string; readonly amount: number }

/** Net amounts by account; `accountRole` is the normal revenue account when absent. */
export type PostedNet = { readonly net: number; readonly accountRole?: AccountRole }

/** Goods leave: cost of goods sold against inventory, at the value the cost engine gave. */
export function postDelivery({ value }: { readonly value: number }): JournalLine[] {
  return buildEntry([{ accountRole: 'cogs', amount: value }, { accountRole: 'inventory', amount: -value }])
}

/** Goods come back: inventory against cost of goods sold, at the cost they left with. */
export function postSalesReturn({ value }: { readonly value: number }): JournalLine[] {
  return buildEntry([{ accountRole: 'inventory', amount: value }, { accountRole: 'cogs', amount: -value }])
}

/** Receivable of the gross amount against revenue (one line an account) and output tax (one line a tax code). */
export function postInvoice({ customer, lines, taxes }: {
  readonly customer: string
  readonly lines: readonly PostedNet[]
  readonly taxes: readonly PostedTax[]
}): JournalLine[] {
  return buildEntry(billed({ customer, lines, taxes, defaultRole: 'revenue', sign: 1 }))
}

/** The opposite of an invoice, with returns shown on an account of their own. Amounts are given as positive figures. */
export function postCreditNote({ customer, lines, taxes }: {
  readonly customer: string
  readonly lines: readonly PostedNet[]
  readonly taxes: readonly PostedTax[]
}): JournalLine[] {
  return buildEntry(billed({ customer, lines, taxes, defaultRole: 'salesReturns', sign: -1 }))
}

/** Money in: `applied` settles invoices, the rest is the customer's deposit. Throws RangeError unless 0 ≤ applied ≤ amount. */
export function postCustomerPayment({ customer, amount, applied, bankRole = 'bank' }: {
  readonly customer: string
  readonly amount: number
  readonly applied: number
  readonly bankRole?: 'bank' | 'cash'
}): JournalLine[] {
  requireApplied({ amount, applied })
  const party = customerParty(customer)
  return buildEntry([
    { accountRole: bankRole, amount },
    { accountRole: 'accountsReceivable', amount: -applied, party },
    { accountRole: 'customerDeposits', amount: applied - amount, party },
  ])
}

/** A deposit (or unapplied payment) settles an invoice. */
export function postDepositApplied({ customer, amount }: { readonly customer: string; readonly amount: number }): JournalLine[] {
  const party = customerParty(customer)
  return buildEntry([
    { accountRole: 'customerDeposits', amount, party },
    { accountRole: 'accountsReceivable', amount: -amount, party },
  ])
}

/** Money back to a customer: out of the deposits held and, for credit notes, out of the receivable account. */
export function postCustomerRefund({ customer, fromDeposits = 0, fromReceivable = 0, bankRole = 'bank' }: {
  readonly customer: string
  readonly fromDeposits?: number
  readonly fromReceivable?: number
  readonly bankRole?: 'bank' | 'cash'
}): JournalLine[] {
  const party = customerParty(customer)
  return buildEntry([
    { accountRole: 'customerDeposits', amount: fromDeposits, party },
    { accountRole: 'accountsReceivable', amount: fromReceivable, party },
    { accountRole: bankRole, amount: -sumExact([fromDeposits, fromReceivable]) },
  ])
}

/** Sums net amounts by account in the order the accounts first appear. */
export function netByRole(lines: readonly PostedNet[], defaultRole: AccountRole): { readonly accountRole: AccountRole; readonly net: number }[] {
  const sums = new Map<AccountRole, number>()
  for (const { net, accountRole = defaultRole } of lines) sums.set(accountRole, sumExact([sums.get(accountRole) ?? 0, net]))
  return [...sums].map(([accountRole, net]) => ({ accountRole, net }))
}

/** Throws RangeError unless 0 ≤ applied ≤ amount, all whole minor units. */
export function requireApplied({ amount, applied }: { readonly amount: number; readonly applied: number }): void {
  if (applied < 0 || applied > amount) throw new RangeError(`${applied} cannot be applied out of a payment of ${amount}`)
}

function billed({ customer, lines, taxes, defaultRole, sign }: {
  readonly customer: string
  readonly lines: readonly PostedNet[]
  readonly taxes: readonly PostedTax[]
  readonly defaultRole: AccountRole
  readonly sign: 1 | -1
}): SignedLine[] {
  const gross = sumExact([...lines.map((line) => line.net), ...taxes.map((tax) => tax.amount)])
  return [
    { accountRole: 'accountsReceivable', amount: sign * gross, party: customerParty(customer) },
    ...netByRole(lines, defaultRole).map(({ accountRole, net }) => ({ accountRole, amount: -sign * net })),
    ...taxes.map(({ taxCode, amount }) => ({ accountRole: 'outputTax' as const, amount: -sign * amount, taxCode })),
  ]
}

function customerParty(id: string): Party {
  return { type: 'customer', id }
}
