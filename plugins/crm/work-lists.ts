import type { Where } from 'payload'
import { addDays } from '../core/engine/dates.ts'
import type { WorkList } from '../core/platform/plugin.ts'

const inState = (...states: readonly string[]): Where => ({ 'workflow.state': { in: [...states] } })
const both = ['salesRep', 'salesManager'] as const
const openOpportunity = inState('new', 'qualified', 'proposed', 'negotiating')
/** A quote that ends within so many days is worth a call. */
const soonDays = 3

/** Who must I call today, and what is stuck. */
export const crmWork: readonly WorkList[] = [
  {
    name: 'crm.callsOverdue', entity: 'activities', roles: both, event: 'complete', urgent: true,
    label: { en: 'Overdue follow-ups', zh: '逾期跟进' }, reason: { en: 'It was due before today.', zh: '计划日期已过。' },
    where: ({ today, userId }) => ({ and: [inState('open'), { owner: { equals: userId } }, { dueDate: { less_than: today } }] }),
  },
  {
    name: 'crm.callsToday', entity: 'activities', roles: both, event: 'complete',
    label: { en: 'To call today', zh: '今日跟进' }, reason: { en: 'It is due today.', zh: '计划今日完成。' },
    where: ({ today, userId }) => ({ and: [inState('open'), { owner: { equals: userId } }, { dueDate: { equals: today } }] }),
  },
  {
    name: 'crm.newLeads', entity: 'leads', roles: both, event: 'contact',
    label: { en: 'New leads', zh: '新线索' }, reason: { en: 'Nobody has been in touch yet.', zh: '尚未联系。' },
    where: ({ userId }) => ({ and: [inState('new'), { or: [{ owner: { equals: userId } }, { owner: { exists: false } }] }] }),
  },
  {
    name: 'crm.leadsToConvert', entity: 'leads', roles: both, event: 'convert',
    label: { en: 'Leads to convert', zh: '待转商机的线索' }, reason: { en: 'Qualified: make it an opportunity.', zh: '已确认有效，可转为商机。' },
    where: ({ userId }) => ({ and: [inState('qualified'), { owner: { equals: userId } }] }),
  },
  {
    name: 'crm.quotesToSend', entity: 'quotes', roles: both, event: 'send',
    label: { en: 'Quotes to send', zh: '待发送报价' }, reason: { en: 'The customer has not seen it yet.', zh: '尚未发送给客户。' },
    where: ({ userId }) => ({ and: [inState('draft'), { owner: { equals: userId } }] }),
  },
  {
    name: 'crm.quotesEnding', entity: 'quotes', roles: both, event: 'accept', urgent: true,
    label: { en: 'Quotes about to end', zh: '即将到期的报价' }, reason: { en: 'The validity ends within three days: call the customer.', zh: '有效期不足三天，请联系客户。' },
    where: ({ today, userId }) => ({ and: [inState('sent'), { owner: { equals: userId } }, { validUntil: { less_than_equal: addDays(today, soonDays) } }] }),
  },
  {
    name: 'crm.quotesExpired', entity: 'quotes', roles: both, event: 'revise',
    label: { en: 'Expired quotes', zh: '已过期报价' }, reason: { en: 'It expired without an answer: revise it, or give the opportunity up.', zh: '已过期未答复，请修订报价或结束商机。' },
    where: ({ userId }) => ({ and: [inState('expired'), { owner: { equals: userId } }] }),
  },
  {
    name: 'crm.atRisk', entity: 'opportunities', roles: ['salesRep'], event: 'plan', urgent: true,
    label: { en: 'Opportunities at risk', zh: '有流失风险的商机' }, reason: { en: 'Two weeks in one stage without a next step.', zh: '同一阶段停留两周且无跟进计划。' },
    where: ({ userId }) => ({ and: [openOpportunity, { atRisk: { equals: true } }, { owner: { equals: userId } }] }),
  },
  {
    name: 'crm.stuck', entity: 'opportunities', roles: ['salesManager'], event: 'plan', urgent: true,
    label: { en: 'Stuck opportunities', zh: '停滞商机' }, reason: { en: 'Two weeks in one stage without a next step.', zh: '同一阶段停留两周且无跟进计划。' },
    where: () => ({ and: [openOpportunity, { atRisk: { equals: true } }] }),
  },
  {
    name: 'crm.withoutNextStep', entity: 'opportunities', roles: both, event: 'plan',
    label: { en: 'Without a next step', zh: '无下一步计划' }, reason: { en: 'Nothing is planned. Plan the next step.', zh: '没有跟进计划，请安排下一步。' },
    where: ({ userId }) => ({ and: [openOpportunity, { owner: { equals: userId } }, { nextActivityDate: { exists: false } }] }),
  },
  {
    name: 'crm.closingPassed', entity: 'opportunities', roles: both,
    label: { en: 'Expected close has passed', zh: '预计成交日已过' }, reason: { en: 'Set a new date, or close it as won or lost.', zh: '请更新预计成交日，或确认赢单、输单。' },
    where: ({ today, userId }) => ({ and: [openOpportunity, { owner: { equals: userId } }, { closeDate: { less_than: today } }] }),
  },
]
