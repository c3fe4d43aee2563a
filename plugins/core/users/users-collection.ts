import type { CollectionConfig, FieldAccess, PayloadRequest } from 'payload'
import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { PermissionAction, RoleDefinition } from '../../../config/language/role.ts'
import { actorOfRequest } from '../access/collection-hooks.ts'
import { can } from '../access/can.ts'

/** For questions about rights: users are Payload's own collection, because signing in is Payload's. */
export const usersEntity: EntityDefinition = {
  slug: 'users', system: 'core', kind: 'master', titleField: 'name', fields: [], listColumns: ['name', 'email', 'roles'],
  label: { en: 'User', zh: '用户' }, labels: { en: 'Users', zh: '用户' },
}

/** People who sign in. The first one becomes the owner; only who may edit users gives roles. */
export function usersCollection(roles: readonly RoleDefinition[]): CollectionConfig {
  const people = roles.filter(({ slug }) => slug !== 'system')
  return {
    slug: 'users',
    labels: { singular: { ...usersEntity.label }, plural: { ...usersEntity.labels } },
    auth: { maxLoginAttempts: 8, lockTime: 10 * 60_000, tokenExpiration: 12 * 3600 },
    admin: { useAsTitle: 'name', defaultColumns: ['name', 'email', 'roles'] },
    access: {
      read: async ({ req }) => (await isAllowed(req, 'read')) || self(req),
      create: ({ req }) => isAllowed(req, 'create'),
      update: async ({ req }) => (await isAllowed(req, 'edit')) || self(req),
      delete: ({ req }) => isAllowed(req, 'discard'),
      unlock: ({ req }) => isAllowed(req, 'edit'),
      admin: ({ req }) => Boolean(req.user),
    },
    hooks: {
      beforeChange: [async ({ data, operation, req }) => {
        if (operation !== 'create') return data as Record<string, unknown>
        const first = (await req.payload.db.count({ collection: 'users', req })).totalDocs === 0
        return { ...data, ...(first ? { roles: ['owner'] } : {}) }
      }],
    },
    fields: [
      { name: 'id', type: 'text', required: true, admin: { hidden: true }, defaultValue: () => crypto.randomUUID() },
      { name: 'name', type: 'text', label: { en: 'Name', zh: '姓名' } },
      {
        name: 'roles', type: 'select', hasMany: true, label: { en: 'Roles', zh: '角色' }, saveToJWT: false,
        options: people.map(({ slug, label }) => ({ value: slug, label: { ...label } })),
        access: { create: givesRoles, update: givesRoles },
        admin: { description: { en: 'What this person may do. See Roles.', zh: '决定此人的权限，详见“角色”。' } },
      },
      {
        name: 'language', type: 'select', label: { en: 'Language', zh: '语言' },
        options: [{ value: 'en', label: 'English' }, { value: 'zh', label: '中文' }],
      },
    ],
    timestamps: true, versions: false, lockDocuments: false, disableDuplicate: true, disableBulkEdit: true,
  }
}

async function isAllowed(req: PayloadRequest, action: PermissionAction): Promise<boolean> {
  return Boolean(req.user) && can(await actorOfRequest(req), action, usersEntity).allowed
}

const self = (req: PayloadRequest) => (req.user ? { id: { equals: req.user.id } } : false)

const givesRoles: FieldAccess = ({ req }) => isAllowed(req, 'edit')
