import type { EntityDefinition } from '../../../config/language/entity.ts'

/** For questions about rights: users are Payload's own collection, because signing in is Payload's. */
export const usersEntity: EntityDefinition = {
  slug: 'users', system: 'core', kind: 'master', titleField: 'name', fields: [], listColumns: ['name', 'email', 'roles'],
  label: { en: 'User', zh: '用户' }, labels: { en: 'Users', zh: '用户' },
}
