import type { Actor } from '../access/actor.ts'
import type { Row, Store } from '../data/store.ts'
import { ofRole, ofUser, type Assignee } from './engine/chain.ts'
import { colleagueOf, isAway, type Staff } from './staff.ts'

/** A colleague for whom someone decides at present. */
export type Behalf = { readonly id: string; readonly name: string }

/** Every seat that a person may decide at, with for whom; own seats come first. */
export type Authority = ReadonlyMap<Assignee, Behalf | null>

/** Own seats, those of own roles, and those of the colleagues whose substitute one is today. */
export async function authorityOf(store: Store, staff: Staff, { actor, today }: { readonly actor: Actor; readonly today: string }): Promise<Authority> {
  const authority = new Map<Assignee, Behalf | null>([[ofUser(actor.id), null], ...actor.roles.map((role) => [ofRole(role), null] as const)])
  const away = ((await store.find('users', { where: { substitute: { equals: actor.id } }, sort: 'id' })) as unknown as Row[]).map(colleagueOf).filter((colleague) => !colleague.blocked && isAway(colleague, today))
  for (const colleague of away) {
    for (const assignee of [ofUser(colleague.id), ...(await staff.rolesOf(colleague)).map(ofRole)]) if (!authority.has(assignee)) authority.set(assignee, { id: colleague.id, name: colleague.name })
  }
  return authority
}

