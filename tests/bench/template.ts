import type { SQLiteAdapter } from '@payloadcms/db-sqlite'
import { sql } from '@payloadcms/db-sqlite/drizzle'
import type { Payload } from 'payload'
import { newId } from '../../plugins/core/commands/context.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import type { Row } from '../../plugins/core/data/store.ts'
import { platformOf } from '../../plugins/core/platform/platform.ts'

/** Every row of the database, by entity and id. */
export type Snapshot = ReadonlyMap<string, ReadonlyMap<string, Row>>

/**
 * What a piece of work left behind: the rows it wrote, and by how much it changed the balances that add up such rows. Repeated
 * with new ids and numbers it is what the same work leaves that often: all sums that `verify` proves hold as they did.
 */
export type Template = {
  readonly rows: readonly { readonly entity: string; readonly row: Row }[]
  readonly changes: readonly { readonly entity: string; readonly id: string; readonly by: Readonly<Record<string, number>> }[]
}

/** Rows that are sums: they change where others are added. */
const sums: ReadonlySet<string> = new Set(['stock-balances', 'stock-values', 'account-balances'])
/** Number series go on for all templates at once (`openNumbers`); the others are no work. */
const leftOut: ReadonlySet<string> = new Set(['number-series', 'users', 'idempotency-keys'])

export async function snapshotOf(payload: Payload): Promise<Snapshot> {
  const store = openStore(payload)
  const snapshot = new Map<string, Map<string, Row>>()
  for (const slug of platformOf(payload).entities.keys()) {
    const rows = new Map<string, Row>()
    for await (const row of store.stream<string>(slug)) rows.set(row.id, row as Row)
    snapshot.set(slug, rows)
  }
  return snapshot
}

/** @throws when something other than a sum was changed: it could not be repeated */
export function differenceOf(before: Snapshot, after: Snapshot): Template {
  const rows: { entity: string; row: Row }[] = []
  const changes: { entity: string; id: string; by: Record<string, number> }[] = []
  for (const [entity, now] of after) {
    if (leftOut.has(entity)) continue
    for (const [id, row] of now) {
      const old = before.get(entity)?.get(id)
      if (sums.has(entity)) {
        const by = Object.fromEntries(Object.entries(row).flatMap(([field, value]) => (typeof value === 'number' && field !== 'version' ? [[field, value - Number(old?.[field] ?? 0)] as const] : [])))
        if (Object.values(by).some((change) => change !== 0)) changes.push({ entity, id, by })
      } else if (!old) rows.push({ entity, row })
      else if (JSON.stringify(old) !== JSON.stringify(row)) throw new Error(`The work changed ${entity} ${id}, which was there before.`)
    }
  }
  return { rows, changes }
}

export type Substitute = (copy: number) => string

/**
 * Writes `copies` of the template in bulk, each with ids and numbers of its own. `replace`: other texts of it, with what stands in
 * their place in each copy.
 */
export async function repeat(payload: Payload, template: Template, { copies, numbers, replace = new Map<string, Substitute>() }: {
  readonly copies: number; readonly numbers: Numbers; readonly replace?: ReadonlyMap<string, Substitute>
}): Promise<void> {
  const ids = new Set(template.rows.map(({ row }) => row.id))
  const given = new Set(template.rows.flatMap(({ row }) => [row.number, row.partNumber].filter((value): value is string => typeof value === 'string')))
  const texts = [...ids, ...given, ...replace.keys()]
  const pieces = JSON.stringify(template.rows).split(new RegExp(`(${texts.map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).sort((a, b) => b.length - a.length).join('|')})`))
  const perBatch = Math.max(1, Math.floor(rowsPerBatch / template.rows.length))
  for (let from = 0; from < copies; from += perBatch) {
    const byEntity = new Map<string, Row[]>()
    for (let copy = from; copy < Math.min(copies, from + perBatch); copy++) {
      const known = new Map<string, string>()
      const substitute = (text: string) => {
        const found = known.get(text) ?? (ids.has(text) ? newId() : given.has(text) ? numbers.next(text) : replace.get(text)?.(copy) ?? text)
        known.set(text, found)
        return found
      }
      const rows = JSON.parse(pieces.map((piece, index) => (index % 2 === 1 ? substitute(piece) : piece)).join('')) as Template['rows']
      for (const { entity, row } of rows) {
        const list = byEntity.get(entity)
        if (list) list.push(row)
        else byEntity.set(entity, [row])
      }
    }
    const transactionID = await payload.db.beginTransaction()
    const store = openStore(payload, transactionID ?? undefined)
    if (payload.db.name === 'sqlite') await referToLaterRows(payload, String(transactionID))
    for (const [entity, rows] of byEntity) await store.insertMany(entity, rows)
    if (transactionID !== null) await payload.db.commitTransaction(transactionID)
  }
  const store = openStore(payload)
  for (const { entity, id, by } of template.changes) {
    const more = Object.fromEntries(Object.entries(by).map(([field, change]) => [field, { $inc: change * copies }]))
    if (!(await store.update(entity, id, more as never))) throw new Error(`${entity} ${id} is gone.`)
  }
}

const rowsPerBatch = 4_000

/** Documents refer to each other both ways: foreign keys are checked at the end of the transaction. */
async function referToLaterRows(payload: Payload, transaction: string): Promise<void> {
  const { sessions } = payload.db as unknown as SQLiteAdapter
  await (sessions[transaction]?.db as SQLiteAdapter['drizzle'] | undefined)?.run(sql`PRAGMA defer_foreign_keys = ON`)
}

/** Numbers go on where each series ended. */
export type Numbers = { readonly next: (like: string) => string; readonly save: () => Promise<void> }

export async function openNumbers(payload: Payload): Promise<Numbers> {
  const store = openStore(payload)
  const last = new Map((await store.find('number-series')).map(({ key, last: number }) => [key, number]))
  const own = new Set(last.keys())
  return {
    next(like) {
      const [, series = like, digits = ''] = /^(.*)-(\d+)$/.exec(like) ?? []
      const number = (last.get(series) ?? Number(digits)) + 1
      last.set(series, number)
      return `${series}-${String(number).padStart(digits.length, '0')}`
    },
    async save() {
      for (const [series, number] of last) if (own.has(series)) await store.update('number-series', series, { last: number })
    },
  }
}
