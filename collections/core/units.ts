import type { EntityDefinition } from '../../config/language/entity.ts'
import { integer, key, relation, required, text } from '../../config/language/fields.ts'
import { masterStatus } from './shared-fields.ts'

export const units = {
  slug: 'units',
  system: 'core',
  kind: 'master',
  label: { en: 'Unit', zh: '计量单位' },
  labels: { en: 'Units', zh: '计量单位' },
  titleField: 'code',
  fields: [
    text('code', { en: 'Code', zh: '单位代码' }, key),
    text('name', { en: 'Name', zh: '名称' }, required),
    text('nameZh', { en: 'Chinese name', zh: '中文名称' }),
    integer('decimals', { en: 'Decimal places', zh: '小数位数' }, {
      default: 0, min: 0, max: 6, help: { en: 'How finely it may be counted.', zh: '数量允许的精度。' },
    }),
    masterStatus,
  ],
  listColumns: ['code', 'name', 'nameZh', 'decimals', 'status'],
  searchFields: ['code', 'name', 'nameZh'],
  defaultSort: 'code',
} satisfies EntityDefinition

/**
 * Factors are rational, so that 3 for 2 there and back again is exact. The index is not unique, since the databases
 * disagree on whether two rows without a part are equal.
 */
export const unitConversions = {
  slug: 'unit-conversions',
  system: 'core',
  kind: 'master',
  label: { en: 'Unit conversion', zh: '单位换算' },
  labels: { en: 'Unit conversions', zh: '单位换算' },
  help: {
    en: 'One from-unit is numerator ÷ denominator to-units. A row with a part goes before the general row.',
    zh: '1 个源单位 = 分子 ÷ 分母 个目标单位。指定物料的换算优先于通用换算。',
  },
  titleField: 'id',
  fields: [
    relation('part', { en: 'Part', zh: '物料' }, { to: 'parts', help: { en: 'Empty: for every part.', zh: '留空则适用于所有物料。' } }),
    relation('fromUnit', { en: 'From unit', zh: '源单位' }, { to: 'units', required: true }),
    relation('toUnit', { en: 'To unit', zh: '目标单位' }, { to: 'units', required: true }),
    integer('numerator', { en: 'Numerator', zh: '分子' }, { required: true, min: 1 }),
    integer('denominator', { en: 'Denominator', zh: '分母' }, { required: true, min: 1, default: 1 }),
  ],
  listColumns: ['part', 'fromUnit', 'toUnit', 'numerator', 'denominator'],
  indexes: [{ fields: ['part', 'fromUnit', 'toUnit'] }],
} satisfies EntityDefinition
