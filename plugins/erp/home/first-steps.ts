import type { FirstStep } from '../../core/home/home-parts.ts'

export const erpFirstSteps: readonly FirstStep[] = [
  {
    name: 'erp.firstCustomer', entity: 'customers',
    label: { en: 'Enter a customer', zh: '新建客户' },
    help: { en: 'Name, payment term and credit limit; the rest can wait.', zh: '先填名称、付款条件和信用额度，其余可后补。' },
  },
  {
    name: 'erp.firstSupplier', entity: 'suppliers',
    label: { en: 'Enter a supplier', zh: '新建供应商' },
    help: { en: 'With the parts it delivers and their prices, reordering knows where to buy.', zh: '维护其供货物料和价格后，补货建议即知向谁采购。' },
  },
  {
    name: 'erp.openingStock', entity: 'stock-entries', at: '/admin/collections/stock-counts/create?countKind=opening',
    label: { en: 'Count the opening stock', zh: '录入期初库存' },
    help: { en: 'One count a warehouse. Posting it brings quantities and value into stock and books together.', zh: '每个仓库录一张盘点单，过账后数量与金额同时进入库存和账簿。' },
  },
  {
    name: 'erp.openingBalances', entity: 'journal-entries', at: '/admin/collections/journal-entries/create?journalKind=opening',
    where: { and: [{ journalKind: { equals: 'opening' } }, { sourceEntity: { exists: false } }] },
    label: { en: 'Enter the opening balances', zh: '录入期初余额' },
    help: {
      en: 'Bank, capital and the rest in one journal entry. What customers owe and suppliers get: an invoice or bill of the kind “opening” each.',
      zh: '银行存款、实收资本等录一张期初凭证；客户欠款和应付供应商款分别录类型为“期初”的发票和账单。',
    },
  },
  {
    name: 'erp.firstOrder', entity: 'sales-orders', at: '/admin/collections/sales-orders/create',
    label: { en: 'Write the first order', zh: '录入第一张销售订单' },
    help: { en: 'From here on each step offers the next one: confirm, deliver, invoice, collect.', zh: '此后系统会逐步提示：确认、发货、开票、收款。' },
  },
]
