import type { PurchaseOrderLines, ReceiptLines } from '../../../config/generated/entities.ts'
import type { Store } from '../../core/data/store.ts'
import { failRefused } from '../../core/errors.ts'
import type { ActionHandler } from '../../core/platform/plugin.ts'
import { typed, typedRows } from '../../core/data/typed-rows.ts'

export const createBillAction: ActionHandler = {
  type: 'erp.createBill', label: { en: 'Draft a supplier bill', zh: '生成供应商账单草稿' },
  async run(context, step) {
    const order = typed<'purchase-orders'>(step.document)
    const orderLines = typedRows<'purchase-order-lines'>(step.lines)
    const lines = billLines({ orderLines, receiptLines: await postedReceiptLines(context.store, order.id) })
    if (lines.length === 0) failRefused([nothingToBill])
    await context.create('supplier-bills', {
      values: {
        billKind: 'goods', supplier: order.supplier, purchaseOrder: order.id, company: order.company, traceId: order.traceId,
        paymentTerm: order.paymentTerm, supplierReference: step.input.supplierReference ?? null,
        billDate: step.input.billDate ?? (await context.today()),
      },
      lines,
      sources: [{ entity: 'purchase-orders', id: order.id }],
    })
  },
}

/** Lines of the posted receipts of an order, oldest first. */
export async function postedReceiptLines(store: Store, order: string): Promise<ReceiptLines[]> {
  const receipts = await store.find('receipts', {
    where: { and: [{ purchaseOrder: { equals: order } }, { 'workflow.state': { equals: 'posted' } }] }, sort: 'id',
  })
  if (receipts.length === 0) return []
  const rank = new Map(receipts.map(({ id }, index) => [id, index]))
  const lines = await store.find('receipt-lines', { where: { receipt: { in: [...rank.keys()] } }, sort: 'position' })
  return lines.toSorted((a, b) => (rank.get(a.receipt) ?? 0) - (rank.get(b.receipt) ?? 0))
}

/** Quantity of a receipt line that went to stock and waits for its bill. */
export const unbilled = (line: ReceiptLines) => line.receivedQuantity - (line.rejectedQuantity ?? 0) - (line.billedQuantity ?? 0)

/** One line a receipt line, at the order's price; what was billed ahead of its receipt (an override) is not billed again. */
function billLines({ orderLines, receiptLines }: {
  readonly orderLines: readonly PurchaseOrderLines[]
  readonly receiptLines: readonly ReceiptLines[]
}): Record<string, unknown>[] {
  return orderLines.flatMap((line) => {
    let left = (line.receivedQuantity ?? 0) - (line.rejectedQuantity ?? 0) - (line.billedQuantity ?? 0)
    return receiptLines.filter(({ purchaseOrderLine }) => purchaseOrderLine === line.id).flatMap((receiptLine) => {
      const quantity = Math.min(left, unbilled(receiptLine))
      if (quantity <= 0) return []
      left -= quantity
      const { part, description, unit, unitNumerator, unitDenominator, unitPrice, discountPercent, taxCode } = line
      return [{
        purchaseOrderLine: line.id, receiptLine: receiptLine.id, quantity,
        part, description, unit, unitNumerator, unitDenominator, unitPrice, discountPercent, taxCode,
      }]
    })
  })
}

const nothingToBill = {
  code: 'bill.nothing',
  message: { en: 'Nothing received waits for a bill. Receive the goods first.', zh: '没有已收货未收票的数量，请先收货。' },
}
