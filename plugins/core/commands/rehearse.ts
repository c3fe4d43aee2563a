import type { Payload } from 'payload'
import type { Actor } from '../access/actor.ts'
import { rememberReads } from '../data/remember-reads.ts'
import type { Row, RowOf, Store } from '../data/store.ts'
import type { CommandContext } from './context.ts'
import { openContext } from './open-context.ts'

/** A context in which everything can be prepared and checked and nothing is stored; it holds up nobody, as it opens no transaction. */
export function openRehearsal(payload: Payload, actor: Actor): CommandContext {
  return openContext(payload, { actor, references: { watch: withoutWrites, shutOut: async () => {}, seal: async () => {}, release: () => {} } })
}

/** The same of a command that is under way: what is drafted in it leaves no trace, not even numbers taken. */
export const rehearsed = (context: CommandContext): CommandContext => ({ ...context, store: withoutWrites(context.store) })

/** The same context with rows that count as stored already, as what comes before them would have stored them. */
export function pretending(context: CommandContext, rows: ReadonlyMap<string, ReadonlyMap<string, Row>>): CommandContext {
  const { store } = context
  const byIds: Store['byIds'] = async (entity, ids) => {
    const wanted = [...ids]
    const found = await store.byIds(entity, wanted)
    for (const id of wanted) {
      const row = id ? rows.get(entity)?.get(id) : undefined
      if (row && !found.has(row.id)) found.set(row.id, row as unknown as RowOf<typeof entity>)
    }
    return found
  }
  return { ...context, store: { ...store, byIds, get: async (entity, id) => (await byIds(entity, [id])).get(id) } }
}

function withoutWrites(store: Store): Store {
  const taken = new Map<string, number>()
  return {
    ...rememberReads(store),
    insert: async () => {},
    insertMany: async () => {},
    update: async () => true,
    remove: async () => {},
    raiseNumber: async () => {},
    async nextNumber(series, { count = 1 } = {}) {
      const last = (taken.get(series) ?? (await store.get('number-series', series))?.last ?? 0) + count
      taken.set(series, last)
      return last
    },
  }
}
