import type { Companies, PurchaseOrderLines } from '../../../config/generated/entities.ts'
import type { Refusal } from '../../../config/language/refusal.ts'
import type { GuardQuestion, GuardType } from '../../../workflows/engine/registry.ts'
import { currencyExponent } from '../../core/engine/currency.ts'
import { formatDecimal, sumExact } from '../../core/engine/decimal.ts'
import { calculateLine } from '../../core/engine/pricing.ts'
import type { ActionHandler } from '../../core/platform/plugin.ts'
import { changePurchaseOrder, giveUpPurchaseOrder } from '../purchasing/change-order.ts'
import { changeSalesOrder, checkSalesChange, giveUpSalesOrder } from '../sales/change-order.ts'
import type { ChangeRow } from '../sales/compare-change.ts'
import type { PartFacts } from '../stock/stock-facts.ts'

/** What sales and purchase orders have in common in name: each side does its own. */
export const orderActions: readonly ActionHandler[] = [
  {
    type: 'erp.changeOrder', label: { en: 'Change the order', zh: '变更订单' },
    run: (context, step) => (step.entity === 'purchase-orders' ? changePurchaseOrder(context, step) : changeSalesOrder(context, step)),
  },
  {
    type: 'erp.giveUpOpen', label: { en: 'Give up what is open', zh: '取消未完成数量' },
    run: (context, step) => (step.entity === 'purchase-orders' ? giveUpPurchaseOrder(context, step) : giveUpSalesOrder(context, step)),
  },
]

export const orderGuards: readonly GuardType[] = [{
  type: 'erp.changeAllowed',
  label: { en: 'The change is allowed', zh: '允许变更' },
  facts: ['core.lines', 'core.company', 'erp.parts'],
  check: (question) => ('supplier' in question.document ? checkPurchaseChange(question) : checkSalesChange(question)),
}]

/** Billed lines keep their price; an order that grows stays within the approval limit unless the owner changes it. */
function checkPurchaseChange({ facts, input, roles }: GuardQuestion): true | Refusal {
  if (!input) return true
  const lines = (facts['core.lines'] ?? []) as readonly PurchaseOrderLines[]
  const rows = (input.lines ?? []) as readonly ChangeRow[]
  const { currency, purchaseApprovalLimit } = facts['core.company'] as Companies
  const exponent = currencyExponent(currency)
  const changes = lines.map((line) => {
    const row = rows.find((candidate) => candidate.line === line.id)
    return { line, quantity: Number(row?.quantity ?? line.quantity), unitPrice: Number(row?.unitPrice ?? line.unitPrice ?? 0) }
  })
  const billed = changes.find(({ line, unitPrice }) => (line.billedQuantity ?? 0) > 0 && unitPrice !== (line.unitPrice ?? 0))
  if (billed) {
    const part = (facts['erp.parts'] as PartFacts).parts.get(billed.line.part)?.partNumber ?? ''
    return { code: 'change.priceBilled', path: `lines.${rows.findIndex((row) => row.line === billed.line.id)}.unitPrice`, message: priceBilled(billed.line.position, part) }
  }
  const net = (of: (change: (typeof changes)[number]) => { readonly quantity: number; readonly unitPrice: number }) =>
    sumExact(changes.map((change) => calculateLine({ ...of(change), discountPercent: change.line.discountPercent ?? 0, exponent }).amount))
  const after = net((change) => change)
  const before = net(({ line }) => ({ quantity: line.quantity, unitPrice: line.unitPrice ?? 0 }))
  if (after <= before || after <= purchaseApprovalLimit || roles.includes('owner')) return true
  return { code: 'change.overLimit', message: overLimit({ after, limit: purchaseApprovalLimit, exponent }) }
}

const priceBilled = (line: number, part: string) => ({
  en: `Line ${line} (${part}): part of it is billed at the old price. Keep the price, or order the rest on a new order.`,
  zh: `第 ${line} 行（${part}）：已按原价收票，不能改价。请保留单价，其余数量另下订单。`,
})

function overLimit({ after, limit, exponent }: { readonly after: number; readonly limit: number; readonly exponent: number }) {
  const [total, most] = [after, limit].map((amount) => formatDecimal(amount, exponent, { minDigits: exponent }))
  return {
    en: `The changed order comes to ${total} net, above the purchase approval limit of ${most}. Ask the owner to change it.`,
    zh: `变更后未税金额 ${total}，超过采购审批限额 ${most}，请由负责人变更。`,
  }
}
