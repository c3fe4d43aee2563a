import type { Companies, SalesOrderLines, SalesOrders } from '../../../config/generated/entities.ts'
import type { Refusal } from '../../../config/language/refusal.ts'
import type { GuardQuestion } from '../../../workflows/engine/registry.ts'
import type { CommandContext } from '../../core/commands/context.ts'
import type { Row } from '../../core/data/store.ts'
import { currencyExponent } from '../../core/engine/currency.ts'
import { failInput, failRefused } from '../../core/errors.ts'
import type { Step } from '../../core/platform/plugin.ts'
import { totalLines } from '../../core/pricing/totals.ts'
import { trimPegs } from '../purchasing/peg-demand.ts'
import type { PartFacts } from '../stock/stock-facts.ts'
import { typed, typedRows } from '../../core/data/typed-rows.ts'
import { addedLines } from './added-lines.ts'
import { changesOf, compareLines, namedRefusal, type ChangeRow } from './compare-change.ts'
import { grownBeyond, loadExposures, type CreditFact } from './credit.ts'
import { planMargin } from './order-costs.ts'
import { foldSalesOrder } from './refresh-order.ts'
import { claimCredit, releaseSurplus, reserveMissing } from './reserve-order.ts'

/** `erp.changeAllowed` for sales orders: what the present lines allow. New lines and credit are judged by the action, which prices them. */
export function checkSalesChange({ facts, input }: GuardQuestion): true | Refusal {
  if (!input) return true
  const lines = (facts['core.lines'] ?? []) as readonly SalesOrderLines[]
  const rows = (input.lines ?? []) as readonly ChangeRow[]
  const unknown = rows.findIndex((row) => !lines.some(({ id }) => id === row.line))
  if (unknown >= 0) return { code: 'change.unknownLine', path: `lines.${unknown}.line`, message: unknownLine(unknown + 1) }
  const { taxCodes, parts } = facts['erp.parts'] as PartFacts
  const after = lines.map((line) => ({ ...line, ...changesOf(line, rows.find((row) => row.line === line.id)) }))
  const { refusals } = compareLines({ before: lines, after, taxCodes, exponent: currencyExponent((facts['core.company'] as Companies).currency) })
  return namedRefusal(refusals, { lines, rows, partNumberOf: (part) => parts.get(part)?.partNumber ?? '' }) ?? true
}

/** `erp.changeOrder` for sales orders: new terms and lines, totals, margin, reservations and statuses. */
export async function changeSalesOrder(context: CommandContext, step: Step): Promise<void> {
  const order = typed<'sales-orders'>(step.document)
  const before = structuredClone(typedRows<'sales-order-lines'>(step.lines))
  await requirePaymentTerm(context, step)
  await claimCredit(context, order.customer)
  const credit = await creditOf(context, order.customer)
  for (const line of typedRows<'sales-order-lines'>(step.lines)) Object.assign(line, changesOf(line, step.lineInput.find((row) => row.line === line.id)))
  const added = await addedLines(context, { order, lines: before, rows: step.newLines })
  step.lines.push(...(added as unknown as Row[]))
  const lines = typedRows<'sales-order-lines'>(step.lines)
  if (lines.every(({ quantity }) => quantity === 0)) failRefused([{ code: 'change.empty', message: nothingLeft }])
  const taxCodes = await context.store.byIds('tax-codes', lines.map(({ taxCode }) => taxCode))
  const exponent = await context.exponent()
  const { impact } = compareLines({ before, after: lines, taxCodes, exponent, credit })
  if (impact.amountDelta > 0 && impact.credit?.isExceeded) {
    failRefused([{ code: 'credit.exceeded', message: grownBeyond({ after: impact.credit.after, limit: impact.credit.limit ?? 0, exponent }) }])
  }
  Object.assign(order, totalLines({ lines, taxCodes, exponent }))
  await planMargin(context, { order, lines })
  const isNew = new Set(added.map(({ id }) => id))
  for (const { id, quantity, unitPrice, requestedDate, netAmount, unitCost } of lines) {
    if (!isNew.has(id)) await context.store.update('sales-order-lines', id, { quantity, unitPrice, requestedDate, netAmount, unitCost })
  }
  await context.store.insertMany('sales-order-lines', added as unknown as Row[])
  await trimPegs(context, 'sales-orders', order.id)
  await releaseSurplus(context, { order, lines })
  await reserveMissing(context, { order, lines })
  Object.assign(order, await foldSalesOrder(context, { order, lines }))
}

/** `erp.giveUpOpen` for sales orders: what is not delivered will not be, and nothing stays reserved or pegged for it. */
export async function giveUpSalesOrder(context: CommandContext, step: Step): Promise<void> {
  const order: SalesOrders = typed<'sales-orders'>(step.document)
  const lines = typedRows<'sales-order-lines'>(step.lines)
  for (const line of lines) {
    line.cancelledQuantity = Math.max(0, line.quantity - (line.deliveredQuantity ?? 0))
    await context.store.update('sales-order-lines', line.id, { cancelledQuantity: line.cancelledQuantity })
  }
  await trimPegs(context, 'sales-orders', order.id)
  await releaseSurplus(context, { order, lines })
  Object.assign(order, await foldSalesOrder(context, { order, lines }))
}

/** The customer's credit before the change; without a limit nobody asks for the exposure. */
async function creditOf({ store }: CommandContext, customer: string): Promise<CreditFact> {
  const limit = (await store.get('customers', customer))?.creditLimit ?? null
  return { limit, exposure: limit === null ? 0 : ((await loadExposures(store, [customer])).get(customer) ?? 0) }
}

async function requirePaymentTerm({ store }: CommandContext, { input }: Step): Promise<void> {
  if (typeof input.paymentTerm !== 'string' || (await store.get('payment-terms', input.paymentTerm))) return
  failInput([{ code: 'unknownReference', path: 'paymentTerm', severity: 'error', message: unknownTerm }])
}

const nothingLeft = { en: 'Nothing would be left of the order. Cancel it instead.', zh: '变更后订单将没有任何数量，请改为取消订单。' }
const unknownTerm = { en: 'There is no such payment term. Choose an existing one.', zh: '付款条件不存在，请选择已有的付款条件。' }
const unknownLine = (row: number) => ({
  en: `Row ${row} names a line that does not belong to this order. Reload the order and change it again.`, zh: `第 ${row} 项所指的行不属于本订单，请刷新订单后重新变更。`,
})
