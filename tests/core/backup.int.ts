import { MongoClient } from 'mongodb'
import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Payload } from 'payload'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemActor } from '../../plugins/core/access/actor.ts'
import { listBackups } from '../../plugins/core/backup/keep-backups.ts'
import { makeBackup, type Backup } from '../../plugins/core/backup/make-backup.ts'
import { BackupError, manifestName, readManifest } from '../../plugins/core/backup/manifest.ts'
import { restore, type Target } from '../../plugins/core/backup/restore.ts'
import { publishRevision } from '../../plugins/core/platform/publish-revision.ts'
import { runCommand } from '../../plugins/core/commands/run-command.ts'
import { closeDatabase } from '../../plugins/core/data/close-database.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import type { Check } from '../../plugins/core/platform/plugin.ts'
import { platformOf } from '../../plugins/core/platform/platform.ts'
import { readRevision } from '../../plugins/core/data/read-revision.ts'
import { drainWork } from '../../plugins/core/events/runner.ts'
import { text } from '../../config/language/fields.ts'
import { shippedRevision, type Revision } from '../../config/language/revision.ts'
import { bootOn, contentsOf, databaseOf, makePlace } from '../support/backup-places.ts'
import type { Booted } from '../support/boot-payload.ts'
import { stepsIn } from '../support/erp-steps.ts'
import { startShopProcess } from '../support/second-process.ts'
import { seedErpWorld } from '../support/erp-world.ts'
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts'
import { bootPlatform } from '../support/test-platform.ts'

const oddText = 'Line one\nline two\u2028line three "quoted" 自行车 \u{1F6B2}'

let booted: Booted
let payload: Payload
let place: Awaited<ReturnType<typeof makePlace>>
const targets: TestDatabase[] = []
let customers = 0
const newCustomer = (name: string) => runCommand(payload, systemActor, { action: 'create', entity: 'customers', data: { number: `B-${++customers}`, name, language: 'en' } })

beforeAll(async () => {
  ;[booted, place] = await Promise.all([bootPlatform(), makePlace()])
  payload = booted.payload
  const world = await seedErpWorld(payload)
  const steps = stepsIn(world)
  await steps.create('sales-orders', { customer: world.customers.shop, note: oddText }, [{ part: world.parts.helmet, quantity: '2' }])
  await newCustomer(oddText)
  await payload.db.create({
    collection: 'users',
    data: { id: '5f0d8a2e-0000-4000-8000-000000000001', email: 'owner@firm.example', name: 'Olga', roles: ['owner', 'salesRep'], hash: '00ff', salt: 'aa11', sessions: [{ id: 's1', createdAt: new Date().toISOString(), expiresAt: new Date().toISOString() }] },
    req: { payload } as never,
  })
  await drainWork(payload)
  await mkdir(path.join(place.folder, 'data', 'uploads', 'parts'), { recursive: true })
  await writeFile(path.join(place.folder, 'data', 'uploads', 'parts', 'drawing.bin'), Buffer.from([0, 1, 2, 255, 10, 13]))
})
afterAll(async () => {
  await booted?.stop()
  for (const target of targets) await target.remove()
  await place?.remove()
})

const backup = (portable: boolean) => makeBackup({
  settings: { database: databaseOf(booted.database), dataDir: path.join(place.folder, 'data') }, revision: shippedRevision,
  to: path.join(place.folder, 'backups'), by: 'person', portable, payload: () => Promise.resolve(payload),
})

async function newTarget(kind = booted.database.kind): Promise<Target> {
  const before = process.env.TEST_DATABASE
  process.env.TEST_DATABASE = kind
  const database = await createTestDatabase()
  process.env.TEST_DATABASE = before
  targets.push(database)
  return { database: databaseOf(database), dataDir: path.join(place.folder, `target-${targets.length}`) }
}

/** Statements that nobody holds any more keep the file open until they are collected. */
async function letGo(there: Payload): Promise<void> {
  await closeDatabase(there)
  setFlagsFromString('--expose-gc')
  ;(runInNewContext('gc') as () => void)()
}

const bring = (folder: string, target: Target, replace = false) => restore({ folder, target, replace, boot: bootOn, told: () => {} })

async function contentsAt(target: Target): Promise<Record<string, unknown[]>> {
  const there = await bootOn(target, shippedRevision)
  try {
    return await contentsOf(there)
  } finally {
    await letGo(there)
  }
}

/** Both forms on SQLite; MongoDB has the portable one. */
const forms = process.env.TEST_DATABASE === 'sqlite' ? [false, true] : [true]

describe.each(forms)('a backup (portable: %s)', (portable) => {
  let made: Backup
  beforeAll(async () => { made = await backup(portable) })

  it('is complete, describes itself, and is for its owner only', async () => {
    const { folder, manifest } = made
    expect(await readManifest(folder)).toEqual(manifest)
    expect(manifest).toMatchObject({ kind: portable ? 'portable' : 'sqlite', revision: { number: 0 }, database: booted.database.kind, by: 'person' })
    expect(manifest.counts[portable ? 'sales-orders' : 'sales_orders']).toBe(await openStore(payload).count('sales-orders'))
    expect(manifest.uploads.map(({ path: name }) => name)).toEqual(['uploads/parts/drawing.bin'])
    for (const { path: name } of [...manifest.data, ...manifest.uploads, { path: manifestName }]) expect((await stat(path.join(folder, name))).mode & 0o077, name).toBe(0)
    expect((await readdir(path.dirname(folder))).filter((name) => name.endsWith('.partial'))).toEqual([])
    expect((await listBackups(path.dirname(folder))).map((found) => found.folder)).toContain(folder)
  })

  it('comes back elsewhere, all of it, and is proved there', async () => {
    const target = await newTarget()
    const { verification, aside } = await bring(made.folder, target)
    expect(verification.ok).toBe(true)
    expect(aside).toEqual([])
    const [original, copy] = [await contentsOf(payload), await contentsAt(target)]
    expect(Object.keys(copy)).toEqual(Object.keys(original))
    expect(copy).toEqual(original)
    expect(JSON.stringify(copy.customers)).toContain(JSON.stringify(oddText).slice(1, -1))
    expect((copy.users?.[0] as { hash?: string }).hash).toMatch(/^[0-9a-f]+$/)
    expect(await readFile(path.join(target.dataDir, 'uploads', 'parts', 'drawing.bin'))).toEqual(Buffer.from([0, 1, 2, 255, 10, 13]))
    expect(await readRevision(target.database)).toEqual(shippedRevision)
  })

  it('is of one moment, while people work', async () => {
    let going = true
    let written = 0
    const busy = Array.from({ length: 3 }, async (_, worker) => {
      while (going && written < 80) {
        await newCustomer(`busy ${worker}`)
        written++
        // SQLite answers without leaving the thread: everything else needs a turn too (timers alone would starve it).
        await setImmediate()
      }
    })
    const { folder, before, after } = await (async () => {
      try {
        await expect.poll(() => written, { timeout: 30_000 }).toBeGreaterThan(5)
        const had = written
        return { folder: (await backup(portable)).folder, before: had, after: written }
      } finally {
        going = false
        await Promise.all(busy)
      }
    })()
    const target = await newTarget()
    // Each customer has a row of history: half of a command would be missed by verify.
    expect((await bring(folder, target)).verification.ok).toBe(true)
    const { customers = [] } = await contentsAt(target)
    const saved = customers.filter((row) => String((row as { name: string }).name).startsWith('busy')).length
    expect(saved).toBeGreaterThanOrEqual(before)
    expect(saved).toBeLessThanOrEqual(after + 3)
    for (const { id } of await openStore(payload).find('customers', { where: { name: { like: 'busy' } } })) {
      await runCommand(payload, systemActor, { action: 'discard', entity: 'customers', id })
    }
    await drainWork(payload)
  })

  it.each([
    ['cut', async (folder: string, name: string) => truncate(path.join(folder, name), 20), /has 20 bytes instead of \d+, so it was cut/],
    ['changed', async (folder: string, name: string) => { const bytes = await readFile(path.join(folder, name)); bytes[30] = (bytes[30] ?? 0) ^ 1; await writeFile(path.join(folder, name), bytes) }, /its SHA-256 differs/],
    ['missing', async (folder: string, name: string) => rm(path.join(folder, name)), /is missing from the backup/],
    ['without its manifest', async (folder: string) => rm(path.join(folder, manifestName)), /is not a complete backup: manifest.json.*Choose another/],
    ['from a newer Trellis', async (folder: string) => writeFile(path.join(folder, manifestName), JSON.stringify({ ...made.manifest, format: 99 })), /made by a newer Trellis/],
    ['with a path that leads out', async (folder: string) => writeFile(path.join(folder, manifestName), JSON.stringify({ ...made.manifest, uploads: [{ ...made.manifest.uploads[0], path: 'uploads/../../x' }] })), /is damaged \(uploads/],
  ])('that is %s is refused before anything is touched', async (name, harm, sentence) => {
    const folder = path.join(place.folder, `harmed-${portable}-${name.replaceAll(' ', '-')}`)
    await cp(made.folder, folder, { recursive: true })
    const file = made.manifest.data.find(({ entity }) => entity === undefined || entity === 'customers')?.path ?? ''
    await harm(folder, file)
    const target = await newTarget()
    const error = await bring(folder, target).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(BackupError)
    expect((error as Error).message).toMatch(sentence)
    expect(existsSync(target.dataDir)).toBe(false)
    if (target.database.kind === 'sqlite') expect(existsSync(target.database.file)).toBe(false)
  })

  it('does not go where something is, unless that is kept aside', async () => {
    const target = await newTarget()
    await bring(made.folder, target)
    const there = await bootOn(target, shippedRevision)
    await openStore(there).insert('number-series', { id: 'mine', key: 'mine', last: 7 })
    await letGo(there)
    await expect(bring(made.folder, target)).rejects.toThrow(/is not empty: .*--to.*--replace/)
    expect((await contentsAt(target))['number-series']).toContainEqual(expect.objectContaining({ id: 'mine', last: 7 }))

    const { aside } = await bring(made.folder, target, true)
    expect(aside).toHaveLength(2)
    expect((await contentsAt(target))['number-series']).not.toContainEqual(expect.objectContaining({ id: 'mine' }))
    if (target.database.kind === 'sqlite') {
      const old = aside.find((name) => name.includes('trellis.db')) ?? ''
      expect((await contentsAt({ ...target, database: { kind: 'sqlite', url: `file:${old}`, file: old } }))['number-series']).toContainEqual(expect.objectContaining({ id: 'mine' }))
    } else {
      const client = new MongoClient(target.database.url)
      const prefix = /before-[^*]+/.exec(aside.join(' '))?.[0] ?? ''
      expect(await client.db().collection(`${prefix}number-series`).countDocuments({ _id: 'mine' as never })).toBe(1)
      await client.close()
    }
  })

  it.runIf(process.env.TEST_DATABASE === 'mongodb')('comes in whole where a write was done twice because its answer was lost', async () => {
    const target = await newTarget()
    let isDone = false
    await restore({
      folder: made.folder, target, replace: false, told: () => {},
      boot: async (on, revision) => {
        const there = await bootOn(on, revision)
        const [customer = expect.fail()] = await openStore(payload).find('customers', { limit: 1 })
        if (!isDone) await openStore(there).insertMany('customers', [{ ...customer }])
        isDone = true
        return there
      },
    })
    expect(isDone).toBe(true)
    expect((await contentsAt(target)).customers).toEqual((await contentsOf(payload)).customers)
  })

  it('that is not sound leaves what is there as it was', async () => {
    const target = await newTarget()
    await bring(made.folder, target)
    const before = await contentsAt(target)
    const error = await restore({
      folder: made.folder, target, replace: true, told: () => {},
      boot: async (on, revision) => {
        const there = await bootOn(on, revision)
        // Verify looks after this.
        ;(platformOf(there).checks as Check[]).push({ name: 'test.never', label: { en: 'Never', zh: '从不' }, run: () => Promise.resolve({ ok: false, counted: 1, failures: ['It is not sound.'] }) })
        return there
      },
    }).catch((thrown: unknown) => thrown)
    expect((error as Error).message).toMatch(/is not sound, so the target was left as it was/)
    expect(await contentsAt(target)).toEqual(before)
    if (target.database.kind === 'sqlite') expect((await readdir(path.dirname(target.database.file))).filter((name) => name.includes('restoring') || name.includes('before'))).toEqual([])
  })
})

it.runIf(process.env.TEST_DATABASE === 'sqlite')('a platform that runs is not replaced under its feet', async () => {
  const target = await newTarget()
  const { folder } = await backup(false)
  await bring(folder, target)
  const running = await bootOn(target, shippedRevision)
  try {
    await expect(bring(folder, target, true)).rejects.toThrow(/is in use: stop the platform/)
  } finally {
    await letGo(running)
  }
})

describe.runIf(process.env.TEST_DATABASE === 'mongodb')('on MongoDB', () => {
  it('a firm moves from MongoDB to SQLite and back with nothing lost', async () => {
    const { folder } = await backup(true)
    const small = await newTarget('sqlite')
    expect((await bring(folder, small)).verification.ok).toBe(true)
    expect(await contentsAt(small)).toEqual(await contentsOf(payload))

    const there = await bootOn(small, shippedRevision)
    const back = await makeBackup({ settings: small, revision: shippedRevision, to: path.join(place.folder, 'back'), by: 'person', portable: true, payload: () => Promise.resolve(there) })
    await letGo(there)
    const large = await newTarget()
    expect((await bring(back.folder, large)).verification.ok).toBe(true)
    expect(await contentsAt(large)).toEqual(await contentsOf(payload))
    // The copy of a file is for SQLite only, and says so.
    const file = await makeBackup({ settings: small, revision: shippedRevision, to: path.join(place.folder, 'back'), by: 'person', payload: () => Promise.reject(new Error('asked')) })
    await expect(bring(file.folder, large, true)).rejects.toThrow(/copy of a SQLite file.*--portable/)
  })

  it('a firm with published fields moves from SQLite, also with those that are unique and empty, where a write was done twice', async () => {
    const small = await newTarget('sqlite')
    await bring((await backup(true)).folder, small)
    const published: Revision = { number: 1, inputs: { fields: { customers: [{ ...text('badge', { en: 'Badge', zh: '标牌' }), unique: true }] } } }
    const there = await bootOn(small, published)
    await publishRevision(there, 'tester')
    for (const [number, badge] of [['EMPTY-1', null], ['EMPTY-2', null], ['FULL', 'one']]) await runCommand(there, systemActor, { action: 'create', entity: 'customers', data: { number, name: number, language: 'en', badge } })
    const full = await openStore(there).findOne('customers', { number: { equals: 'FULL' } }) ?? expect.fail()
    const { folder } = await makeBackup({ settings: small, revision: published, to: path.join(place.folder, 'published'), by: 'person', portable: true, payload: () => Promise.resolve(there) })
    const contents = await contentsOf(there)
    await letGo(there)

    const large = await newTarget()
    const bringing = (double: object) => restore({
      folder, target: large, replace: false, told: () => {},
      boot: async (on, revision) => {
        const opened = await bootOn(on, revision)
        if (await openStore(opened).count('customers') === 0) await openStore(opened).insertMany('customers', [{ ...full, ...double }])
        return opened
      },
    })
    // Another row that holds what a row of the backup holds: no second try mends that, and the reason is told.
    await expect(bringing({ id: 'another' })).rejects.toThrow(/duplicate key/)
    await bringing({})
    const moved = await bootOn(large, published)
    expect((await contentsOf(moved)).customers).toEqual(contents.customers)
    await letGo(moved)
  })

  it('a platform that runs is not replaced under its feet, and none starts while a restore is at work', { timeout: 180_000 }, async () => {
    const { folder } = await backup(true)
    const target = await newTarget()
    await bring(folder, target)
    const running = await startShopProcess({ kind: 'mongodb', url: target.database.url })
    const before = await contentsAt(target)
    await expect(bring(folder, target, true)).rejects.toThrow(/is in use by process \d+ on .*: stop the platform/)
    expect(await contentsAt(target)).toEqual(before)
    await running.stop()
    const { aside } = await restore({
      folder, target, replace: true, told: () => {},
      boot: async (on, revision) => {
        await expect(startShopProcess({ kind: 'mongodb', url: target.database.url })).rejects.toThrow(/ended with status 1/)
        return bootOn(on, revision)
      },
    })
    expect(aside).toHaveLength(2)
  })

  it('an interrupted restore keeps processes away, and the next one takes it back', async () => {
    const { folder } = await backup(true)
    const target = await newTarget()
    const client = new MongoClient(target.database.url)
    const db = client.db()
    // As a crash leaves it: what was there aside, half of the new.
    await db.collection('before-20260101T000000Z.customers').insertOne({ name: 'old' })
    await db.collection('customers').insertOne({ name: 'half' })
    await db.collection('restore-marker').insertMany([{ _id: 'restore' as never, aside: 'before-20260101T000000Z.' }, { _id: 'moved' as never }])
    await expect(readRevision(target.database)).rejects.toThrow(/restore .* has not ended/)
    await expect(bring(folder, target)).rejects.toThrow(/collection customers\) is not empty/)
    expect(await db.collection('customers').find().toArray()).toMatchObject([{ name: 'old' }])
    expect(await readRevision(target.database)).toEqual(shippedRevision)
    await client.close()
  })
})
