import type { EntityDefinition } from '../../config/language/entity.ts'
import {
  boolean, counter, date, dateTime, integer, option, quantity, readOnly, relation, required, select, table, text,
} from '../../config/language/fields.ts'
import { partField } from '../core/document-fields.ts'
import { note } from '../core/shared-fields.ts'
import { aqlOptions, characteristicColumns, countByOptions, levelOptions, samplingOptions, severityOptions, stageOptions } from './shared-fields.ts'

const figure = { ...readOnly, min: 0 } as const

export const inspections = {
  slug: 'inspections',
  system: 'qms',
  kind: 'document',
  label: { en: 'Inspection', zh: '检验单' },
  labels: { en: 'Inspections', zh: '检验单' },
  help: { en: 'A lot waits on hold until its verdict.', zh: '批次判定前保持待检，不可分配。' },
  titleField: 'number',
  fields: [
    relation('plan', { en: 'Plan', zh: '检验方案' }, { to: 'inspection-plans', ...required, filter: [{ field: 'status', equals: 'active' }] }),
    select('stage', { en: 'Stage', zh: '检验阶段' }, { ...readOnly, index: true, options: stageOptions }),
    { ...partField, filledFrom: 'plan' },
    relation('supplier', { en: 'Supplier', zh: '供应商' }, { to: 'suppliers' }),
    quantity('quantity', { en: 'Lot size', zh: '批量' }, { ...required, min: 0, help: { en: 'In the stock unit of the part.', zh: '以物料库存单位计。' } }),
    text('lot', { en: 'Lot', zh: '批次' }, { default: '', index: true, maxLength: 64 }),
    relation('location', { en: 'Location', zh: '库位' }, { to: 'locations', help: { en: 'Empty: no stock is on hold for it.', zh: '留空则不涉及库存。' } }),
    relation('receipt', { en: 'Goods receipt', zh: '收货单' }, { to: 'receipts', ...readOnly }),
    relation('receiptLine', { en: 'Receipt line', zh: '收货行' }, { to: 'receipt-lines', ...readOnly, advanced: true }),
    relation('nonconformance', { en: 'After rework of', zh: '返工来源' }, { to: 'nonconformances', ...readOnly }),
    boolean('onHold', { en: 'On hold', zh: '库存待检' }, { ...readOnly, default: false, index: true }),
    select('severity', { en: 'Severity', zh: '检验严格度' }, { ...readOnly, options: severityOptions }),
    select('sampling', { en: 'Sampling', zh: '抽样方式' }, { ...readOnly, options: samplingOptions, advanced: true }),
    select('level', { en: 'Inspection level', zh: '检验水平' }, { ...readOnly, options: levelOptions }),
    select('aql', { en: 'AQL', zh: '接收质量限 AQL' }, { ...readOnly, options: aqlOptions }),
    select('countBy', { en: 'Counts', zh: '计数方式' }, { ...readOnly, options: countByOptions, advanced: true }),
    text('codeLetter', { en: 'Code letter', zh: '样本量字码' }, readOnly),
    integer('sampleSize', { en: 'Sample size', zh: '样本量 n' }, figure),
    integer('acceptanceNumber', { en: 'Acceptance number', zh: '接收数 Ac' }, figure),
    integer('rejectionNumber', { en: 'Rejection number', zh: '拒收数 Re' }, figure),
    integer('inspectedUnits', { en: 'Inspected', zh: '已检数' }, { ...figure, default: 0 }),
    integer('nonconforming', { en: 'Nonconforming', zh: '不合格数' }, { ...figure, default: 0 }),
    integer('criticalUnits', { en: 'Critical', zh: '关键项不合格' }, { ...figure, default: 0, advanced: true }),
    select('judgement', { en: 'By the sample', zh: '样本判定' }, {
      ...readOnly, default: 'pending',
      options: [
        option('pending', { en: 'Open', zh: '未定' }, 'waiting'), option('accept', { en: 'Acceptable', zh: '可接收' }, 'good'), option('reject', { en: 'Not acceptable', zh: '不可接收' }, 'bad'),
      ],
    }),
    quantity('acceptedQuantity', { en: 'Accepted', zh: '接收数量' }, counter),
    quantity('rejectedQuantity', { en: 'Not accepted', zh: '不合格数量' }, counter),
    date('verdictDate', { en: 'Verdict on', zh: '判定日期' }, { ...readOnly, index: true }),
    relation('inspector', { en: 'Inspector', zh: '检验员' }, { to: 'users', ...readOnly }),
    dateTime('startedAt', { en: 'Begun', zh: '开始检验' }, { ...readOnly, advanced: true }),
    table('characteristics', { en: 'Characteristics', zh: '检验项目' }, {
      ...readOnly, maxRows: 60,
      columns: [
        ...characteristicColumns,
        quantity('lowest', { en: 'Lowest', zh: '最小值' }), quantity('highest', { en: 'Highest', zh: '最大值' }),
        integer('conforming', { en: 'Conforming', zh: '合格数' }), integer('failed', { en: 'Nonconforming', zh: '不合格数' }),
      ],
    }),
    note,
  ],
  lines: { entity: 'inspection-samples', parentField: 'inspection', label: { en: 'Samples', zh: '样本' } },
  numbering: { prefix: 'QI' },
  workflow: 'inspection',
  listColumns: ['number', 'part', 'supplier', 'lot', 'quantity', 'severity', 'sampleSize', 'nonconforming', 'judgement'],
  searchFields: ['number', 'lot'],
  defaultSort: '-number',
} satisfies EntityDefinition

/** A unit of the sample, or several that are alike; what was found of each characteristic. */
export const inspectionSamples = {
  slug: 'inspection-samples',
  system: 'qms',
  kind: 'line',
  label: { en: 'Sample', zh: '样本' },
  labels: { en: 'Samples', zh: '样本' },
  titleField: 'position',
  parent: { entity: 'inspections', field: 'inspection' },
  fields: [
    relation('inspection', { en: 'Inspection', zh: '检验单' }, { to: 'inspections', ...required }),
    integer('units', { en: 'Units', zh: '件数' }, { ...required, default: 1, min: 1, max: 1_000_000 }),
    text('serial', { en: 'Serial', zh: '序列号' }, { maxLength: 64, scan: true }),
    table('readings', { en: 'Readings', zh: '检验结果' }, {
      maxRows: 60,
      columns: [
        text('characteristic', { en: 'No.', zh: '序号' }, { ...required, maxLength: 16 }),
        quantity('measured', { en: 'Measured', zh: '测量值' }),
        select('result', { en: 'Result', zh: '结果' }, { options: [option('ok', { en: 'Conforms', zh: '合格' }, 'good'), option('nok', { en: 'Does not conform', zh: '不合格' }, 'bad')] }),
      ],
    }),
    integer('nonconformities', { en: 'Nonconformities', zh: '不合格项数' }, { ...figure, default: 0 }),
    boolean('complete', { en: 'Complete', zh: '已检' }, { ...readOnly, default: false }),
  ],
  listColumns: ['units', 'serial', 'nonconformities', 'complete'],
  unlisted: true,
} satisfies EntityDefinition
