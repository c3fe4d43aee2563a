import { groupBy } from '../../../plugins/core/engine/group-by.ts'
import type { Payload } from 'payload'
import type { Events, History, IdempotencyKeys, WorkItems } from '../../../config/generated/entities.ts'
import { openStore } from '../../../plugins/core/data/open-store.ts'
import type { Store } from '../../../plugins/core/data/store.ts'
import { platformOf } from '../../../plugins/core/platform/platform.ts'
import type { Entry } from './fault-clerks.ts'

/**
 * Compares what clerks were told with what the database holds, row by row: what was acknowledged is there once, what was refused is not
 * there, what nobody knew is there wholly or not at all; and what follows by event has followed once.
 * @returns what is wrong, a sentence each
 */
export async function faultsAgainst(payload: Payload, journal: readonly Entry[]): Promise<string[]> {
  const store = openStore(payload)
  const history = await all(store, 'history') as History[]
  return [
    ...await commandsOnce(history, journal),
    ...keysOnce(await all(store, 'idempotency-keys') as IdempotencyKeys[], journal),
    ...await ledgersOnce(store, history),
    ...await eventsOnce(store, history, payload),
  ]
}

const all = async (store: Store, entity: string): Promise<unknown[]> => {
  const rows: unknown[] = []
  for await (const row of store.stream(entity)) rows.push(row)
  return rows
}

/** `create` for the first version, else the event that was sent. */
const whatOf = ({ action, event }: History) => (action === 'create' ? 'create' : event ?? action)

async function commandsOnce(history: readonly History[], journal: readonly Entry[]): Promise<string[]> {
  const wrong: string[] = []
  const rows = groupBy(history, (row) => `${row.entity} ${row.documentId} ${whatOf(row)}`)
  for (const [place, entries] of groupBy(journal, ({ entity, id, event }) => `${entity} ${id} ${event}`)) {
    const found = rows.get(place) ?? []
    const done = entries.filter(({ outcome }) => outcome === 'done')
    const most = done.length + entries.filter(({ outcome }) => outcome === 'unknown').length
    if (found.length < done.length || found.length > most) wrong.push(`${place}: ${done.length} to ${most} by the clerks' journal, ${found.length} in the history`)
    for (const { version } of done) {
      if (!found.some(({ documentVersion }) => documentVersion === version)) wrong.push(`${place}: acknowledged as version ${version}, which the history does not have`)
    }
  }
  const known = new Set(journal.map(({ entity, id, event }) => `${entity} ${id} ${event}`))
  const clerks = new Set(history.filter((row) => known.has(`${row.entity} ${row.documentId} ${whatOf(row)}`)).map(({ actor }) => actor))
  for (const row of history) {
    // What a step brings along (a delivery, an invoice) is created by whoever takes it.
    if (clerks.has(row.actor) && row.action === 'send' && !row.cause && !known.has(`${row.entity} ${row.documentId} ${whatOf(row)}`) && !brought.has(`${row.entity} ${row.event}`)) {
      wrong.push(`${row.entity} ${row.documentId} ${row.event}: in the history, and no clerk has asked for it`)
    }
  }
  return wrong
}

/** Steps that other documents take by themselves within a clerk's step. */
const brought: ReadonlySet<string> = new Set(['invoices settle', 'sales-orders settle', 'sales-orders complete', 'sales-orders close', 'journal-entries post'])

function keysOnce(stored: readonly IdempotencyKeys[], journal: readonly Entry[]): string[] {
  const keys = groupBy(stored, ({ key }) => key.slice(key.indexOf(':') + 1))
  return journal.flatMap(({ key, outcome, entity, id, event }) => {
    const found = key === undefined ? 0 : keys.get(key)?.length ?? 0
    const isRight = outcome === 'done' ? found === (key === undefined ? 0 : 1) : outcome === 'refused' ? found === 0 : found <= 1
    return isRight ? [] : [`${entity} ${id} ${event}: ${outcome}, and its key is stored ${found} times`]
  })
}

/** Each posting has its entries, once; what was not posted has none. */
async function ledgersOnce(store: Store, history: readonly History[]): Promise<string[]> {
  const wrong: string[] = []
  const entries = groupBy(await store.find('journal-entries'), ({ sourceId }) => String(sourceId))
  const stock = groupBy(await store.find('stock-entries'), ({ sourceId }) => String(sourceId))
  const posted = new Set(history.filter(({ event }) => event === 'post').map(({ documentId }) => documentId))
  for (const entity of ['deliveries', 'invoices', 'payments'] as const) {
    for (const { id } of await store.find<string>(entity)) {
      const want = posted.has(id) ? 1 : 0
      const found = entries.get(id)?.length ?? 0
      if (found !== want) wrong.push(`${entity} ${id}: ${found} journal entries instead of ${want}`)
      const moved = stock.get(id)?.length ?? 0
      if (entity === 'deliveries' && moved !== want) wrong.push(`${entity} ${id}: ${moved} stock entries instead of ${want}`)
    }
  }
  return wrong
}

/** Each event stands once, has one piece of work a handler, each is done, and what handlers make is there once. */
async function eventsOnce(store: Store, history: readonly History[], payload: Payload): Promise<string[]> {
  const wrong: string[] = []
  const { handlers } = platformOf(payload)
  const events = await all(store, 'events') as Events[]
  const items = await all(store, 'work-items') as WorkItems[]
  for (const [place, found] of groupBy(events, ({ type, documentId, documentVersion }) => `${type} ${documentId} ${documentVersion}`)) {
    if (found.length !== 1) wrong.push(`the event ${place} stands ${found.length} times`)
  }
  const work = groupBy(items, ({ event, handler }) => `${String(event)} ${handler}`)
  for (const { id, type } of events) {
    for (const { name, on } of handlers) {
      const found = on.includes(type) ? work.get(`${id} ${name}`) ?? [] : undefined
      if (found && (found.length !== 1 || found[0]?.status !== 'done')) wrong.push(`${name} for ${type} ${id}: ${found.map(({ status, lastError }) => `${status} ${lastError ?? ''}`).join(', ') || 'missing'}`)
    }
  }
  const eventOf = new Set(events.map(({ documentId, documentVersion }) => `${documentId} ${documentVersion}`))
  for (const { action, entity, documentId, documentVersion } of history) {
    if (action === 'send' && !eventOf.has(`${documentId} ${documentVersion}`)) wrong.push(`${entity} ${documentId} version ${documentVersion} has left no event`)
  }
  const now = new Date().toISOString()
  for (const { handler, documentId, status, dueAt, leaseUntil } of items) {
    if (status === 'dead') wrong.push(`${handler} of ${documentId} is a dead letter`)
    if (status === 'pending' && dueAt < now) wrong.push(`${handler} of ${documentId} is due since ${dueAt} (lease ${leaseUntil ?? 'free'})`)
  }
  const orders = await store.find('sales-orders')
  const sent = (entity: string, event: string) => new Set(history.filter((row) => row.entity === entity && row.event === event).map(({ documentId }) => documentId))
  const ofQuote = groupBy(orders, ({ quote }) => String(quote))
  for (const quote of sent('quotes', 'accept')) if (ofQuote.get(quote)?.length !== 1) wrong.push(`quote ${quote} was accepted and has ${ofQuote.get(quote)?.length ?? 0} orders`)
  const deliveries = groupBy(await store.find('deliveries'), ({ salesOrder }) => salesOrder)
  const invoices = groupBy(await store.find('invoices'), ({ salesOrder }) => String(salesOrder))
  const delivered = sent('sales-orders', 'deliver')
  const posted = sent('deliveries', 'post')
  for (const { id } of orders) {
    const [own = [], billed = []] = [deliveries.get(id), invoices.get(id)]
    if (own.length !== (delivered.has(id) ? 1 : 0)) wrong.push(`order ${id} has ${own.length} deliveries`)
    if (billed.length !== (own.some((delivery) => posted.has(delivery.id)) ? 1 : 0)) wrong.push(`order ${id} has ${billed.length} invoices`)
  }
  return wrong
}
