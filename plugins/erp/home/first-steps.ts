import type { FirstStep } from '../../core/home/home-parts.ts'

export const erpFirstSteps: readonly FirstStep[] = [
  {
    name: 'erp.openingStock', entity: 'stock-entries', at: '/admin/collections/stock-counts/create',
    label: { en: 'Count the opening stock', zh: '录入期初库存' },
    help: { en: 'One count a warehouse. Posting it brings quantities and value into stock and books together.', zh: '每个仓库录一张盘点单，过账后数量与金额同时进入库存和账簿。' },
  },
  {
    name: 'erp.firstCustomer', entity: 'customers',
    label: { en: 'Enter a customer', zh: '新建客户' },
    help: { en: 'Name, payment term and credit limit; the rest can wait.', zh: '先填名称、付款条件和信用额度，其余可后补。' },
  },
  {
    name: 'erp.firstOrder', entity: 'sales-orders', at: '/admin/collections/sales-orders/create',
    label: { en: 'Write the first order', zh: '录入第一张销售订单' },
    help: { en: 'From here on each step offers the next one: confirm, deliver, invoice, collect.', zh: '此后系统会逐步提示：确认、发货、开票、收款。' },
  },
]
