import { date, longText, money, relation, text } from '../../config/language/fields.ts'
import { applyInput, fieldRequired, reason, setField } from '../../config/language/references.ts'
import type { TransitionDefinition, WorkflowDefinition } from '../../config/language/workflow.ts'

const lose: TransitionDefinition = { target: 'lost', actions: [setField('lossReason', reason)] }
const convert: TransitionDefinition = { target: 'converted', guards: [{ type: 'crm.convertible' }], actions: [{ type: 'crm.convertLead' }] }

export const lead = {
  slug: 'lead',
  version: 1,
  entity: 'leads',
  label: { en: 'Lead', zh: '线索' },
  initial: 'new',
  events: {
    contact: {
      label: { en: 'Contacted', zh: '已联系' }, past: 'contacted', primary: true,
      roles: ['salesRep', 'salesManager'],
      input: [longText('requirement', { en: 'Requirement', zh: '需求描述' })],
    },
    qualify: {
      label: { en: 'Qualify', zh: '确认有效' }, past: 'qualified', primary: true, tone: 'good',
      roles: ['salesRep', 'salesManager'],
    },
    convert: {
      label: { en: 'Convert to opportunity', zh: '转为商机' }, past: 'converted', primary: true, tone: 'good',
      help: {
        en: 'Into a new opportunity, or one that exists. Without a customer, one is made from the lead.',
        zh: '可新建商机，也可并入已有商机。未选客户则按线索新建客户。',
      },
      roles: ['salesRep', 'salesManager'],
      input: [
        relation('opportunity', { en: 'Existing opportunity', zh: '已有商机' }, { to: 'opportunities' }),
        relation('customer', { en: 'Existing customer', zh: '已有客户' }, { to: 'customers' }),
        text('name', { en: 'Name of the opportunity', zh: '商机名称' }),
        money('amount', { en: 'Expected amount', zh: '预计金额' }, { min: 0 }),
        date('closeDate', { en: 'Expected close', zh: '预计成交日' }),
      ],
    },
    lose: {
      label: { en: 'Give up', zh: '放弃' }, past: 'lost', tone: 'bad', reason: 'required',
      roles: ['salesRep', 'salesManager'],
    },
    reopen: {
      label: { en: 'Take up again', zh: '重新跟进' }, past: 'reopened',
      roles: ['salesRep', 'salesManager'],
    },
  },
  states: {
    new: {
      label: { en: 'New', zh: '新线索' }, tone: 'waiting', editable: true, discardable: true,
      on: { contact: { target: 'contacted', actions: [applyInput('requirement')] }, lose },
    },
    contacted: {
      label: { en: 'Contacted', zh: '已联系' }, tone: 'waiting', editable: true,
      on: {
        qualify: { target: 'qualified', guards: [fieldRequired('requirement')] },
        lose,
      },
    },
    qualified: { label: { en: 'Qualified', zh: '有效线索' }, tone: 'good', editable: true, on: { convert, lose } },
    converted: { label: { en: 'Converted', zh: '已转商机' }, tone: 'good', type: 'final' },
    lost: {
      label: { en: 'Lost', zh: '已流失' }, tone: 'bad',
      on: { reopen: { target: 'contacted', actions: [setField('lossReason', null)] } },
    },
  },
} satisfies WorkflowDefinition
