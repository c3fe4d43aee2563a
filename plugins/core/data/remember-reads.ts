import type { Row, RowOf, Store } from './store.ts'

/**
 * The same store, which asks the database each question once: for work that looks at many documents alike in one transaction
 * (or on one moment). A write forgets everything. Rows are shared by all who asked: they are read, not changed.
 */
export function rememberReads(store: Store): Store {
  let answers = new Map<string, Promise<unknown>>()
  let rows = new Map<string, Map<string, Row | undefined>>()
  const forget = () => {
    answers = new Map()
    rows = new Map()
  }
  const once = <Answer>(question: readonly unknown[], ask: () => Promise<Answer>): Promise<Answer> => {
    const key = JSON.stringify(question)
    const known = answers.get(key) as Promise<Answer> | undefined
    const answer = known ?? ask()
    answers.set(key, answer)
    return answer
  }
  const known = (entity: string): Map<string, Row | undefined> => {
    const found = rows.get(entity) ?? new Map<string, Row | undefined>()
    rows.set(entity, found)
    return found
  }
  const byIds: Store['byIds'] = async (entity, ids) => {
    const kept = known(entity)
    const wanted = [...new Set([...ids].filter((id): id is string => Boolean(id)))]
    const missing = wanted.filter((id) => !kept.has(id))
    if (missing.length > 0) {
      const found = await store.byIds(entity, missing)
      for (const id of missing) kept.set(id, found.get(id) as Row | undefined)
    }
    return new Map(wanted.flatMap((id) => {
      const row = kept.get(id)
      return row === undefined ? [] : [[id, row as unknown as RowOf<typeof entity>] as const]
    }))
  }
  const get: Store['get'] = async (entity, id) => (await byIds(entity, [id])).get(id)
  const writing = <Arguments extends unknown[], Result>(write: (...args: Arguments) => Promise<Result>) => async (...args: Arguments): Promise<Result> => {
    forget()
    return write(...args)
  }
  return {
    ...store, byIds, get,
    async require(entity, id) {
      return (await get(entity, id)) ?? store.require(entity, id)
    },
    find: (entity, query) => once(['find', entity, query], () => store.find(entity, query)),
    findOne: (entity, where) => once(['findOne', entity, where], () => store.findOne(entity, where)),
    count: (entity, where) => once(['count', entity, where], () => store.count(entity, where)),
    sum: (entity, query) => once(['sum', entity, query], () => store.sum(entity, query)),
    insert: writing(store.insert) as Store['insert'],
    insertMany: writing(store.insertMany),
    update: writing(store.update) as Store['update'],
    remove: writing(store.remove),
  }
}
