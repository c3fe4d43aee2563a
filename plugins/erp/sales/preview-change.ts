import { json, relation } from '../../../config/language/fields.ts'
import { hiddenFields, requireRight } from '../../core/access/can.ts'
import { decodeInput } from '../../core/commands/input.ts'
import { formatDecimal, scales } from '../../core/engine/decimal.ts'
import { failInput } from '../../core/errors.ts'
import type { CommandContext } from '../../core/commands/context.ts'
import type { Operation } from '../../core/platform/plugin.ts'
import { compareChange, type ChangeRow } from './change-order.ts'
import { loadExposures } from './credit.ts'
import { computeMargin } from './order-costs.ts'
import { salesOrder } from '../../../workflows/erp/sales-order.ts'

/**
 * What a change of a confirmed order would do, without doing it: `data` holds the amounts (decimals as texts), the refusals and the
 * lines. Asks for the same rows as the event `change`.
 */
export const previewChange: Operation = {
  name: 'previewChange', entity: 'sales-orders',
  label: { en: 'Preview a change', zh: '预览订单变更' },
  help: { en: 'Shows what a change would do to amounts, reservations, margin and credit.', zh: '预览变更对金额、预留、毛利和信用的影响。' },
  roles: ['salesRep', 'salesManager'],
  input: [
    relation('order', { en: 'Sales order', zh: '销售订单' }, { to: 'sales-orders', required: true }),
    json('lines', { en: 'Changed lines', zh: '变更行' }, { required: true }),
  ],
  async run(context, input) {
    const order = await context.store.require('sales-orders', String(input.order))
    const entity = context.entity('sales-orders')
    requireRight(context.actor, 'read', entity, { document: order as Readonly<Record<string, unknown>> })
    const showsMargin = !hiddenFields(context.actor, entity).has('marginAmount')
    const lines = await context.store.find('sales-order-lines', { where: { salesOrder: { equals: order.id } }, sort: 'position' })
    const exponent = await context.exponent()
    const rows = decodeRows(input.lines, exponent)
    const taxCodes = await context.store.byIds('tax-codes', lines.map(({ taxCode }) => taxCode))
    const limit = (await context.store.get('customers', order.customer))?.creditLimit ?? null
    const exposure = limit === null ? 0 : ((await loadExposures(context.store, [order.customer])).get(order.customer) ?? 0)
    const change = compareChange({ lines, rows, taxCodes, exponent, credit: { limit, exposure } })
    const margin = await marginAfter(context, { order: { ...order, netTotal: change.impact.after.net }, lines, rows })
    const say = (amount: number) => formatDecimal(amount, exponent, { minDigits: exponent })
    const { before, after, amountDelta, credit, reservations } = change.impact
    return {
      message: {
        en: `The order goes from ${say(before.gross)} to ${say(after.gross)} (${amountDelta < 0 ? '' : '+'}${say(amountDelta)}).`,
        zh: `订单价税合计由 ${say(before.gross)} 变为 ${say(after.gross)}（${amountDelta < 0 ? '' : '+'}${say(amountDelta)}）。`,
      },
      data: {
        before: say(before.gross), after: say(after.gross), amountDelta: say(amountDelta), 
        ...(showsMargin ? { marginBefore: say(order.marginAmount ?? 0), marginAfter: say(margin) } : {}),
        creditLimit: limit === null ? null : say(limit), creditAfter: credit ? say(credit.after) : null, creditExceeded: credit?.isExceeded ?? false,
        reservations: reservations.map(({ part, delta }) => ({ part, delta: formatDecimal(delta, scales.quantity) })),
        lines: change.lines.map(({ id, kind, changed, quantityDelta, amountDelta: delta }) =>
          ({ line: id ?? null, kind, changed: [...changed], quantityDelta: formatDecimal(quantityDelta, scales.quantity), amountDelta: say(delta) })),
        refusals: change.refusals.map(({ code, path, message }) => ({ code, path: path ?? null, message })),
      },
    }
  },
}

/** Rows as the event `change` takes them, in spoken values. */
function decodeRows(value: unknown, exponent: number): ChangeRow[] {
  const fields = salesOrder.events.change.lineInput
  const line = { name: 'line', type: 'text', label: { en: 'Line', zh: '行' }, required: true } as const
  const rows = (Array.isArray(value) ? value : []).map((row: unknown, index) =>
    decodeInput([line, ...fields], row, { exponent, label: salesOrder.events.change.label, path: `lines.${index}.` }))
  const findings = rows.flatMap((row) => row.findings)
  if (findings.length > 0) failInput(findings)
  return rows.map(({ values }) => values)
}

async function marginAfter(
  context: CommandContext,
  { order, lines, rows }: { readonly order: Parameters<typeof computeMargin>[1]['order']; readonly lines: Parameters<typeof computeMargin>[1]['lines']; readonly rows: readonly ChangeRow[] },
): Promise<number> {
  const changed = lines.map((line) => ({ ...line, quantity: Number(rows.find((row) => row.line === line.id)?.quantity ?? line.quantity) }))
  await computeMargin(context, { order, lines: changed })
  return order.marginAmount ?? 0
}
