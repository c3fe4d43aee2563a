import type { DeliveryLines, SalesOrderLines } from '../../../config/generated/entities.ts'
import { option, select } from '../../../config/language/fields.ts'
import type { Refusal } from '../../../config/language/refusal.ts'
import type { Text } from '../../../config/language/text.ts'
import type { GuardQuestion, GuardType } from '../../../workflows/engine/registry.ts'
import { formatDecimal, scales } from '../../core/engine/decimal.ts'
import { placeKey, stockPlace } from '../ledger/stock-key.ts'
import type { LocationFacts, PartFacts, PartnerFact, ReservationFacts, StockFacts } from './stock-facts.ts'
import { toStockUnits } from './stock-units.ts'

export const stockGuards: readonly GuardType[] = [
  {
    type: 'erp.partsUsable',
    label: { en: 'Parts, units, prices and partner may be used', zh: '物料、单位、价格和往来单位可用' },
    facts: ['core.lines', 'erp.parts', 'erp.partner'],
    params: [select('usage', { en: 'Usage', zh: '用途' }, {
      required: true, options: [option('sell', { en: 'Sell', zh: '销售' }), option('buy', { en: 'Buy', zh: '采购' })],
    })],
    check: checkUsable,
  },
  {
    type: 'erp.stockPlaced',
    label: { en: 'Every line has a location of the site', zh: '明细行均有库位' },
    facts: ['core.lines', 'erp.parts', 'erp.locations'],
    check: checkPlaced,
  },
  {
    type: 'erp.stockAvailable',
    label: { en: 'Stock is available', zh: '库存可用' },
    facts: ['core.lines', 'core.company', 'erp.parts', 'erp.locations', 'erp.stock', 'erp.reservations'],
    check: checkAvailable,
  },
]

function checkUsable({ facts, params }: GuardQuestion): true | Refusal {
  const lines = (facts['core.lines'] ?? []) as readonly SalesOrderLines[]
  const partFacts = facts['erp.parts'] as PartFacts
  const partner = facts['erp.partner'] as PartnerFact
  if (partner?.status !== 'active') return { code: 'partner.inactive', message: messages.partner(partner?.name ?? '') }
  const faults = lines.flatMap((line) => usableFault(line, { partFacts, buys: params.usage === 'buy' }) ?? [])
  const [first] = faults
  if (!first) return true
  const more = faults.length - 1
  return { code: 'parts.unusable', message: more === 0 ? first : { en: `${first.en} (${more} more lines)`, zh: `${first.zh}（另有 ${more} 行）` } }
}

/** Why a line may not be sold or bought as it is. */
export function usableFault(line: SalesOrderLines, { partFacts, buys }: { readonly partFacts: PartFacts; readonly buys: boolean }): Text | undefined {
  const part = partFacts.parts.get(line.part)
  const name = part?.partNumber ?? ''
  if (!part || part.status !== 'active') return messages.inactivePart(name)
  if (!(buys ? part.purchasable : part.sellable)) return buys ? messages.notPurchasable(name) : messages.notSellable(name)
  if (!(line.quantity > 0)) return messages.noQuantity(name)
  if ((line.unitPrice ?? null) === null) return messages.noPrice(name)
  if (line.unit && !partFacts.converts(part.id, line.unit)) return messages.noConversion(name)
  const taxCode = partFacts.taxCodes.get(line.taxCode ?? '')
  const fits = taxCode?.status === 'active' && (taxCode.taxKind === 'both' || taxCode.taxKind === (buys ? 'purchase' : 'sales'))
  return fits ? undefined : messages.taxCode(name)
}

function checkPlaced({ facts, document }: GuardQuestion): true | Refusal {
  const { parts } = facts['erp.parts'] as PartFacts
  const locations = facts['erp.locations'] as LocationFacts
  for (const [index, line] of ((facts['core.lines'] ?? []) as readonly DeliveryLines[]).entries()) {
    const part = parts.get(line.part)
    if (!part?.stocked) continue
    const location = locations.get(line.location ?? '')
    if (!location || location.status !== 'active' || location.site !== document.site) {
      return { code: 'stock.noLocation', path: `lines.${index}.location`, message: messages.noLocation(part.partNumber) }
    }
    if (part.tracking === 'lot' && !line.lot) return { code: 'stock.noLot', path: `lines.${index}.lot`, message: messages.noLot(part.partNumber) }
  }
  return true
}

function checkAvailable({ facts }: GuardQuestion): true | Refusal {
  const { parts } = facts['erp.parts'] as PartFacts
  const locations = facts['erp.locations'] as LocationFacts
  const company = facts['core.company'] as { readonly allowNegativeStock?: boolean } | null
  const stock = facts['erp.stock'] as StockFacts
  const reservations = (facts['erp.reservations'] ?? []) as ReservationFacts
  const wanted = new Map<string, { readonly part: string; readonly location: string; readonly quantity: number }>()
  for (const line of (facts['core.lines'] ?? []) as readonly DeliveryLines[]) {
    if (!parts.get(line.part)?.stocked || !line.location) continue
    const key = placeKey(stockPlace({ part: line.part, location: line.location, lot: line.lot ?? '' }))
    const quantity = (wanted.get(key)?.quantity ?? 0) + toStockUnits(line, line.quantity)
    wanted.set(key, { part: line.part, location: line.location, quantity })
  }
  for (const [key, { part, location, quantity }] of wanted) {
    if (company?.allowNegativeStock && locations.get(location)?.allowNegative) continue
    const reserved = reservations
      .filter((row) => placeKey(stockPlace(row)) === key)
      .reduce((sum, row) => sum + row.quantity, 0)
    const has = (stock.get(key)?.available ?? 0) + reserved
    if (quantity <= has) continue
    const [asked, held] = [quantity, has].map((value) => formatDecimal(value, scales.quantity))
    return {
      code: 'stock.short',
      message: messages.short({ part: parts.get(part)?.partNumber ?? part, location: locations.get(location)?.code ?? '', asked: asked ?? '', held: held ?? '' }),
    }
  }
  return true
}

const messages = {
  partner: (name: string): Text => ({
    en: `${name || 'The partner'} is blocked or inactive. Activate it, or choose another.`, zh: `${name || '往来单位'}已冻结或停用，请启用或更换。`,
  }),
  inactivePart: (part: string): Text => ({ en: `Part ${part} is not active. Choose another part.`, zh: `物料 ${part} 未启用，请更换物料。` }),
  notSellable: (part: string): Text => ({ en: `Part ${part} may not be sold. Mark it as sellable, or choose another.`, zh: `物料 ${part} 不可销售，请在物料中勾选“可销售”或更换。` }),
  notPurchasable: (part: string): Text => ({ en: `Part ${part} may not be bought. Mark it as purchasable, or choose another.`, zh: `物料 ${part} 不可采购，请在物料中勾选“可采购”或更换。` }),
  noQuantity: (part: string): Text => ({ en: `${part}: enter a quantity above zero, or remove the line.`, zh: `${part}：请填写大于零的数量，或删除该行。` }),
  noPrice: (part: string): Text => ({ en: `${part} has no price. Enter one on the line, or add it to the price list.`, zh: `${part} 没有单价，请在行上填写，或维护价目表。` }),
  noConversion: (part: string): Text => ({
    en: `${part}: the unit does not convert to the stock unit. Choose another unit, or add a unit conversion.`,
    zh: `${part}：该单位无法换算为库存单位，请更换单位或维护单位换算。`,
  }),
  taxCode: (part: string): Text => ({ en: `${part} needs an active tax code for this side. Choose one on the line.`, zh: `${part} 缺少启用且适用的税码，请在行上选择。` }),
  noLocation: (part: string): Text => ({ en: `${part}: choose an active location of the document's site.`, zh: `${part}：请选择本单据地点下启用的库位。` }),
  noLot: (part: string): Text => ({ en: `${part} is tracked by lot. Enter the lot on the line.`, zh: `${part} 按批次管理，请在行上填写批次。` }),
  short: ({ part, location, asked, held }: { part: string; location: string; asked: string; held: string }): Text => ({
    en: `${part}: ${held} are available at ${location}, ${asked} are asked for. Receive stock, choose another location, or lower the quantity.`,
    zh: `${part}：库位 ${location} 可用 ${held}，需要 ${asked}。请先入库、更换库位或减少数量。`,
  }),
}
