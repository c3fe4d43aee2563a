import type { Parts } from '../../../config/generated/entities.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import type { Text } from '../../../config/language/text.ts'
import type { Row, Store } from '../../core/data/store.ts'
import { failInput } from '../../core/errors.ts'
import type { EntityBehaviour } from '../../core/platform/plugin.ts'
import { typed } from '../../core/data/typed-rows.ts'

/** Stock and order lines are counted in the part's unit, and kept or not kept in stock: neither changes under them. */
export const partBehaviour: EntityBehaviour = {
  async prepare({ store }, draft) {
    if (!draft.previous) return
    const part = typed<'parts'>(draft.document)
    const previous = typed<'parts'>(draft.previous)
    const findings = [
      ...(part.unit === previous.unit ? [] : await unitFindings(store, previous)),
      ...((part.stocked ?? true) === (previous.stocked ?? true) ? [] : await stockedFindings(store, previous)),
    ]
    if (findings.length > 0) failInput(findings)
  },
}

async function unitFindings(store: Store, part: Parts): Promise<Finding[]> {
  const moved = await store.count('stock-entries', { part: { equals: part.id } })
  if (moved > 0) return [finding('unit', unitMoved(part))]
  const order = await openOrderOf(store, part.id)
  return order ? [finding('unit', onOrder(part, order))] : []
}

async function stockedFindings(store: Store, part: Parts): Promise<Finding[]> {
  const [held] = await store.sum('stock-values', { where: { part: { equals: part.id } }, fields: ['value'] })
  const balances = await store.count('stock-balances', {
    and: [{ part: { equals: part.id } }, { or: [{ onHand: { not_equals: 0 } }, { reserved: { not_equals: 0 } }] }],
  })
  if (balances > 0 || Number(held?.value ?? 0) !== 0) return [finding('stocked', inStock(part))]
  const order = await openOrderOf(store, part.id)
  return order ? [finding('stocked', onOrder(part, order))] : []
}

const orders = [
  { entity: 'sales-orders', lines: 'sales-order-lines', parent: 'salesOrder' },
  { entity: 'purchase-orders', lines: 'purchase-order-lines', parent: 'purchaseOrder' },
] as const
/** As many orders as one query asks for. */
const slice = 500

/** The number of an order of either side that is neither closed nor cancelled and has the part, if there is one. */
async function openOrderOf(store: Store, part: string): Promise<string | undefined> {
  for (const { entity, lines, parent } of orders) {
    const groups = await store.sum(lines, { where: { part: { equals: part } }, groupBy: [parent], fields: ['quantity'] })
    const ids = groups.map((row) => String(row[parent]))
    for (let from = 0; from < ids.length; from += slice) {
      const [open] = (await store.find<string>(entity, {
        where: { and: [{ id: { in: ids.slice(from, from + slice) } }, { 'workflow.state': { not_in: ['closed', 'cancelled'] } }] }, limit: 1,
      })) as Row[]
      if (open) return String(open.number)
    }
  }
  return undefined
}

const finding = (path: string, message: Text): Finding => ({ code: 'part.inUse', path, severity: 'error', message })

const unitMoved = ({ partNumber }: Parts): Text => ({
  en: `Stock of ${partNumber} has moved and is counted in its unit. Make a new part with the other unit.`,
  zh: `物料 ${partNumber} 已有库存流水，库存单位不可更改。如需其他单位，请新建物料。`,
})
const inStock = ({ partNumber }: Parts): Text => ({
  en: `There is stock of ${partNumber}, or some is reserved. Count it to zero first, or make a new part.`,
  zh: `物料 ${partNumber} 仍有库存或预留，不可切换库存管理。请先盘点至零，或新建物料。`,
})
const onOrder = ({ partNumber }: Parts, order: string): Text => ({
  en: `Part ${partNumber} is on the open order ${order}. Close or cancel the order first, or make a new part.`,
  zh: `物料 ${partNumber} 在未完成的订单 ${order} 上，不可更改。请先关闭或取消该订单，或新建物料。`,
})
