import { money, relation, text } from '../../config/language/fields.ts'
import type { WorkflowDefinition } from '../../config/language/workflow.ts'
import type { TrellisPlugin } from '../../plugins/core/platform/plugin.ts'

/** What a clerk asks money for: approved by the line manager, by the owner of each line's cost, by finance from 10,000 on, and by a vote from 50,000 on. */
export const requestWorkflow = {
  slug: 'request', version: 1, entity: 'requests', label: { en: 'Request', zh: '申请' }, initial: 'draft',
  events: {
    submit: { label: { en: 'Submit', zh: '提交' }, past: 'submitted', primary: true },
    approve: { label: { en: 'Approve', zh: '批准' }, past: 'approved', roles: ['system'] },
    reject: { label: { en: 'Reject', zh: '驳回' }, past: 'rejected', roles: ['system'], reason: 'required' },
    sendBack: { label: { en: 'Send back', zh: '退回' }, past: 'returned', roles: ['system'] },
    reopen: { label: { en: 'Ask again', zh: '重新审批' }, past: 'reopened', roles: ['system'] },
    cancel: { label: { en: 'Cancel', zh: '取消' }, past: 'cancelled' },
  },
  states: {
    draft: { label: { en: 'Draft', zh: '草稿' }, editable: true, discardable: true, on: { submit: { target: 'review' } } },
    review: {
      label: { en: 'In approval', zh: '审批中' }, tone: 'waiting', editable: true,
      on: { approve: { target: 'granted' }, reject: { target: 'refused' }, sendBack: { target: 'draft' }, cancel: { target: 'refused' } },
      approval: {
        approved: 'approve', rejected: 'reject', returned: 'sendBack', reopened: 'reopen', watch: ['amount', 'purpose', 'lines.cost'],
        steps: [
          { name: 'manager', label: { en: 'Line manager', zh: '直属上级' }, approvers: [{ managerOf: 'submitter' }], remind: 'P1D', escalate: { after: 'P2D', to: 'owner' }, calendar: 'firm' },
          { name: 'costs', label: { en: 'Cost owners', zh: '费用负责人' }, approvers: [{ lineOwner: 'costOwner' }], mode: 'all', when: { expression: 'purpose != "small"' }, returnTo: ['manager'] },
          { name: 'finance', label: { en: 'Finance', zh: '财务' }, approvers: [{ role: 'accountant' }], when: { field: 'amount', from: '10000' }, returnTo: ['manager', 'costs'] },
          { name: 'board', label: { en: 'Board', zh: '董事会' }, approvers: [{ role: 'accountant' }], mode: 'vote', ratio: 60, when: { field: 'amount', from: '50000' }, returnTo: ['costs'] },
        ],
      },
    },
    granted: { label: { en: 'Granted', zh: '已批准' }, tone: 'good', editable: true, resting: true, on: { reopen: { target: 'review' } } },
    refused: { label: { en: 'Refused', zh: '已驳回' }, tone: 'bad', type: 'final' },
  },
} satisfies WorkflowDefinition

/** What sales managers approve twice at once and once more a day later, and is asked anew when it takes too long. */
const claimWorkflow = {
  slug: 'claim', version: 1, entity: 'claims', label: { en: 'Claim', zh: '报销' }, initial: 'draft',
  events: {
    submit: { label: { en: 'Submit', zh: '提交' }, past: 'submitted', primary: true },
    pass: { label: { en: 'Pass', zh: '通过' }, past: 'passed', roles: ['system'] },
    reject: { label: { en: 'Reject', zh: '驳回' }, past: 'rejected', roles: ['system'], reason: 'required' },
    raise: { label: { en: 'Raise', zh: '催办' }, past: 'raised', roles: ['system'] },
  },
  states: {
    draft: { label: { en: 'Draft', zh: '草稿' }, editable: true, discardable: true, on: { submit: { target: 'first' } } },
    first: {
      label: { en: 'First approval', zh: '初审' }, tone: 'waiting', on: { pass: { target: 'second' }, reject: { target: 'refused' }, raise: { target: 'first' } }, sla: { within: 'P1D', event: 'raise' },
      approval: { approved: 'pass', rejected: 'reject', steps: [{ name: 'sales', label: { en: 'Sales', zh: '销售' }, approvers: [{ role: 'salesManager' }] }] },
    },
    second: {
      label: { en: 'Second approval', zh: '复审' }, tone: 'waiting', on: { pass: { target: 'rest' }, reject: { target: 'refused' } },
      approval: { approved: 'pass', rejected: 'reject', steps: [{ name: 'sales', label: { en: 'Sales', zh: '销售' }, approvers: [{ role: 'salesManager' }] }] },
    },
    rest: { label: { en: 'Resting', zh: '待复核' }, tone: 'waiting', on: { raise: { target: 'third' } }, sla: { within: 'P1D', event: 'raise' } },
    third: {
      label: { en: 'Third approval', zh: '终审' }, tone: 'waiting', on: { pass: { target: 'paid' }, reject: { target: 'refused' } },
      approval: { approved: 'pass', rejected: 'reject', steps: [{ name: 'sales', label: { en: 'Sales', zh: '销售' }, approvers: [{ role: 'salesManager' }] }] },
    },
    paid: { label: { en: 'Paid', zh: '已付' }, tone: 'good', type: 'final' },
    refused: { label: { en: 'Refused', zh: '已驳回' }, tone: 'bad', type: 'final' },
  },
} satisfies WorkflowDefinition

const requestLines = { en: 'Request lines', zh: '申请明细' }

export const requests: TrellisPlugin = {
  slug: 'oms',
  entities: [
    {
      slug: 'requests', system: 'oms', kind: 'document', titleField: 'number', listColumns: ['number', 'purpose', 'amount'], numbering: { prefix: 'REQ' }, workflow: 'request',
      label: { en: 'Request', zh: '申请' }, labels: { en: 'Requests', zh: '申请' }, lines: { entity: 'request-lines', parentField: 'request', label: requestLines },
      fields: [text('purpose', { en: 'Purpose', zh: '用途' }), money('amount', { en: 'Amount', zh: '金额' }), text('note', { en: 'Note', zh: '备注' })],
    },
    {
      slug: 'request-lines', system: 'oms', kind: 'line', titleField: 'what', listColumns: ['what', 'cost'], label: requestLines, labels: requestLines, parent: { entity: 'requests', field: 'request' },
      fields: [
        relation('request', { en: 'Request', zh: '申请' }, { to: 'requests' }), text('what', { en: 'What', zh: '内容' }), money('cost', { en: 'Cost', zh: '费用' }),
        relation('costOwner', { en: 'Cost owner', zh: '费用负责人' }, { to: 'users' }),
      ],
    },
    {
      slug: 'claims', system: 'oms', kind: 'document', titleField: 'number', listColumns: ['number', 'purpose'], numbering: { prefix: 'CL' }, workflow: 'claim',
      label: { en: 'Claim', zh: '报销' }, labels: { en: 'Claims', zh: '报销' }, fields: [text('purpose', { en: 'Purpose', zh: '用途' })],
    },
  ],
  workflows: [requestWorkflow, claimWorkflow],
  work: [{
    name: 'oms.requestsInReview', entity: 'requests', roles: ['sees', 'owner'], label: { en: 'Requests in review', zh: '审批中的申请' }, reason: { en: 'Submitted.', zh: '已提交。' },
    where: () => ({ 'workflow.state': { equals: 'review' } }),
  }],
}
