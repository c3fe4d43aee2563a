import type { WorkList } from '../../core/platform/plugin.ts'
import { missingToReceive } from '../home/missing-goods.ts'

/** What waits for the buyer, and what the storekeeper expects. */
export const purchasingWork: readonly WorkList[] = [
  {
    name: 'erp.reorderProposals', entity: 'reorder-proposals', roles: ['buyer'], event: 'order',
    label: { en: 'Reorder proposals', zh: '补货建议' },
    reason: { en: 'Stock has come down to the reorder point.', zh: '库存已降至再订货点。' },
    where: () => ({ 'workflow.state': { equals: 'proposed' } }),
  },
  {
    name: 'erp.ordersToApprove', entity: 'purchase-orders', roles: ['buyer', 'owner'], event: 'approve',
    label: { en: 'Purchase orders to approve', zh: '待审批采购订单' },
    reason: { en: 'Submitted and not approved yet.', zh: '已提交待审批。' },
    where: () => ({ 'workflow.state': { equals: 'submitted' } }),
  },
  {
    name: 'erp.draftPurchaseOrders', entity: 'purchase-orders', roles: ['buyer'], event: 'submit',
    label: { en: 'Purchase orders in draft', zh: '采购订单草稿' },
    reason: { en: 'Not submitted yet.', zh: '尚未提交。' },
    where: () => ({ 'workflow.state': { equals: 'draft' } }),
  },
  {
    name: 'erp.latePurchaseOrders', entity: 'purchase-orders', roles: ['buyer'], urgent: true, event: 'receive', explain: missingToReceive,
    label: { en: 'Late purchase orders', zh: '逾期采购订单' },
    reason: { en: 'The promised date has passed and goods are missing.', zh: '已过承诺日期仍未到齐。' },
    where: ({ today }) => ({
      'workflow.state': { equals: 'approved' }, promisedDate: { less_than: today }, receiptStatus: { not_equals: 'complete' },
    }),
  },
  {
    name: 'erp.expectedGoods', entity: 'purchase-orders', roles: ['storekeeper'], event: 'receive', explain: missingToReceive,
    label: { en: 'Goods expected', zh: '待收货订单' },
    reason: { en: 'Promised until today.', zh: '承诺今日前到货。' },
    where: ({ today }) => ({
      'workflow.state': { equals: 'approved' }, promisedDate: { less_than_equal: today }, receiptStatus: { not_equals: 'complete' },
    }),
  },
  {
    name: 'erp.draftReceipts', entity: 'receipts', roles: ['storekeeper'], event: 'post',
    label: { en: 'Receipts to post', zh: '待入库收货单' },
    reason: { en: 'Goods arrived and are not in stock yet.', zh: '货已到尚未入库。' },
    where: () => ({ 'workflow.state': { equals: 'draft' } }),
  },
  {
    name: 'erp.openCounts', entity: 'stock-counts', roles: ['storekeeper'], event: 'post',
    label: { en: 'Counts in progress', zh: '盘点中' },
    reason: { en: 'Counted and not posted yet.', zh: '尚未过账。' },
    where: () => ({ 'workflow.state': { equals: 'draft' } }),
  },
]
