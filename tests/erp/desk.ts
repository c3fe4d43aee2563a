import type { Payload } from 'payload'
import type { Actor } from '../../plugins/core/access/actor.ts'
import type { Entities } from '../../config/generated/entities.ts'
import { runCommand, type CommandResult } from '../../plugins/core/commands/run-command.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { verify } from '../../plugins/core/verify/run-checks.ts'
import { personWith } from '../support/erp-world.ts'

export const buyer = personWith('buyer')
export const storekeeper = personWith('storekeeper')
export const accountant = personWith('accountant')
export const owner = personWith('owner')

type More = { readonly input?: object; readonly lines?: readonly object[]; readonly reason?: string }

/** Commands as people speak them, and what is stored afterwards. */
export function desk(payload: Payload) {
  const store = openStore(payload)
  return {
    store,
    create: async (actor: Actor, entity: string, data: object, lines?: readonly object[]): Promise<string> =>
      String((await runCommand(payload, actor, { action: 'create', entity, data, ...(lines ? { lines } : {}) })).id),
    send: (actor: Actor, entity: string, id: string, event: string, more: More = {}): Promise<CommandResult> =>
      runCommand(payload, actor, { action: 'send', entity, id, event, ...more }),
    operate: (actor: Actor, entity: string, operation: string, input: object = {}): Promise<CommandResult> =>
      runCommand(payload, actor, { action: 'operate', entity, operation, input }),
    stateOf: async (entity: string, id: string): Promise<unknown> => ((await store.require<string>(entity, id)).workflow as { state: string }).state,
    /** The only document of an entity that belongs to another. */
    one: async <E extends keyof Entities>(entity: E, where: Record<string, unknown>): Promise<Entities[E]> => {
      const found = await store.find(entity, { where: Object.fromEntries(Object.entries(where).map(([field, value]) => [field, { equals: value }])) })
      if (found.length !== 1) throw new Error(`${found.length} ${entity} instead of one.`)
      return found[0] as Entities[E]
    },
    /** The lines of the journal entries of a document, as account number → debit less credit. */
    entryOf: async (sourceId: string): Promise<Record<string, number>> => {
      const entries = await store.find('journal-entries', { where: { sourceId: { equals: sourceId } } })
      const lines = await store.find('journal-lines', { where: { journalEntry: { in: entries.map(({ id }) => id) } } })
      const accounts = await store.byIds('ledger-accounts', lines.map(({ account }) => account))
      const sums: Record<string, number> = {}
      for (const { account, debit, credit } of lines) {
        const role = accounts.get(account)?.accountRole ?? account
        sums[role] = (sums[role] ?? 0) + (debit ?? 0) - (credit ?? 0)
      }
      return Object.fromEntries(Object.entries(sums).filter(([, amount]) => amount !== 0))
    },
    /** Names of the checks that are red, with what they say. */
    red: async (): Promise<Record<string, readonly string[]>> =>
      Object.fromEntries((await verify(payload)).checks.filter(({ ok }) => !ok).map(({ name, failures }) => [name, failures])),
  }
}

/** The people exist, as the owners of what they write. */
export async function hire(payload: Payload): Promise<void> {
  for (const { id, name } of [buyer, storekeeper, accountant, owner]) {
    await payload.create({ collection: 'users', data: { id, name, email: `${id}@firm.example`, password: 'long enough for a test', language: 'en' } })
  }
}
