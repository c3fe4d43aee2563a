import { compare, field, fieldRequired } from '../../config/language/references.ts'
import type { WorkflowDefinition } from '../../config/language/workflow.ts'

export const reorderProposal = {
  slug: 'reorder-proposal',
  version: 1,
  entity: 'reorder-proposals',
  label: { en: 'Reorder proposal', zh: '补货建议' },
  initial: 'proposed',
  events: {
    order: {
      label: { en: 'Make purchase order', zh: '转采购订单' }, past: 'ordered', primary: true, tone: 'good',
      roles: ['buyer'],
    },
    dismiss: {
      label: { en: 'Dismiss', zh: '忽略' }, past: 'dismissed', reason: 'required',
      roles: ['buyer'],
    },
    supersede: { label: { en: 'Replace by a newer one', zh: '被新建议替代' }, past: 'superseded', roles: ['system'] },
  },
  states: {
    proposed: {
      label: { en: 'Proposed', zh: '待处理' }, tone: 'waiting', editable: true,
      on: {
        order: {
          target: 'ordered',
          guards: [
            fieldRequired('supplier'),
            compare({
              left: field('quantity'), operator: '>', right: 0,
              refusal: { en: 'The quantity is zero. Enter how many to order.', zh: '数量为零，请填写订购数量。' },
            }),
          ],
          actions: [{ type: 'erp.createPurchaseOrder' }],
        },
        dismiss: { target: 'dismissed' },
        supersede: { target: 'superseded' },
      },
    },
    ordered: { label: { en: 'Ordered', zh: '已转采购' }, tone: 'good', type: 'final' },
    dismissed: { label: { en: 'Dismissed', zh: '已忽略' }, tone: 'neutral', type: 'final' },
    superseded: { label: { en: 'Superseded', zh: '已被替代' }, tone: 'neutral', type: 'final' },
  },
} satisfies WorkflowDefinition
