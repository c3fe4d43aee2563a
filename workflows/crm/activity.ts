import { longText } from '../../config/language/fields.ts'
import { applyInput, setField, today } from '../../config/language/references.ts'
import type { WorkflowDefinition } from '../../config/language/workflow.ts'

export const activity = {
  slug: 'activity',
  version: 1,
  entity: 'activities',
  label: { en: 'Activity', zh: '跟进记录' },
  initial: 'open',
  events: {
    complete: {
      label: { en: 'Done', zh: '完成' }, past: 'completed', primary: true, tone: 'good',
      roles: ['salesRep', 'salesManager'],
      input: [longText('outcome', { en: 'Outcome', zh: '跟进结果' })],
    },
    cancel: {
      label: { en: 'Drop', zh: '取消' }, past: 'cancelled', reason: 'optional',
      roles: ['salesRep', 'salesManager'],
    },
    reopen: {
      label: { en: 'Open again', zh: '重新打开' }, past: 'reopened',
      roles: ['salesRep', 'salesManager'],
    },
  },
  states: {
    open: {
      label: { en: 'Open', zh: '待办' }, tone: 'waiting', editable: true, discardable: true,
      on: {
        complete: { target: 'done', actions: [applyInput('outcome'), setField('doneDate', today)] },
        cancel: { target: 'cancelled' },
      },
    },
    done: {
      label: { en: 'Done', zh: '已完成' }, tone: 'good',
      on: { reopen: { target: 'open', actions: [setField('doneDate', null)] } },
    },
    cancelled: { label: { en: 'Dropped', zh: '已取消' }, tone: 'neutral', type: 'final' },
  },
} satisfies WorkflowDefinition
