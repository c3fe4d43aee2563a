import type { Parts, SalesOrderLines, SalesOrders } from '../../../config/generated/entities.ts'
import type { Text } from '../../../config/language/text.ts'
import { hiddenFields } from '../../core/access/can.ts'
import type { CommandContext } from '../../core/commands/context.ts'
import { formatDecimal, mulDiv, scales, sumExact } from '../../core/engine/decimal.ts'
import type { ConsequenceFigure, Consequences } from '../../core/platform/plugin.ts'
import { stateOf } from '../../core/workflow/pinned.ts'
import { loadExposures } from './credit.ts'
import { draftedLines } from './drafted-deliveries.ts'
import { invoicesOfOrders, keptNet } from './order-billing.ts'
import { openOf } from './reserve-order.ts'

/** What a change of a confirmed order does beyond its own fields: credit, deposit, shortages, and drafts that no longer fit. */
export const changeConsequences: Consequences = {
  entity: 'sales-orders', event: 'change',
  async measure(context, id) {
    const order = await context.store.require('sales-orders', id)
    const lines = await context.store.find('sales-order-lines', { where: { salesOrder: { equals: id } }, sort: 'position' })
    const parts = await context.store.byIds('parts', lines.map(({ part }) => part))
    const [credit, deposit, deliveries, invoices] = [
      await creditFigures(context, order), await depositFigures(context, order), await draftDeliveries(context, { lines, parts }), await draftInvoices(context, { order, lines }),
    ]
    return {
      figures: [...credit, ...deposit.figures, shortage({ lines, parts })],
      warnings: [...deposit.warnings, ...deliveries, ...invoices],
    }
  },
}

type Lines = { readonly lines: readonly SalesOrderLines[]; readonly parts: ReadonlyMap<string, Parts> }

async function creditFigures({ store, actor, entity }: CommandContext, { customer }: SalesOrders): Promise<ConsequenceFigure[]> {
  if (hiddenFields(actor, entity('customers')).has('creditLimit')) return []
  const limit = (await store.get('customers', customer))?.creditLimit ?? null
  if (limit === null) return []
  const used = (await loadExposures(store, [customer])).get(customer) ?? 0
  return [
    { name: 'credit.used', label: { en: 'Credit used', zh: '已用信用额度' }, kind: 'money', value: used },
    { name: 'credit.left', label: { en: 'Credit left', zh: '剩余信用额度' }, kind: 'money', value: limit - used },
  ]
}

/** The deposit that the payment term asks for, against what is paid. */
async function depositFigures({ store }: CommandContext, order: SalesOrders): Promise<{ readonly figures: ConsequenceFigure[]; readonly warnings: Text[] }> {
  const share = order.paymentTerm ? ((await store.get('payment-terms', order.paymentTerm))?.depositPercent ?? 0) : 0
  const asked = mulDiv(order.grandTotal ?? 0, share, wholePercent)
  const missing = Math.max(0, asked - (order.paidAmount ?? 0))
  return {
    figures: [
      { name: 'deposit.asked', label: { en: 'Deposit the term asks for', zh: '付款条件要求的订金' }, kind: 'money', value: asked },
      { name: 'deposit.missing', label: { en: 'Deposit not paid yet', zh: '未收订金' }, kind: 'money', value: missing },
    ],
    warnings: missing > 0 ? [depositMissing] : [],
  }
}

/** What is open and not reserved, by line. */
function shortage({ lines, parts }: Lines): ConsequenceFigure {
  const short = lines.flatMap((line) => {
    const part = parts.get(line.part)
    const missing = part?.stocked ? openOf(line) - (line.reservedQuantity ?? 0) : 0
    return missing > 0 ? [`${part?.partNumber ?? ''} ${formatDecimal(missing, scales.quantity)}`] : []
  })
  return {
    name: 'shortage', label: { en: 'Not in stock for it', zh: '缺货' }, kind: 'text',
    value: short.length > 0 ? { en: short.join(', '), zh: short.join('、') } : null,
  }
}

/** Delivery drafts that together ask for more than would be open. */
async function draftDeliveries(context: CommandContext, { lines, parts }: Lines): Promise<Text[]> {
  const drafted = await draftedLines(context, lines.map(({ id }) => id))
  const deliveries = await context.store.byIds('deliveries', drafted.map(({ delivery }) => delivery))
  return lines.flatMap((line) => {
    const rows = drafted.filter(({ salesOrderLine }) => salesOrderLine === line.id)
    const asked = sumExact(rows.map(({ quantity }) => quantity))
    if (asked <= openOf(line)) return []
    const numbers = [...new Set(rows.map(({ delivery }) => deliveries.get(delivery)?.number ?? ''))]
    return [tooMuchDrafted({ position: line.position, part: parts.get(line.part)?.partNumber ?? '', numbers, asked, open: openOf(line) })]
  })
}

/** Invoice drafts with other terms than the order would have, and deposits beyond what it would cost. */
async function draftInvoices({ store }: CommandContext, { order, lines }: { readonly order: SalesOrders; readonly lines: readonly SalesOrderLines[] }): Promise<Text[]> {
  const { invoices, lines: billed } = await invoicesOfOrders(store, [order.id])
  const drafts = new Set(invoices.filter((invoice) => stateOf(invoice) === 'draft').map(({ id }) => id))
  const isOld = billed.some((row) => {
    const line = lines.find(({ id }) => id === row.salesOrderLine)
    return line !== undefined && drafts.has(row.invoice) && row.unitPrice !== line.unitPrice
  })
  return [...(isOld ? [oldTerms] : []), ...(sumExact(billed.map(keptNet)) > (order.netTotal ?? 0) ? [billedBeyond] : [])]
}

const wholePercent = 100_000_000

const depositMissing: Text = {
  en: 'The deposit is not paid in full: deliveries wait for it. Request a deposit for the difference (once the order is invoiced: record a payment for this order), or change the payment term.',
  zh: '订金尚未收齐，发货将等待收款。请补开订金发票（订单已开票时，请直接登记该订单的收款），或更改付款条件。',
}
const oldTerms: Text = {
  en: 'An invoice draft has other prices than the order would have. Discard it afterwards and create it again.', zh: '有发票草稿的单价与变更后的订单不一致，变更后请删除该草稿并重新开票。',
}
const billedBeyond: Text = {
  en: 'Invoices and deposits, drafts included, come to more than the order would. Discard a draft or credit an invoice afterwards.',
  zh: '发票及订金（含草稿）合计将超过订单未税金额，变更后请删除草稿或红冲发票。',
}
function tooMuchDrafted({ position, part, numbers, asked, open }: {
  readonly position: number
  readonly part: string
  readonly numbers: readonly string[]
  readonly asked: number
  readonly open: number
}): Text {
  const [wants, left] = [asked, open].map((quantity) => formatDecimal(quantity, scales.quantity))
  return {
    en: `Delivery drafts ${numbers.join(', ')} ask for ${wants} of line ${position} (${part}), ${left} would be open. Lower or cancel a draft afterwards.`,
    zh: `发货单草稿 ${numbers.join('、')} 含第 ${position} 行（${part}）${wants}，变更后未发 ${left}。变更后请减少数量或取消草稿。`,
  }
}
