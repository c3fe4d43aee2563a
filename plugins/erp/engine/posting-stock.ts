import { sumExact } from '../../core/engine/decimal.ts'
import type { AccountRole } from './chart.ts'
import { buildEntry } from './journal.ts'
import type { JournalLine } from './journal.ts'

/** All amounts are minor units of the company's currency. */

/** A count found more (positive) or less (negative) value than the ledger held. */
export function postStockCount({ valueDelta }: { readonly valueDelta: number }): JournalLine[] {
  return buildEntry([{ accountRole: 'inventory', amount: valueDelta }, { accountRole: 'inventoryAdjustment', amount: -valueDelta }])
}

/** Stock held on the day the firm starts. */
export function postOpeningStock({ value }: { readonly value: number }): JournalLine[] {
  return buildEntry([{ accountRole: 'inventory', amount: value }, { accountRole: 'openingEquity', amount: -value }])
}

/** What a customer owed on the day the firm starts; negative when it was the firm that owed. */
export function postOpeningReceivable({ customer, amount }: { readonly customer: string; readonly amount: number }): JournalLine[] {
  return buildEntry([
    { accountRole: 'accountsReceivable', amount, party: { type: 'customer', id: customer } },
    { accountRole: 'openingEquity', amount: -amount },
  ])
}

/** What a supplier was owed on the day the firm starts. */
export function postOpeningPayable({ supplier, amount }: { readonly supplier: string; readonly amount: number }): JournalLine[] {
  return buildEntry([
    { accountRole: 'accountsPayable', amount: -amount, party: { type: 'supplier', id: supplier } },
    { accountRole: 'openingEquity', amount },
  ])
}

/** Opening balances of the other accounts, debit positive, credit negative; what they lack to balance is opening equity. */
export function postOpeningLedger({ balances }: {
  readonly balances: readonly { readonly accountRole: AccountRole; readonly amount: number }[]
}): JournalLine[] {
  return buildEntry([...balances, { accountRole: 'openingEquity', amount: -sumExact(balances.map((balance) => balance.amount)) }])
}

/** Writes off a remainder too small to collect or pay: positive moves a debit balance (receivable) away, negative a credit balance. */
export function postRounding({ accountRole, amount, party }: Pick<JournalLine, 'accountRole' | 'party'> & { readonly amount: number }): JournalLine[] {
  return buildEntry([{ accountRole: 'rounding', amount }, { accountRole, amount: -amount, ...(party && { party }) }])
}
