import type { DeliveryLines, SalesReturnLines } from '../../../config/generated/entities.ts'
import type { Text } from '../../../config/language/text.ts'
import type { CommandContext } from '../../core/commands/context.ts'
import { formatDecimal, scales, sumExact } from '../../core/engine/decimal.ts'

type Question = {
  readonly lines: readonly DeliveryLines[]
  /** Quantities in line units, by the id of the delivery line. */
  readonly asked: readonly { readonly line: string; readonly quantity: number }[]
  /** The return that asks: what stands on it is not counted a second time. */
  readonly salesReturn?: string
}

/** Rows of `asked` that together with other return drafts go beyond what did not come back yet, and the sentence that says so. */
export async function beyondReturnable(context: Pick<CommandContext, 'store'>, { lines, asked, salesReturn }: Question): Promise<{ readonly index: number; readonly message: Text }[]> {
  const wanted = lines.filter(({ id }) => asked.some(({ line, quantity }) => line === id && quantity > 0))
  const drafted = (await draftedReturns(context, wanted.map(({ id }) => id))).filter((row) => row.salesReturn !== salesReturn)
  const returns = await context.store.byIds('sales-returns', drafted.map((row) => row.salesReturn))
  return wanted.flatMap((line) => {
    const rows = drafted.filter(({ deliveryLine }) => deliveryLine === line.id)
    const total = sumExact(asked.filter((row) => row.line === line.id).map(({ quantity }) => quantity))
    const taken = sumExact(rows.map(({ quantity }) => quantity))
    const free = Math.max(0, notReturned(line) - taken)
    if (total <= free) return []
    const numbers = [...new Set(rows.map((row) => returns.get(row.salesReturn)?.number ?? ''))]
    return [{ index: asked.findIndex((row) => row.line === line.id), message: tooMuch({ position: line.position, total, free, taken, numbers }) }]
  })
}

/** Lines of returns that are not received yet, of these delivery lines. */
export async function draftedReturns({ store }: Pick<CommandContext, 'store'>, deliveryLines: readonly string[]): Promise<SalesReturnLines[]> {
  if (deliveryLines.length === 0) return []
  const rows = await store.find('sales-return-lines', { where: { deliveryLine: { in: [...deliveryLines] } } })
  const drafts = await store.find('sales-returns', {
    where: { and: [{ id: { in: [...new Set(rows.map(({ salesReturn }) => salesReturn))] } }, { 'workflow.state': { equals: 'draft' } }] },
  })
  const ids = new Set(drafts.map(({ id }) => id))
  return rows.filter(({ salesReturn }) => ids.has(salesReturn))
}

export const notReturned = (line: DeliveryLines): number => line.quantity - (line.returnedQuantity ?? 0)

type Excess = { readonly position: number; readonly total: number; readonly free: number; readonly taken: number; readonly numbers: readonly string[] }

function tooMuch({ position, total, free, taken, numbers }: Excess): Text {
  const [wants, open, held] = [total, free, taken].map((quantity) => formatDecimal(quantity, scales.quantity))
  const drafts = taken > 0
    ? { en: `; ${held} are on the return drafts ${numbers.join(', ')}`, zh: `，另有 ${held} 已在退货单草稿 ${numbers.join('、')} 中` }
    : { en: '', zh: '' }
  return {
    en: `Delivery line ${position}: ${wants} are to come back, ${open} can${drafts.en}. Lower the quantity, or change or discard a draft.`,
    zh: `发货单第 ${position} 行：需退 ${wants}，可退 ${open}${drafts.zh}。请减少数量，或修改、删除退货单草稿。`,
  }
}
