import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { Permission } from '../../../config/language/role.ts'
import type { Language } from '../../../config/language/text.ts'
import type { Actor } from '../access/actor.ts'
import { can } from '../access/can.ts'
import type { Row, Store } from '../data/store.ts'

export type Colleague = {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly language: Language
  readonly roles: readonly string[]
  readonly blocked: boolean
  readonly manager: string | null
  readonly substitute: string | null
  /** Days, both included; empty: without an end. */
  readonly substituteFrom: string | null
  readonly substituteUntil: string | null
}

/** The people of the firm and what their roles let them do, read within one transaction. */
export type Staff = {
  byIds(ids: Iterable<string | null | undefined>): Promise<Map<string, Colleague>>
  /** Those who hold the role, or one that counts as it, and may sign in. */
  holders(role: string): Promise<readonly Colleague[]>
  actorOf(colleague: Colleague): Promise<Actor>
  mayRead(colleague: Colleague, entity: EntityDefinition, document: Row): Promise<boolean>
  /** The role and those that count as it. */
  rolesOf(colleague: Pick<Colleague, 'roles'>): Promise<readonly string[]>
}

export function staffOf(store: Store): Staff {
  let known: Promise<readonly Role[]> | undefined
  const roles = () => (known ??= store.find('roles') as unknown as Promise<readonly Role[]>)
  const held = new Map<string, Promise<readonly Colleague[]>>()
  const actorOf = async ({ id, name, language, roles: own }: Colleague): Promise<Actor> =>
    ({ id, name, language, roles: own, permissions: (await roles()).filter(({ slug }) => own.includes(slug)).flatMap(({ permissions }) => permissions) })
  const holders = async (role: string) => {
    const slugs = (await roles()).filter(({ slug, basedOn }) => slug === role || basedOn === role).map(({ slug }) => slug)
    const found = await store.find('users', { where: { roles: { in: slugs.length > 0 ? slugs : [role] } }, sort: 'id' })
    return distinct((found as unknown as Row[]).map(colleagueOf)).filter(({ blocked }) => !blocked)
  }
  return {
    async byIds(ids) {
      return new Map([...(await store.byIds('users', ids)).values()].map((row) => [row.id, colleagueOf(row as unknown as Row)]))
    },
    holders(role) {
      const already = held.get(role) ?? holders(role)
      held.set(role, already)
      return already
    },
    actorOf,
    async mayRead(colleague, entity, document) {
      const { allowed, own } = can(await actorOf(colleague), 'read', entity)
      return allowed && (!own || document.owner === colleague.id)
    },
    async rolesOf(colleague) {
      return [...new Set((await roles()).filter(({ slug }) => colleague.roles.includes(slug)).flatMap(({ slug, basedOn }) => [slug, ...(basedOn ? [basedOn] : [])]))]
    },
  }
}

type Role = { readonly slug: string; readonly basedOn?: string | null; readonly permissions: readonly Permission[] }

export function colleagueOf(row: Row): Colleague {
  const text = (name: string) => (typeof row[name] === 'string' && row[name] !== '' ? row[name] : null)
  return {
    id: row.id, name: text('name') ?? text('email') ?? row.id, email: text('email') ?? '', language: row.language === 'zh' ? 'zh' : 'en',
    roles: Array.isArray(row.roles) ? row.roles.map(String) : [], blocked: row.blocked === true,
    manager: text('manager'), substitute: text('substitute'), substituteFrom: text('substituteFrom'), substituteUntil: text('substituteUntil'),
  }
}

/** Whether someone else decides for them on this day. */
export const isAway = ({ substitute, substituteFrom, substituteUntil }: Colleague, today: string): boolean =>
  substitute !== null && (substituteFrom === null || substituteFrom <= today) && (substituteUntil === null || today <= substituteUntil)

const distinct = (people: readonly Colleague[]): Colleague[] => [...new Map(people.map((one) => [one.id, one])).values()]
