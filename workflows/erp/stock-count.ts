import { hasLines } from '../../config/language/references.ts'
import type { WorkflowDefinition } from '../../config/language/workflow.ts'

export const stockCount = {
  slug: 'stock-count',
  version: 1,
  entity: 'stock-counts',
  label: { en: 'Stock count', zh: '盘点' },
  initial: 'draft',
  events: {
    post: {
      label: { en: 'Post count', zh: '盘点过账' }, past: 'posted', primary: true, tone: 'good',
      help: { en: 'Brings stock to the counted quantities and books the difference.', zh: '将库存调整为实盘数并登记差异。' },
      roles: ['accountant', 'storekeeper'],
    },
  },
  states: {
    draft: {
      label: { en: 'Counting', zh: '盘点中' }, tone: 'waiting', editable: true, discardable: true,
      on: {
        post: {
          target: 'posted',
          guards: [hasLines, { type: 'erp.countPostable' }, { type: 'erp.periodOpen', params: { field: 'countDate' } }],
          actions: [{ type: 'erp.postCount' }],
        },
      },
    },
    posted: { label: { en: 'Posted', zh: '已过账' }, tone: 'good', type: 'final' },
  },
} satisfies WorkflowDefinition
