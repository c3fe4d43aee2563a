import { compare, field, fieldRequired, hasLines, offerTo, reason, setDefault, setField, today } from '../../config/language/references.ts'
import type { TransitionDefinition, WorkflowDefinition } from '../../config/language/workflow.ts'

const revise: TransitionDefinition = { target: 'superseded', actions: [{ type: 'crm.reviseQuote' }] }

/** A sent quote never changes: a revision is the next version, and this one is superseded. */
export const quote = {
  slug: 'quote',
  version: 1,
  entity: 'quotes',
  label: { en: 'Quote', zh: '报价单' },
  initial: 'draft',
  events: {
    send: {
      label: { en: 'Send to customer', zh: '发送客户' }, past: 'sent', primary: true,
      roles: ['salesRep', 'salesManager'],
    },
    accept: {
      label: { en: 'Customer accepted', zh: '客户接受' }, past: 'accepted', primary: true, tone: 'good',
      help: { en: 'Drafts the sales order and wins the opportunity.', zh: '生成销售订单草稿，商机赢单。' },
      roles: ['salesRep', 'salesManager'],
    },
    reject: {
      label: { en: 'Customer rejected', zh: '客户拒绝' }, past: 'rejected', tone: 'bad', reason: 'required',
      roles: ['salesRep', 'salesManager'],
    },
    revise: {
      label: { en: 'Revise', zh: '修订报价' }, past: 'revised',
      help: { en: 'Copies the quote into its next version.', zh: '复制为下一版报价。' },
      roles: ['salesRep', 'salesManager'],
    },
    expire: { label: { en: 'Expire', zh: '过期' }, past: 'expired', roles: ['system'] },
  },
  states: {
    draft: {
      label: { en: 'Draft', zh: '草稿' }, tone: 'neutral', editable: true, discardable: true,
      on: {
        send: {
          target: 'sent',
          guards: [
            hasLines,
            fieldRequired('validUntil'),
            compare({
              left: field('validUntil'), operator: '>=', right: today,
              refusal: { en: 'The validity has passed. Set a later date.', zh: '有效期已过，请改为更晚的日期。' },
            }),
            { type: 'crm.partsQuotable' },
          ],
          actions: [setDefault('quoteDate', today), offerTo('opportunity', 'propose')],
        },
      },
    },
    sent: {
      label: { en: 'Sent', zh: '已发送' }, tone: 'waiting', after: { 'crm.quoteValidity': 'expire' },
      on: {
        accept: {
          target: 'accepted',
          guards: [compare({
            left: field('validUntil'), operator: '>=', right: today,
            refusal: { en: 'The quote is no longer valid. Revise it with a new date.', zh: '报价已过有效期，请修订并更新有效期。' },
          })],
          actions: [offerTo('opportunity', 'win')],
        },
        reject: { target: 'rejected', actions: [setField('rejectionReason', reason)] },
        revise,
        expire: { target: 'expired' },
      },
    },
    accepted: { label: { en: 'Accepted', zh: '已接受' }, tone: 'good', type: 'final' },
    rejected: { label: { en: 'Rejected', zh: '已拒绝' }, tone: 'bad', on: { revise } },
    expired: { label: { en: 'Expired', zh: '已过期' }, tone: 'warning', on: { revise } },
    superseded: { label: { en: 'Superseded', zh: '已被替代' }, tone: 'neutral', type: 'final' },
  },
} satisfies WorkflowDefinition
