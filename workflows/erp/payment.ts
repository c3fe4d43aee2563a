import { date, money, relation } from '../../config/language/fields.ts'
import { compare, exactlyOne, field, input } from '../../config/language/references.ts'
import type { WorkflowDefinition } from '../../config/language/workflow.ts'

export const payment = {
  slug: 'payment',
  version: 1,
  entity: 'payments',
  label: { en: 'Payment', zh: '收付款' },
  initial: 'draft',
  events: {
    post: {
      label: { en: 'Post payment', zh: '收付款过账' }, past: 'posted', primary: true, tone: 'good',
      help: { en: 'Books the money. What is not allocated stands as a prepayment.', zh: '登记资金，未核销部分记为预收/预付。' },
      roles: ['accountant'],
    },
    allocate: {
      label: { en: 'Allocate', zh: '核销' }, past: 'allocated', primary: true,
      roles: ['accountant', 'system'],
      input: [
        relation('invoice', { en: 'Invoice', zh: '销售发票' }, { to: 'invoices' }),
        relation('supplierBill', { en: 'Supplier bill', zh: '供应商账单' }, { to: 'supplier-bills' }),
        relation('creditNote', { en: 'Credit note', zh: '红字发票' }, { to: 'credit-notes' }),
        money('amount', { en: 'Amount', zh: '核销金额' }, { required: true, min: 0 }),
      ],
    },
    reverse: {
      label: { en: 'Reverse', zh: '冲销' }, past: 'reversed', tone: 'bad', reason: 'required',
      help: { en: 'Takes all allocations back and books the opposite entry.', zh: '撤销全部核销并登记反向凭证。' },
      roles: ['accountant'],
      input: [date('reversalDate', { en: 'Date', zh: '冲销日期' }, { default: 'today' })],
    },
  },
  states: {
    draft: {
      label: { en: 'Draft', zh: '草稿' }, tone: 'neutral', editable: true, discardable: true,
      on: {
        post: {
          target: 'posted',
          guards: [
            exactlyOne('customer', 'supplier'),
            compare({
              left: field('amount'), operator: '>', right: 0,
              refusal: { en: 'The amount is zero. Enter what was paid.', zh: '金额为零，请填写实际收付金额。' },
            }),
            { type: 'erp.allocationsValid' },
            { type: 'erp.periodOpen', params: { field: 'paymentDate' } },
          ],
          actions: [{ type: 'erp.postPayment' }],
        },
      },
    },
    posted: {
      label: { en: 'Posted', zh: '已过账' }, tone: 'good', resting: true,
      on: {
        allocate: {
          guards: [
            compare({
              left: field('unallocatedAmount'), operator: '>', right: 0,
              refusal: { en: 'The payment is allocated in full.', zh: '该款项已全部核销。' },
            }),
            compare({
              left: input('amount'), operator: '<=', right: field('unallocatedAmount'),
              refusal: { en: 'More than is left of the payment. Reduce the amount.', zh: '超过未核销金额，请减少。' },
            }),
            { type: 'erp.allocationsValid' },
          ],
          actions: [{ type: 'erp.allocatePayment' }],
        },
        reverse: {
          target: 'reversed',
          guards: [{ type: 'erp.periodOpen', params: { input: 'reversalDate' } }],
          actions: [{ type: 'erp.reversePayment' }],
        },
      },
    },
    reversed: { label: { en: 'Reversed', zh: '已冲销' }, tone: 'bad', type: 'final' },
  },
} satisfies WorkflowDefinition
