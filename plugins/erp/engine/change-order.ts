import type { Refusal } from '../../../config/language/refusal.ts'
import type { Text } from '../../../config/language/text.ts'
import { formatDecimal, scales, sumExact } from '../../core/engine/decimal.ts'
import { calculateLine } from '../../core/engine/pricing.ts'
import { calculateTax } from '../../core/engine/tax.ts'

/** What a customer may change about a line. Quantity and price at 10^-6, percents at 10^-6, date "YYYY-MM-DD". */
export type LineTerms = {
  readonly part: string
  readonly quantity: number
  readonly unitPrice: number
  readonly discountPercent?: number
  readonly taxCode?: string
  readonly taxRate?: number
  readonly inclusive?: boolean
  readonly requestedDate?: string
}

/** A line of the confirmed order with what has happened to it (10^-6): `delivered` counts returned goods too, `invoiced` is less credited. */
export type ConfirmedLine = LineTerms & { readonly id: string; readonly reserved: number; readonly delivered: number; readonly invoiced: number }

/** A line as it should become; without `id` it is new. A confirmed line that is not among them is removed. */
export type RequestedLine = LineTerms & { readonly id?: string }

export type LineDelta = {
  /** Absent for a new line. */
  readonly id?: string
  readonly kind: 'added' | 'removed' | 'changed'
  readonly part: string
  readonly changed: readonly (keyof LineTerms)[]
  readonly quantityDelta: number
  /** Change of the line's amount before tax is added (minor units). */
  readonly amountDelta: number
  /** More (positive) or less quantity to be held for this line; two parts when the part itself changes. */
  readonly reservations: readonly PartDelta[]
}

/** Quantity of a part to be reserved (positive) or released (negative). Quantity not reserved yet is not released. */
export type PartDelta = { readonly part: string; readonly delta: number }

export type OrderTotals = { readonly net: number; readonly tax: number; readonly gross: number }

/** The customer's credit in minor units; `exposure` is all he owes and has on order now, this order included. No limit: null. */
export type CreditPosition = { readonly limit: number | null; readonly exposure: number }

/** `line`: id of the confirmed line it is about; absent for a new one. */
export type LineRefusal = Refusal & { readonly line?: string }

export type OrderChange = {
  readonly lines: readonly LineDelta[]
  readonly refusals: readonly LineRefusal[]
  readonly impact: {
    readonly before: OrderTotals
    readonly after: OrderTotals
    readonly amountDelta: number
    readonly reservations: readonly PartDelta[]
    readonly credit?: { readonly before: number; readonly after: number; readonly limit: number | null; readonly isExceeded: boolean }
  }
}

/**
 * Compares a confirmed order with a requested change: what differs line by line, why it may not be (every reason at once, paths
 * `lines.<index>.<field>` of the request), and what it would do to reservations, amounts and credit. Nothing is decided here:
 * `isExceeded` is a fact for the approval, not a refusal.
 */
export function compareOrder({ confirmed, requested, exponent, credit }: {
  readonly confirmed: readonly ConfirmedLine[]
  readonly requested: readonly RequestedLine[]
  readonly exponent: number
  readonly credit?: CreditPosition
}): OrderChange {
  const byId = new Map(confirmed.map((line) => [line.id, line]))
  const kept = new Set(requested.flatMap((line) => line.id ?? []))
  const removed = confirmed.filter((line) => !kept.has(line.id))
  const lines = [
    ...requested.flatMap((line) => compareLine({ before: line.id === undefined ? undefined : byId.get(line.id), after: line, exponent }) ?? []),
    ...removed.map((line) => removeLine(line, exponent)),
  ]
  const before = totalsOf(confirmed, exponent)
  const after = totalsOf(requested, exponent)
  const amountDelta = after.gross - before.gross
  return {
    lines,
    refusals: [
      ...requested.flatMap((line, index) => checkLine({ line, index, requested, byId }).map((refused) => (line.id === undefined ? refused : { ...refused, line: line.id }))),
      ...removed.flatMap((line) => checkRemoval(line).map((refused) => ({ ...refused, line: line.id }))),
    ],
    impact: {
      before, after, amountDelta,
      reservations: sumByPart(lines),
      ...(credit && { credit: creditAfter(credit, amountDelta) }),
    },
  }
}

const comparedFields = ['part', 'quantity', 'unitPrice', 'discountPercent', 'taxCode', 'taxRate', 'inclusive', 'requestedDate'] as const satisfies readonly (keyof LineTerms)[]
const fieldDefaults: Partial<LineTerms> = { discountPercent: 0, taxRate: 0, inclusive: false }

function compareLine({ before, after, exponent }: {
  readonly before: ConfirmedLine | undefined
  readonly after: RequestedLine
  readonly exponent: number
}): LineDelta | undefined {
  if (!before) {
    return {
      kind: 'added', part: after.part, changed: [...comparedFields].filter((field) => after[field] !== undefined),
      quantityDelta: after.quantity, amountDelta: amountOf(after, exponent), reservations: [{ part: after.part, delta: after.quantity }],
    }
  }
  const changed = changedFields(before, after)
  if (changed.length === 0) return undefined
  return {
    id: before.id, kind: 'changed', part: after.part, changed,
    quantityDelta: after.quantity - before.quantity,
    amountDelta: amountOf(after, exponent) - amountOf(before, exponent),
    reservations: before.part === after.part
      ? [{ part: after.part, delta: reservationDelta(before, after.quantity) }]
      : [{ part: before.part, delta: reservationDelta(before, 0) }, { part: after.part, delta: after.quantity }],
  }
}

function removeLine(line: ConfirmedLine, exponent: number): LineDelta {
  return {
    id: line.id, kind: 'removed', part: line.part, changed: ['quantity'],
    quantityDelta: -line.quantity, amountDelta: -amountOf(line, exponent) || 0, reservations: [{ part: line.part, delta: reservationDelta(line, 0) }],
  }
}

/** A rise is wanted in full; of a fall, only what is really reserved beyond the new need is given back. */
function reservationDelta(line: ConfirmedLine, quantity: number): number {
  if (quantity > line.quantity) return quantity - line.quantity
  const needed = Math.max(0, quantity - line.delivered)
  return Math.min(0, needed - line.reserved)
}

function changedFields(before: LineTerms, after: LineTerms): (keyof LineTerms)[] {
  return comparedFields.filter((field) => (before[field] ?? fieldDefaults[field]) !== (after[field] ?? fieldDefaults[field]))
}

function checkLine({ line, index, requested, byId }: {
  readonly line: RequestedLine
  readonly index: number
  readonly requested: readonly RequestedLine[]
  readonly byId: ReadonlyMap<string, ConfirmedLine>
}): Refusal[] {
  const path = `lines.${index}`
  const refusals: Refusal[] = []
  if (line.quantity <= 0) refusals.push(refusal('change.noQuantity', `${path}.quantity`))
  if (line.id === undefined) return refusals
  const before = byId.get(line.id)
  if (!before) return [refusal('change.unknownLine', path)]
  if (requested.findIndex((other) => other.id === line.id) < index) return [refusal('change.repeatedLine', path)]
  if (line.quantity < before.delivered) refusals.push(refusal('change.belowDelivered', `${path}.quantity`, before.delivered))
  if (line.quantity < before.invoiced) refusals.push(refusal('change.belowInvoiced', `${path}.quantity`, before.invoiced))
  const changed = changedFields(before, line)
  if (changed.includes('part') && (before.delivered > 0 || before.invoiced > 0)) refusals.push(refusal('change.partUsed', `${path}.part`))
  const priced = changed.find((field) => pricingFields.has(field))
  if (priced && before.invoiced > 0) refusals.push(refusal('change.priceInvoiced', `${path}.${priced}`))
  return refusals
}

const pricingFields: ReadonlySet<keyof LineTerms> = new Set(['unitPrice', 'discountPercent', 'taxCode', 'taxRate', 'inclusive'])

function checkRemoval(line: ConfirmedLine): Refusal[] {
  if (line.delivered > 0) return [refusal('change.belowDelivered', 'lines', line.delivered)]
  return line.invoiced > 0 ? [refusal('change.belowInvoiced', 'lines', line.invoiced)] : []
}

function totalsOf(lines: readonly LineTerms[], exponent: number): OrderTotals {
  const { net, tax, gross } = calculateTax(lines.map((line) => ({
    amount: amountOf(line, exponent), taxCode: line.taxCode ?? '', rate: line.taxRate ?? 0, inclusive: line.inclusive ?? false,
  })))
  return { net, tax, gross }
}

function amountOf({ quantity, unitPrice, discountPercent = 0 }: LineTerms, exponent: number): number {
  return calculateLine({ quantity, unitPrice, discountPercent, exponent }).amount
}

function sumByPart(lines: readonly LineDelta[]): PartDelta[] {
  const sums = new Map<string, number>()
  for (const { part, delta } of lines.flatMap((line) => line.reservations)) sums.set(part, sumExact([sums.get(part) ?? 0, delta]))
  return [...sums].filter(([, delta]) => delta !== 0).map(([part, delta]) => ({ part, delta }))
}

function creditAfter({ limit, exposure }: CreditPosition, amountDelta: number) {
  const after = sumExact([exposure, amountDelta])
  return { before: exposure, after, limit, isExceeded: limit !== null && after > limit }
}

const messages = {
  'change.noQuantity': () => ({
    en: 'A line needs a quantity above zero. Enter one, or remove the line.', zh: '数量必须大于零，请填写数量或删除该行。',
  }),
  'change.unknownLine': () => ({
    en: 'This line is not part of the order any more. Reload the order and change it again.', zh: '该行已不在订单中，请刷新订单后重新变更。',
  }),
  'change.repeatedLine': () => ({ en: 'This line is given twice. Keep one of them.', zh: '该行重复，请只保留一行。' }),
  'change.belowDelivered': (done: string) => ({
    en: `${done} ${isAre(done)} delivered already. Keep at least that much; what comes back is taken off by its return.`,
    zh: `已发货 ${done}，数量不能低于已发货数量；退回的货物由退货单冲减，无需减少订单数量。`,
  }),
  'change.belowInvoiced': (done: string) => ({
    en: `${done} ${isAre(done)} invoiced already. Keep at least that much, or issue a credit note first.`, zh: `已开票 ${done}，数量不能低于已开票数量；请先开具红字发票（贷项通知单）。`,
  }),
  'change.partUsed': () => ({
    en: 'Part of this line is delivered or invoiced, so its part stays. Lower its quantity and add a new line.', zh: '该行已有发货或开票，不能更换物料。请减少数量并新增一行。',
  }),
  'change.priceInvoiced': () => ({
    en: 'Part of this line is invoiced at the old terms. Credit that invoice first, or add a new line at the new terms.', zh: '该行已按原价格开票。请先冲销发票，或按新价格新增一行。',
  }),
} satisfies Record<string, (done: string) => Text>

const isAre = (quantity: string) => (quantity === '1' ? 'is' : 'are')

function refusal(code: keyof typeof messages, path: string, done = 0): Refusal {
  return { code, path, message: messages[code](formatDecimal(done, scales.quantity)) }
}
