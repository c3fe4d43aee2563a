import { imports as importsEntity } from '../../../../collections/core/imports.ts'
import { apiKeys } from '../../../../collections/core/security.ts'
import type { Permission } from '../../../../config/language/role.ts'
import type { Text } from '../../../../config/language/text.ts'
import type { ViewDefinition } from '../../../../config/language/view.ts'
import type { Actor } from '../../access/actor.ts'
import { can, hiddenFields } from '../../access/can.ts'
import { withinScope } from '../../access/key-scope.ts'
import type { Store } from '../../data/store.ts'
import { scopeOf } from '../../keys/key-strategy.ts'
import { rememberedStatuses } from '../../imports/read-file.ts'
import type { Platform } from '../../platform/platform.ts'
import { mayChange, maySee } from '../../saved-views/saved-views.ts'
import { fieldsOfView, type Asked, type Use } from './use.ts'

/** Users that are told, and how many there are that the reader may not know. */
type Found = { readonly uses: readonly Use[]; readonly unseen: number }
type Reading = { readonly store: Store; readonly actor: Actor; readonly platform: Platform }

/** Imports whose mapping is remembered; older ones are not proposed any more. */
const mostImports = 500

/** Views that people have kept. Private ones of others are counted. */
export async function usesInViews({ store, actor }: Reading, { entity, name }: Asked): Promise<Found> {
  const rows = await store.find('saved-views', { where: { entity: { equals: entity.slug } }, sort: 'createdAt' })
  const using = rows.filter(({ definition }) => name === undefined || fieldsOfView(definition as ViewDefinition).has(name))
  const seen = using.filter((row) => maySee(actor, row) || mayChange(actor, row))
  return {
    unseen: using.length - seen.length,
    uses: seen.map((row): Use => ({ kind: 'view', label: { en: row.name, zh: row.nameZh || row.name }, note: row.sharing === 'private' ? notes.ownView : notes.sharedView, href: `/admin/collections/${entity.slug}?view=${encodeURIComponent(row.id)}` })),
  }
}

/** Of a field, the roles that it is hidden from; of an entity, those that read it. */
export async function usesInRoles({ store, actor, platform }: Reading, { entity, name }: Asked): Promise<Found> {
  const rows = await store.find('roles', { sort: 'createdAt' })
  const rolesEntity = platform.entities.get('roles')
  const mayLook = rolesEntity !== undefined && can(actor, 'read', rolesEntity).allowed
  const uses = rows.filter(({ slug }) => slug !== 'system').flatMap((role): Use[] => {
    const holder: Actor = { ...actor, roles: [role.slug], permissions: role.permissions as readonly Permission[] }
    if (!can(holder, 'read', entity).allowed) return []
    const label = { en: role.name, zh: role.nameZh || role.name }
    const href = mayLook ? { href: `/admin/collections/roles/${role.id}` } : {}
    if (name !== undefined) return hiddenFields(holder, entity).has(name) ? [{ kind: 'role', label, note: notes.hidden, ...href }] : []
    return [{ kind: 'role', label, note: can(holder, 'edit', entity).allowed ? notes.edits : notes.reads, ...href }]
  })
  return { uses, unseen: 0 }
}

/** Mappings that are proposed again for a file with the same columns: of each person the last one a kind of file. Fields of lines stand there as `lines.<name>`. */
export async function usesInImports({ store, actor }: Reading, { entity, name }: Asked): Promise<Found> {
  const rows = await store.find('imports', { where: { and: [{ entity: { equals: entity.parent?.entity ?? entity.slug } }, { status: { in: rememberedStatuses } }] }, sort: '-number', limit: mostImports })
  const last = new Map(rows.toReversed().map((row) => [row.headersKey ? `${row.owner}:${row.headersKey}` : row.id, row]))
  const path = `${entity.kind === 'line' ? 'lines.' : ''}${name ?? ''}`
  const newest = [...last.values()].filter(({ mapping }) => Object.values((mapping ?? {}) as Record<string, { field?: string } | null>).some((target) => (name === undefined ? target?.field?.startsWith(path) : target?.field === path)))
  const { allowed, own } = can(actor, 'read', importsEntity)
  const seen = newest.filter(({ owner }) => allowed && (!own || owner === actor.id))
  return { unseen: newest.length - seen.length, uses: seen.map((row): Use => ({ kind: 'import', label: { en: `${row.number} ${row.fileName}`, zh: `${row.number} ${row.fileName}` }, note: notes.mapping, href: `/admin/imports/${row.id}` })) }
}

/** Keys of other programs whose roles and scope reach it; those that have ended do not count. */
export async function usesInKeys({ store, actor }: Reading, { entity, name }: Asked): Promise<Found> {
  const [rows, roles] = await Promise.all([store.find('api-keys', { sort: 'name' }), store.find('roles')])
  const now = Date.now()
  const reaching = rows.filter((row) => {
    if (row.revokedAt || Date.parse(row.expiresAt) <= now) return false
    const scope = scopeOf(row)
    const permissions = withinScope(roles.filter(({ slug }) => scope.roles.includes(slug)).flatMap((role) => role.permissions as readonly Permission[]), scope)
    const holder: Actor = { ...actor, roles: scope.roles, permissions }
    return can(holder, 'read', entity).allowed && (name === undefined || !hiddenFields(holder, entity).has(name))
  })
  const { allowed, own } = can(actor, 'read', apiKeys)
  const seen = reaching.filter(({ owner }) => (allowed && !own) || owner === actor.id)
  return { unseen: reaching.length - seen.length, uses: seen.map((row): Use => ({ kind: 'key', label: { en: row.name, zh: row.name }, note: scopeOf(row).readOnly ? notes.keyReads : notes.keyWrites, href: '/admin/api-keys' })) }
}

const notes = {
  ownView: { en: 'your own', zh: '您的视图' },
  sharedView: { en: 'shared', zh: '共享视图' },
  hidden: { en: 'does not see it', zh: '不可见' },
  reads: { en: 'reads them', zh: '可查看' },
  edits: { en: 'reads and edits them', zh: '可查看和编辑' },
  mapping: { en: 'its mapping is proposed again for such files', zh: '同类文件将沿用其映射' },
  keyReads: { en: 'a program reads it with this key', zh: '程序凭此密钥读取' },
  keyWrites: { en: 'a program reads and writes it with this key', zh: '程序凭此密钥读写' },
} as const satisfies Record<string, Text>
