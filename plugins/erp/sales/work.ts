import type { WorkList } from '../../core/platform/plugin.ts'
import { missingToDeliver } from '../home/missing-goods.ts'

const inState = (state: string) => ({ 'workflow.state': { equals: state } })
const notDelivered = { deliveryStatus: { not_equals: 'complete' } }

/** What waits for sales and the warehouse on the home page. */
export const salesWork: readonly WorkList[] = [
  {
    name: 'sales.late', entity: 'sales-orders', roles: ['salesRep', 'salesManager', 'storekeeper'], urgent: true, event: 'deliver', explain: missingToDeliver,
    label: { en: 'Late orders', zh: '逾期未发订单' },
    reason: { en: 'The promised date has passed and not all is delivered.', zh: '已过承诺交期，尚未全部发货。' },
    where: ({ today }) => ({ and: [inState('confirmed'), notDelivered, { promisedDate: { less_than: today } }] }),
  },
  {
    name: 'sales.review', entity: 'sales-orders', roles: ['salesManager'], event: 'approve',
    label: { en: 'Orders to approve', zh: '待审批订单' },
    reason: { en: 'Submitted for approval.', zh: '已提交审批。' },
    where: () => inState('review'),
  },
  {
    name: 'sales.drafts', entity: 'sales-orders', roles: ['salesRep'], event: 'submit',
    label: { en: 'My order drafts', zh: '我的订单草稿' },
    reason: { en: 'Not submitted yet.', zh: '尚未提交。' },
    where: ({ userId }) => ({ and: [inState('draft'), { owner: { equals: userId } }] }),
  },
  {
    name: 'sales.toDeliver', entity: 'sales-orders', roles: ['storekeeper'], event: 'deliver', explain: missingToDeliver,
    label: { en: 'Orders to deliver', zh: '待发货订单' },
    reason: { en: 'Confirmed and not delivered in full.', zh: '已确认，尚未全部发货。' },
    where: ({ today }) => ({ and: [inState('confirmed'), notDelivered, { or: [{ promisedDate: { greater_than_equal: today } }, { promisedDate: { exists: false } }] }] }),
  },
  {
    name: 'sales.deliveries', entity: 'deliveries', roles: ['storekeeper'], event: 'post',
    label: { en: 'Deliveries to post', zh: '待过账发货单' },
    reason: { en: 'Prepared, the goods issue is not posted.', zh: '已生成，尚未发货过账。' },
    where: () => inState('draft'),
  },
  {
    name: 'sales.underway', entity: 'deliveries', roles: ['salesRep'], event: 'confirm',
    label: { en: 'Deliveries under way', zh: '在途发货' },
    reason: { en: 'Shipped, the customer has not confirmed.', zh: '已发货，客户尚未签收。' },
    where: () => inState('posted'),
  },
  {
    name: 'sales.returns', entity: 'sales-returns', roles: ['storekeeper'], event: 'receive',
    label: { en: 'Returns to receive', zh: '待入库退货' },
    reason: { en: 'Expected from the customer.', zh: '等待客户退回。' },
    where: () => inState('draft'),
  },
]
