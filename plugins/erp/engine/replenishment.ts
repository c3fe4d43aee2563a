import type { Text } from '../../../config/language/text.ts'
import { addDays, isWithin } from '../../core/engine/dates.ts'
import { formatDecimal, scales, sumExact, toBig, toSafe } from '../../core/engine/decimal.ts'

/** Order quantities: at least `minimum`, in whole multiples of `multiple`; both at 10^-6, 0 means no such rule. */
export type LotRule = { readonly minimum: number; readonly multiple: number }

/** A supplier's offer for a part: price at 10^-6 of the company's currency. */
export type SupplierOffer = {
  readonly supplier: string
  readonly name: string
  readonly preferred?: boolean
  readonly unitPrice: number
  readonly leadTimeDays: number
  readonly lot: LotRule
  readonly validFrom?: string | null
  readonly validTo?: string | null
}

/**
 * Where a part stands, quantities at 10^-6. `available` is usable stock less all open demand and may be negative; `onOrder` what
 * purchase orders will still bring. `orderUpTo` is the level to fill to, by default the larger of reorder point and safety stock.
 */
export type ReplenishmentPart = {
  readonly part: string
  readonly available: number
  readonly onOrder: number
  readonly reorderPoint: number
  readonly safetyStock: number
  readonly orderUpTo?: number
  readonly leadTimeDays: number
  readonly lot: LotRule
  readonly offers: readonly SupplierOffer[]
}

export type ReorderProposal = {
  readonly part: string
  readonly quantity: number
  /** When the goods can be there if ordered today: today + lead time of the supplier (or of the part). */
  readonly neededDate: string
  readonly supplier?: string
  readonly unitPrice?: number
  /** `shortage`: customers already wait; `urgent`: below safety stock; `normal`: at the reorder point. */
  readonly urgency: 'shortage' | 'urgent' | 'normal'
  readonly reason: Text
}

/**
 * Proposals by the reorder-point rule (order when available + on order has come down to the reorder point, up to the target level; Silver,
 * Pyke and Thomas, Inventory and Production Management in Supply Chains, the (s, S) policy). Without a reorder point, a position below
 * safety stock triggers. Most urgent first, then in the order given.
 */
export function proposeReorders({ parts, today }: { readonly parts: readonly ReplenishmentPart[]; readonly today: string }): ReorderProposal[] {
  const rank = { shortage: 0, urgent: 1, normal: 2 }
  return parts
    .flatMap((part) => proposeReorder({ part, today }) ?? [])
    .sort((a, b) => rank[a.urgency] - rank[b.urgency])
}

/** The proposal for one part; undefined when it needs none. */
export function proposeReorder({ part, today }: { readonly part: ReplenishmentPart; readonly today: string }): ReorderProposal | undefined {
  const position = sumExact([part.available, part.onOrder])
  const isDue = part.reorderPoint > 0 ? position <= part.reorderPoint : position < part.safetyStock
  if (!isDue) return undefined
  const target = Math.max(part.orderUpTo ?? 0, part.reorderPoint, part.safetyStock)
  const need = target - position
  const offer = chooseOffer({ offers: part.offers, today, quantity: need })
  const lot = combineLots(part.lot, offer?.lot)
  const quantity = applyLot(need, lot)
  if (quantity === 0) return undefined
  return {
    part: part.part,
    quantity,
    neededDate: addDays(today, offer?.leadTimeDays ?? part.leadTimeDays),
    ...(offer && { supplier: offer.supplier, unitPrice: offer.unitPrice }),
    urgency: part.available < 0 ? 'shortage' : part.available < part.safetyStock ? 'urgent' : 'normal',
    reason: explain({ part, position, need, quantity, offer }),
  }
}

/** The quantity to order for a need: at least the minimum, rounded up to whole multiples. Nothing needed and no minimum: 0. */
export function applyLot(need: number, lot: LotRule): number {
  const least = Math.max(need, lot.minimum, 0)
  if (lot.multiple <= 0) return least
  const multiple = toBig(lot.multiple)
  return toSafe(((toBig(least) + multiple - 1n) / multiple) * multiple)
}

/** Of the offers valid today: the preferred ones first, then the cheapest for the quantity they make one order, then the fastest. */
export function chooseOffer({ offers, today, quantity }: {
  readonly offers: readonly SupplierOffer[]
  readonly today: string
  readonly quantity: number
}): SupplierOffer | undefined {
  const cost = (offer: SupplierOffer) => toBig(offer.unitPrice) * toBig(applyLot(quantity, offer.lot))
  return offers
    .filter((offer) => isWithin({ date: today, from: offer.validFrom, to: offer.validTo }))
    .sort((a, b) =>
      Number(b.preferred ?? false) - Number(a.preferred ?? false)
      || Number(cost(a) - cost(b))
      || a.leadTimeDays - b.leadTimeDays
      || (a.supplier < b.supplier ? -1 : a.supplier > b.supplier ? 1 : 0))[0]
}

/** The supplier's multiple rules over the part's own, since he will not ship another; of the minima the larger. */
function combineLots(own: LotRule, offered: LotRule | undefined): LotRule {
  return {
    minimum: Math.max(own.minimum, offered?.minimum ?? 0),
    multiple: offered && offered.multiple > 0 ? offered.multiple : own.multiple,
  }
}

function explain({ part, position, need, quantity, offer }: {
  readonly part: ReplenishmentPart
  readonly position: number
  readonly need: number
  readonly quantity: number
  readonly offer: SupplierOffer | undefined
}): Text {
  const show = (value: number) => formatDecimal(value, scales.quantity)
  const byPoint = part.reorderPoint > 0
  const limit = show(byPoint ? part.reorderPoint : part.safetyStock)
  const en = [
    `Available ${show(part.available)} + on order ${show(part.onOrder)} = ${show(position)}, `
      + (byPoint ? `at or below the reorder point ${limit}.` : `below the safety stock ${limit}.`),
    ...(quantity === need ? [] : [`Needed ${show(need)}, raised to ${show(quantity)} by the lot rule.`]),
    offer ? `Supplier: ${offer.name}${offer.preferred ? ' (preferred)' : ''}, ${offer.leadTimeDays} days.` : 'No supplier offers this part: choose one.',
  ]
  const zh = [
    `可用 ${show(part.available)} + 在途 ${show(part.onOrder)} = ${show(position)}，${byPoint ? `已降至再订货点 ${limit}。` : `低于安全库存 ${limit}。`}`,
    ...(quantity === need ? [] : [`净需求 ${show(need)}，按批量规则调整为 ${show(quantity)}。`]),
    offer ? `供应商：${offer.name}${offer.preferred ? '（首选）' : ''}，交期 ${offer.leadTimeDays} 天。` : '该物料暂无有效供应商，请选择供应商。',
  ]
  return { en: en.join(' '), zh: zh.join('') }
}
