import type { SalesOrderLines, SalesOrders } from '../../../config/generated/entities.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import type { Text } from '../../../config/language/text.ts'
import type { CommandContext } from '../../core/commands/context.ts'
import { newLine } from '../../core/commands/create.ts'
import { failInput } from '../../core/errors.ts'
import { prepareSalesDocument } from '../../core/pricing/prepare-lines.ts'
import { usableFault } from '../stock/stock-guards.ts'
import { loadPartFacts } from '../stock/stock-facts.ts'
import { typedRows } from '../../core/data/typed-rows.ts'

type Addition = { readonly order: SalesOrders; readonly lines: readonly SalesOrderLines[]; readonly rows: readonly Readonly<Record<string, unknown>>[] }

/**
 * The lines that a change adds to a confirmed order, filled in as a draft's would be (name, unit, price, tax code), not stored yet.
 * Refuses (422) what may not be sold, with the path of the row.
 */
export async function addedLines(context: CommandContext, { order, lines, rows }: Addition): Promise<SalesOrderLines[]> {
  if (rows.length === 0) return []
  const known = await context.store.byIds('parts', rows.map(({ part }) => String(part)))
  refuse(rows.flatMap(({ part }, index) => (known.has(String(part)) ? [] : [{ index, field: 'part', message: unknownPart }])))
  const entity = context.entity('sales-orders')
  const exponent = await context.exponent()
  const last = Math.max(0, ...lines.map(({ position }) => position))
  const stored = rows.map((row, index) => newLine({
    entity, lineEntity: context.entity('sales-order-lines'), line: row, parent: order.id, position: last + index + 1, exponent,
  }))
  const added = typedRows<'sales-order-lines'>(stored)
  // The totals are the whole order's: they are computed of all lines together.
  await prepareSalesDocument(context, { document: { ...order }, lines: added, date: await context.today() })
  const partFacts = await loadPartFacts(context.store, stored)
  refuse(added.flatMap((line, index) => {
    const message = usableFault(line, { partFacts, buys: false })
    return message ? [{ index, field: line.quantity > 0 ? 'part' : 'quantity', message }] : []
  }))
  return added
}

function refuse(faults: readonly { readonly index: number; readonly field: string; readonly message: Text }[]): void {
  if (faults.length === 0) return
  failInput(faults.map(({ index, field, message }): Finding => ({
    code: 'change.newLine', path: `newLines.${index}.${field}`, severity: 'error',
    message: { en: `New line ${index + 1}: ${message.en}`, zh: `新增第 ${index + 1} 行：${message.zh}` },
  })))
}

const unknownPart: Text = { en: 'There is no such part. Choose an existing one.', zh: '物料不存在，请选择已有物料。' }
