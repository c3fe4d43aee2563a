import type { EntityDefinition } from '../../config/language/entity.ts'
import { boolean, longText, option, readOnly, relation, required, select, text } from '../../config/language/fields.ts'
import { partField, quantityField } from '../core/document-fields.ts'
import { note } from '../core/shared-fields.ts'

export const nonconformances = {
  slug: 'nonconformances',
  system: 'qms',
  kind: 'document',
  label: { en: 'Nonconformance', zh: '不合格品处理单' },
  labels: { en: 'Nonconformances', zh: '不合格品处理单' },
  help: { en: 'What was found wrong, and what becomes of it.', zh: '记录不合格品及其处置。' },
  titleField: 'number',
  fields: [
    relation('inspection', { en: 'Inspection', zh: '检验单' }, { to: 'inspections', ...readOnly }),
    partField,
    relation('supplier', { en: 'Supplier', zh: '供应商' }, { to: 'suppliers' }),
    quantityField,
    text('lot', { en: 'Lot', zh: '批次' }, { default: '', index: true, maxLength: 64 }),
    relation('location', { en: 'Location', zh: '库位' }, { to: 'locations', help: { en: 'Where the goods are. Empty: no stock is concerned.', zh: '不合格品所在库位；留空则不涉及库存。' } }),
    relation('receiptLine', { en: 'Receipt line', zh: '收货行' }, { to: 'receipt-lines', ...readOnly, advanced: true }),
    boolean('onHold', { en: 'On hold', zh: '库存冻结' }, { ...readOnly, default: false, index: true }),
    select('severity', { en: 'Class', zh: '严重程度' }, {
      ...required, default: 'major', index: true,
      options: [option('critical', { en: 'Critical', zh: '致命' }, 'bad'), option('major', { en: 'Major', zh: '严重' }, 'warning'), option('minor', { en: 'Minor', zh: '轻微' }, 'neutral')],
    }),
    longText('description', { en: 'What is wrong', zh: '不合格描述' }),
    longText('cause', { en: 'Cause', zh: '原因分析' }),
    note,
  ],
  lines: { entity: 'nonconformance-dispositions', parentField: 'nonconformance', label: { en: 'Dispositions', zh: '处置' } },
  numbering: { prefix: 'NC' },
  workflow: 'nonconformance',
  mintsTrace: true,
  listColumns: ['number', 'part', 'supplier', 'lot', 'quantity', 'severity', 'description'],
  searchFields: ['number', 'lot'],
  defaultSort: '-number',
} satisfies EntityDefinition

/** How much goes which way; together all of it. */
export const nonconformanceDispositions = {
  slug: 'nonconformance-dispositions',
  system: 'qms',
  kind: 'line',
  label: { en: 'Disposition', zh: '处置' },
  labels: { en: 'Dispositions', zh: '处置' },
  titleField: 'disposition',
  parent: { entity: 'nonconformances', field: 'nonconformance' },
  fields: [
    relation('nonconformance', { en: 'Nonconformance', zh: '不合格品处理单' }, { to: 'nonconformances', ...required }),
    select('disposition', { en: 'Disposition', zh: '处置方式' }, {
      ...required,
      options: [
        option('useAsIs', { en: 'Use as is', zh: '让步接收' }, 'warning'), option('rework', { en: 'Rework', zh: '返工' }, 'waiting'),
        option('scrap', { en: 'Scrap', zh: '报废' }, 'bad'), option('return', { en: 'Return to supplier', zh: '退货' }, 'bad'),
      ],
    }),
    quantityField,
    text('reason', { en: 'Reason', zh: '理由' }, { maxLength: 300 }),
  ],
  listColumns: ['disposition', 'quantity', 'reason'],
  unlisted: true,
} satisfies EntityDefinition
