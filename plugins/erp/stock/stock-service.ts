import type { ReceiptLines } from '../../../config/generated/entities.ts'
import type { CommandContext } from '../../core/commands/context.ts'
import { formatDecimal, mulDiv, scales } from '../../core/engine/decimal.ts'
import { failRefused } from '../../core/errors.ts'
import type { StockService, StockTaken } from '../../core/platform/services.ts'
import { reverseReceipt } from '../engine/cost.ts'
import { postSupplierReturn } from '../engine/posting-purchasing.ts'
import { postStockCount } from '../engine/posting-stock.ts'
import { postEntry } from '../ledger/post-entry.ts'
import { postStock, type StockMovement } from '../ledger/post-stock.ts'
import { loadStockValues } from '../ledger/stock-values.ts'
import { unbilled } from '../purchasing/create-bill.ts'
import { acceptedOf } from '../purchasing/post-receipt.ts'
import { refreshPurchaseOrder } from '../purchasing/refresh-order.ts'
import { toLineUnits } from './stock-units.ts'

/** What other systems have done with stock: quality holds it, releases it, writes it off or sends it back. */
export const stockService: StockService = {
  async changeStatus(context, { to, ...taken }) {
    const { part, location, lot, from, quantity } = taken
    const place = { part, location, lot, cost: { value: 0 } } as const
    await move(context, taken, [{ ...place, stockStatus: from, quantity: -quantity }, { ...place, stockStatus: to, quantity }])
  },
  async scrap(context, taken) {
    const { company, date, values: [value = 0] } = await move(context, taken, [{ ...issued(taken), cost: 'average' }])
    await postEntry(context, { company, date, kind: 'stock', source: taken.source, traceId: taken.traceId ?? null, lines: postStockCount({ valueDelta: value }) })
  },
  async returnToSupplier(context, { receiptLine: id, ...taken }) {
    const line = await context.store.require('receipt-lines', id)
    const receipt = await context.store.require('receipts', line.receipt)
    const quantity = toLineUnits(line, taken.quantity)
    requireUnbilled(line, quantity)
    const accrued = mulDiv(line.costAmount ?? 0, quantity, acceptedOf(line))
    const { valueOut } = await valueOfReturn(context, { taken, accrued })
    const { company, date } = await move(context, taken, [{ ...issued(taken), cost: { value: -valueOut }, sourceLine: line.id }])
    await postEntry(context, {
      company, date, kind: 'stock', source: taken.source, traceId: taken.traceId ?? null,
      lines: postSupplierReturn({ supplier: receipt.supplier ?? '', accrued, valueOut }),
    })
    await context.store.update('receipt-lines', line.id, { rejectedQuantity: { $inc: quantity }, costAmount: { $inc: -accrued } })
    await context.store.update('receipts', receipt.id, { costTotal: { $inc: -accrued } })
    await context.store.update('purchase-order-lines', line.purchaseOrderLine, { rejectedQuantity: { $inc: quantity } })
    await refreshPurchaseOrder(context, receipt.purchaseOrder)
  },
}

const issued = ({ part, location, lot, from, quantity }: StockTaken) => ({ part, location, lot, stockStatus: from, quantity: -quantity })

async function move(context: CommandContext, { company: id, source, traceId }: Pick<StockTaken, 'company' | 'source' | 'traceId'>, movements: readonly StockMovement[]) {
  const company = await context.company(id)
  const date = await context.today()
  return { company, date, values: await postStock(context, { company, date, source, traceId: traceId ?? null, movements }) }
}

/** What inventory loses: the value it came with, as far as there still is so much. */
async function valueOfReturn(context: CommandContext, { taken, accrued }: { readonly taken: StockTaken; readonly accrued: number }): Promise<{ readonly valueOut: number }> {
  const state = (await loadStockValues(context.store, { company: taken.company, parts: [taken.part] })).get(taken.part)
  const result = reverseReceipt({ state: state ?? { quantity: 0, value: 0 }, quantity: taken.quantity, value: accrued })
  return result.ok ? result : failRefused([result.refusal])
}

function requireUnbilled(line: ReceiptLines, quantity: number): void {
  if (quantity <= unbilled(line)) return
  const [open, asked] = [Math.max(0, unbilled(line)), quantity].map((value) => formatDecimal(value, scales.quantity))
  failRefused([{
    code: 'stock.returnBilled',
    message: {
      en: `Of this receipt ${open} are not billed yet, ${asked} are to go back. Return no more than that; what is billed needs the supplier's credit note first, or is scrapped.`,
      zh: `该收货行未收票数量为 ${open}，拟退 ${asked}。退货不能超过未收票数量；已收票部分须先取得供应商红字发票，或作报废处理。`,
    },
  }])
}
