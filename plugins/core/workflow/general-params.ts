import type { FieldDefinition } from '../../../config/language/entity.ts'
import { boolean, json, option, required, select, text } from '../../../config/language/fields.ts'

/** Parameters of the general guards and actions, in the field language; operands are JSON (config/language/references.ts). */

export const fieldParam = text('field', { en: 'Field', zh: '字段' }, required)
export const fieldsParam = text('fields', { en: 'Fields', zh: '字段' }, { ...required, many: true })
export const valueParam = json('value', { en: 'Value', zh: '值' })
export const onlyIfEmptyParam = boolean('onlyIfEmpty', { en: 'Only when empty', zh: '仅当为空' })
export const relationParam = text('relation', { en: 'Relation', zh: '关联字段' }, required)
export const eventParam = text('event', { en: 'Event', zh: '事件' }, required)
export const optionalParam = boolean('optional', { en: 'A refusal changes nothing', zh: '拒绝时忽略' })
export const matchParam = select('match', { en: 'Lines', zh: '明细行' }, {
  ...required, options: [option('every', { en: 'Every line', zh: '每一行' }), option('some', { en: 'At least one line', zh: '至少一行' })],
})

export const comparisonParams: readonly FieldDefinition[] = [
  json('left', { en: 'Left', zh: '左值' }, required),
  select('operator', { en: 'Operator', zh: '运算符' }, {
    ...required,
    options: [
      option('=', { en: 'equals', zh: '等于' }), option('!=', { en: 'differs from', zh: '不等于' }),
      option('<', { en: 'less than', zh: '小于' }), option('<=', { en: 'at most', zh: '不大于' }),
      option('>', { en: 'more than', zh: '大于' }), option('>=', { en: 'at least', zh: '不小于' }),
      option('filled', { en: 'is filled', zh: '已填写' }), option('empty', { en: 'is empty', zh: '为空' }),
    ],
  }),
  json('right', { en: 'Right', zh: '右值' }),
  json('refusal', { en: 'Sentence of the refusal', zh: '拒绝说明' }, required),
]
