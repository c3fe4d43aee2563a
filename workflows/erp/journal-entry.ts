import { date } from '../../config/language/fields.ts'
import { assignNumber, hasLines } from '../../config/language/references.ts'
import type { WorkflowDefinition } from '../../config/language/workflow.ts'

/** Entries that documents book are made in `posted`; people write manual and opening ones. */
export const journalEntry = {
  slug: 'journal-entry',
  version: 1,
  entity: 'journal-entries',
  label: { en: 'Journal entry', zh: '会计凭证' },
  initial: 'draft',
  events: {
    post: {
      label: { en: 'Post', zh: '凭证过账' }, past: 'posted', primary: true, tone: 'good',
      roles: ['accountant', 'system'],
    },
    reverse: {
      label: { en: 'Reverse', zh: '冲销' }, past: 'reversed', tone: 'bad', reason: 'required',
      help: { en: 'Only manual and opening entries; what a document booked is reversed on the document.', zh: '仅限手工和期初凭证；单据生成的凭证请在原单据上冲销。' },
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
          guards: [hasLines, { type: 'erp.balanced' }, { type: 'erp.periodOpen', params: { field: 'entryDate' } }],
          actions: [assignNumber, { type: 'erp.postJournal' }],
        },
      },
    },
    posted: {
      label: { en: 'Posted', zh: '已过账' }, tone: 'good', resting: true,
      on: {
        reverse: {
          target: 'reversed',
          guards: [{ type: 'erp.manualEntry' }, { type: 'erp.periodOpen', params: { input: 'reversalDate' } }],
          actions: [{ type: 'erp.reverseJournal' }],
        },
      },
    },
    reversed: { label: { en: 'Reversed', zh: '已冲销' }, tone: 'bad', type: 'final' },
  },
} satisfies WorkflowDefinition
