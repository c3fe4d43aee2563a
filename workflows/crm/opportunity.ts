import { date, longText, required, select, text } from '../../config/language/fields.ts'
import { activityTypes, lossReasons } from '../../config/language/options.ts'
import {
  applyInput, compare, field, fieldRequired, input, setField, today,
} from '../../config/language/references.ts'
import type { Reference, TransitionDefinition, WorkflowDefinition } from '../../config/language/workflow.ts'

const calm = setField('atRisk', false)
/** Probabilities as stored: 10⁻⁶ of a percent. */
const probability = (percent: number): Reference => setField('probability', percent * 1_000_000)

const createQuote: TransitionDefinition = { actions: [{ type: 'crm.createQuote' }] }
const plan: TransitionDefinition = {
  actions: [
    { type: 'crm.createActivity', params: { activityType: input('activityType'), subject: input('subject'), dueDate: input('dueDate') } },
    setField('nextActivityDate', input('dueDate')), calm,
  ],
}
const lose: TransitionDefinition = { target: 'lost', actions: [applyInput('lossReason', 'lossNote'), probability(0), calm] }
const win: TransitionDefinition = { target: 'won', guards: [{ type: 'crm.quoteAccepted' }], actions: [probability(100), calm] }
const propose: TransitionDefinition = { target: 'proposed', actions: [probability(50), calm] }

const warn: readonly Reference[] = [
  setField('atRisk', true),
  {
    type: 'crm.createActivity',
    params: {
      activityType: 'task', dueDate: today,
      subject: { en: 'Opportunity without a next step: call the customer', zh: '商机无后续计划：请联系客户' },
    },
  },
]
const withoutPlan = compare({
  left: field('nextActivityDate'), operator: 'empty', refusal: { en: 'A next activity is planned.', zh: '已有跟进计划。' },
})
const planOverdue = compare({
  left: field('nextActivityDate'), operator: '<', right: today,
  refusal: { en: 'The next activity is not overdue.', zh: '跟进计划未逾期。' },
})
/** The last candidate has no guard: a timer that finds all well is no failure. */
const flagRisk: readonly TransitionDefinition[] = [
  { guards: [withoutPlan], actions: warn },
  { guards: [planOverdue], actions: warn },
  {},
]
const idle = { P14D: 'flagRisk' }

export const opportunity = {
  slug: 'opportunity',
  version: 2,
  entity: 'opportunities',
  label: { en: 'Opportunity', zh: '商机' },
  initial: 'new',
  events: {
    qualify: {
      label: { en: 'Qualify', zh: '确认有效' }, past: 'qualified', primary: true,
      roles: ['salesRep', 'salesManager'],
    },
    quote: {
      label: { en: 'Create quote', zh: '生成报价单' }, past: 'quote-requested', primary: true,
      roles: ['salesRep', 'salesManager'],
    },
    propose: {
      label: { en: 'Proposal made', zh: '已报价' }, past: 'proposed',
      help: { en: 'Happens by itself when a quote is sent.', zh: '发送报价单后自动进入。' },
      roles: ['salesRep', 'salesManager', 'system'],
    },
    negotiate: {
      label: { en: 'Negotiate', zh: '进入谈判' }, past: 'negotiated',
      roles: ['salesRep', 'salesManager'],
    },
    plan: {
      label: { en: 'Plan next step', zh: '安排跟进' }, past: 'planned',
      roles: ['salesRep', 'salesManager'],
      input: [
        select('activityType', { en: 'Type', zh: '跟进方式' }, { ...required, default: 'call', options: activityTypes }),
        text('subject', { en: 'Subject', zh: '主题' }, required),
        date('dueDate', { en: 'Due', zh: '计划日期' }, required),
      ],
    },
    win: {
      label: { en: 'Won', zh: '赢单' }, past: 'won', tone: 'good',
      help: { en: 'Happens by itself when a quote is accepted.', zh: '报价被接受后自动赢单。' },
      roles: ['salesRep', 'salesManager', 'system'],
    },
    lose: {
      label: { en: 'Lost', zh: '输单' }, past: 'lost', tone: 'bad',
      roles: ['salesRep', 'salesManager'],
      input: [
        select('lossReason', { en: 'Why lost', zh: '输单原因' }, { ...required, options: lossReasons }),
        longText('lossNote', { en: 'How it was lost', zh: '输单说明' }),
      ],
    },
    reopen: {
      label: { en: 'Reopen', zh: '重新激活' }, past: 'reopened', reason: 'required',
      roles: ['salesManager'],
    },
    flagRisk: { label: { en: 'Flag as at risk', zh: '标记流失风险' }, past: 'flagged', roles: ['system'] },
  },
  states: {
    new: {
      label: { en: 'New', zh: '新商机' }, tone: 'waiting', editable: true, discardable: true, after: idle,
      on: {
        qualify: {
          target: 'qualified',
          guards: [fieldRequired('requirement'), fieldRequired('amount')],
          actions: [probability(25), calm],
        },
        propose, plan, lose, flagRisk,
      },
    },
    qualified: {
      label: { en: 'Qualified', zh: '已确认' }, tone: 'waiting', editable: true, after: idle,
      on: { quote: createQuote, propose, plan, win, lose, flagRisk },
    },
    proposed: {
      label: { en: 'Proposed', zh: '已报价' }, tone: 'waiting', editable: true, after: idle,
      on: { quote: createQuote, negotiate: { target: 'negotiating', actions: [probability(75), calm] }, plan, win, lose, flagRisk },
    },
    negotiating: {
      label: { en: 'Negotiating', zh: '谈判中' }, tone: 'waiting', editable: true, after: idle,
      on: { quote: createQuote, plan, win, lose, flagRisk },
    },
    won: { label: { en: 'Won', zh: '已赢单' }, tone: 'good', type: 'final' },
    lost: {
      label: { en: 'Lost', zh: '已输单' }, tone: 'bad',
      on: { reopen: { target: 'qualified', actions: [setField('lossReason', null), setField('lossNote', null), probability(25)] } },
    },
  },
} satisfies WorkflowDefinition
