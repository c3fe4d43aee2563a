import type { PayloadRequest, Where } from 'payload'
import { apiKeys } from '../../../collections/core/security.ts'
import type { Text } from '../../../config/language/text.ts'
import { can } from '../access/can.ts'
import { openStore } from '../data/open-store.ts'
import { platformOf } from '../platform/platform.ts'
import { personOf } from '../sign-ins/sessions.ts'
import { lendableRoles, longestDays, mayRevoke } from './key-commands.ts'
import { scopeOf } from './key-strategy.ts'

export type KeyRow = {
  readonly id: string
  readonly name: string
  readonly owner: string
  readonly prefix: string
  readonly roles: readonly string[]
  readonly readOnly: boolean
  readonly entities: readonly string[]
  readonly createdAt: string | null
  readonly expiresAt: string
  readonly lastUsedAt: string | null
  readonly lastAddress: string | null
  readonly revokedAt: string | null
  readonly state: 'active' | 'expired' | 'revoked'
  readonly mayRevoke: boolean
}
type Choice = { readonly slug: string; readonly label: Text }
export type KeysView = {
  readonly keys: readonly KeyRow[]
  /** Labels of the roles and entities that the keys name. */
  readonly roles: readonly Choice[]
  readonly entities: readonly Choice[]
  /** Roles that can be lent to a new key. */
  readonly lendable: readonly string[]
  readonly longestDays: number
  readonly mayCreate: boolean
  readonly at: string
}

/** All keys for who may read them, else the own ones; never a key itself. */
export async function keysView(req: PayloadRequest): Promise<KeysView> {
  const actor = await personOf(req)
  const store = openStore(req.payload)
  const { allowed, own } = can(actor, 'read', apiKeys)
  const where: Where = allowed && !own ? {} : { owner: { equals: actor.id } }
  const [rows, roles, lendable] = await Promise.all([store.find('api-keys', { where, sort: '-createdAt' }), store.find('roles'), lendableRoles(req, actor)])
  const owners = await store.byIds('users', rows.map(({ owner }) => owner)) as unknown as Map<string, { name?: string | null; email: string }>
  const now = Date.now()
  // Whoever may not read roles meets the names of those only that can be lent, or stand in a key shown.
  const met = new Set([...lendable.map(({ slug }) => slug), ...rows.flatMap((row) => scopeOf(row).roles)])
  const rolesEntity = platformOf(req.payload).entities.get('roles')
  const readsRoles = rolesEntity !== undefined && can(actor, 'read', rolesEntity).allowed
  return {
    keys: rows.map((row): KeyRow => {
      const { roles: given, readOnly, entities } = scopeOf(row)
      const owner = owners.get(row.owner)
      return {
        id: row.id, name: row.name, owner: owner?.name || owner?.email || row.owner, prefix: row.prefix ?? '', roles: given, readOnly, entities,
        createdAt: row.createdAt ?? null, expiresAt: row.expiresAt, lastUsedAt: row.lastUsedAt ?? null, lastAddress: row.lastAddress ?? null, revokedAt: row.revokedAt ?? null,
        state: row.revokedAt ? 'revoked' : Date.parse(row.expiresAt) <= now ? 'expired' : 'active', mayRevoke: mayRevoke(actor, row),
      }
    }),
    roles: roles.filter(({ slug }) => readsRoles || met.has(slug)).map(({ slug, name, nameZh }) => ({ slug, label: { en: name, zh: nameZh || name } })),
    entities: [...platformOf(req.payload).entities.values()].filter(({ kind, system }) => kind !== 'line' && (kind !== 'record' || system !== 'core')).map(({ slug, labels }) => ({ slug, label: labels })),
    lendable: lendable.map(({ slug }) => slug), longestDays, mayCreate: can(actor, 'create', apiKeys).allowed, at: new Date().toISOString(),
  }
}
