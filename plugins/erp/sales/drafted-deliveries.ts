import type { DeliveryLines, SalesOrderLines } from '../../../config/generated/entities.ts'
import type { Text } from '../../../config/language/text.ts'
import type { CommandContext } from '../../core/commands/context.ts'
import { formatDecimal, scales, sumExact } from '../../core/engine/decimal.ts'
import { openOf } from './reserve-order.ts'

type Question = {
  readonly lines: readonly SalesOrderLines[]
  /** Quantities in line units, by the id of the order line. */
  readonly asked: readonly { readonly line: string; readonly quantity: number }[]
  /** The delivery that asks: what stands on it is not counted a second time. */
  readonly delivery?: string
}

/** Rows of `asked` that together with other delivery drafts go beyond what is open of their order line, and the sentence that says so. */
export async function beyondOpen(context: CommandContext, { lines, asked, delivery }: Question): Promise<{ readonly index: number; readonly message: Text }[]> {
  const wanted = lines.filter(({ id }) => asked.some(({ line, quantity }) => line === id && quantity > 0))
  const drafted = (await draftedLines(context, wanted.map(({ id }) => id))).filter((row) => row.delivery !== delivery)
  const parts = await context.store.byIds('parts', wanted.map(({ part }) => part))
  const deliveries = await context.store.byIds('deliveries', drafted.map((row) => row.delivery))
  return wanted.flatMap((line) => {
    const rows = drafted.filter(({ salesOrderLine }) => salesOrderLine === line.id)
    const [total, taken] = [asked.filter((row) => row.line === line.id), rows].map((list) => sumExact(list.map(({ quantity }) => quantity)))
    const free = Math.max(0, openOf(line) - (taken ?? 0))
    if ((total ?? 0) <= free) return []
    const numbers = [...new Set(rows.map((row) => deliveries.get(row.delivery)?.number ?? ''))]
    return [{
      index: asked.findIndex((row) => row.line === line.id),
      message: tooMuch({ position: line.position, part: parts.get(line.part)?.partNumber ?? '', asked: total ?? 0, free, taken: taken ?? 0, numbers }),
    }]
  })
}

/** Lines of deliveries that are not posted yet, of these order lines. */
export async function draftedLines({ store }: Pick<CommandContext, 'store'>, orderLines: readonly string[]): Promise<DeliveryLines[]> {
  if (orderLines.length === 0) return []
  const rows = await store.find('delivery-lines', { where: { salesOrderLine: { in: [...orderLines] } } })
  const drafts = await store.find('deliveries', {
    where: { and: [{ id: { in: [...new Set(rows.map(({ delivery }) => delivery))] } }, { 'workflow.state': { equals: 'draft' } }] },
  })
  const ids = new Set(drafts.map(({ id }) => id))
  return rows.filter(({ delivery }) => ids.has(delivery))
}

type Excess = { readonly position: number; readonly part: string; readonly asked: number; readonly free: number; readonly taken: number; readonly numbers: readonly string[] }

function tooMuch({ position, part, asked, free, taken, numbers }: Excess): Text {
  const [wants, open, held] = [asked, free, taken].map((quantity) => formatDecimal(quantity, scales.quantity))
  const drafts = taken > 0
    ? { en: `; ${held} are on the drafts ${numbers.join(', ')}`, zh: `，另有 ${held} 已在发货单草稿 ${numbers.join('、')} 中` }
    : { en: '', zh: '' }
  return {
    en: `Order line ${position} (${part}): ${wants} are asked for, ${open} are open${drafts.en}. Lower the quantity, or cancel a draft, or change the order.`,
    zh: `订单第 ${position} 行（${part}）：需发 ${wants}，可发 ${open}${drafts.zh}。请减少数量、取消发货单草稿，或变更订单。`,
  }
}
