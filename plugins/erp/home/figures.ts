import type { Where } from 'payload'
import type { Figure } from '../../core/home/home-parts.ts'
import { addDays, daysBetween } from '../../core/engine/dates.ts'
import type { Store } from '../../core/data/store.ts'

/** A few sums on indexed columns each: cheap enough for every visit of the home page. `npm run verify` proves the same entry by entry. */

const stockEqualsBooks: Figure = {
  name: 'erp.stockEqualsBooks',
  label: { en: 'Stock equals books', zh: '账实相符' },
  meaning: {
    en: 'The value of all stock must equal the inventory account at every moment. A difference means that something was posted past the platform: run npm run verify, it names the entries.',
    zh: '库存台账金额必须随时等于“库存商品”科目余额。如有差额，说明有数据绕过系统入账，请运行 npm run verify 查明凭证。',
  },
  reads: ['stock-values.value', 'account-balances', 'ledger-accounts'],
  async load(store) {
    const [stock, books] = await Promise.all([stockValue(store), inventoryBalance(store)])
    const difference = stock - books
    return {
      tone: difference === 0 ? 'good' : 'bad',
      verdict: difference === 0 ? { en: 'Equal', zh: '相符' } : { en: 'They differ', zh: '不相符' },
      measure: { kind: 'money', value: difference === 0 ? stock : difference },
      sources: [
        { label: { en: 'Stock ledger', zh: '库存台账' }, kind: 'money', value: stock, entity: 'stock-values' },
        { label: { en: 'Inventory account', zh: '库存商品科目' }, kind: 'money', value: books, entity: 'account-balances' },
        { label: { en: 'Difference', zh: '差额' }, kind: 'money', value: difference },
      ],
    }
  },
}

const lateOrders: Figure = {
  name: 'erp.lateOrders',
  label: { en: 'Late orders', zh: '逾期订单' },
  meaning: {
    en: 'Confirmed sales orders whose promised date has passed and that are not delivered in full. Deliver, or agree a new date with the customer and change the order.',
    zh: '已确认、承诺交期已过但尚未全部发货的销售订单。请尽快发货，或与客户商定新交期并变更订单。',
  },
  reads: ['sales-orders'],
  async load(store, { today }) {
    const late: Where = { and: [{ 'workflow.state': { equals: 'confirmed' } }, { promisedDate: { less_than: today } }, { deliveryStatus: { not_equals: 'complete' } }] }
    const latePurchases: Where = { and: [{ 'workflow.state': { equals: 'approved' } }, { promisedDate: { less_than: today } }, { receiptStatus: { not_equals: 'complete' } }] }
    const [count, open, [oldest], purchases] = await Promise.all([
      store.count('sales-orders', late),
      store.count('sales-orders', { and: [{ 'workflow.state': { equals: 'confirmed' } }, { deliveryStatus: { not_equals: 'complete' } }] }),
      store.find('sales-orders', { where: late, sort: 'promisedDate', limit: 1 }),
      store.count('purchase-orders', latePurchases),
    ])
    const yesterdayOrBefore = `f=promisedDate:lte:${addDays(today, -1)}`
    return {
      tone: count === 0 ? 'good' : 'warning',
      verdict: count === 0 ? { en: 'None late', zh: '无逾期' } : { en: `${count} late`, zh: `${count} 张逾期` },
      measure: { kind: 'count', value: count },
      sources: [
        { label: { en: 'Late sales orders', zh: '逾期销售订单' }, kind: 'count', value: count, entity: 'sales-orders', query: `state=confirmed&${yesterdayOrBefore}&f=deliveryStatus:in:none,partial` },
        { label: { en: 'All open to deliver', zh: '全部待发订单' }, kind: 'count', value: open, entity: 'sales-orders', query: 'state=confirmed&f=deliveryStatus:in:none,partial' },
        ...(oldest?.promisedDate ? [{ label: { en: 'The latest is late by', zh: '最长逾期' }, kind: 'days' as const, value: daysBetween(oldest.promisedDate, today) }] : []),
        { label: { en: 'Late purchase orders', zh: '逾期采购订单' }, kind: 'count', value: purchases, entity: 'purchase-orders', query: `state=approved&${yesterdayOrBefore}&f=receiptStatus:in:none,partial` },
      ],
    }
  },
}

const blockedItems: Figure = {
  name: 'erp.blockedItems',
  label: { en: 'Blocked items', zh: '受阻事项' },
  meaning: {
    en: 'Work that stands still until a person decides: bills that match neither order nor receipt, stock on hold, and steps that the platform tried and could not do.',
    zh: '须人工处理才能继续的事项：与订单或收货不符的账单、冻结或待检的库存，以及系统多次尝试仍未完成的步骤。',
  },
  reads: ['supplier-bills', 'stock-balances'],
  async load(store) {
    const [bills, stock, dead] = await Promise.all([
      store.count('supplier-bills', { 'workflow.state': { equals: 'blocked' } }),
      store.count('stock-balances', { and: [{ stockStatus: { in: ['quarantine', 'blocked'] } }, { onHand: { greater_than: 0 } }] }),
      store.count('work-items', { status: { equals: 'dead' } }),
    ])
    const count = bills + stock + dead
    return {
      tone: count === 0 ? 'good' : dead > 0 ? 'bad' : 'warning',
      verdict: count === 0 ? { en: 'Nothing stands still', zh: '无受阻' } : { en: `${count} waiting for a decision`, zh: `${count} 项待处理` },
      measure: { kind: 'count', value: count },
      sources: [
        { label: { en: 'Blocked supplier bills', zh: '匹配差异的账单' }, kind: 'count', value: bills, entity: 'supplier-bills', query: 'state=blocked' },
        { label: { en: 'Stock on hold', zh: '冻结或待检库存' }, kind: 'count', value: stock, entity: 'stock-balances', query: 'f=stockStatus:in:quarantine,blocked' },
        { label: { en: 'Dead letters', zh: '失败事件' }, kind: 'count', value: dead, entity: 'work-items' },
      ],
    }
  },
}

export const erpFigures: readonly Figure[] = [stockEqualsBooks, lateOrders, blockedItems]

async function stockValue(store: Store): Promise<number> {
  const [sum] = await store.sum('stock-values', { fields: ['value'] })
  return Number(sum?.value ?? 0)
}

async function inventoryBalance(store: Store): Promise<number> {
  const accounts = await store.find('ledger-accounts', { where: { accountRole: { equals: 'inventory' } } })
  if (accounts.length === 0) return 0
  const [sum] = await store.sum('account-balances', { where: { account: { in: accounts.map(({ id }) => id) } }, fields: ['debit', 'credit'] })
  return Number(sum?.debit ?? 0) - Number(sum?.credit ?? 0)
}
