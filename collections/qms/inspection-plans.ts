import type { EntityDefinition } from '../../config/language/entity.ts'
import { boolean, key, longText, relation, required, select, table, text } from '../../config/language/fields.ts'
import { partField } from '../core/document-fields.ts'
import { masterStatus } from '../core/shared-fields.ts'
import { aqlOptions, characteristicColumns, countByOptions, levelOptions, samplingOptions, stageOptions } from './shared-fields.ts'

export const inspectionPlans = {
  slug: 'inspection-plans',
  system: 'qms',
  kind: 'master',
  label: { en: 'Inspection plan', zh: '检验方案' },
  labels: { en: 'Inspection plans', zh: '检验方案' },
  help: {
    en: 'What is inspected of a part, and how many units. A plan for one supplier goes before the one for all.',
    zh: '规定物料的检验项目和抽样数量。指定供应商的方案优先于通用方案。',
  },
  titleField: 'code',
  fields: [
    text('code', { en: 'Code', zh: '方案编号' }, key),
    text('name', { en: 'Name', zh: '名称' }, required),
    select('stage', { en: 'Stage', zh: '检验阶段' }, { ...required, default: 'incoming', index: true, options: stageOptions }),
    partField,
    relation('supplier', { en: 'Supplier', zh: '供应商' }, { to: 'suppliers', help: { en: 'Empty: of all suppliers.', zh: '留空则适用于所有供应商。' } }),
    text('operation', { en: 'Operation', zh: '工序' }, { maxLength: 64, help: { en: 'In process: after which operation.', zh: '过程检验：在哪道工序之后。' } }),
    select('sampling', { en: 'Sampling', zh: '抽样方式' }, { ...required, default: 'aql', options: samplingOptions }),
    select('level', { en: 'Inspection level', zh: '检验水平' }, { ...required, default: 'II', options: levelOptions }),
    select('aql', { en: 'AQL', zh: '接收质量限 AQL' }, {
      ...required, default: '1.0', options: aqlOptions,
      help: { en: 'Up to 10 in percent; above, nonconformities per 100 units.', zh: '10 及以下为百分数；大于 10 为每百单位产品不合格数。' },
    }),
    select('countBy', { en: 'Counts', zh: '计数方式' }, { ...required, default: 'units', options: countByOptions }),
    boolean('mayReduce', { en: 'May be reduced', zh: '允许放宽检验' }, {
      default: false,
      help: { en: 'Production is steady and fewer units suffice. Reduced plans are those of MIL-STD-105E.', zh: '生产稳定且可减少抽样时启用。放宽方案取自 MIL-STD-105E。' },
    }),
    table('characteristics', { en: 'Characteristics', zh: '检验项目' }, { columns: characteristicColumns, maxRows: 60 }),
    longText('instructions', { en: 'Instructions', zh: '检验说明' }),
    masterStatus,
  ],
  listColumns: ['code', 'name', 'stage', 'part', 'supplier', 'level', 'aql', 'status'],
  searchFields: ['code', 'name'],
  defaultSort: 'code',
  indexes: [{ fields: ['part', 'stage', 'status'] }],
} satisfies EntityDefinition
