import type { WorkflowDefinition } from '../../../config/language/workflow.ts'
import { createRegistry } from '../../../workflows/engine/registry.ts'

/** A registry and a definition that use every part of the language at least once. */
export const registry = createRegistry({
  guards: [
    {
      type: 'hasLines',
      label: { en: 'Has lines', zh: '有明细行' },
      facts: ['lineCount'],
      check: ({ facts }) => Number(facts.lineCount) > 0 || {
        code: 'order.no-lines',
        message: { en: 'The order has no lines. Add at least one.', zh: '订单没有明细行，请至少添加一行。' },
      },
    },
    {
      type: 'creditOk',
      label: { en: 'Within credit limit', zh: '信用额度内' },
      facts: ['creditLimit', 'openAmount'],
      check: ({ facts, document }) => Number(facts.openAmount) + Number(document.total) <= Number(facts.creditLimit) || {
        code: 'order.credit-exceeded',
        message: { en: 'Credit limit exceeded. Ask a sales manager to approve it.', zh: '超出信用额度，请由销售经理审批。' },
      },
    },
    {
      type: 'totalAtMost',
      label: { en: 'Total at most', zh: '金额不超过' },
      facts: [],
      params: [{ name: 'amount', type: 'money', label: { en: 'Amount', zh: '金额' }, required: true, min: 0 }],
      check: ({ document, params }) => Number(document.total) <= Number(params.amount) || {
        code: 'order.total-too-high',
        message: { en: 'The total is too high. Send it to review.', zh: '金额过大，请提交审核。' },
      },
    },
  ],
  actions: [
    { type: 'reserveStock', label: { en: 'Reserve stock', zh: '预留库存' } },
    { type: 'notify', label: { en: 'Notify', zh: '通知' }, params: [{ name: 'role', type: 'text', label: { en: 'Role', zh: '角色' }, required: true }] },
    { type: 'recordChange', label: { en: 'Record change', zh: '记录变更' } },
    { type: 'releaseReservation', label: { en: 'Release reservation', zh: '释放预留' } },
  ],
  delays: [{ type: 'reviewTime', label: { en: 'Time to review', zh: '审核时限' }, milliseconds: ({ document }) => Number(document.reviewHours) * 3_600_000 }],
  roles: [
    { slug: 'salesRep', label: { en: 'Sales representative', zh: '销售员' } },
    { slug: 'salesManager', label: { en: 'Sales manager', zh: '销售经理' } },
  ],
})

export const salesOrder = {
  slug: 'sales-order',
  version: 1,
  entity: 'sales-orders',
  label: { en: 'Sales order', zh: '销售订单' },
  initial: 'draft',
  events: {
    submit: { label: { en: 'Submit', zh: '提交' }, roles: ['salesRep', 'salesManager'], primary: true },
    approve: { label: { en: 'Approve', zh: '批准' }, roles: ['salesManager'], primary: true, tone: 'good' },
    reject: { label: { en: 'Reject', zh: '退回' }, roles: ['salesManager'], reason: 'required' },
    escalate: { label: { en: 'Escalate', zh: '升级处理' }, roles: ['system'] },
    expire: { label: { en: 'Expire', zh: '过期' }, roles: ['system'] },
    change: {
      label: { en: 'Change', zh: '变更' },
      help: { en: 'Change quantities after confirmation', zh: '确认后修改数量' },
      lineInput: [{ name: 'quantity', type: 'quantity', label: { en: 'Quantity', zh: '数量' }, required: true }],
    },
    close: { label: { en: 'Close', zh: '关闭' }, roles: ['system'] },
    cancel: { label: { en: 'Cancel', zh: '取消' }, reason: 'required', tone: 'bad' },
  },
  states: {
    draft: {
      label: { en: 'Draft', zh: '草稿' },
      editable: true,
      discardable: true,
      on: {
        submit: [
          { target: 'confirmed', guards: [{ type: 'hasLines' }, { type: 'creditOk' }, { type: 'totalAtMost', params: { amount: 100_000 } }], actions: [{ type: 'reserveStock' }, { type: 'notify', params: { role: 'warehouse' } }] },
          { target: 'review', guards: [{ type: 'hasLines' }] },
        ],
        cancel: { target: 'cancelled' },
      },
    },
    review: {
      label: { en: 'In review', zh: '审核中' },
      tone: 'waiting',
      after: { reviewTime: 'escalate', P7D: 'expire' },
      on: {
        approve: { target: 'confirmed', guards: [{ type: 'hasLines' }], actions: [{ type: 'reserveStock' }] },
        reject: { target: 'draft' },
        expire: { target: 'cancelled' },
        escalate: { actions: [{ type: 'notify', params: { role: 'salesManager' } }] },
        cancel: { target: 'cancelled' },
      },
    },
    confirmed: {
      label: { en: 'Confirmed', zh: '已确认' },
      tone: 'good',
      on: {
        change: { actions: [{ type: 'recordChange' }, { type: 'reserveStock' }] },
        close: { target: 'closed' },
        cancel: { target: 'cancelled', actions: [{ type: 'releaseReservation' }] },
      },
    },
    closed: { label: { en: 'Closed', zh: '已关闭' }, type: 'final' },
    cancelled: { label: { en: 'Cancelled', zh: '已取消' }, tone: 'bad', type: 'final' },
  },
} satisfies WorkflowDefinition
