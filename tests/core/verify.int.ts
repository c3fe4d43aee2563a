import { createClient } from '@libsql/client'
import type { Payload } from 'payload'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { date, integer, quantity, relation, text } from '../../config/language/fields.ts'
import { systemActor } from '../../plugins/core/access/actor.ts'
import { runCommandLine } from '../../plugins/core/cli/main.ts'
import { newId } from '../../plugins/core/commands/context.ts'
import { runCommand } from '../../plugins/core/commands/run-command.ts'
import { transact } from '../../plugins/core/commands/transact.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { drainWork } from '../../plugins/core/events/runner.ts'
import type { TrellisPlugin } from '../../plugins/core/platform/plugin.ts'
import { verify, type Verification } from '../../plugins/core/verify/run-checks.ts'
import { readSnapshot } from '../../plugins/core/data/snapshot.ts'
import { readAtClusterTime } from '../../plugins/core/data/snapshot-mongodb.ts'
import { readSettings } from '../../config/settings.ts'
import type { Booted } from '../support/boot-payload.ts'
import { bootPlatform } from '../support/test-platform.ts'

let trouble: Error | undefined

/** Jobs with lines, a life with a guard, a timer and a handler: all that the core checks look at. */
const yard: TrellisPlugin = {
  slug: 'mes',
  entities: [
    {
      slug: 'yards', system: 'mes', kind: 'master', titleField: 'name', listColumns: ['name'],
      label: { en: 'Yard', zh: '场地' }, labels: { en: 'Yards', zh: '场地' }, fields: [text('name', { en: 'Name', zh: '名称' }, { required: true })],
    },
    {
      slug: 'jobs', system: 'mes', kind: 'document', titleField: 'number', listColumns: ['number'], numbering: { prefix: 'J', gapless: true }, workflow: 'job',
      label: { en: 'Job', zh: '任务' }, labels: { en: 'Jobs', zh: '任务' },
      lines: { entity: 'job-lines', parentField: 'job', label: { en: 'Lines', zh: '行' } },
      fields: [relation('yard', { en: 'Yard', zh: '场地' }, { to: 'yards' }), date('day', { en: 'Day', zh: '日期' }), integer('tries', { en: 'Tries', zh: '次数' }, { default: 0 })],
    },
    {
      slug: 'job-lines', system: 'mes', kind: 'line', titleField: 'id', listColumns: ['quantity'], parent: { entity: 'jobs', field: 'job' },
      label: { en: 'Line', zh: '行' }, labels: { en: 'Lines', zh: '行' },
      fields: [relation('job', { en: 'Job', zh: '任务' }, { to: 'jobs' }), quantity('quantity', { en: 'Quantity', zh: '数量' })],
    },
  ],
  guards: [{
    type: 'yard.twice', label: { en: 'Tried twice', zh: '已试两次' }, facts: [],
    check: ({ document }) => Number(document.tries) >= 2 || { code: 'yard.twice', message: { en: 'Try twice first.', zh: '请先试两次。' } },
  }],
  workflows: [{
    slug: 'job', version: 1, entity: 'jobs', label: { en: 'Job', zh: '任务' }, initial: 'open',
    events: {
      attempt: { label: { en: 'Try', zh: '试' }, past: 'tried' },
      finish: { label: { en: 'Finish', zh: '完成' }, past: 'finished' },
      remind: { label: { en: 'Remind', zh: '提醒' }, past: 'reminded', roles: ['system'] },
    },
    states: {
      open: {
        label: { en: 'Open', zh: '未完成' }, editable: true, after: { P1D: 'remind' },
        on: {
          attempt: { actions: [{ type: 'core.increment', params: { field: 'tries' } }] },
          finish: [{ target: 'done', guards: [{ type: 'yard.twice' }] }, { target: 'failed' }],
          remind: {},
        },
      },
      done: { label: { en: 'Done', zh: '完成' }, type: 'final' },
      failed: { label: { en: 'Failed', zh: '失败' }, type: 'final' },
    },
  }],
  // Fails as the tests tell it to, to show what becomes of a check that cannot go on.
  checks: [{
    name: 'yard.counted', label: { en: 'Yards are counted', zh: '场地已清点' },
    run: async (store) => trouble ? Promise.reject(trouble) : { ok: true, counted: await store.count('yards'), failures: [] },
  }],
  handlers: [{ name: 'yard.note', on: ['jobs.finished'], run: () => Promise.resolve() }],
}

let booted: Booted
let payload: Payload
let jobs: string[]
const send = (id: string, event: string) => runCommand(payload, systemActor, { action: 'send', entity: 'jobs', id, event })
const create = async (entity: string, data: object, lines?: object[]) =>
  String((await runCommand(payload, systemActor, { action: 'create', entity, data, ...(lines ? { lines } : {}) })).id)
const failing = ({ checks }: Verification) => checks.filter(({ ok }) => !ok).map(({ name }) => name)

beforeAll(async () => {
  booted = await bootPlatform([yard])
  payload = booted.payload
  await transact(payload, { actor: systemActor }, (context) =>
    context.create('companies', { values: { name: 'Test', code: 'T', currency: 'EUR', timeZone: 'Europe/Berlin', country: 'DE', language: 'en' } }))
  const on = await create('yards', { name: 'North' })
  jobs = await Promise.all(Array.from({ length: 8 }, () => create('jobs', { yard: on }, [{ quantity: '10' }, { quantity: '2.5' }])))
  for (const [index, id] of jobs.entries()) {
    for (let tries = 0; tries < index % 4; tries++) await send(id, 'attempt')
    if (index < 6) await send(id, 'finish')
    else await runCommand(payload, systemActor, { action: 'edit', entity: 'jobs', id, data: { day: '2026-01-31' } })
  }
  const store = openStore(payload)
  const [line] = await store.find<string>('job-lines', { where: { job: { equals: jobs[0] } }, sort: 'position' })
  const [demand] = await store.find<string>('job-lines', { where: { job: { equals: jobs[1] } }, sort: 'position' })
  for (const pegged of [6_000_000, 4_000_000]) {
    await store.insert('pegs', {
      id: newId(), supplyEntity: 'jobs', supplyId: jobs[0] ?? '', supplyLine: line?.id ?? '', demandEntity: 'jobs', demandId: jobs[1] ?? '',
      demandLine: demand?.id ?? '', demandTraceId: String((await store.require<string>('jobs', String(jobs[1]))).traceId), quantity: pegged, at: new Date().toISOString(),
    })
  }
  await drainWork(payload)
})
afterAll(() => booted?.stop())

describe('verify', () => {
  it('is green on a database that people have worked on, and has looked at everything', async () => {
    const verification = await verify(payload)
    expect(verification.checks.filter(({ ok }) => !ok)).toEqual([])
    expect(verification.ok).toBe(true)
    const counted = Object.fromEntries(verification.checks.map(({ name, counted: how }) => [name, how]))
    expect(counted['core.states']).toBe(jobs.length)
    expect(counted['core.history']).toBeGreaterThan(jobs.length)
    expect(counted['core.work']).toBeGreaterThan(jobs.length)
    // Two pegs, and a line at each of their ends.
    expect(counted['core.pegs']).toBe(4)
    expect(counted['core.relations']).toBeGreaterThan(2)
  })

  it('reads one state of the database while others write', async () => {
    const seen = await readSnapshot(payload, async (store) => {
      const before = await store.count('jobs')
      await create('jobs', {})
      return [before, await store.count('jobs'), (await store.find('jobs')).length]
    })
    expect(seen).toEqual([seen[0], seen[0], seen[0]])
    expect(await openStore(payload).count('jobs')).toBe(Number(seen[0]) + 1)
  })

  it('of MongoDB is read outside of transactions, which the server would end, where it has snapshots; nothing is written', async () => {
    const readings = booted.database.kind === 'mongodb' ? [readSnapshot, readAtClusterTime] : [readSnapshot]
    for (const reading of readings) {
      await reading(payload, async (store) => {
        expect(await store.count('jobs')).toBe((await store.find('jobs')).length)
        const [last] = await store.find<string>('jobs', { sort: '-number', limit: 1, where: { createdAt: { less_than: '2999-01-01T00:00:00.000Z' } } })
        expect(last).toEqual((await openStore(payload).find<string>('jobs', { sort: '-number', limit: 1 }))[0])
        expect(await store.sum('jobs', { groupBy: [], fields: ['tries'] })).toEqual(await openStore(payload).sum('jobs', { groupBy: [], fields: ['tries'] }))
        const sessions = Object.values((payload.db as unknown as { sessions: Record<string, { inTransaction?(): boolean; snapshotEnabled?: boolean }> }).sessions)
        if (reading === readAtClusterTime) expect(sessions.map((session) => [session.inTransaction?.(), session.snapshotEnabled])).toEqual([[false, true]])
        await expect(store.insert('yards', { id: newId(), name: 'Never' } as never)).rejects.toThrow()
      })
    }
    expect(await openStore(payload).count('yards')).toBe(1)
  })

  it('what could not be finished is neither proved nor refuted, and says the remedy', async () => {
    trouble = Object.assign(new Error('Read timestamp is older than the oldest available timestamp.'), { code: 239 })
    try {
      const verification = await verify(payload)
      expect(verification).toMatchObject({ ok: false, failed: 0, unfinished: 1 })
      expect(verification.checks.find(({ name }) => name === 'yard.counted')).toMatchObject({ ok: false, outcome: 'unfinished', failures: [] })
      const written: string[] = []
      const run = (...argv: string[]) => runCommandLine({ argv: ['verify', ...argv], settings: readSettings({}), boot: () => Promise.resolve(payload), write: (line) => written.push(line) })
      expect(await run()).toBe(3)
      expect(written.at(-1)).toMatch(/^1 of \d+ checks were not finished: what they prove is not known\.$/)
      expect(written.join()).toContain('Raise minSnapshotHistoryWindowInSeconds')
      expect(written.join()).not.toContain('do not hold')
      written.length = 0
      expect(await run('--json')).toBe(3)
      expect(JSON.parse(written.join('\n'))).toMatchObject({ ok: false, failed: 0, unfinished: 1 })
      expect(await run('--zh')).toBe(3)
      expect(written.at(-1)).toMatch(/1 项未完成，结果不明/)
      trouble = new Error('cursor broken')
      expect((await verify(payload)).checks.find(({ name }) => name === 'yard.counted')?.unfinished?.en).toBe('Not finished: cursor broken')
    } finally {
      trouble = undefined
    }
  })

  it('the command line answers with the exit status, and with JSON', async () => {
    const written: string[] = []
    const run = (...argv: string[]) => runCommandLine({ argv: ['verify', ...argv], settings: readSettings({}), boot: () => Promise.resolve(payload), write: (line) => written.push(line) })
    expect(await run()).toBe(0)
    expect(written.at(-1)).toMatch(/^All \d+ invariants hold\.$/)
    expect(written.length).toBeGreaterThan(5)
    written.length = 0
    expect(await run('--json')).toBe(0)
    expect(JSON.parse(written.join('\n'))).toMatchObject({ ok: true })
    expect(await run('--jsn')).toBe(2)
  })
})

describe('verify is red', () => {
  let restore: () => Promise<unknown>
  afterEach(async () => {
    await restore()
    expect(failing(await verify(payload))).toEqual([])
  })

  it('when a state was changed past the commands, and the command line says so', async () => {
    const store = openStore(payload)
    const job = await store.require<string>('jobs', String(jobs[6]))
    await store.update('jobs', job.id, { workflow: { ...(job.workflow as object), state: 'done', snapshot: null } })
    restore = () => store.update('jobs', job.id, { workflow: job.workflow })
    const verification = await verify(payload)
    expect(failing(verification)).toEqual(['core.states'])
    expect(verification.checks.find(({ name }) => name === 'core.states')?.failures.join()).toContain(String(job.number))
    const written: string[] = []
    expect(await runCommandLine({ argv: ['verify'], settings: readSettings({}), boot: () => Promise.resolve(payload), write: (line) => written.push(line) })).toBe(1)
    expect(written.at(-1)).toMatch(/^1 of \d+ invariants do not hold\.$/)
  })

  it('when a recorded guard outcome was changed', async () => {
    const store = openStore(payload)
    const [row] = await store.find('history', { where: { documentId: { equals: String(jobs[2]) }, event: { equals: 'finish' } } })
    await store.update('history', String(row?.id), { guards: {} })
    restore = () => store.update('history', String(row?.id), { guards: row?.guards })
    expect(failing(await verify(payload))).toEqual(['core.states'])
  })

  it('when a version of the history is missing', async () => {
    const store = openStore(payload)
    const [row] = await store.find('history', { where: { documentId: { equals: String(jobs[7]) }, action: { equals: 'edit' } } })
    await store.remove('history', { id: { equals: row?.id } })
    restore = () => store.insert('history', { ...row, id: String(row?.id) } as never)
    expect(failing(await verify(payload))).toEqual(['core.history'])
  })

  it('when a number is missing or given twice', async () => {
    const store = openStore(payload)
    const [first, second] = await store.find<string>('jobs', { sort: 'number', limit: 2 })
    await store.update<string>('jobs', String(second?.id), { number: first?.number })
    restore = () => store.update<string>('jobs', String(second?.id), { number: second?.number })
    const verification = await verify(payload)
    expect(failing(verification)).toEqual(['core.numbers'])
    expect(verification.checks.find(({ name }) => name === 'core.numbers')?.failures).toHaveLength(2)
  })

  it('when work is overdue and nobody has been told', async () => {
    const store = openStore(payload)
    const [item] = await store.find('work-items', { where: { status: { equals: 'pending' } }, limit: 1 })
    await store.update('work-items', String(item?.id), { dueAt: '2026-01-01T00:00:00.000Z' })
    restore = () => store.update('work-items', String(item?.id), { dueAt: String(item?.dueAt) })
    expect(failing(await verify(payload))).toEqual(['core.work'])
    // A dead letter stands on a person's screen: that is not silence.
    await store.update('work-items', String(item?.id), { status: 'dead' })
    restore = () => store.update('work-items', String(item?.id), { dueAt: String(item?.dueAt), status: 'pending' })
    expect(failing(await verify(payload))).toEqual([])
  })

  it('when more is pegged than there is', async () => {
    const store = openStore(payload)
    const [peg] = await store.find('pegs', { limit: 1 })
    await store.update('pegs', String(peg?.id), { quantity: { $inc: 1 } })
    restore = () => store.update('pegs', String(peg?.id), { quantity: { $inc: -1 } })
    const verification = await verify(payload)
    expect(failing(verification)).toEqual(['core.pegs'])
    expect(verification.checks.find(({ name }) => name === 'core.pegs')?.failures).toHaveLength(2)
  })

  it.each([
    ['of nothing', { quantity: 0 }, 1],
    ['of another trace', { demandTraceId: 'elsewhere' }, 1],
    ['to a document that is gone', { demandId: 'gone' }, 1],
  ])('when a peg is %s', async (_, changes, failures) => {
    const store = openStore(payload)
    const [peg] = await store.find('pegs', { limit: 1 })
    await store.update('pegs', String(peg?.id), changes)
    restore = () => store.update('pegs', String(peg?.id), { quantity: peg?.quantity, demandTraceId: peg?.demandTraceId, demandId: peg?.demandId })
    const verification = await verify(payload)
    expect(failing(verification)).toEqual(['core.pegs'])
    expect(verification.checks.find(({ name }) => name === 'core.pegs')?.failures).toHaveLength(failures)
  })

  it('when a peg names a line of another document', async () => {
    const store = openStore(payload)
    const [peg] = await store.find('pegs', { limit: 1 })
    const [other] = await store.find<string>('job-lines', { where: { job: { equals: jobs[3] } }, sort: 'position' })
    await store.update('pegs', String(peg?.id), { supplyLine: String(other?.id) })
    restore = () => store.update('pegs', String(peg?.id), { supplyLine: peg?.supplyLine })
    const verification = await verify(payload)
    expect(verification.checks.find(({ name }) => name === 'core.pegs')?.failures.join()).toContain('its supply line is of')
  })

  it('when a document is gone that nobody discarded', async () => {
    const store = openStore(payload)
    const id = await create('yards', { name: 'Short-lived' })
    const row = await store.require<string>('yards', id)
    await store.remove('yards', { id: { equals: id } })
    restore = async () => {
      await store.insert<string>('yards', row)
      await runCommand(payload, systemActor, { action: 'discard', entity: 'yards', id })
    }
    const verification = await verify(payload)
    expect(failing(verification)).toEqual(['core.deleted'])
    expect(verification.checks.find(({ name }) => name === 'core.deleted')?.failures).toEqual([`yards ${id} is gone, and its history does not say that it was discarded.`])
  })

  it('when a document waits for a timer that is not set', async () => {
    const store = openStore(payload)
    const [item] = await store.find('work-items', { where: { documentId: { equals: String(jobs[6]) }, kind: { equals: 'timer' }, status: { equals: 'pending' } } })
    await store.update('work-items', String(item?.id), { status: 'cancelled' })
    restore = () => store.update('work-items', String(item?.id), { status: 'pending' })
    expect(failing(await verify(payload))).toEqual(['core.timers'])
  })

  it('when a relation leads nowhere', async () => {
    const id = String(jobs[5])
    const { yard: on } = await openStore(payload).require<string>('jobs', id)
    await pointPastTheKey(id, 'nowhere')
    restore = () => pointPastTheKey(id, String(on))
    const verification = await verify(payload)
    expect(failing(verification)).toEqual(['core.relations'])
    expect(verification.checks.find(({ name }) => name === 'core.relations')?.failures).toEqual(['jobs.yard names yards nowhere, which does not exist.'])
  })
})

/** SQLite holds relations by foreign keys; what a broken disk or another program does needs a connection without them. */
async function pointPastTheKey(job: string, yardId: string): Promise<void> {
  if (booted.database.kind === 'mongodb') {
    await openStore(payload).update<string>('jobs', job, { yard: yardId })
    return
  }
  const client = createClient({ url: booted.database.url })
  await client.execute('PRAGMA foreign_keys = OFF')
  await client.execute({ sql: 'UPDATE jobs SET yard_id = ? WHERE id = ?', args: [yardId, job] })
  client.close()
}
