import type { ColumnDefinition } from '../../config/language/entity.ts'
import { boolean, option, quantity, required, select, text } from '../../config/language/fields.ts'

/** What is looked at of each unit, as the plan says; an inspection keeps what it began with. */
export const characteristicColumns: readonly ColumnDefinition[] = [
  text('code', { en: 'No.', zh: '序号' }, { maxLength: 16, help: { en: 'As on the drawing. Empty: the place in the list.', zh: '与图纸编号一致；留空则按顺序编号。' } }),
  text('name', { en: 'Characteristic', zh: '检验项目' }, { ...required, maxLength: 120 }),
  text('nameZh', { en: 'Chinese name', zh: '中文名称' }, { maxLength: 120 }),
  select('kind', { en: 'Kind', zh: '类型' }, {
    ...required, default: 'attribute',
    options: [option('attribute', { en: 'Attribute', zh: '计数（目视）' }), option('measured', { en: 'Measured', zh: '计量（测量）' })],
  }),
  quantity('nominal', { en: 'Nominal', zh: '标称值' }),
  quantity('lowerLimit', { en: 'Lower limit', zh: '下限' }),
  quantity('upperLimit', { en: 'Upper limit', zh: '上限' }),
  text('unit', { en: 'Unit', zh: '单位' }, { maxLength: 16 }),
  text('method', { en: 'Method, gauge', zh: '检验方法与量具' }, { maxLength: 120 }),
  boolean('critical', { en: 'Critical', zh: '关键项' }, { help: { en: 'A single nonconforming unit rejects the lot.', zh: '一件不合格即判整批不合格。' } }),
]

export const severityOptions = [
  option('normal', { en: 'Normal', zh: '正常检验' }, 'neutral'),
  option('tightened', { en: 'Tightened', zh: '加严检验' }, 'warning'),
  option('reduced', { en: 'Reduced', zh: '放宽检验' }, 'good'),
]

export const stageOptions = [
  option('incoming', { en: 'Incoming', zh: '进货检验' }),
  option('inProcess', { en: 'In process', zh: '过程检验' }),
  option('final', { en: 'Final', zh: '成品检验' }),
]

/** Values of ISO 2859-1, level II first where nothing else is agreed. */
export const levelOptions = ['S-1', 'S-2', 'S-3', 'S-4', 'I', 'II', 'III'].map((level) => option(level, { en: level, zh: level }))

export const aqlOptions = [
  '0.010', '0.015', '0.025', '0.040', '0.065', '0.10', '0.15', '0.25', '0.40', '0.65', '1.0', '1.5', '2.5',
  '4.0', '6.5', '10', '15', '25', '40', '65', '100', '150', '250', '400', '650', '1000',
].map((aql) => option(aql, { en: aql, zh: aql }))

export const countByOptions = [
  option('units', { en: 'Nonconforming units', zh: '不合格品数' }),
  option('nonconformities', { en: 'Nonconformities', zh: '不合格数' }),
]

export const samplingOptions = [
  option('aql', { en: 'By AQL', zh: '按 AQL 抽样' }),
  option('all', { en: 'Every unit', zh: '全数检验' }),
]
