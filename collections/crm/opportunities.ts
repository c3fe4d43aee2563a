import type { EntityDefinition } from '../../config/language/entity.ts'
import { boolean, date, longText, money, percent, readOnly, relation, required, select, text } from '../../config/language/fields.ts'
import { lossReasons } from '../../config/language/options.ts'

export const opportunities = {
  slug: 'opportunities',
  system: 'crm',
  kind: 'document',
  label: { en: 'Opportunity', zh: '商机' },
  labels: { en: 'Opportunities', zh: '商机' },
  titleField: 'name',
  fields: [
    text('name', { en: 'Name', zh: '商机名称' }, { ...required, index: true }),
    relation('customer', { en: 'Customer', zh: '客户' }, { to: 'customers', ...required }),
    relation('contact', { en: 'Contact', zh: '联系人' }, { to: 'contacts' }),
    relation('owner', { en: 'Owner', zh: '负责人' }, { to: 'users' }),
    relation('lead', { en: 'Lead', zh: '来源线索' }, { to: 'leads', ...readOnly }),
    longText('requirement', { en: 'Requirement', zh: '需求描述' }),
    money('amount', { en: 'Expected amount', zh: '预计金额' }, { min: 0 }),
    percent('probability', { en: 'Probability', zh: '赢单概率' }, { default: '10', min: 0, max: 100 }),
    date('closeDate', { en: 'Expected close', zh: '预计成交日' }, { index: true }),
    date('nextActivityDate', { en: 'Next activity', zh: '下次跟进' }, { index: true }),
    boolean('atRisk', { en: 'At risk', zh: '有流失风险' }, { ...readOnly, default: false, index: true }),
    select('lossReason', { en: 'Why lost', zh: '输单原因' }, { ...readOnly, options: lossReasons }),
    longText('lossNote', { en: 'How it was lost', zh: '输单说明' }, readOnly),
  ],
  numbering: { prefix: 'OP' },
  workflow: 'opportunity',
  mintsTrace: true,
  listColumns: ['number', 'name', 'customer', 'amount', 'probability', 'closeDate', 'nextActivityDate', 'owner'],
  searchFields: ['number', 'name'],
  defaultSort: 'closeDate',
} satisfies EntityDefinition
