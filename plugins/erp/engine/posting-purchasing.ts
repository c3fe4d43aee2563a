import { sumExact } from '../../core/engine/decimal.ts'
import { buildEntry } from './journal.ts'
import type { JournalLine, Party } from './journal.ts'
import { netByRole, requireApplied } from './posting-sales.ts'
import type { PostedNet, PostedTax } from './posting-sales.ts'

/** All amounts are minor units of the company's currency. */

/** Goods arrive before their bill: inventory against goods received, not invoiced, at the order's price. */
export function postGoodsReceipt({ supplier, value }: { readonly supplier: string; readonly value: number }): JournalLine[] {
  return buildEntry([
    { accountRole: 'inventory', amount: value },
    { accountRole: 'grni', amount: -value, party: supplierParty(supplier) },
  ])
}

/**
 * Goods go back to the supplier before they were billed: the accrual of the receipt is undone at its own value, inventory loses what
 * the cost engine took out (`reverseReceipt`), the rest is price variance.
 */
export function postSupplierReturn({ supplier, accrued, valueOut }: {
  readonly supplier: string
  readonly accrued: number
  readonly valueOut: number
}): JournalLine[] {
  return buildEntry([
    { accountRole: 'grni', amount: accrued, party: supplierParty(supplier) },
    { accountRole: 'inventory', amount: -valueOut },
    { accountRole: 'purchaseVariance', amount: valueOut - accrued },
  ])
}

/**
 * The bill clears the accrual of what was received (`accrued`, at receipt value); the difference between billed and accrued goes to
 * inventory for units still held and to variance for units gone (`revalueStock` splits it; both may be negative).
 * `expenses` are lines that never were stock. The payable is the sum of all. A supplier's credit note is the same with negative figures.
 */
export function postSupplierBill({ supplier, accrued, inventoryDifference, priceVariance, expenses = [], taxes }: {
  readonly supplier: string
  readonly accrued: number
  readonly inventoryDifference: number
  readonly priceVariance: number
  readonly expenses?: readonly PostedNet[]
  readonly taxes: readonly PostedTax[]
}): JournalLine[] {
  const party = supplierParty(supplier)
  const gross = sumExact([
    accrued, inventoryDifference, priceVariance, ...expenses.map((line) => line.net), ...taxes.map((tax) => tax.amount),
  ])
  return buildEntry([
    { accountRole: 'grni', amount: accrued, party },
    { accountRole: 'inventory', amount: inventoryDifference },
    { accountRole: 'purchaseVariance', amount: priceVariance },
    ...netByRole(expenses, 'generalExpense').map(({ accountRole, net }) => ({ accountRole, amount: net })),
    ...taxes.map(({ taxCode, amount }) => ({ accountRole: 'inputTax' as const, amount, taxCode })),
    { accountRole: 'accountsPayable', amount: -gross, party },
  ])
}

/** Money out: `applied` settles bills, the rest is an advance. Throws RangeError unless 0 ≤ applied ≤ amount. */
export function postSupplierPayment({ supplier, amount, applied, bankRole = 'bank' }: {
  readonly supplier: string
  readonly amount: number
  readonly applied: number
  readonly bankRole?: 'bank' | 'cash'
}): JournalLine[] {
  requireApplied({ amount, applied })
  const party = supplierParty(supplier)
  return buildEntry([
    { accountRole: 'accountsPayable', amount: applied, party },
    { accountRole: 'supplierAdvances', amount: amount - applied, party },
    { accountRole: bankRole, amount: -amount },
  ])
}

/** An advance settles a bill. */
export function postAdvanceApplied({ supplier, amount }: { readonly supplier: string; readonly amount: number }): JournalLine[] {
  const party = supplierParty(supplier)
  return buildEntry([
    { accountRole: 'accountsPayable', amount, party },
    { accountRole: 'supplierAdvances', amount: -amount, party },
  ])
}

function supplierParty(id: string): Party {
  return { type: 'supplier', id }
}
