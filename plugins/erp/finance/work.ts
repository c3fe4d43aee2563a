import type { Text } from '../../../config/language/text.ts'
import type { WorkList } from '../../core/platform/plugin.ts'

const roles = ['accountant']

/** What the match of a blocked bill found; the findings stand on the bill. */
const matchFindings: WorkList['explain'] = (_, bills) => Promise.resolve(new Map(bills.flatMap(({ id, matchReasons }) => {
  const [first, ...more] = Array.isArray(matchReasons) ? (matchReasons as readonly { readonly message?: Text }[]).flatMap(({ message }) => message ?? []) : []
  if (!first) return []
  return [[id, more.length === 0 ? first : { en: `${first.en} (${more.length} more)`, zh: `${first.zh}（另有 ${more.length} 项）` }] as const]
})))

/** What waits for the accountant. */
export const accountantWork: readonly WorkList[] = [
  {
    name: 'erp.blockedBills', entity: 'supplier-bills', roles, event: 'override', urgent: true, explain: matchFindings,
    label: { en: 'Blocked supplier bills', zh: '匹配差异的账单' },
    reason: { en: 'The bill differs from order or receipt.', zh: '账单与订单或收货不一致。' },
    where: () => ({ 'workflow.state': { equals: 'blocked' } }),
  },
  {
    name: 'erp.draftInvoices', entity: 'invoices', roles, event: 'post',
    label: { en: 'Invoices to post', zh: '待过账发票' },
    reason: { en: 'Drafted and not posted yet.', zh: '草稿尚未过账。' },
    where: () => ({ 'workflow.state': { equals: 'draft' } }),
  },
  {
    name: 'erp.draftBills', entity: 'supplier-bills', roles, event: 'post',
    label: { en: 'Bills to match and post', zh: '待匹配账单' },
    reason: { en: 'Entered and not posted yet.', zh: '已登记尚未过账。' },
    where: () => ({ 'workflow.state': { equals: 'draft' } }),
  },
  {
    name: 'erp.overdueInvoices', entity: 'invoices', roles, urgent: true, event: 'pay',
    label: { en: 'Overdue receivables', zh: '逾期应收' },
    reason: { en: 'Due and not paid in full.', zh: '已到期尚未收齐。' },
    where: ({ today }) => ({ 'workflow.state': { equals: 'posted' }, dueDate: { less_than: today } }),
  },
  {
    name: 'erp.openCredits', entity: 'credit-notes', roles, event: 'apply',
    label: { en: 'Open customer credits', zh: '未用客户贷项' },
    reason: { en: 'The credit is not refunded and not applied to an invoice.', zh: '红字发票余额尚未退款，也未抵扣发票。' },
    where: () => ({ 'workflow.state': { equals: 'posted' }, openAmount: { greater_than: 0 } }),
  },
  {
    name: 'erp.draftCredits', entity: 'credit-notes', roles, event: 'post',
    label: { en: 'Credit notes to post', zh: '待过账红字发票' },
    reason: { en: 'Drafted and not posted yet.', zh: '草稿尚未过账。' },
    where: () => ({ 'workflow.state': { equals: 'draft' } }),
  },
  {
    name: 'erp.dueBills', entity: 'supplier-bills', roles, event: 'pay',
    label: { en: 'Bills to pay', zh: '到期应付' },
    reason: { en: 'Due and not paid in full.', zh: '已到期尚未付清。' },
    where: ({ today }) => ({ 'workflow.state': { equals: 'posted' }, dueDate: { less_than_equal: today } }),
  },
  {
    name: 'erp.unallocatedPayments', entity: 'payments', roles, event: 'allocate',
    label: { en: 'Payments not allocated', zh: '未核销款项' },
    reason: { en: 'Part of the money is not allocated.', zh: '部分款项未核销。' },
    where: () => ({ 'workflow.state': { equals: 'posted' }, unallocatedAmount: { greater_than: 0 } }),
  },
]
