import type { Endpoint, PayloadRequest, Where } from 'payload'
import type { EntityDefinition, SystemSlug } from '../../../config/language/entity.ts'
import type { Permission, PermissionAction } from '../../../config/language/role.ts'
import type { Text } from '../../../config/language/text.ts'
import { actorOfRequest } from '../access/collection-hooks.ts'
import { can, requireRight } from '../access/can.ts'
import { openStore } from '../data/open-store.ts'
import { allFields } from '../entities/system-fields.ts'
import { fail } from '../errors.ts'
import { platformOf, type Platform } from '../platform/platform.ts'
import { permissionActions } from './role-rules.ts'
import { usersEntity } from './users-entity.ts'

export type UserRow = {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly roles: readonly string[]
  readonly language: 'en' | 'zh' | null
  readonly blocked: boolean
  /** Who approves what this person asks for. */
  readonly manager: string | null
  /** Too many wrong passwords; until then nobody signs in. */
  readonly lockedUntil: string | null
  readonly lastLoginAt: string | null
  readonly createdAt: string | null
}
export type RoleName = { readonly slug: string; readonly label: Text }
export type UserRights = { readonly create: boolean; readonly edit: boolean; readonly discard: boolean; readonly roles: boolean }
export type UsersView = { readonly users: readonly UserRow[]; readonly roles: readonly RoleName[]; readonly rights: UserRights; readonly at: string }

export type RoleRow = RoleName & {
  readonly id: string
  readonly version: number
  readonly name: string
  readonly nameZh: string | null
  readonly basedOn: string | null
  readonly shipped: boolean
  readonly permissions: readonly Permission[]
  /** Who has it, for who may read users. */
  readonly people: readonly { readonly id: string; readonly name: string }[] | null
  readonly peopleCount: number
}
/** What a role can be given rights over. */
export type RightsTarget = {
  readonly slug: string
  readonly system: SystemSlug
  readonly label: Text
  readonly actions: readonly PermissionAction[]
  readonly events: readonly { readonly name: string; readonly label: Text }[]
  readonly fields: readonly { readonly name: string; readonly label: Text }[]
  /** Whether it has an owner, so that rights can be limited to own documents. */
  readonly owned: boolean
}
export type RolesView = { readonly roles: readonly RoleRow[]; readonly targets: readonly RightsTarget[]; readonly rights: { readonly create: boolean; readonly edit: boolean; readonly discard: boolean }; readonly shipped: readonly RoleName[] }

export const peopleEndpoints: Endpoint[] = [
  { method: 'get', path: '/views/users', handler: async (req) => Response.json(await usersView(req)) },
  { method: 'get', path: '/views/roles', handler: async (req) => Response.json(await rolesView(req)) },
]

/** All accounts, for who may read users; for others the own one. */
export async function usersView(req: PayloadRequest): Promise<UsersView> {
  const actor = await actorOfRequest(req)
  const store = openStore(req.payload)
  const may = (action: PermissionAction) => can(actor, action, usersEntity).allowed
  const where: Where = may('read') ? {} : { id: { equals: actor.id } }
  const [users, roles] = await Promise.all([store.find('users', { where, sort: 'name' }), store.find('roles', { sort: 'createdAt' })])
  const shown = (users as unknown as Record<string, unknown>[]).map(userRow)
  // Who neither gives nor reads roles meets the names of those only that the accounts shown have.
  const rolesEntity = platformOf(req.payload).entities.get('roles')
  const meetsAll = may('edit') || may('create') || (rolesEntity !== undefined && can(actor, 'read', rolesEntity).allowed)
  const named = roles.filter(({ slug }) => slug !== 'system' && (meetsAll || shown.some((user) => user.roles.includes(slug))))
  return {
    users: shown, roles: named.map(roleName), at: new Date().toISOString(),
    rights: { create: may('create'), edit: may('edit'), discard: may('discard'), roles: may('edit') },
  }
}

/** The roles with what they may do, and everything that rights can be given over. */
export async function rolesView(req: PayloadRequest): Promise<RolesView> {
  const platform = platformOf(req.payload)
  const actor = await actorOfRequest(req)
  const entity = platform.entities.get('roles') ?? fail('unknownEntity', { entity: 'roles' })
  requireRight(actor, 'read', entity)
  const store = openStore(req.payload)
  const [roles, users] = await Promise.all([store.find('roles', { sort: 'createdAt' }), store.find('users', { sort: 'name' })])
  const people = (users as unknown as Record<string, unknown>[]).map(userRow)
  const showsPeople = can(actor, 'read', usersEntity).allowed
  const may = (action: PermissionAction) => can(actor, action, entity).allowed
  return {
    roles: roles.filter(({ slug }) => slug !== 'system').map((role): RoleRow => {
      const holders = people.filter((person) => person.roles.includes(role.slug))
      return {
        ...roleName(role), id: role.id, version: role.version ?? 1, name: role.name, nameZh: role.nameZh ?? null, basedOn: role.basedOn ?? null, shipped: role.shipped ?? false,
        permissions: role.permissions as readonly Permission[], people: showsPeople ? holders.map(({ id, name }) => ({ id, name })) : null, peopleCount: holders.length,
      }
    }),
    targets: targetsOf(platform), rights: { create: may('create'), edit: may('edit'), discard: may('discard') },
    shipped: platform.roles.filter(({ slug }) => slug !== 'system').map(({ slug, label }) => ({ slug, label })),
  }
}

function userRow(user: Record<string, unknown>): UserRow {
  const text = (name: string) => (typeof user[name] === 'string' && user[name] !== '' ? user[name] : null)
  const lockedUntil = text('lockUntil')
  const language = text('language')
  return {
    id: String(user.id), email: String(user.email), name: text('name') ?? String(user.email), roles: Array.isArray(user.roles) ? user.roles.map(String) : [],
    language: language === 'en' || language === 'zh' ? language : null, blocked: user.blocked === true, manager: text('manager'),
    lockedUntil: lockedUntil && Date.parse(lockedUntil) > Date.now() ? lockedUntil : null, lastLoginAt: text('lastLoginAt'), createdAt: text('createdAt'),
  }
}

const roleName = ({ slug, name, nameZh }: { slug: string; name: string; nameZh?: string | null }): RoleName => ({ slug, label: { en: name, zh: nameZh || name } })

function targetsOf(platform: Platform): RightsTarget[] {
  const platformsOwn = new Set(['roles', 'work-items', 'background-jobs', 'api-keys', 'sign-ins', 'revisions'])
  const entities = [...platform.entities.values()].filter(({ kind, system, slug }) => kind !== 'line' && (kind !== 'record' || system !== 'core' || platformsOwn.has(slug)))
  const users: RightsTarget = { slug: usersEntity.slug, system: 'core', label: usersEntity.labels, actions: ['read', 'create', 'edit', 'discard'], events: [], fields: [], owned: false }
  return [...entities.map((entity) => targetOf(platform, entity)), users]
}

function targetOf(platform: Platform, entity: EntityDefinition): RightsTarget {
  const line = entity.lines && platform.entities.get(entity.lines.entity)
  const fields = [entity, line].flatMap((each) => (each ? allFields(each).filter(({ hidden }) => !hidden) : []))
  const events = Object.entries(platform.workflows.get(entity.slug)?.definition.events ?? {}).filter(([, { roles }]) => !roles || roles.some((role) => role !== 'system'))
  return {
    slug: entity.slug, system: entity.system, label: entity.labels, actions: actionsOf(entity),
    events: events.map(([name, { label }]) => ({ name, label })),
    fields: [...new Map(fields.map(({ name, label }) => [name, { name, label }])).values()],
    owned: entity.fields.some(({ name }) => name === 'owner'),
  }
}

function actionsOf({ kind, slug, workflow }: EntityDefinition): readonly PermissionAction[] {
  if (slug === 'work-items' || slug === 'background-jobs' || slug === 'revisions') return ['read', 'edit']
  if (slug === 'api-keys') return ['read', 'create', 'edit']
  if (kind === 'ledger' || kind === 'record') return ['read', 'export']
  return workflow ? permissionActions : permissionActions.filter((action) => action !== 'send')
}
