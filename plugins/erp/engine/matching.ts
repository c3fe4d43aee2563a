import type { Refusal } from '../../../config/language/refusal.ts'
import type { Text } from '../../../config/language/text.ts'
import { extendAmount, formatDecimal, powerOfTen, scales, sumExact, toBig } from '../../core/engine/decimal.ts'

/** What the order line says and what has happened to it before this bill. Quantities and price at 10^-6. */
export type MatchedOrderLine = {
  readonly id: string
  readonly ordered: number
  readonly received: number
  readonly billed: number
  readonly unitPrice: number
}

/** A line of the bill; `order` is absent when it refers to no order line. Price without tax, in the order's currency. */
export type MatchedBillLine = {
  readonly id: string
  readonly quantity: number
  readonly unitPrice: number
  readonly order?: MatchedOrderLine
}

/**
 * How far a bill may stray. A limit that is absent is not checked; those given must all hold; with neither price limit the price must be
 * exact. `pricePercent` and `quantityPercent` (over the ordered quantity) are percents at 10^-6, `priceAmount` minor units a line.
 */
export type MatchTolerance = {
  readonly pricePercent?: number
  readonly priceAmount?: number
  readonly quantityPercent?: number
}

export type LineMatch = {
  readonly id: string
  readonly status: 'ok' | 'blocked'
  /** Billed beyond received, at 10^-6; 0 when all that is billed has come. */
  readonly quantityDifference: number
  /** Billed less ordered price, at 10^-6 of the currency. */
  readonly priceDifference: number
  /** Billed less ordered amount for the billed quantity, minor units. */
  readonly amountDifference: number
  readonly reasons: readonly Refusal[]
}

export type MatchResult = {
  readonly status: 'ok' | 'blocked'
  readonly lines: readonly LineMatch[]
  readonly reasons: readonly Refusal[]
}

/**
 * Three-way match of a supplier bill: billed ≤ received, billed ≤ ordered (with tolerance), price as ordered (with tolerance, both ways,
 * since a price far too low is a wrong line as often as a gift). Several bill lines of one order line count together.
 * Paths are `lines.<index>.<field>`.
 */
export function matchBill({ lines, tolerance, exponent }: {
  readonly lines: readonly MatchedBillLine[]
  readonly tolerance: MatchTolerance
  readonly exponent: number
}): MatchResult {
  const billed = new Map<string, number>()
  const matches = lines.map((line, index): LineMatch => {
    const path = `lines.${index}`
    const { order } = line
    if (!order) return blocked(line, [refusal('matching.noOrderLine', `${path}.orderLine`)])
    if (line.quantity <= 0) return blocked(line, [refusal('matching.noQuantity', `${path}.quantity`)])
    const total = sumExact([billed.get(order.id) ?? order.billed, line.quantity])
    billed.set(order.id, total)
    const differences = {
      quantityDifference: Math.max(0, total - order.received),
      priceDifference: line.unitPrice - order.unitPrice,
      amountDifference: amountOf(line.quantity, line.unitPrice, exponent) - amountOf(line.quantity, order.unitPrice, exponent),
    }
    const reasons = [
      ...checkQuantity({ order, total, tolerance, path }),
      ...checkPrice({ line, order, amountDifference: differences.amountDifference, tolerance, path }),
    ]
    return { id: line.id, status: reasons.length > 0 ? 'blocked' : 'ok', ...differences, reasons }
  })
  const reasons = matches.flatMap((match) => match.reasons)
  return { status: reasons.length > 0 ? 'blocked' : 'ok', lines: matches, reasons }
}

const whole = 100n * powerOfTen(scales.percent)

function checkQuantity({ order, total, tolerance, path }: {
  readonly order: MatchedOrderLine
  readonly total: number
  readonly tolerance: MatchTolerance
  readonly path: string
}): Refusal[] {
  const figures = { billed: show(total), received: show(order.received), ordered: show(order.ordered) }
  const reasons: Refusal[] = []
  if (total > order.received) reasons.push(refusal('matching.overReceived', `${path}.quantity`, figures))
  const most = toBig(order.ordered) * (whole + toBig(tolerance.quantityPercent ?? 0))
  if (toBig(total) * whole > most) reasons.push(refusal('matching.overOrdered', `${path}.quantity`, figures))
  return reasons
}

function checkPrice({ line, order, amountDifference, tolerance, path }: {
  readonly line: MatchedBillLine
  readonly order: MatchedOrderLine
  readonly amountDifference: number
  readonly tolerance: MatchTolerance
  readonly path: string
}): Refusal[] {
  const { pricePercent, priceAmount } = tolerance
  const limit = pricePercent ?? (priceAmount === undefined ? 0 : undefined)
  const difference = toBig(Math.abs(line.unitPrice - order.unitPrice))
  const beyondPercent = limit !== undefined && difference * whole > toBig(order.unitPrice) * toBig(limit)
  const beyondAmount = priceAmount !== undefined && Math.abs(amountDifference) > priceAmount
  if (!beyondPercent && !beyondAmount) return []
  return [refusal('matching.priceOff', `${path}.unitPrice`, { price: show(line.unitPrice), agreed: show(order.unitPrice) })]
}

function blocked(line: MatchedBillLine, reasons: readonly Refusal[]): LineMatch {
  return { id: line.id, status: 'blocked', quantityDifference: 0, priceDifference: 0, amountDifference: 0, reasons }
}

function amountOf(quantity: number, unitPrice: number, exponent: number): number {
  return extendAmount({ quantity, unitPrice, exponent })
}

function show(value: number): string {
  return formatDecimal(value, scales.quantity)
}

type Figures = Readonly<Record<string, string>>

const messages = {
  'matching.noOrderLine': () => ({
    en: 'The line belongs to no purchase order line. Choose the order line, or approve it as an expense.',
    zh: '该行未关联采购订单行。请选择对应的订单行，或作为费用审批。',
  }),
  'matching.noQuantity': () => ({
    en: 'The billed quantity must be more than zero. Enter the quantity on the bill.',
    zh: '开票数量必须大于零，请按供应商账单填写。',
  }),
  'matching.overReceived': ({ billed, received }: Figures) => ({
    en: `Billed ${billed} in all, but only ${received} received. Post the missing receipt, or ask the supplier for a correction.`,
    zh: `累计开票 ${billed}，实际收货 ${received}。请先补录收货单，或要求供应商更正账单。`,
  }),
  'matching.overOrdered': ({ billed, ordered }: Figures) => ({
    en: `Billed ${billed} in all, but only ${ordered} ordered. Change the order, or ask the supplier for a correction.`,
    zh: `累计开票 ${billed}，超出订购数量 ${ordered}。请变更采购订单，或要求供应商更正账单。`,
  }),
  'matching.priceOff': ({ price, agreed }: Figures) => ({
    en: `Billed at ${price}, ordered at ${agreed}: beyond the tolerance. Have the difference approved, or ask the supplier for a correction.`,
    zh: `开票单价 ${price}，订单单价 ${agreed}，超出允许差异。请审批差异，或要求供应商更正账单。`,
  }),
} satisfies Record<string, (figures: Figures) => Text>

function refusal(code: keyof typeof messages, path: string, figures: Figures = {}): Refusal {
  return { code, path, message: messages[code](figures) }
}
