import type { Store } from './store.ts'

/**
 * The same store for reading one state of the database: of an entity without rows the database is asked once, whatever is asked of it
 * later. A firm in its first phase has rows in few of the entities that invariants look at.
 */
export function skipEmpty(store: Store): Store {
  const known = new Map<string, Promise<boolean>>()
  const isEmpty = (entity: string): Promise<boolean> => {
    const answer = known.get(entity) ?? store.find(entity, { limit: 1, sort: 'id' }).then((rows) => rows.length === 0)
    known.set(entity, answer)
    return answer
  }
  return {
    ...store,
    get: async (entity, id) => ((await isEmpty(entity)) ? undefined : store.get(entity, id)),
    findOne: async (entity, where) => ((await isEmpty(entity)) ? undefined : store.findOne(entity, where)),
    find: async (entity, query) => ((await isEmpty(entity)) ? [] : store.find(entity, query)),
    byIds: async (entity, ids) => ((await isEmpty(entity)) ? new Map() : store.byIds(entity, ids)),
    count: async (entity, where) => ((await isEmpty(entity)) ? 0 : store.count(entity, where)),
    // Without groups there is one row of sums, also of nothing.
    sum: async (entity, query) => (query.groupBy?.length && (await isEmpty(entity)) ? [] : store.sum(entity, query)),
    findOnly: async (entity, only, query) => ((await isEmpty(entity)) ? [] : store.findOnly(entity, only, query)),
    async *streamOnly(entity, only, where) {
      if (!(await isEmpty(entity))) yield* store.streamOnly(entity, only, where)
    },
    async *stream(entity, where) {
      if (!(await isEmpty(entity))) yield* store.stream(entity, where)
    },
  }
}
