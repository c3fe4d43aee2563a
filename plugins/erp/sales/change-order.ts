import type { Companies, SalesOrderLines, SalesOrders, TaxCodes } from '../../../config/generated/entities.ts'
import type { Refusal } from '../../../config/language/refusal.ts'
import type { GuardQuestion } from '../../../workflows/engine/registry.ts'
import type { CommandContext } from '../../core/commands/context.ts'
import { currencyExponent } from '../../core/engine/currency.ts'
import { failRefused } from '../../core/errors.ts'
import type { Step } from '../../core/platform/plugin.ts'
import { totalLines } from '../../core/pricing/totals.ts'
import { compareOrder, type ConfirmedLine, type OrderChange, type RequestedLine } from '../engine/change-order.ts'
import type { PartFacts } from '../stock/stock-facts.ts'
import { typed, typedRows } from '../typed-rows.ts'
import { exceeded, type CreditFact } from './credit.ts'
import { computeMargin } from './order-costs.ts'
import { foldSalesOrder } from './refresh-order.ts'
import { claimCredit, releaseSurplus, reserveMissing } from './reserve-order.ts'

/** One row of the event's line input: only what is given changes. */
export type ChangeRow = { readonly line?: string } & Readonly<Record<string, unknown>>

const changeable = ['quantity', 'unitPrice', 'requestedDate'] as const

/** What a change would do to lines, money, reservations and credit. A line whose new quantity is 0 is dropped. */
export function compareChange({ lines, rows, taxCodes, exponent, credit }: {
  readonly lines: readonly SalesOrderLines[]
  readonly rows: readonly ChangeRow[]
  readonly taxCodes: ReadonlyMap<string, TaxCodes>
  readonly exponent: number
  readonly credit?: CreditFact
}): OrderChange {
  const confirmed = lines.map((line) => confirmedLine(line, taxCodes))
  const requested = lines.map((line): RequestedLine =>
    confirmedLine({ ...line, ...changesOf(rows.find((row) => row.line === line.id)) }, taxCodes))
  return compareOrder({
    confirmed: confirmed.filter(({ quantity }) => quantity > 0), requested: requested.filter(({ quantity }) => quantity > 0), exponent,
    ...(credit ? { credit } : {}),
  })
}

/** `erp.changeAllowed` for sales orders. */
export function checkSalesChange({ facts, input }: GuardQuestion): true | Refusal {
  if (!input) return true
  const lines = (facts['core.lines'] ?? []) as readonly SalesOrderLines[]
  const rows = (input.lines ?? []) as readonly ChangeRow[]
  const exponent = currencyExponent((facts['core.company'] as Companies).currency)
  const { taxCodes } = facts['erp.parts'] as PartFacts
  const { refusals, impact } = compareChange({ lines, rows, taxCodes, exponent, credit: facts['erp.credit'] as CreditFact })
  if (refusals[0]) return refusals[0]
  if (impact.amountDelta > 0 && impact.credit?.isExceeded) {
    return { code: 'credit.exceeded', message: exceeded({ after: impact.credit.after, limit: impact.credit.limit ?? 0, exponent }) }
  }
  return true
}

/** `erp.changeOrder` for sales orders: new terms, totals, margin, reservations and statuses. */
export async function changeSalesOrder(context: CommandContext, step: Step): Promise<void> {
  const order = typed<'sales-orders'>(step.document)
  const lines = typedRows<'sales-order-lines'>(step.lines)
  await claimCredit(context, order.customer)
  for (const line of lines) Object.assign(line, changesOf(step.lineInput.find((row) => row.line === line.id)))
  if (lines.every(({ quantity }) => quantity === 0)) failRefused([{ code: 'change.empty', message: nothingLeft }])
  const taxCodes = await context.store.byIds('tax-codes', lines.map(({ taxCode }) => taxCode))
  Object.assign(order, totalLines({ lines, taxCodes, exponent: await context.exponent() }))
  await computeMargin(context, { order, lines })
  for (const { id, quantity, unitPrice, requestedDate, netAmount, unitCost } of lines) {
    await context.store.update('sales-order-lines', id, { quantity, unitPrice, requestedDate, netAmount, unitCost })
  }
  await releaseSurplus(context, { order, lines })
  await reserveMissing(context, { order, lines })
  Object.assign(order, await foldSalesOrder(context, { order, lines }))
}

/** `erp.giveUpOpen` for sales orders: what is not delivered will not be, and nothing stays reserved for it. */
export async function giveUpSalesOrder(context: CommandContext, step: Step): Promise<void> {
  const order: SalesOrders = typed<'sales-orders'>(step.document)
  const lines = typedRows<'sales-order-lines'>(step.lines)
  for (const line of lines) {
    line.cancelledQuantity = Math.max(0, line.quantity - (line.deliveredQuantity ?? 0))
    await context.store.update('sales-order-lines', line.id, { cancelledQuantity: line.cancelledQuantity })
  }
  await releaseSurplus(context, { order, lines })
  Object.assign(order, await foldSalesOrder(context, { order, lines }))
}

function confirmedLine(line: SalesOrderLines, taxCodes: ReadonlyMap<string, TaxCodes>): ConfirmedLine {
  return {
    id: line.id, part: line.part, quantity: line.quantity, unitPrice: line.unitPrice ?? 0, discountPercent: line.discountPercent ?? 0,
    taxCode: line.taxCode ?? '', taxRate: taxCodes.get(line.taxCode ?? '')?.rate ?? 0,
    ...(line.requestedDate ? { requestedDate: line.requestedDate } : {}),
    reserved: line.reservedQuantity ?? 0, delivered: line.deliveredQuantity ?? 0,
    invoiced: (line.invoicedQuantity ?? 0) - (line.creditedQuantity ?? 0),
  }
}

function changesOf(row: ChangeRow | undefined): Partial<Pick<SalesOrderLines, (typeof changeable)[number]>> {
  return Object.fromEntries(changeable.flatMap((field) => ((row?.[field] ?? null) === null ? [] : [[field, row?.[field]]])))
}

const nothingLeft = { en: 'Nothing would be left of the order. Cancel it instead.', zh: '变更后订单将没有任何数量，请改为取消订单。' }
