import { date, option, relation, select, text } from '../../config/language/fields.ts'
import type { WorkflowDefinition } from '../../config/language/workflow.ts'
import type { TrellisPlugin } from '../../plugins/core/platform/plugin.ts'

/** Tickets that are checked within two hours, may be sent back, and are assigned to someone. */
export const ticketWorkflow = {
  slug: 'ticket', version: 1, entity: 'tickets', label: { en: 'Ticket', zh: '工单' }, initial: 'draft',
  events: {
    submit: { label: { en: 'Submit', zh: '提交' }, primary: true },
    approve: { label: { en: 'Approve', zh: '批准' }, roles: ['salesManager'], primary: true },
    reject: { label: { en: 'Send back', zh: '退回' }, roles: ['salesManager'], tone: 'bad' },
    finish: { label: { en: 'Finish', zh: '完成' }, roles: ['salesManager', 'buyer'], primary: true },
  },
  states: {
    draft: { label: { en: 'Draft', zh: '草稿' }, editable: true, discardable: true, on: { submit: { target: 'review' } } },
    done: { label: { en: 'Done', zh: '完成' }, tone: 'good', type: 'final' },
    review: { label: { en: 'Review', zh: '审核中' }, tone: 'waiting', sla: { within: 'PT2H' }, on: { approve: { target: 'work', guards: [{ type: 'core.fieldRequired', params: { field: 'subject' } }] }, reject: { target: 'draft' } } },
    work: { label: { en: 'At work', zh: '办理中' }, tone: 'waiting', on: { finish: { target: 'done' } } },
  },
} satisfies WorkflowDefinition

export const tickets: TrellisPlugin = {
  slug: 'oms',
  entities: [{
    slug: 'tickets', system: 'oms', kind: 'document', titleField: 'subject', listColumns: ['subject', 'kind'], workflow: 'ticket', searchFields: ['subject'],
    label: { en: 'Ticket', zh: '工单' }, labels: { en: 'Tickets', zh: '工单' },
    fields: [
      text('subject', { en: 'Subject', zh: '主题' }), date('dueDate', { en: 'Due', zh: '到期' }),
      select('kind', { en: 'Kind', zh: '类别' }, { options: [option('fault', { en: 'Fault', zh: '故障' }), option('wish', { en: 'Wish', zh: '需求' })] }),
      relation('owner', { en: 'Owner', zh: '负责人' }, { to: 'users' }), relation('helper', { en: 'Helper', zh: '协办人' }, { to: 'users' }),
    ],
  }],
  workflows: [ticketWorkflow],
  work: [{
    name: 'tickets.late', entity: 'tickets', roles: ['buyer'], urgent: true, label: { en: 'Late tickets', zh: '逾期工单' }, reason: { en: 'Past its date.', zh: '已逾期。' },
    where: ({ today }) => ({ 'workflow.state': { equals: 'work' }, dueDate: { less_than: today } }), event: 'finish',
  }],
}
