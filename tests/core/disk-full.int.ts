import { sql } from '@payloadcms/db-sqlite/drizzle'
import type { SQLiteAdapter } from '@payloadcms/db-sqlite'
import type { Payload } from 'payload'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '../../plugins/core/access/actor.ts'
import { problemOfError } from '../../plugins/core/api/problem-of-error.ts'
import { runCommand } from '../../plugins/core/commands/run-command.ts'
import { transact } from '../../plugins/core/commands/transact.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { beginUnguarded } from '../../plugins/core/data/revision-guard.ts'
import type { Booted } from '../support/boot-payload.ts'
import { foundTestCompany, shop } from '../support/shop.ts'
import { bootPlatform } from '../support/test-platform.ts'

/* SQLite says that the disk is full where its file may not grow any more; on such an error it may end the transaction by itself. */
describe.runIf(process.env.TEST_DATABASE === 'sqlite')('a file of SQLite that may not grow', () => {
  let booted: Booted
  let payload: Payload
  beforeAll(async () => {
    booted = await bootPlatform([shop])
    payload = booted.payload
    await foundTestCompany(payload)
  })
  afterAll(() => booted?.stop())

  /** On the connection that writes, whose limit it is. */
  const letGrow = async (pages: number) => {
    const id = await beginUnguarded(payload)
    const { db } = (payload.db as unknown as SQLiteAdapter).sessions[String(id)] as unknown as { db: SQLiteAdapter['drizzle'] }
    const [row] = await db.all<{ page_count: number }>(sql`PRAGMA page_count`)
    await db.run(sql.raw(`PRAGMA max_page_count = ${Number(row?.page_count) + pages}`))
    await payload.db.rollbackTransaction(String(id))
  }
  const shelf = (name: string) => runCommand(payload, systemActor, { action: 'create', entity: 'shelves', data: { name } })

  it('refuses with the sentence, keeps nothing of a command, also where its parts are written at once, and goes on when there is room', async () => {
    await letGrow(3)
    const told = await transact(payload, { actor: systemActor }, async ({ store }) => {
      // Whoever catches the first error must not write the rest.
      await Promise.allSettled(Array.from({ length: 60 }, (_, index) => store.insert('number-series', { id: `full-${index}`, key: `${index}`.padEnd(1_000, 'x'), last: index } as never)))
    }).then(() => undefined, (error: unknown) => problemOfError(error))
    expect(told).toMatchObject({ code: 'diskFull', status: 507 })
    expect(told?.message.en).toContain('nothing was changed')
    expect(await openStore(payload).count('number-series', { id: { like: 'full-' } })).toBe(0)
    // Small ones may still find room; those that do not leave nothing.
    const before = await openStore(payload).count('shelves')
    const outcomes = await Promise.allSettled(Array.from({ length: 40 }, (_, index) => shelf(`S${index}`.padEnd(400, 'y'))))
    const stored = outcomes.filter(({ status }) => status === 'fulfilled').length
    expect(stored).toBeLessThan(40)
    expect(await openStore(payload).count('shelves')).toBe(before + stored)
    expect(await openStore(payload).count('history', { entity: { equals: 'shelves' } })).toBe(before + stored)
    await letGrow(1_000)
    expect((await shelf('Room again')).version).toBe(1)
  })
})
