import type { Payload } from 'payload'
import type { Permission } from '../../../config/language/role.ts'
import type { Language } from '../../../config/language/text.ts'
import { openStore } from '../data/open-store.ts'
import { withinScope, type KeyScope } from './key-scope.ts'
import { isUnlimited } from './reach.ts'

/** Who does it: a person with roles, the platform itself, or anyone by a public page. */
export type Actor = {
  readonly id: string
  readonly name: string
  /** Of an account: unlike its name, no two have the same. */
  readonly email?: string
  readonly roles: readonly string[]
  readonly permissions: readonly Permission[]
  readonly language: Language
  /** A program that acts for the person. */
  readonly key?: KeyScope & { readonly id: string; readonly name: string }
  /** Nobody that we know: it came by a public page, and `id` is no account's. */
  readonly isAnyone?: true
  /** Of anyone: under which name its files were uploaded; absent: under its id. */
  readonly uploadsAs?: string
}

export type SignedInUser = {
  readonly id: string | number
  readonly email?: string | null
  readonly name?: string | null
  readonly roles?: readonly string[] | null
  readonly language?: string | null
  /** Signed in by an API key: what it was given. */
  readonly key?: KeyScope & { readonly id: string; readonly name: string; readonly roles: readonly string[] }
}

/** The platform itself: event handlers, timers, migrations. May do everything that the definitions allow. */
export const systemActor: Actor = {
  id: 'system', name: 'Trellis', roles: ['system', 'owner'], language: 'en',
  permissions: [{ entity: '*', actions: ['read', 'create', 'edit', 'discard', 'export', 'import', 'send'] }],
}

/** The user with the rights of the roles as they are now. */
export async function actorOf(payload: Payload, user: SignedInUser): Promise<Actor> {
  const known = await rolesBySlug(payload)
  const rightsOf = (roles: readonly string[]) => ({
    // A firm's own role also counts as the shipped one it is based on: workflows and work lists name those.
    roles: [...new Set(roles.flatMap((role) => [role, known.get(role)?.basedOn ?? role]))],
    permissions: roles.flatMap((role) => known.get(role)?.permissions ?? []),
  })
  const person = { id: String(user.id), name: user.name ?? user.email ?? String(user.id), language: user.language === 'zh' ? 'zh' : 'en', ...(user.email && { email: user.email }) } as const
  const held = user.roles ?? []
  if (!user.key) return { ...person, ...rightsOf(held) }
  const { roles: given, ...key } = user.key
  // A key never reaches further than its person does now, and never everything.
  const isOwner = rightsOf(held).roles.includes('owner')
  const lent = rightsOf(given.filter((slug) => (isOwner || held.includes(slug)) && !isUnlimited({ slug, basedOn: known.get(slug)?.basedOn ?? null, permissions: known.get(slug)?.permissions ?? [] })))
  return {
    ...person, name: `${person.name} · ${key.name}`, key,
    roles: key.readOnly ? [] : lent.roles, permissions: withinScope(lent.permissions, key),
  }
}

/** Forgets cached roles after one was changed. */
export function forgetRoles(payload: Payload): void {
  caches.delete(payload)
}

// Another process may change a role: what is cached here lives for a few seconds only.
const cacheMilliseconds = 3_000
type KnownRole = { readonly permissions: readonly Permission[]; readonly basedOn: string | null }
const caches = new WeakMap<Payload, { until: number; roles: Promise<Map<string, KnownRole>> }>()

function rolesBySlug(payload: Payload): Promise<Map<string, KnownRole>> {
  const cached = caches.get(payload)
  if (cached && cached.until > Date.now()) return cached.roles
  const roles = openStore(payload)
    .find('roles')
    .then((rows) => new Map(rows.map((row) => [row.slug, { permissions: row.permissions as readonly Permission[], basedOn: row.basedOn ?? null }])))
  caches.set(payload, { until: Date.now() + cacheMilliseconds, roles })
  roles.catch(() => caches.delete(payload))
  return roles
}
