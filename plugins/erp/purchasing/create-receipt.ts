import type { Locations, PurchaseOrderLines, PurchaseOrders } from '../../../config/generated/entities.ts'
import type { CommandContext } from '../../core/commands/context.ts'
import type { Row, Store } from '../../core/data/store.ts'
import { failInput, failRefused } from '../../core/errors.ts'
import type { ActionHandler, Draft, EntityBehaviour, Step } from '../../core/platform/plugin.ts'
import { typed, typedRows } from '../../core/data/typed-rows.ts'

export const createReceiptAction: ActionHandler = {
  type: 'erp.createReceipt', label: { en: 'Draft a goods receipt', zh: '生成收货单草稿' },
  async run(context, step) {
    const order = typed<'purchase-orders'>(step.document)
    requireReasons(step.lineInput.map((row) => ({ rejected: Number(row.rejected ?? 0), reason: row.rejectionReason })))
    const lines = receiptLines(step)
    if (lines.length === 0) failRefused([nothingArrived])
    const location = await receivingLocation(context.store, order)
    await context.create('receipts', {
      values: { purchaseOrder: order.id, supplier: order.supplier, site: order.site, company: order.company, traceId: order.traceId },
      lines: lines.map((line) => ({ ...line, location: location?.id ?? null })),
      sources: [{ entity: 'purchase-orders', id: order.id }],
    })
  },
}

/** Supplier and site are the order's; part, description and unit of each line are those of its order line. */
export const receiptBehaviour: EntityBehaviour = {
  async prepare(context, draft) {
    const receipt = typed<'receipts'>(draft.document)
    const order = receipt.purchaseOrder ? await context.store.get('purchase-orders', receipt.purchaseOrder) : undefined
    if (!order) return
    Object.assign(receipt, { supplier: order.supplier, site: receipt.site || order.site, company: order.company })
    if (!draft.previous) receipt.traceId = order.traceId
    await prepareLines(context, { order, draft })
  },
}

/** What the sender gave, else everything that is still expected. */
function receiptLines(step: Step): Row[] {
  const given = new Map(step.lineInput.map((row) => [row.line, row]))
  return typedRows<'purchase-order-lines'>(step.lines).flatMap((line) => {
    const row = given.get(line.id)
    const receivedQuantity = given.size > 0 ? Number(row?.received ?? 0) : expected(line)
    if (receivedQuantity <= 0) return []
    return [{
      ...copied(line), receivedQuantity, rejectedQuantity: Number(row?.rejected ?? 0), rejectionReason: row?.rejectionReason ?? null,
    } as unknown as Row]
  })
}

const expected = (line: PurchaseOrderLines) => line.quantity - (line.receivedQuantity ?? 0) + (line.rejectedQuantity ?? 0) - (line.cancelledQuantity ?? 0)

function copied({ id, part, description, unit, unitNumerator, unitDenominator }: PurchaseOrderLines) {
  return { purchaseOrderLine: id, part, description, unit, unitNumerator, unitDenominator }
}

async function prepareLines(context: CommandContext, { order, draft }: { readonly order: PurchaseOrders; readonly draft: Draft }): Promise<void> {
  const lines = typedRows<'receipt-lines'>(draft.lines)
  const sources = await context.store.byIds('purchase-order-lines', lines.map(({ purchaseOrderLine }) => purchaseOrderLine))
  for (const [index, line] of lines.entries()) {
    const source = sources.get(line.purchaseOrderLine)
    if (!source) continue
    if (source.purchaseOrder !== order.id) {
      failInput([{
        code: 'receipt.otherOrder', path: `lines.${index}.purchaseOrderLine`, severity: 'error',
        message: { en: `The line belongs to another purchase order. Choose a line of ${order.number}.`, zh: `该行属于其他采购订单，请选择 ${order.number} 的订单行。` },
      }])
    }
    Object.assign(line, { ...copied(source), description: line.description || source.description })
    line.lot ??= ''
    line.rejectedQuantity ??= 0
  }
  requireReasons(lines.map(({ rejectedQuantity, rejectionReason }) => ({ rejected: rejectedQuantity ?? 0, reason: rejectionReason })))
}

/** Who is told about a rejection (the supplier, quality) asks why first. */
function requireReasons(rows: readonly { readonly rejected: number; readonly reason: unknown }[]): void {
  const silent = rows.flatMap(({ rejected, reason }, index) => (rejected > 0 && !String(reason ?? '').trim() ? [index] : []))
  if (silent.length > 0) failInput(silent.map((index) => ({ code: 'receipt.noReason', path: `lines.${index}.rejectionReason`, severity: 'error', message: noReason(index + 1) })))
}

/** The order's location, else the first stock location of its site: without a put-away (WMS) goods in receiving could not be sold. */
async function receivingLocation(store: Store, order: PurchaseOrders): Promise<Pick<Locations, 'id'> | undefined> {
  if (order.location) return { id: order.location }
  const locations = await store.find('locations', {
    where: { and: [{ site: { equals: order.site } }, { status: { equals: 'active' } }, { locationType: { in: ['receiving', 'stock'] } }] }, sort: 'code',
  })
  return locations.find(({ locationType }) => locationType === 'stock') ?? locations[0]
}

const nothingArrived = {
  code: 'receipt.nothing',
  message: { en: 'No quantity arrived. Enter what arrived on at least one line.', zh: '没有到货数量，请至少在一行填写到货数量。' },
}
const noReason = (line: number) => ({
  en: `Line ${line}: goods are rejected without a reason. Enter why, or take the rejected quantity back.`, zh: `第 ${line} 行：拒收未填原因，请填写拒收原因，或清除拒收数量。`,
})
