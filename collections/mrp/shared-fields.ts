import type { FieldDefinition } from '../../config/language/entity.ts'
import { date, longText, relation, required, text } from '../../config/language/fields.ts'
import { note } from '../core/shared-fields.ts'

/** What a version of how a part is made says of itself, whatever it holds. */
export const versionFields = (entity: string): readonly FieldDefinition[] => [
  relation('part', { en: 'Part', zh: '物料' }, { to: 'parts', ...required }),
  text('revision', { en: 'Revision', zh: '版本号' }, {
    ...required, givenWhenEmpty: true, index: true, maxLength: 20, help: { en: 'Empty: the next whole number.', zh: '留空则取下一个整数。' },
  }),
  relation('site', { en: 'Site', zh: '地点' }, { to: 'sites', help: { en: 'Empty: at every site that has no version of its own.', zh: '留空则适用于没有专属版本的所有地点。' } }),
  date('validFrom', { en: 'Valid from', zh: '生效日期' }, { index: true, default: 'today' }),
  date('validTo', { en: 'Valid to', zh: '失效日期' }, { index: true, help: { en: 'Its last day; empty: until a later version is released.', zh: '最后有效日；留空则至后续版本发布为止。' } }),
  relation('revises', { en: 'Revises', zh: '修订自' }, { to: entity, readOnly: true }),
  longText('changeReason', { en: 'What changed and why', zh: '变更说明' }),
  relation('owner', { en: 'Engineer', zh: '工程师' }, { to: 'users' }),
  note,
]
