import type { Store } from '../data/store.ts'

/** Whoever acted, by name where it is a person that is still there. */
export async function namesOf(store: Store, ids: readonly string[]): Promise<(id: string) => string> {
  const people = await store.byIds('users', [...new Set(ids)]) as unknown as ReadonlyMap<string, { readonly name?: string | null; readonly email: string }>
  return (id) => people.get(id)?.name || people.get(id)?.email || id
}
