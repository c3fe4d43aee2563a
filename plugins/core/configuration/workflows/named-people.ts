import type { Json } from '../../../../config/language/text.ts'
import type { Row, Store } from '../../data/store.ts'
import { colleagueOf } from '../../approvals/staff.ts'
import type { Titles } from '../../views/titles.ts'

const mostNamed = 500

/** Names of the people whom approvals of these definitions name, finished or not. */
export async function namedPeople(store: Store, definitions: readonly (Json | null)[]): Promise<Titles> {
  const ids = [...new Set(definitions.flatMap(usersIn))].slice(0, mostNamed)
  const people = [...(await store.byIds('users', ids)).values()].map((row) => colleagueOf(row as unknown as Row))
  return { users: Object.fromEntries(people.map(({ id, name }) => [id, { title: name }])) }
}

function usersIn(value: Json): string[] {
  if (typeof value !== 'object' || value === null) return []
  if (Array.isArray(value)) return value.flatMap(usersIn)
  return Object.entries(value).flatMap(([name, inner]) => (name === 'users' && Array.isArray(inner) ? inner.filter((one) => typeof one === 'string') : usersIn(inner)))
}
