import type { StockCountLines, StockCounts } from '../../../config/generated/entities.ts'
import type { CommandContext } from '../../core/commands/context.ts'
import { currencyExponent } from '../../core/engine/currency.ts'
import { extendAmount, sumExact } from '../../core/engine/decimal.ts'
import { failRefused } from '../../core/errors.ts'
import type { ActionHandler, EntityBehaviour } from '../../core/platform/plugin.ts'
import { postOpeningStock, postStockCount } from '../engine/posting-stock.ts'
import { postEntry } from '../ledger/post-entry.ts'
import { postStock, type StockMovement } from '../ledger/post-stock.ts'
import { loadBalances } from '../ledger/stock-balances.ts'
import { placeKey, stockPlace } from '../ledger/stock-key.ts'
import { typed, typedRows } from '../../core/data/typed-rows.ts'

export const countActions: readonly ActionHandler[] = [{
  type: 'erp.postCount', label: { en: 'Bring stock to the count', zh: '盘点过账' },
  async run(context, step) {
    const count = typed<'stock-counts'>(step.document)
    const lines = typedRows<'stock-count-lines'>(step.lines)
    const opening = count.countKind === 'opening'
    if (opening) await requireNeverMoved(context, count, lines)
    const company = await context.company(count.company)
    const balances = await loadBalances(context.store, { company: company.id, places: lines.map((line) => stockPlace(line)) })
    for (const line of lines) {
      line.bookQuantity = balances.get(placeKey(stockPlace(line)))?.onHand ?? 0
      line.differenceQuantity = line.countedQuantity - line.bookQuantity
      line.differenceValue = 0
    }
    const source = { entity: 'stock-counts', id: count.id, number: count.number }
    const changed = lines.filter(({ differenceQuantity }) => differenceQuantity !== 0)
    const exponent = currencyExponent(company.currency)
    const values = await postStock(context, {
      company, date: count.countDate, source, traceId: count.traceId, movements: changed.map((line) => movementOf(line, exponent)),
    })
    for (const [index, line] of changed.entries()) line.differenceValue = values[index] ?? 0
    for (const { id, bookQuantity, differenceQuantity, differenceValue } of lines) {
      await context.store.update('stock-count-lines', id, { bookQuantity, differenceQuantity, differenceValue })
    }
    count.valueDifference = sumExact(values)
    count.journalEntry = await postEntry(context, {
      company, date: count.countDate, kind: opening ? 'opening' : 'stock', source, traceId: count.traceId,
      lines: opening ? postOpeningStock({ value: count.valueDifference }) : postStockCount({ valueDelta: count.valueDifference }),
    }) ?? null
  },
}]

/** A count belongs to the company of its site; parts without lots have the empty lot. */
export const countBehaviour: EntityBehaviour = {
  async prepare(context, { document, lines }) {
    const count = typed<'stock-counts'>(document)
    const site = count.site ? await context.store.get('sites', count.site) : undefined
    if (site) count.company = site.company
    for (const line of typedRows<'stock-count-lines'>(lines)) line.lot ??= ''
  },
}

/** Found goods at the cost the line gives; else, and for what is missing, at the average. */
function movementOf(line: StockCountLines, exponent: number): StockMovement {
  const quantity = line.differenceQuantity ?? 0
  const isPriced = quantity > 0 && (line.unitCost ?? null) !== null
  return {
    ...stockPlace(line), quantity, sourceLine: line.id,
    cost: isPriced ? { value: extendAmount({ quantity, unitPrice: line.unitCost ?? 0, exponent }) } : 'average',
  }
}

/** Opening stock comes before every movement: later it would be a second opening balance. */
async function requireNeverMoved({ store }: CommandContext, count: StockCounts, lines: readonly StockCountLines[]): Promise<void> {
  const moved = await store.findOne('stock-entries', {
    and: [{ company: { equals: count.company } }, { part: { in: [...new Set(lines.map(({ part }) => part))] } }],
  })
  if (!moved) return
  const part = (await store.get('parts', moved.part))?.partNumber ?? moved.part
  failRefused([{
    code: 'count.alreadyMoved',
    message: {
      en: `${part} has moved already (${moved.sourceNumber ?? moved.date}), so it takes no opening stock. Use a count of the kind “Count”.`,
      zh: `${part} 已有库存流水（${moved.sourceNumber ?? moved.date}），不能再录入期初库存。请使用“盘点”类型。`,
    },
  }])
}
