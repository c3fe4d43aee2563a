import { emit, fieldRequired, hasLines, reason, setField } from '../../config/language/references.ts'
import type { Reference, TransitionDefinition, WorkflowDefinition } from '../../config/language/workflow.ts'
import { nothingOpen, pay, payEvent, reopenEvent, settleEvent, somethingOpen } from './settlement.ts'

const ready: readonly Reference[] = [
  hasLines,
  fieldRequired('supplierReference'),
  fieldRequired('billDate'),
  { type: 'erp.referenceNew' },
  { type: 'erp.periodOpen', params: { field: 'billDate' } },
]
const matches = (expect: boolean): Reference => ({ type: 'erp.threeWayMatch', params: { expect } })
const book: readonly Reference[] = [{ type: 'erp.postBill' }, emit('supplier-bills.posted')]
const matched: TransitionDefinition = {
  target: 'posted', guards: [...ready, matches(true)], actions: [setField('matchReasons', null), ...book],
}

/** A bill that does not match order and receipt waits in `blocked`, with its reasons, and is in no ledger. */
export const supplierBill = {
  slug: 'supplier-bill',
  version: 1,
  entity: 'supplier-bills',
  label: { en: 'Supplier bill', zh: '供应商账单' },
  initial: 'draft',
  events: {
    post: {
      label: { en: 'Match and post', zh: '匹配并过账' }, past: 'checked', primary: true, tone: 'good',
      help: { en: 'Compares with order and receipt; a difference blocks the bill.', zh: '与订单、收货三单匹配；有差异则冻结账单。' },
      roles: ['accountant'],
    },
    recheck: {
      label: { en: 'Match again', zh: '重新匹配' }, past: 'rechecked', primary: true,
      help: { en: 'After a receipt was posted or the order changed.', zh: '补收货或变更订单后重新匹配。' },
      roles: ['accountant', 'system'],
    },
    override: {
      label: { en: 'Post in spite of the difference', zh: '差异放行' }, past: 'overridden', tone: 'warning', reason: 'required',
      roles: ['accountant'],
    },
    sendBack: {
      label: { en: 'Correct', zh: '退回修改' }, past: 'sent-back', roles: ['accountant'],
    },
    pay: payEvent,
    settle: settleEvent,
    reopen: reopenEvent,
  },
  states: {
    draft: {
      label: { en: 'Draft', zh: '草稿' }, tone: 'neutral', editable: true, discardable: true,
      on: {
        post: [
          matched,
          {
            target: 'blocked',
            guards: [...ready, matches(false)],
            actions: [{ type: 'erp.recordMatch' }, emit('supplier-bills.blocked')],
          },
        ],
      },
    },
    blocked: {
      label: { en: 'Blocked', zh: '匹配差异' }, tone: 'bad',
      on: {
        recheck: matched,
        override: { target: 'posted', guards: [...ready], actions: [setField('overrideReason', reason), ...book] },
        sendBack: { target: 'draft' },
      },
    },
    posted: {
      label: { en: 'Open', zh: '未结清' }, tone: 'waiting',
      on: { pay, settle: { target: 'settled', guards: [nothingOpen] } },
    },
    settled: {
      label: { en: 'Settled', zh: '已结清' }, tone: 'good', resting: true,
      on: { reopen: { target: 'posted', guards: [somethingOpen] } },
    },
  },
} satisfies WorkflowDefinition
