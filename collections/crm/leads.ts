import type { EntityDefinition } from '../../config/language/entity.ts'
import { email, integer, longText, option, phone, readOnly, relation, required, select, text } from '../../config/language/fields.ts'

export const leads = {
  slug: 'leads',
  system: 'crm',
  kind: 'document',
  label: { en: 'Lead', zh: '线索' },
  labels: { en: 'Leads', zh: '线索' },
  titleField: 'organisation',
  fields: [
    text('organisation', { en: 'Organisation', zh: '单位名称' }, { ...required, index: true }),
    text('personName', { en: 'Person', zh: '联系人' }),
    email('email', { en: 'Email', zh: '邮箱' }),
    phone('phone', { en: 'Phone', zh: '电话' }),
    text('country', { en: 'Country', zh: '国家' }, { maxLength: 2, help: { en: 'Two letters, for example DE.', zh: '两位国家代码，例如 CN。' } }),
    select('source', { en: 'Source', zh: '线索来源' }, {
      index: true,
      options: [
        option('website', { en: 'Website', zh: '官网' }),
        option('fair', { en: 'Trade fair', zh: '展会' }),
        option('referral', { en: 'Referral', zh: '转介绍' }),
        option('call', { en: 'Call', zh: '电话' }),
        option('advertising', { en: 'Advertising', zh: '广告' }),
        option('other', { en: 'Other', zh: '其他' }),
      ],
    }),
    integer('score', { en: 'Score', zh: '评分' }, { default: 0, min: 0, max: 100 }),
    longText('requirement', { en: 'Requirement', zh: '需求描述' }),
    relation('owner', { en: 'Owner', zh: '负责人' }, { to: 'users' }),
    relation('customer', { en: 'Customer', zh: '客户' }, { to: 'customers', ...readOnly }),
    relation('contact', { en: 'Contact', zh: '客户联系人' }, { to: 'contacts', ...readOnly }),
    relation('opportunity', { en: 'Opportunity', zh: '商机' }, { to: 'opportunities', ...readOnly }),
    longText('lossReason', { en: 'Why lost', zh: '流失原因' }, readOnly),
  ],
  numbering: { prefix: 'LD' },
  workflow: 'lead',
  listColumns: ['number', 'organisation', 'personName', 'source', 'score', 'owner'],
  searchFields: ['number', 'organisation', 'personName', 'email', 'phone'],
  defaultSort: '-number',
} satisfies EntityDefinition
