import type { StockCountLines, StockCounts } from '../../../config/generated/entities.ts'
import type { Refusal } from '../../../config/language/refusal.ts'
import type { Text } from '../../../config/language/text.ts'
import type { GuardQuestion, GuardType } from '../../../workflows/engine/registry.ts'
import { formatDecimal, scales } from '../../core/engine/decimal.ts'
import { placeKey, stockPlace } from '../ledger/stock-key.ts'
import type { LocationFacts, PartFacts, StockFacts } from '../stock/stock-facts.ts'

export const countGuards: readonly GuardType[] = [{
  type: 'erp.countPostable',
  label: { en: 'The count may be posted', zh: '盘点单可以过账' },
  facts: ['core.lines', 'erp.parts', 'erp.locations', 'erp.stock'],
  check(question) {
    const { document, roles, facts } = question
    if ((document as unknown as StockCounts).countKind === 'opening' && !roles.some((role) => role === 'accountant' || role === 'owner')) {
      return { code: 'count.openingRole', message: messages.openingRole }
    }
    const seen = new Set<string>()
    for (const [index, line] of ((facts['core.lines'] ?? []) as readonly StockCountLines[]).entries()) {
      const message = faultOf(question, line)
      if (message) return { code: 'count.line', path: `lines.${index}`, message } satisfies Refusal
      const key = placeKey(stockPlace(line))
      if (seen.has(key)) return { code: 'count.repeated', path: `lines.${index}`, message: messages.repeated(partNumber(question, line)) }
      seen.add(key)
    }
    return true
  },
}]

function faultOf(question: GuardQuestion, line: StockCountLines): Text | undefined {
  const { facts, document } = question
  const part = (facts['erp.parts'] as PartFacts).parts.get(line.part)
  const location = (facts['erp.locations'] as LocationFacts).get(line.location)
  const name = partNumber(question, line)
  if (!part?.stocked) return messages.notStocked(name)
  if (location?.status !== 'active' || location.site !== document.site) return messages.location(name)
  if (part.tracking === 'lot' && !line.lot) return messages.lot(name)
  const isOpening = (document as unknown as StockCounts).countKind === 'opening'
  if (isOpening && line.countedQuantity > 0 && !line.unitCost && !part.standardCost) return messages.unitCost(name)
  const reserved = (facts['erp.stock'] as StockFacts).get(placeKey(stockPlace(line)))?.reserved ?? 0
  return line.countedQuantity < reserved ? messages.reserved(name, formatDecimal(reserved, scales.quantity)) : undefined
}

function partNumber({ facts }: GuardQuestion, line: StockCountLines): string {
  return (facts['erp.parts'] as PartFacts).parts.get(line.part)?.partNumber ?? line.part
}

const messages = {
  openingRole: { en: 'Opening stock is posted by the accountant or the owner. Ask one of them.', zh: '期初库存由会计或负责人过账，请联系其处理。' },
  notStocked: (part: string) => ({ en: `${part} is not kept in stock. Remove the line.`, zh: `${part} 不管理库存，请删除该行。` }),
  location: (part: string) => ({ en: `${part}: choose an active location of the counted site.`, zh: `${part}：请选择盘点地点下启用的库位。` }),
  lot: (part: string) => ({ en: `${part} is tracked by lot. Enter the lot on the line.`, zh: `${part} 按批次管理，请在行上填写批次。` }),
  unitCost: (part: string) => ({
    en: `${part}: opening stock needs its value. Enter the unit cost on the line, or a standard cost on the part.`,
    zh: `${part}：期初库存须有价值。请在行上填写单位成本，或在物料上维护标准成本。`,
  }),
  reserved: (part: string, reserved: string) => ({
    en: `${part}: ${reserved} are reserved there for orders. Count again, or release reservations first.`, zh: `${part}：该库位已为订单预留 ${reserved}。请复盘，或先释放预留。`,
  }),
  repeated: (part: string) => ({ en: `${part} is counted twice at the same place. Put it on one line.`, zh: `${part} 在同一库位重复盘点，请合并为一行。` }),
}
