import { sumExact } from '../../core/engine/decimal.ts'

/**
 * What has happened to one line of a sales order (or, read as received and billed, of a purchase order). Quantities at 10^-6, all
 * non-negative running sums: `delivered` and `invoiced` are gross, `returned` and `credited` what was taken back of them.
 */
export type OrderLineFigures = {
  readonly ordered: number
  readonly cancelled: number
  readonly reserved: number
  readonly delivered: number
  readonly returned: number
  readonly invoiced: number
  readonly credited: number
}

export type OrderAmounts = { readonly total: number; readonly invoiced: number; readonly paid: number }

export type Progress = 'none' | 'partial' | 'complete'
export type PaymentStatus = Progress | 'prepaid'

/** Invoice what has been delivered, or what has been ordered (advance invoices). */
export type BillingPolicy = 'delivered' | 'ordered'

export type OpenQuantities = {
  /** Still owed to the customer. */
  readonly toDeliver: number
  /** Owed but not yet reserved. */
  readonly toReserve: number
  /** May leave now: owed, and reserved or free in stock. */
  readonly deliverableNow: number
  /** May be returned: delivered and not yet returned. */
  readonly returnable: number
  /** Will still be invoiced at some time. */
  readonly toInvoice: number
  /** May be invoiced now under the billing policy. */
  readonly invoiceableNow: number
  /** Invoiced beyond what is kept: needs a credit note. */
  readonly toCredit: number
}

/** Open quantities of a line at 10^-6; `available` is unreserved stock that this line may also take. */
export function openQuantities({ line, policy = 'delivered', available = 0 }: {
  readonly line: OrderLineFigures
  readonly policy?: BillingPolicy
  readonly available?: number
}): OpenQuantities {
  const toDeliver = Math.max(0, targetOf(line) - line.delivered)
  const invoiced = line.invoiced - line.credited
  const toInvoice = Math.max(0, billableOf(line) - invoiced)
  return {
    toDeliver,
    toReserve: Math.max(0, toDeliver - line.reserved),
    deliverableNow: Math.min(toDeliver, sumExact([line.reserved, Math.max(0, available)])),
    returnable: Math.max(0, line.delivered - line.returned),
    toInvoice,
    invoiceableNow: policy === 'ordered' ? toInvoice : Math.min(toInvoice, Math.max(0, line.delivered - line.returned - invoiced)),
    toCredit: Math.max(0, invoiced - billableOf(line)),
  }
}

/** Delivery of the whole order. Cancelled quantity is not waited for; a return does not reopen the delivery. */
export function deliveryStatus(lines: readonly OrderLineFigures[]): Progress {
  return progress(lines.filter((line) => targetOf(line) > 0).map((line) => ({ done: line.delivered, target: targetOf(line) })))
}

/** Billing of the whole order: what was ordered less cancelled and returned, against what was invoiced less credited. */
export function billingStatus(lines: readonly OrderLineFigures[]): Progress {
  return progress(lines.filter((line) => targetOf(line) > 0).map((line) => ({ done: line.invoiced - line.credited, target: billableOf(line) })))
}

/**
 * Payment of the whole order in minor units, gross: `total` of the order as it stands (less cancelled and credited), `invoiced` less
 * credited, `paid` less refunded, deposits included. `prepaid`: all is paid though not all is invoiced yet. An order that costs nothing
 * is paid; one that was given up before anything came of it (`isGivenUp`) waits for no money, and what was paid for it is a prepayment.
 */
export function paymentStatus({ total, invoiced, paid, isGivenUp: givenUp = false }: OrderAmounts & { readonly isGivenUp?: boolean }): PaymentStatus {
  if (givenUp && invoiced === 0) return paid > 0 ? 'prepaid' : 'none'
  if (paid >= total) return invoiced >= total ? 'complete' : 'prepaid'
  return paid > 0 ? 'partial' : 'none'
}

/** The three statuses of an order in one fold. */
export function orderStatus({ lines, amounts }: {
  readonly lines: readonly OrderLineFigures[]
  readonly amounts: OrderAmounts
}): { readonly deliveryStatus: Progress; readonly billingStatus: Progress; readonly paymentStatus: PaymentStatus } {
  return { deliveryStatus: deliveryStatus(lines), billingStatus: billingStatus(lines), paymentStatus: paymentStatus({ ...amounts, isGivenUp: isGivenUp(lines) }) }
}

/** Every line was given up before anything came of it. */
export function isGivenUp(lines: readonly OrderLineFigures[]): boolean {
  return lines.some(({ cancelled }) => cancelled > 0) && lines.every((line) => targetOf(line) === 0)
}

function targetOf(line: OrderLineFigures): number {
  return Math.max(0, line.ordered - line.cancelled)
}

/** What the customer keeps and pays for. Goods returned before they were replaced are not billed. */
function billableOf(line: OrderLineFigures): number {
  return Math.max(0, targetOf(line) - line.returned)
}

function progress(parts: readonly { readonly done: number; readonly target: number }[]): Progress {
  if (parts.length === 0) return 'none'
  if (parts.every(({ done, target }) => done >= target)) return 'complete'
  return parts.every(({ done }) => done <= 0) ? 'none' : 'partial'
}
