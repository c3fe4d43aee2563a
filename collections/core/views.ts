import type { EntityDefinition } from '../../config/language/entity.ts'
import { boolean, indexed, integer, json, option, relation, required, select, text } from '../../config/language/fields.ts'

/** How people like to see an entity: theirs alone, or shared; written by their own doors only (`plugins/core/saved-views`). */
export const savedViews: EntityDefinition = {
  slug: 'saved-views', system: 'core', kind: 'record', titleField: 'name',
  label: { en: 'Saved view', zh: '视图' }, labels: { en: 'Saved views', zh: '视图' },
  fields: [
    text('entity', { en: 'Entity', zh: '实体' }, { ...required, ...indexed }),
    text('name', { en: 'Name', zh: '名称' }, { ...required, maxLength: 80 }),
    text('nameZh', { en: 'Name in Chinese', zh: '中文名称' }, { maxLength: 80 }),
    relation('owner', { en: 'Owner', zh: '所有者' }, { to: 'users', ...required }),
    select('sharing', { en: 'Shared with', zh: '共享范围' }, {
      ...required,
      options: [option('private', { en: 'Nobody', zh: '仅本人' }), option('roles', { en: 'Roles', zh: '指定角色' }), option('everyone', { en: 'Everyone', zh: '所有人' })],
    }),
    json('roles', { en: 'Roles', zh: '角色' }, required),
    boolean('standard', { en: 'What opens first', zh: '默认打开' }),
    json('definition', { en: 'Definition', zh: '定义' }, required),
    integer('version', { en: 'Version', zh: '版本' }, required),
  ],
  listColumns: ['name', 'entity', 'owner', 'sharing', 'standard'], searchFields: ['name', 'nameZh', 'entity'], unlisted: true,
}

/** With which view a person begins in an entity; the row's id names both. `view`: empty for the table as it is shipped. */
export const viewChoices: EntityDefinition = {
  slug: 'view-choices', system: 'core', kind: 'record', titleField: 'id',
  label: { en: 'Chosen view', zh: '常用视图' }, labels: { en: 'Chosen views', zh: '常用视图' },
  fields: [
    relation('owner', { en: 'Who', zh: '用户' }, { to: 'users', ...required }),
    text('entity', { en: 'Entity', zh: '实体' }, required),
    text('view', { en: 'View', zh: '视图' }),
  ],
  listColumns: ['owner', 'entity', 'view'], unlisted: true,
}

export const viewEntities: readonly EntityDefinition[] = [savedViews, viewChoices]
