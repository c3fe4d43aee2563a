import type { EntityDefinition } from '../../config/language/entity.ts'
import { date, required, text } from '../../config/language/fields.ts'

/** Nothing is posted on a date of a closed period; periods of a company never overlap. */
export const periods = {
  slug: 'periods',
  system: 'erp',
  kind: 'document',
  label: { en: 'Period', zh: '会计期间' },
  labels: { en: 'Periods', zh: '会计期间' },
  titleField: 'name',
  fields: [
    text('name', { en: 'Name', zh: '期间' }, { ...required, index: true, help: { en: 'For example 2026-01.', zh: '例如 2026-01。' } }),
    date('fromDate', { en: 'From', zh: '开始日期' }, { ...required, index: true }),
    date('toDate', { en: 'To', zh: '结束日期' }, { ...required, index: true }),
  ],
  workflow: 'period',
  listColumns: ['name', 'company', 'fromDate', 'toDate'],
  searchFields: ['name'],
  defaultSort: '-fromDate',
  indexes: [{ fields: ['company', 'name'], unique: true }],
} satisfies EntityDefinition
