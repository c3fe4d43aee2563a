import type { Refusal } from '../../../config/language/refusal.ts'
import { divideRounded, extendAmount, formatDecimal, mulDiv, powerOfTen, scales, sumExact, toBig, toSafe } from '../../core/engine/decimal.ts'

/**
 * Stock of one part in one company under moving average: quantity at 10^-6, value in minor units. The average is never stored, since
 * a rounded unit cost drifts; each issue takes its share of the value and the last unit takes what is left.
 * Invariant: quantity ≥ 0, value ≥ 0, and value = 0 when quantity = 0.
 */
export type CostState = { readonly quantity: number; readonly value: number }

export const emptyCost: CostState = { quantity: 0, value: 0 }

export type IssueResult =
  | { readonly ok: true; readonly state: CostState; readonly value: number }
  | { readonly ok: false; readonly refusal: Refusal }

/** Average cost per unit at 10^-6 of the currency, for showing only; undefined when nothing is held. */
export function averageCost(state: CostState, exponent: number): number | undefined {
  if (state.quantity === 0) return undefined
  const scaled = toBig(state.value) * powerOfTen(scales.unitPrice + scales.quantity)
  return toSafe(divideRounded(scaled, toBig(state.quantity) * powerOfTen(exponent)))
}

/** Goods come in with a known value. Throws RangeError unless quantity > 0 and value ≥ 0. */
export function receiveStock({ state, quantity, value }: Movement): CostState {
  if (quantity <= 0 || value < 0) throw new RangeError('A receipt has a positive quantity and a value of zero or more')
  return { quantity: sumExact([state.quantity, quantity]), value: sumExact([state.value, value]) }
}

/**
 * Goods go out at the average: value × quantity ÷ held, rounded once; the last unit takes the whole rest.
 * Refused when more is asked than held. Throws RangeError unless quantity > 0.
 */
export function issueStock({ state, quantity }: { readonly state: CostState; readonly quantity: number }): IssueResult {
  if (quantity <= 0) throw new RangeError('An issue has a positive quantity')
  if (quantity > state.quantity) return { ok: false, refusal: notEnough({ held: state.quantity, asked: quantity }) }
  const value = quantity === state.quantity ? state.value : mulDiv(state.value, quantity, state.quantity)
  return { ok: true, state: { quantity: state.quantity - quantity, value: state.value - value }, value }
}

/**
 * A delivery (or part of it) comes back at the cost it left with. `reversed` is what came back of that issue before; the last part takes
 * the rest of its value, so that all parts together are exactly what went out. Refused beyond the issued quantity.
 */
export function reverseIssue({ state, issued, reversed = emptyCost, quantity }: {
  readonly state: CostState
  readonly issued: CostState
  readonly reversed?: CostState
  readonly quantity: number
}): IssueResult {
  const left = issueStock({ state: { quantity: issued.quantity - reversed.quantity, value: issued.value - reversed.value }, quantity })
  if (!left.ok) return { ok: false, refusal: moreThanIssued({ left: issued.quantity - reversed.quantity, asked: quantity }) }
  return { ok: true, state: receiveStock({ state, quantity, value: left.value }), value: left.value }
}

/**
 * A receipt is undone (goods go back to the supplier). Inventory gives up the receipt's own value as far as it has it, all of its value
 * with the last unit; `variance` is the receipt's value less what inventory gave. Refused when the goods are no longer held.
 */
export function reverseReceipt({ state, quantity, value }: Movement):
  | { readonly ok: true; readonly state: CostState; readonly valueOut: number; readonly variance: number }
  | { readonly ok: false; readonly refusal: Refusal } {
  if (quantity <= 0 || value < 0) throw new RangeError('A receipt has a positive quantity and a value of zero or more')
  if (quantity > state.quantity) return { ok: false, refusal: notEnough({ held: state.quantity, asked: quantity }) }
  const valueOut = quantity === state.quantity ? state.value : Math.min(value, state.value)
  return { ok: true, state: { quantity: state.quantity - quantity, value: state.value - valueOut }, valueOut, variance: value - valueOut }
}

/**
 * A late bill shows that `quantity` received units cost `difference` more (or less) than accrued. The share of units still held changes
 * the stock value, the share of units gone is variance; under a moving average min(held, received) count as still held. A reduction never
 * takes more than the value there is.
 */
export function revalueStock({ state, quantity, difference }: {
  readonly state: CostState
  readonly quantity: number
  readonly difference: number
}): { readonly state: CostState; readonly toInventory: number; readonly toVariance: number } {
  if (quantity <= 0) throw new RangeError('A bill difference concerns a positive quantity')
  const heldShare = mulDiv(difference, Math.min(state.quantity, quantity), quantity)
  const toInventory = Math.max(heldShare, -state.value)
  return {
    state: { quantity: state.quantity, value: sumExact([state.value, toInventory]) },
    toInventory: toInventory === 0 ? 0 : toInventory,
    toVariance: difference - toInventory,
  }
}

/**
 * A count says how much is really there. Less is an issue at the average; more comes in at the average, or at `unitCost` (10^-6 of the
 * currency) when nothing was held before. Deltas are signed.
 */
export function countStock({ state, counted, unitCost, exponent }: {
  readonly state: CostState
  readonly counted: number
  readonly unitCost: number
  readonly exponent: number
}): { readonly state: CostState; readonly quantityDelta: number; readonly valueDelta: number } {
  if (counted < 0) throw new RangeError('A counted quantity is never negative')
  const quantityDelta = counted - state.quantity
  const value = countedValue({ state, counted, unitCost, exponent })
  return { state: { quantity: counted, value }, quantityDelta, valueDelta: value - state.value }
}

type Movement = { readonly state: CostState; readonly quantity: number; readonly value: number }

function countedValue({ state, counted, unitCost, exponent }: {
  readonly state: CostState
  readonly counted: number
  readonly unitCost: number
  readonly exponent: number
}): number {
  if (state.quantity === 0) return extendAmount({ quantity: counted, unitPrice: unitCost, exponent })
  return sumExact([state.value, mulDiv(state.value, counted - state.quantity, state.quantity)])
}

function notEnough({ held, asked }: { readonly held: number; readonly asked: number }): Refusal {
  const [has, wants] = [held, asked].map((quantity) => formatDecimal(quantity, scales.quantity))
  return {
    code: 'cost.notEnough',
    message: {
      en: `Only ${has} are in stock and ${wants} are asked for. Receive or count stock first, or lower the quantity.`,
      zh: `库存仅有 ${has}，需要 ${wants}。请先入库或盘点，或减少数量。`,
    },
  }
}

function moreThanIssued({ left, asked }: { readonly left: number; readonly asked: number }): Refusal {
  const [has, wants] = [left, asked].map((quantity) => formatDecimal(quantity, scales.quantity))
  return {
    code: 'cost.moreThanIssued',
    message: {
      en: `Only ${has} of this delivery can still come back, not ${wants}. Lower the returned quantity.`,
      zh: `该出库单最多还可退回 ${has}，不能退回 ${wants}。请减少退货数量。`,
    },
  }
}
