import { getPayload, type Payload, type PayloadRequest } from 'payload'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { staleHeader, type Revision } from '../../config/language/revision.ts'
import type { FieldDefinition } from '../../config/language/entity.ts'
import { text } from '../../config/language/fields.ts'
import { buildTrellisConfig } from '../../config/payload.config.ts'
import { builtPlugins } from '../../config/plugins.ts'
import { systemActor } from '../../plugins/core/access/actor.ts'
import { runCommand } from '../../plugins/core/commands/run-command.ts'
import { transact } from '../../plugins/core/commands/transact.ts'
import { conversionReport, previewConversion } from '../../plugins/core/configuration/conversion/conversion-view.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import type { Row } from '../../plugins/core/data/store.ts'
import { readRevision } from '../../plugins/core/data/read-revision.ts'
import { startRunner } from '../../plugins/core/events/runner.ts'
import { runDueJobs } from '../../plugins/core/jobs/run-jobs.ts'
import { currentRevisionNumber, publishRevision, settleRevision } from '../../plugins/core/platform/publish-revision.ts'
import type { Booted } from '../support/boot-payload.ts'
import { openDoor } from '../support/rest.ts'
import { bootPlatform } from '../support/test-platform.ts'

const colour = text('shelfColour', { en: 'Shelf colour', zh: '货架颜色' })
const first: Revision = { number: 1, inputs: { fields: { parts: [colour] } } }
const stale = { problem: { code: 'staleRevision', status: 503 } }

let old: Booted
let next: Payload
beforeAll(async () => {
  old = await bootPlatform([], { publishes: true })
  await found(old.payload)
  next = await bootBeside(old, first)
})
afterAll(async () => {
  await next.destroy()
  await old.stop()
})

describe('before a revision is current', () => {
  it('its process writes nothing, and the present one goes on', async () => {
    await expect(newUnit(next, 'early')).rejects.toMatchObject(stale)
    await newUnit(old.payload, 'present')
    expect(await currentRevisionNumber(next)).toBe(0)
    expect(await readRevision(databaseOf(old))).toEqual({ number: 0, inputs: { fields: {} } })
  })
})

describe('once a revision is current', () => {
  beforeAll(async () => {
    await publishRevision(next, 'tester')
    await settleRevision(next)
  })

  it('is what the next process starts with, read without Payload', async () => {
    expect(await readRevision(databaseOf(old))).toEqual(first)
  })

  it('refuses every write of an older process, by whatever door, and nothing is changed', async () => {
    const { payload } = old
    await expect(newUnit(payload, 'late')).rejects.toMatchObject(stale)
    await expect(payload.create({ collection: 'users', data: { id: 'late', email: 'late@firm.example', password: 'long enough for a test', roles: ['owner'] } as never })).rejects.toMatchObject(stale)
    await expect(payload.db.create({ collection: 'units', data: { id: 'late', code: 'late' } })).rejects.toMatchObject(stale)
    await expect(payload.db.updateOne({ collection: 'units', where: { code: { equals: 'present' } }, data: { name: 'changed' } })).rejects.toMatchObject(stale)
    await expect(payload.db.deleteMany({ collection: 'units', where: { code: { equals: 'present' } } })).rejects.toMatchObject(stale)
    await expect(transact(payload, { actor: systemActor }, ({ payload: { db } }) => db.updateOne({ collection: 'units', where: { code: { equals: 'present' } }, data: { name: 'changed' } }))).rejects.toMatchObject(stale)
    const units = await openStore(next).find('units', { where: { code: { in: ['late', 'present'] } } })
    expect(units).toMatchObject([{ code: 'present', name: 'present' }])
    expect(await openStore(next).count('users')).toBe(0)
  })

  it('says over REST that nothing was changed and that it may be sent again', async () => {
    const door = openDoor(old)
    const { status, headers, body } = await door('/users/first-register', { method: 'POST', body: { email: 'first@firm.example', password: 'long enough for a test', 'confirm-password': 'long enough for a test' } })
    expect([status, headers.get(staleHeader), headers.get('retry-after')]).toEqual([503, '1', '2'])
    expect(body).toMatchObject({ errors: [{ data: { code: 'staleRevision' } }] })
  })

  it('leaves reading to an older process, and ends its runner', async () => {
    expect(await openStore(old.payload).count('units', { code: { equals: 'present' } })).toBe(1)
    const runner = startRunner(old.payload)
    await openStore(next).insert('work-items', {
      id: 'item', key: 'item', kind: 'event', handler: 'nobody', entity: 'units', documentId: 'u', documentVersion: 1,
      dueAt: new Date(0).toISOString(), attempts: 0, status: 'pending',
    })
    await expect(Promise.race([runner.ended, new Promise((resolve) => setTimeout(resolve, 8_000, 'still running'))])).resolves.toBeUndefined()
    expect(await openStore(next).get('work-items', 'item')).toMatchObject({ attempts: 0, status: 'pending' })
  })

  it('keeps the new field through commands, with its rules', async () => {
    const unit = await newUnit(next, 'kg')
    const { id } = await runCommand(next, systemActor, { action: 'create', entity: 'parts', data: { partNumber: 'P-1', name: 'Bolt', unit, makeOrBuy: 'buy', tracking: 'none', shelfColour: 'red' } })
    expect(await openStore(next).get('parts', String(id))).toMatchObject({ shelfColour: 'red' })
    const found = await next.find({ collection: 'parts', where: { shelfColour: { equals: 'red' } } })
    expect(found.docs).toMatchObject([{ partNumber: 'P-1', shelfColour: 'red' }])
    await expect(runCommand(next, systemActor, { action: 'edit', entity: 'parts', id: String(id), data: { shelfColour: 7 } })).rejects.toMatchObject({ problem: { code: 'invalidInput' } })
  })

  it('of two who publish on the same base, one is told', async () => {
    const [left, right] = await Promise.all(['a', 'b'].map((name) => bootBeside(old, { number: 2, inputs: { fields: { parts: [colour, text(name, { en: name, zh: name })] } } })))
    if (!left || !right) throw new Error('two are started')
    await publishRevision(left, 'left')
    await settleRevision(left)
    await expect(publishRevision(right, 'right')).rejects.toMatchObject({ problem: { code: 'revisionBase', status: 409 } })
    expect((await readRevision(databaseOf(old))).inputs.fields.parts).toHaveLength(2)
    await expect(newUnit(next, 'third')).rejects.toMatchObject(stale)
    const lossy = await bootBeside(old, { number: 3, inputs: { fields: {} } })
    await expect(publishRevision(lossy, 'lossy')).rejects.toMatchObject({ problem: { code: 'invalidInput', findings: [{ code: 'fieldRemoved' }, { code: 'fieldRemoved' }] } })
    for (const payload of [left, right, lossy]) await payload.destroy()
  })
})

describe('a unique field that a firm has published', () => {
  const badge = { ...text('badge', { en: 'Badge', zh: '标牌' }), unique: true }

  it('is empty in as many records as there are, whichever way they are written, and no two hold the same', async () => {
    const booted = await bootPlatform([], { publishes: true })
    const payload = await bootBeside(booted, { number: 0, inputs: { fields: { units: [badge] } } })
    await found(payload)
    const create = (code: string, data: object) => runCommand(payload, systemActor, { action: 'create', entity: 'units', data: { code, name: code, decimals: 0, ...data } })
    const edit = (id: unknown, data: object) => runCommand(payload, systemActor, { action: 'edit', entity: 'units', id: String(id), data })
    const { id: left } = await create('U1', { badge: 'one' })
    const { id: right } = await create('U2', { badge: 'two' })
    for (const code of ['U3', 'U4']) await create(code, { badge: null })
    for (const id of [left, right]) await edit(id, { badge: null })
    const rows = ['U5', 'U6'].map((code) => ({ id: code, code, name: code, decimals: 0, version: 1, badge: null }))
    await transact(payload, { actor: systemActor }, ({ store }) => store.insertMany('units', rows))
    for (const { id } of rows) await openStore(payload).update('units', id, { badge: null, decimals: { $inc: 1 } } as never)
    expect(await openStore(payload).count('units', { badge: { exists: false } })).toBe(6)
    expect((await openStore(payload).find('units', { where: { badge: { equals: null } } })).map(({ decimals }) => decimals)).toEqual(expect.arrayContaining([0, 1]))

    await edit(left, { badge: 'one' })
    await expect(edit(right, { badge: 'one' })).rejects.toMatchObject({ problem: { status: 422, findings: [{ code: 'taken', path: 'badge' }] } })
    await payload.destroy()
    await booted.stop()
  })
})

describe('a revision that never came into use', () => {
  it('leaves nothing in the database that the next one meets', async () => {
    const booted = await bootPlatform([], { publishes: true })
    const label = { en: 'Grade', zh: '等级' }
    const failed = await bootBeside(booted, { number: 1, inputs: { fields: { units: [
      { name: 'badge', type: 'text', label, unique: true }, { name: 'grade', type: 'text', label, index: true }, { name: 'owner', type: 'relation', to: 'units', label },
    ] } } })
    await failed.destroy()
    const payload = await bootBeside(booted, { number: 1, inputs: { fields: { units: [
      { name: 'badge', type: 'text', label }, { name: 'grade', type: 'integer', label, unique: true }, { name: 'owner', type: 'relation', to: 'companies', label },
    ] } } })
    await publishRevision(payload, 'tester')
    const { id: company } = await found(payload)
    const create = (code: string, grade: number) => runCommand(payload, systemActor, { action: 'create', entity: 'units', data: { code, name: code, decimals: 0, badge: 'same', grade, owner: company } })
    await create('U1', 5)
    await create('U2', 6)
    await expect(create('U3', 6)).rejects.toMatchObject({ problem: { findings: [{ code: 'taken', path: 'grade' }] } })
    expect((await payload.find({ collection: 'units', where: { grade: { greater_than: 5 } } })).docs).toMatchObject([{ code: 'U2', grade: 6 }])
    await payload.destroy()
    await booted.stop()
  })
})

describe('a field that takes over the values of another one', () => {
  it('has those that can be read, each with its history; the others are told row by row, and nothing is lost', async () => {
    const booted = await bootPlatform([], { publishes: true })
    const label = { en: 'Size', zh: '尺寸' }
    const size: FieldDefinition = { name: 'size', type: 'text', label }
    const before = await bootBeside(booted, { number: 1, inputs: { fields: { units: [size] } } })
    await publishRevision(before, 'tester')
    await found(before)
    const sizes = ['1.5', '2,25', 'large', '  7 ', null]
    for (const [index, value] of sizes.entries()) await runCommand(before, systemActor, { action: 'create', entity: 'units', data: { code: `U${index}`, name: `Unit ${index}`, decimals: 0, size: value } })

    const req = { payload: before, i18n: { language: 'en' } } as PayloadRequest
    const preview = await previewConversion(req, systemActor, { slug: 'units', from: 'size', to: { type: 'quantity' } })
    expect(preview).toMatchObject({ looked: 4, isAll: true, convertible: 3, problems: [{ title: 'U2', value: 'large' }], distinct: ['1.5', '2,25', '7', 'large'] })
    expect(preview.samples).toContainEqual({ before: '2,25', after: '2.25' })
    await expect(previewConversion(req, systemActor, { slug: 'units', from: 'size', to: { type: 'relation' } })).rejects.toMatchObject({ problem: { status: 400 } })
    await expect(previewConversion(req, systemActor, { slug: 'units', from: 'code', to: { type: 'integer' } })).rejects.toMatchObject({ problem: { status: 404 } })

    const measure: FieldDefinition = { name: 'measure', type: 'quantity', label: { en: 'Measure', zh: '量度' }, convertedFrom: 'size' }
    const after = await bootBeside(booted, { number: 2, inputs: { fields: { units: [{ ...size, retired: true }, measure] } } })
    await publishRevision(after, 'tester')
    await runDueJobs(after, undefined, 'convertField')
    const rows = (await openStore(after).find('units', { sort: 'code' })) as readonly (Row & { readonly size?: unknown; readonly measure?: unknown })[]
    expect(rows.map((row) => [row.size ?? null, row.measure ?? null])).toEqual([['1.5', 1_500_000], ['2,25', 2_250_000], ['large', null], ['7', 7_000_000], [null, null]])
    expect((await openStore(after).find('history', { where: { documentId: { equals: rows[1]?.id ?? '' } }, sort: 'documentVersion' })).map(({ documentVersion, changes, reason }) => [documentVersion, Object.keys((changes ?? {}) as object).includes('measure'), reason ?? null])).toEqual([[1, false, null], [2, true, 'Size → Measure']])
    const report = await conversionReport({ ...req, payload: after } as PayloadRequest, systemActor, { slug: 'units', field: 'measure' })
    expect(report).toMatchObject({ from: label, status: 'done', converted: 3, left: 1, problems: [{ title: 'U2', value: 'large', message: { en: expect.stringContaining('number') as string } }] })
    // Published again, nothing is taken over again.
    const later = await bootBeside(booted, { number: 3, inputs: { fields: { units: [{ ...size, retired: true }, measure, text('more', label)] } } })
    await publishRevision(later, 'tester')
    expect(await openStore(later).count('background-jobs', { kind: { equals: 'convertField' } })).toBe(1)
    for (const payload of [before, after, later]) await payload.destroy()
    await booted.stop()
  })
})

describe.runIf(process.env.TEST_DATABASE === 'mongodb')('a transaction that began before a publish', () => {
  it('never commits after it: either it was faster, or it is undone', async () => {
    const before = await bootBeside(old, await readRevision(databaseOf(old)))
    const after = await bootBeside(old, { ...(await readRevision(databaseOf(old))), number: 3 })
    await newUnit(before, 'warm')
    let open!: () => void
    const opened = new Promise<void>((resolve) => (open = resolve))
    let settled = false
    let goOn!: () => void
    const released = new Promise<void>((resolve) => (goOn = resolve))
    const slow = transact(before, { actor: systemActor }, async ({ store }) => {
      await store.insert('units', { id: 'slow', code: 'slow', name: 'slow', decimals: 0, version: 1 } as never)
      open()
      await released
    }).then(() => ({ committed: true, afterSettling: settled }), () => ({ committed: false, afterSettling: settled }))
    await opened
    await publishRevision(after, 'tester')
    const settling = settleRevision(after).then(() => { settled = true })
    await new Promise((resolve) => setTimeout(resolve, 300))
    goOn()
    const [{ committed, afterSettling }] = await Promise.all([slow, settling])
    expect(committed && afterSettling).toBe(false)
    expect(await openStore(after).count('units', { code: { equals: 'slow' } })).toBe(committed ? 1 : 0)
    for (const payload of [before, after]) await payload.destroy()
  })
})

describe.runIf(process.env.TEST_DATABASE === 'mongodb')('a process that was killed', () => {
  it('keeps no rows from the one that comes after it', async () => {
    const revision = await readRevision(databaseOf(old))
    const before = await bootBeside(old, revision)
    const where = { id: { equals: await newUnit(before, 'held') } }
    await before.destroy()
    const killed = await bootBeside(old, revision)
    // To the others its seat is of a process that began at another time under our number: one that has ended.
    vi.stubGlobal('performance', { timeOrigin: 1, now: () => Date.now() })
    const transactionID = await killed.db.beginTransaction()
    vi.unstubAllGlobals()
    await killed.db.updateOne({ collection: 'units', where, data: { name: 'unfinished' }, req: { transactionID: transactionID ?? '' } })

    const next = await bootBeside(old, revision)
    await next.db.updateOne({ collection: 'units', where, data: { name: 'free' } })
    expect(await openStore(next).find('units', { where: { code: { equals: 'held' } } })).toMatchObject([{ name: 'free' }])
    for (const payload of [killed, next]) await payload.destroy()
  })
})

const found = (payload: Payload) => runCommand(payload, systemActor, { action: 'create', entity: 'companies', data: { code: 'F', name: 'Firm', country: 'DE', currency: 'EUR', timeZone: 'Europe/Berlin' } })

async function newUnit(payload: Payload, code: string): Promise<string> {
  const { id } = await transact(payload, { actor: systemActor }, async (context) => ({ id: await context.create('units', { values: { code, name: code, decimals: 0 } }) }))
  return id
}

async function bootBeside({ database: { kind, url } }: Booted, revision: Revision): Promise<Payload> {
  const config = await buildTrellisConfig({
    settings: { mode: 'production', publicUrl: 'http://localhost:3000', logLevel: 'silent', dataDir: 'data', secret: 'a secret of the tests, long enough for all', database: kind === 'sqlite' ? { kind, url, file: url.slice(5) } : { kind, url } },
    plugins: builtPlugins, revision,
  })
  return getPayload({ config, key: `${url} ${revision.number} ${crypto.randomUUID()}` })
}

const databaseOf = ({ database: { kind, url } }: Booted) => (kind === 'sqlite' ? { kind, url, file: url.slice(5) } : { kind, url })

