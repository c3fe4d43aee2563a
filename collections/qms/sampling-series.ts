import type { EntityDefinition } from '../../config/language/entity.ts'
import { integer, json, readOnly, relation, required, text } from '../../config/language/fields.ts'

const figure = { ...readOnly, default: 0, min: 0 } as const

/** The lots of one plan and source, one after the other: how strictly the next one is inspected is where its life stands. */
export const samplingSeries = {
  slug: 'sampling-series',
  system: 'qms',
  kind: 'document',
  label: { en: 'Sampling series', zh: '抽样系列' },
  labels: { en: 'Sampling series', zh: '抽样系列' },
  help: { en: 'Kept by itself: normal, tightened, reduced or discontinued, by the lots before.', zh: '由系统维护：按历史批次自动转移正常、加严、放宽或暂停检验。' },
  titleField: 'number',
  fields: [
    relation('plan', { en: 'Plan', zh: '检验方案' }, { to: 'inspection-plans', ...required }),
    relation('supplier', { en: 'Supplier', zh: '供应商' }, { to: 'suppliers' }),
    text('source', { en: 'Key', zh: '标识' }, { ...readOnly, unique: true, advanced: true }),
    integer('lots', { en: 'Lots', zh: '批数' }, figure),
    integer('score', { en: 'Switching score', zh: '转移得分' }, figure),
    integer('acceptedInRow', { en: 'Accepted in a row', zh: '连续接收批数' }, figure),
    integer('notAccepted', { en: 'Not accepted on tightened', zh: '加严中不接收批数' }, figure),
    json('recent', { en: 'Last lots on normal', zh: '近期正常检验批' }, { ...readOnly, advanced: true }),
    relation('lastInspection', { en: 'Last inspection', zh: '最近检验单' }, { to: 'inspections', ...readOnly }),
  ],
  numbering: { prefix: 'SS' },
  workflow: 'sampling-series',
  listColumns: ['number', 'plan', 'supplier', 'lots', 'score', 'acceptedInRow', 'notAccepted', 'lastInspection'],
} satisfies EntityDefinition
