import type { Parts, PurchaseOrderLines, ReceiptLines } from '../../../config/generated/entities.ts'
import type { CommandContext } from '../../core/commands/context.ts'
import { currencyExponent } from '../../core/engine/currency.ts'
import { sumExact } from '../../core/engine/decimal.ts'
import { calculateLine } from '../../core/engine/pricing.ts'
import { convert } from '../../core/engine/units.ts'
import type { ActionHandler } from '../../core/platform/plugin.ts'
import { buildEntry } from '../engine/journal.ts'
import { postEntry } from '../ledger/post-entry.ts'
import { postStock } from '../ledger/post-stock.ts'
import { typed, typedRows } from '../../core/data/typed-rows.ts'
import { refreshPurchaseOrder } from './refresh-order.ts'

/** What of a receipt line stays: arrived less rejected. Rejected goods go back at once and are in no ledger. */
export const acceptedOf = (line: ReceiptLines) => line.receivedQuantity - (line.rejectedQuantity ?? 0)

export const postReceiptAction: ActionHandler = {
  type: 'erp.postReceipt', label: { en: 'Post the goods receipt', zh: '收货过账' },
  async run(context, step) {
    const receipt = typed<'receipts'>(step.document)
    const lines = typedRows<'receipt-lines'>(step.lines)
    const company = await context.company(receipt.company)
    const exponent = currencyExponent(company.currency)
    const orderLines = await context.store.byIds('purchase-order-lines', lines.map(({ purchaseOrderLine }) => purchaseOrderLine))
    const parts = await context.store.byIds('parts', lines.map(({ part }) => part))
    for (const line of lines) line.costAmount = valueOf({ line, orderLine: orderLines.get(line.purchaseOrderLine), exponent })

    const source = { entity: 'receipts', id: receipt.id, number: receipt.number }
    const date = receipt.receiptDate ?? (await context.today())
    const accepted = lines.filter((line) => acceptedOf(line) > 0)
    const stocked = accepted.filter(({ part }) => isStocked(parts.get(part)))
    await postStock(context, {
      company, date, source, traceId: receipt.traceId,
      movements: stocked.map((line) => ({
        part: line.part, location: line.location ?? '', lot: line.lot ?? null, stockStatus: line.stockStatus,
        quantity: convert({ quantity: acceptedOf(line), numerator: line.unitNumerator ?? 1, denominator: line.unitDenominator ?? 1 }),
        cost: { value: line.costAmount ?? 0 }, sourceLine: line.id,
      })),
    })
    const intoStock = sumExact(stocked.map(({ costAmount }) => costAmount ?? 0))
    receipt.costTotal = sumExact(lines.map(({ costAmount }) => costAmount ?? 0))
    receipt.journalEntry = await postEntry(context, {
      company, date, kind: 'stock', source, traceId: receipt.traceId,
      lines: buildEntry([
        { accountRole: 'inventory', amount: intoStock },
        { accountRole: 'generalExpense', amount: receipt.costTotal - intoStock },
        { accountRole: 'grni', amount: -receipt.costTotal, party: { type: 'supplier', id: receipt.supplier ?? '' } },
      ]),
    }) ?? null

    await count(context, lines)
    await refreshPurchaseOrder(context, receipt.purchaseOrder)
  },
}

export const isStocked = (part: Pick<Parts, 'stocked'> | undefined) => part?.stocked !== false

/** At the order's price less its discount, rounded once a line (minor units). */
function valueOf({ line, orderLine, exponent }: {
  readonly line: ReceiptLines
  readonly orderLine: PurchaseOrderLines | undefined
  readonly exponent: number
}): number {
  return calculateLine({
    quantity: acceptedOf(line), unitPrice: orderLine?.unitPrice ?? 0, discountPercent: orderLine?.discountPercent ?? 0, exponent,
  }).amount
}

async function count({ store }: CommandContext, lines: readonly ReceiptLines[]): Promise<void> {
  for (const { id, costAmount, purchaseOrderLine, receivedQuantity, rejectedQuantity } of lines) {
    await store.update('receipt-lines', id, { costAmount })
    await store.update('purchase-order-lines', purchaseOrderLine, {
      receivedQuantity: { $inc: receivedQuantity }, rejectedQuantity: { $inc: rejectedQuantity ?? 0 },
    })
  }
}
