import type { PurchaseOrderLines, ReceiptLines, SupplierBillLines } from '../../../config/generated/entities.ts'
import { mulDiv, sumExact } from '../../core/engine/decimal.ts'
import { calculateLine } from '../../core/engine/pricing.ts'
import { unbilled } from './create-bill.ts'

/** The part of a bill line that one receipt line answers for. */
export type BilledReceipt = {
  readonly receiptLine: ReceiptLines
  /** In the line's unit, 10^-6. */
  readonly quantity: number
  /** What the receipt accrued for that quantity, and what the bill asks for it; minor units. */
  readonly accrued: number
  readonly billed: number
}

export type Accrual = {
  readonly receipts: readonly BilledReceipt[]
  /** Billed ahead of its receipt (an override): accrued at the order's price, which the receipt will meet. */
  readonly ahead: { readonly quantity: number; readonly accrued: number; readonly billed: number }
}

/**
 * Spreads a bill line over the receipt lines it pays for: the one it names first, then the oldest. The accrual of a receipt
 * line is cleared in parts that add up to it exactly; `taken` counts what earlier lines of the same bill took of it.
 */
export function accrueBillLine({ line, orderLine, receiptLines, taken, exponent }: {
  readonly line: SupplierBillLines
  readonly orderLine: PurchaseOrderLines
  readonly receiptLines: readonly ReceiptLines[]
  readonly taken: Map<string, number>
  readonly exponent: number
}): Accrual {
  const own = receiptLines
    .filter(({ purchaseOrderLine }) => purchaseOrderLine === orderLine.id)
    .toSorted((a, b) => Number(b.id === line.receiptLine) - Number(a.id === line.receiptLine))
  let used = 0
  const netUpTo = (quantity: number) => mulDiv(line.netAmount ?? 0, quantity, line.quantity)
  const next = (quantity: number) => {
    const billed = netUpTo(used + quantity) - netUpTo(used)
    used += quantity
    return billed
  }
  const receipts = own.flatMap((receiptLine): BilledReceipt[] => {
    const before = taken.get(receiptLine.id) ?? 0
    const quantity = Math.min(line.quantity - used, unbilled(receiptLine) - before)
    if (quantity <= 0) return []
    taken.set(receiptLine.id, before + quantity)
    const from = (receiptLine.billedQuantity ?? 0) + before
    return [{ receiptLine, quantity, accrued: costUpTo(receiptLine, from + quantity) - costUpTo(receiptLine, from), billed: next(quantity) }]
  })
  const quantity = line.quantity - used
  const accrued = calculateLine({ quantity, unitPrice: orderLine.unitPrice ?? 0, discountPercent: orderLine.discountPercent ?? 0, exponent }).amount
  return { receipts, ahead: { quantity, accrued: quantity > 0 ? accrued : 0, billed: next(quantity) } }
}

/** Sums of an accrual: what leaves goods received, not invoiced, and what the bill asks beyond it. */
export function differenceOf({ receipts, ahead }: Accrual): { readonly accrued: number; readonly ahead: number } {
  return { accrued: sumExact([...receipts.map(({ accrued }) => accrued), ahead.accrued]), ahead: ahead.billed - ahead.accrued }
}

function costUpTo(line: ReceiptLines, quantity: number): number {
  const accepted = line.receivedQuantity - (line.rejectedQuantity ?? 0)
  return accepted === 0 ? 0 : mulDiv(line.costAmount ?? 0, quantity, accepted)
}
