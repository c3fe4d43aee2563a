import type { DeliveryLines, Locations, SalesReturnLines } from '../../../config/generated/entities.ts'
import type { CommandContext } from '../../core/commands/context.ts'
import { sumExact } from '../../core/engine/decimal.ts'
import { failInput, failRefused } from '../../core/errors.ts'
import type { ActionHandler, EntityBehaviour } from '../../core/platform/plugin.ts'
import { emptyCost, reverseIssue } from '../engine/cost.ts'
import { postSalesReturn } from '../engine/posting-sales.ts'
import { postEntry } from '../ledger/post-entry.ts'
import { postStock } from '../ledger/post-stock.ts'
import { toStockUnits } from '../stock/stock-units.ts'
import { typed, typedRows } from '../../core/data/typed-rows.ts'
import { beyondReturnable, draftedReturns, notReturned } from './drafted-returns.ts'
import { refreshSalesOrder } from './refresh-order.ts'

/** Return draft of the given quantities, else of all that did not come back yet and stands on no other draft. */
export const createReturn: ActionHandler = {
  type: 'erp.createReturn', label: { en: 'Create a return', zh: '生成退货单' },
  async run(context, { document, lines: rows, lineInput, reason }) {
    const delivery = typed<'deliveries'>(document)
    const asked = new Map(lineInput.map((row) => [row.line, Number(row.quantity ?? 0)]))
    const quarantine = await quarantineOf(context, delivery.site)
    const delivered = typedRows<'delivery-lines'>(rows)
    const excess = await beyondReturnable(context, { lines: delivered, asked: lineInput.map(({ line, quantity }) => ({ line, quantity: Number(quantity ?? 0) })) })
    if (excess.length > 0) failRefused(excess.map(({ index, message }) => ({ code: 'return.beyondDelivered', path: `lines.${index}.quantity`, message })))
    const drafts = await draftedReturns(context, delivered.map(({ id }) => id))
    const left = (line: DeliveryLines) => notReturned(line) - sumExact(drafts.filter(({ deliveryLine }) => deliveryLine === line.id).map(({ quantity }) => quantity))
    const lines = delivered
      .map((line) => ({ line, quantity: asked.size > 0 ? (asked.get(line.id) ?? 0) : left(line) }))
      .filter(({ quantity }) => quantity > 0)
    if (lines.length === 0) failRefused([asked.size === 0 && drafts.length > 0 ? { code: 'return.drafted', message: allDrafted } : { code: 'return.nothing', message: nothing }])
    await context.create('sales-returns', {
      values: { company: delivery.company, delivery: delivery.id, site: delivery.site, reason: reason ?? null },
      lines: lines.map(({ line, quantity }) => ({
        deliveryLine: line.id, quantity,
        ...(quarantine && line.location ? { location: quarantine.id, stockStatus: 'quarantine' } : { location: line.location ?? null }),
      })),
      sources: [{ entity: 'deliveries', id: delivery.id }],
    })
  },
}

/** What came out of the delivery line, in its unit. */
export const salesReturnBehaviour: EntityBehaviour = {
  async prepare(context, draft) {
    const { store } = context
    const document = typed<'sales-returns'>(draft.document)
    const delivery = document.delivery ? await store.get('deliveries', document.delivery) : undefined
    document.salesOrder = delivery?.salesOrder ?? null
    document.customer = delivery?.customer ?? null
    document.site ||= delivery?.site ?? ''
    const lines = typedRows<'sales-return-lines'>(draft.lines)
    const deliveryLines = await store.byIds('delivery-lines', lines.map(({ deliveryLine }) => deliveryLine))
    for (const line of lines) {
      const source = deliveryLines.get(line.deliveryLine)
      if (!source) continue
      line.part = source.part
      line.unit = source.unit ?? null
      line.unitNumerator = source.unitNumerator
      line.unitDenominator = source.unitDenominator
      line.description ||= source.description ?? null
      line.lot ||= source.lot ?? ''
    }
    // A draft may always be lowered, also one that another return overtook.
    const previous = typedRows<'sales-return-lines'>(draft.previousLines ?? [])
    const sumOf = (list: readonly SalesReturnLines[], id: string) => sumExact(list.filter(({ deliveryLine }) => deliveryLine === id).map(({ quantity }) => quantity ?? 0))
    const excess = await beyondReturnable(context, {
      lines: [...deliveryLines.values()].filter(({ id }) => sumOf(lines, id) > sumOf(previous, id)),
      asked: lines.map(({ deliveryLine, quantity }) => ({ line: deliveryLine, quantity: quantity ?? 0 })), salesReturn: document.id,
    })
    if (excess.length > 0) failInput(excess.map(({ index, message }) => ({ code: 'return.beyondDelivered', path: `lines.${index}.quantity`, severity: 'error', message })))
  },
}

/** Goods come back at the cost they left with; counters of delivery and order follow. */
export const postReturn: ActionHandler = {
  type: 'erp.postReturn', label: { en: 'Post the return', zh: '退货入库过账' },
  async run(context, step) {
    const document = typed<'sales-returns'>(step.document)
    const lines = typedRows<'sales-return-lines'>(step.lines)
    const empty = lines.findIndex(({ quantity }) => (quantity ?? 0) <= 0)
    if (empty >= 0) failRefused([{ code: 'return.noQuantity', path: `lines.${empty}.quantity`, message: noQuantity(empty + 1) }])
    const company = await context.company(document.company)
    const date = document.returnDate ?? (await context.today())
    const source = { entity: 'sales-returns', id: document.id, number: document.number }
    const deliveryLines = await context.store.byIds('delivery-lines', lines.map(({ deliveryLine }) => deliveryLine))
    const parts = await context.store.byIds('parts', lines.map(({ part }) => part))

    const stocked = lines.filter(({ part }) => parts.get(part)?.stocked)
    await valueReturned(context, { lines: stocked, deliveryLines })
    await postStock(context, {
      company, date, source, traceId: document.traceId,
      movements: stocked.map((line) => ({
        part: line.part, location: line.location ?? '', lot: line.lot ?? '', stockStatus: line.stockStatus,
        quantity: toStockUnits(line, line.quantity), cost: { value: line.costAmount ?? 0 }, sourceLine: line.id,
      })),
    })
    document.costTotal = sumExact(stocked.map(({ costAmount }) => costAmount ?? 0))
    document.journalEntry = await postEntry(context, {
      company, date, kind: 'stock', source, traceId: document.traceId, lines: postSalesReturn({ value: document.costTotal }),
      memo: { en: `Return ${document.number}`, zh: `销售退货 ${document.number}` },
    }) ?? null
    for (const line of lines) {
      await context.store.update('sales-return-lines', line.id, { costAmount: line.costAmount ?? 0 })
      await context.store.update('delivery-lines', line.deliveryLine, { returnedQuantity: { $inc: line.quantity } })
      const orderLine = deliveryLines.get(line.deliveryLine)?.salesOrderLine
      if (orderLine) await context.store.update('sales-order-lines', orderLine, { returnedQuantity: { $inc: line.quantity } })
    }
    if (document.salesOrder) await refreshSalesOrder(context, document.salesOrder)
  },
}

/** Writes the cost of each line in place: its share of what the delivery line left with, the last part takes the rest. */
async function valueReturned(
  { store }: CommandContext, { lines, deliveryLines }: { readonly lines: readonly SalesReturnLines[]; readonly deliveryLines: ReadonlyMap<string, DeliveryLines> },
): Promise<void> {
  // Drafts have no cost yet, so the sum is that of what came back before.
  const earlier = await store.find('sales-return-lines', { where: { deliveryLine: { in: lines.map(({ deliveryLine }) => deliveryLine) } } })
  const reversed = new Map([...deliveryLines].map(([id, line]) => [id, {
    quantity: toStockUnits(line, line.returnedQuantity ?? 0),
    value: sumExact(earlier.filter(({ deliveryLine }) => deliveryLine === id).map(({ costAmount }) => costAmount ?? 0)),
  }]))
  for (const line of lines) {
    const source = deliveryLines.get(line.deliveryLine)
    if (!source) continue
    const before = reversed.get(source.id) ?? emptyCost
    const quantity = toStockUnits(line, line.quantity)
    const result = reverseIssue({
      state: emptyCost, issued: { quantity: toStockUnits(source, source.quantity), value: source.costAmount ?? 0 }, reversed: before, quantity,
    })
    if (!result.ok) failRefused([result.refusal])
    line.costAmount = result.value
    reversed.set(source.id, { quantity: before.quantity + quantity, value: before.value + result.value })
  }
}

async function quarantineOf({ store }: CommandContext, site: string): Promise<Locations | undefined> {
  const [first] = await store.find('locations', {
    where: { and: [{ site: { equals: site } }, { locationType: { equals: 'quarantine' } }, { status: { equals: 'active' } }] }, sort: 'code', limit: 1,
  })
  return first
}

const allDrafted = {
  en: 'All that can come back of this delivery stands on return drafts. Receive, change or discard them.',
  zh: '该发货单可退数量均已列入退货单草稿。请先入库，或修改、删除草稿。',
}
const noQuantity = (line: number) => ({ en: `Line ${line}: enter how many came back, or remove the line.`, zh: `第 ${line} 行：请填写退回数量，或删除该行。` })
const nothing = { en: 'Enter at least one quantity above zero.', zh: '请至少填写一行大于零的数量。' }
