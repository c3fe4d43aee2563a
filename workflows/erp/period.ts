import type { WorkflowDefinition } from '../../config/language/workflow.ts'

export const period = {
  slug: 'period',
  version: 1,
  entity: 'periods',
  label: { en: 'Period', zh: '会计期间' },
  initial: 'open',
  events: {
    close: {
      label: { en: 'Close period', zh: '结账' }, past: 'closed', primary: true, reason: 'optional',
      help: { en: 'Afterwards nothing is posted on its dates.', zh: '结账后不可再在该期间过账。' },
      roles: ['accountant'],
    },
    reopen: {
      label: { en: 'Open again', zh: '反结账' }, past: 'reopened', tone: 'warning', reason: 'required',
      roles: ['owner'],
    },
  },
  states: {
    open: {
      label: { en: 'Open', zh: '未结账' }, tone: 'good',
      on: { close: { target: 'closed', guards: [{ type: 'erp.periodOrder', params: { step: 'close' } }] } },
    },
    closed: {
      label: { en: 'Closed', zh: '已结账' }, tone: 'neutral', resting: true,
      on: { reopen: { target: 'open', guards: [{ type: 'erp.periodOrder', params: { step: 'reopen' } }] } },
    },
  },
} satisfies WorkflowDefinition
