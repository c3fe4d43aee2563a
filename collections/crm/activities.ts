import type { EntityDefinition } from '../../config/language/entity.ts'
import { date, longText, readOnly, relation, required, select, text } from '../../config/language/fields.ts'
import { activityTypes } from '../../config/language/options.ts'
import { deliveryFollowUpText, noNextStepText } from '../core/standard-texts.ts'

export const activities = {
  slug: 'activities',
  system: 'crm',
  kind: 'document',
  label: { en: 'Activity', zh: '跟进记录' },
  labels: { en: 'Activities', zh: '跟进记录' },
  titleField: 'subject',
  fields: [
    select('activityType', { en: 'Type', zh: '跟进方式' }, { ...required, default: 'task', index: true, options: activityTypes }),
    text('subject', { en: 'Subject', zh: '主题' }, { ...required, standardTexts: [deliveryFollowUpText, noNextStepText] }),
    date('dueDate', { en: 'Due', zh: '计划日期' }, { index: true }),
    relation('owner', { en: 'Owner', zh: '负责人' }, { to: 'users' }),
    relation('customer', { en: 'Customer', zh: '客户' }, { to: 'customers' }),
    relation('contact', { en: 'Contact', zh: '联系人' }, { to: 'contacts' }),
    relation('lead', { en: 'Lead', zh: '线索' }, { to: 'leads' }),
    relation('opportunity', { en: 'Opportunity', zh: '商机' }, { to: 'opportunities' }),
    relation('quote', { en: 'Quote', zh: '报价单' }, { to: 'quotes' }),
    longText('description', { en: 'Description', zh: '内容' }),
    longText('outcome', { en: 'Outcome', zh: '跟进结果' }),
    date('doneDate', { en: 'Done on', zh: '完成日期' }, { ...readOnly, index: true }),
  ],
  workflow: 'activity',
  listColumns: ['dueDate', 'activityType', 'subject', 'customer', 'opportunity', 'owner', 'doneDate'],
  searchFields: ['subject'],
  defaultSort: 'dueDate',
} satisfies EntityDefinition
