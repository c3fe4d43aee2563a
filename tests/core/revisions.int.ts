import { type Payload, type PayloadRequest } from 'payload'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { units } from '../../collections/core/units.ts'
import { staleHeader, type Revision, type RevisionInputs } from '../../config/language/revision.ts'
import type { FieldDefinition } from '../../config/language/entity.ts'
import { integer, option, relation, select, text } from '../../config/language/fields.ts'
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
import { publishFindings } from '../../plugins/core/configuration/publish.ts'
import { installPlatform } from '../../plugins/core/platform/install.ts'
import { misfitsOf } from '../../plugins/core/platform/misfits.ts'
import { platformOf } from '../../plugins/core/platform/platform.ts'
import { currentRevisionNumber, publishRevision, revisionOf, settleRevision } from '../../plugins/core/platform/publish-revision.ts'
import { bootBeside as startBeside } from '../support/boot-beside.ts'
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
    const shades: FieldDefinition = { name: 'shades', type: 'text', label: { en: 'Shades', zh: '色调' } }
    const before = await bootBeside(booted, { number: 1, inputs: { fields: { units: [size, shades] } } })
    await publishRevision(before, 'tester')
    await found(before)
    const sizes = ['1.5', '2,25', 'large', '  7 ', null]
    const written = ['Red, blue', null, 'green', 'red', null]
    for (const [index, value] of sizes.entries()) await runCommand(before, systemActor, { action: 'create', entity: 'units', data: { code: `U${index}`, name: `Unit ${index}`, decimals: 0, size: value, shades: written[index] } })

    const req = { payload: before, i18n: { language: 'en' } } as PayloadRequest
    const preview = await previewConversion(req, systemActor, { slug: 'units', from: 'size', to: { type: 'quantity' } })
    expect(preview).toMatchObject({ looked: 4, isAll: true, convertible: 3, problems: [{ title: 'U2', value: 'large' }], distinct: ['1.5', '2,25', '7', 'large'] })
    expect(preview.samples).toContainEqual({ before: '2,25', after: '2.25' })
    await expect(previewConversion(req, systemActor, { slug: 'units', from: 'size', to: { type: 'relation' } })).rejects.toMatchObject({ problem: { status: 400 } })
    await expect(previewConversion(req, systemActor, { slug: 'units', from: 'code', to: { type: 'integer' } })).rejects.toMatchObject({ problem: { status: 404 } })

    const measure: FieldDefinition = { name: 'measure', type: 'quantity', label: { en: 'Measure', zh: '量度' }, convertedFrom: 'size' }
    const tones: FieldDefinition = { name: 'tones', type: 'select', many: true, label: { en: 'Tones', zh: '色' }, convertedFrom: 'shades', options: ['red', 'blue'].map((value) => ({ value, label: { en: value, zh: value } })) }
    expect(await previewConversion(req, systemActor, { slug: 'units', from: 'shades', to: { type: 'select', many: true } })).toMatchObject({ looked: 3, distinct: ['Red', 'blue', 'green', 'red'] })
    const after = await bootBeside(booted, { number: 2, inputs: { fields: { units: [{ ...size, retired: true }, measure, { ...shades, retired: true }, tones] } } })
    await publishRevision(after, 'tester')
    await runDueJobs(after, undefined, 'convertField')
    const rows = (await openStore(after).find('units', { sort: 'code' })) as readonly (Row & { readonly size?: unknown; readonly measure?: unknown; readonly tones?: readonly string[] | null })[]
    expect(rows.map((row) => (row.tones?.length ? row.tones : null))).toEqual([['red', 'blue'], null, null, ['red'], null])
    expect(await conversionReport({ ...req, payload: after } as PayloadRequest, systemActor, { slug: 'units', field: 'tones' })).toMatchObject({ status: 'done', converted: 2, left: 1, problems: [{ title: 'U2', value: 'green' }] })
    expect(rows.map((row) => [row.size ?? null, row.measure ?? null])).toEqual([['1.5', 1_500_000], ['2,25', 2_250_000], ['large', null], ['7', 7_000_000], [null, null]])
    expect((await openStore(after).find('history', { where: { documentId: { equals: rows[1]?.id ?? '' } }, sort: 'documentVersion' })).map(({ documentVersion, changes, reason }) => [documentVersion, Object.keys((changes ?? {}) as object).includes('measure'), reason ?? null])).toEqual([[1, false, null], [2, true, 'Size → Measure']])
    const report = await conversionReport({ ...req, payload: after } as PayloadRequest, systemActor, { slug: 'units', field: 'measure' })
    expect(report).toMatchObject({ from: label, status: 'done', converted: 3, left: 1, problems: [{ title: 'U2', value: 'large', message: { en: expect.stringContaining('number') as string } }] })
    // Published again, nothing is taken over again.
    const later = await bootBeside(booted, { number: 3, inputs: { fields: { units: [{ ...size, retired: true }, measure, { ...shades, retired: true }, tones, text('more', label)] } } })
    await publishRevision(later, 'tester')
    expect(await openStore(later).count('background-jobs', { kind: { equals: 'convertField' } })).toBe(2)
    for (const payload of [before, after, later]) await payload.destroy()
    await booted.stop()
  })
})

describe('a new version of Trellis that ships an entity otherwise', () => {
  const named = (name: string) => ({ en: name, zh: name })
  const own: readonly FieldDefinition[] = [
    text('badge', named('Badge'), { unique: true }), select('grade', named('Grade'), { many: true, options: [option('a', named('A')), option('b', named('B'))] }),
    relation('friends', named('Friends'), { to: 'units', many: true }), relation('nearby', named('Nearby'), { to: 'companies' }), text('shade', named('Shade')),
  ]
  const inputs: RevisionInputs = { fields: { units: own }, forms: { units: {
    rules: {
      nameZh: { required: { when: 'empty(badge)' } }, shade: { required: { when: 'nameZh == "badge"' } },
      name: { checks: [{ holds: 'name != "badge" || badge == "B-1"', message: named('No badge.') }, { holds: 'nameZh != "x"', message: named('No x.') }] },
    },
    layout: { sections: [{ key: 'one', label: named('One'), columns: 2, fields: ['badge', 'nameZh', 'name'] }] },
  } } }
  const shippedNow = units.fields.filter(({ name }) => name !== 'nameZh')
  const taken = [integer('badge', named('Badge number')), text('grade', named('Grade')), text('friends', named('Friends')), text('nearby', named('Nearby'))]
  const unitsNow = { ...units, fields: [...shippedNow, ...taken], listColumns: ['code', 'name'], searchFields: ['code', 'name'] }
  const upgraded = builtPlugins.map((plugin) => ({ ...plugin, entities: (plugin.entities ?? []).map((entity) => (entity.slug === 'units' ? unitsNow : entity)) }))

  it('starts with the layer of the firm: fields whose key is shipped now go on under another one with all their values, what names a field that is gone is left out and told', async () => {
    const booted = await bootPlatform([], { publishes: true })
    const before = await bootBeside(booted, { number: 1, inputs })
    await publishRevision(before, 'tester')
    const { id: company } = await found(before)
    const { id: first } = await runCommand(before, systemActor, { action: 'create', entity: 'units', data: { code: 'U1', name: 'badge', decimals: 0, badge: 'B-1', shade: 'red' } })
    const { id } = await runCommand(before, systemActor, { action: 'create', entity: 'units', data: { code: 'U2', name: 'Two', nameZh: 'zwei', decimals: 0, grade: ['a', 'b'], friends: [first], nearby: company } })

    const after = await bootBeside(booted, await readRevision(databaseOf(booted)), upgraded)
    await installPlatform(after)
    await settleRevision(after)
    const rows = async () => (await openStore(after).find('units', { sort: 'code' })) as readonly (Row & Record<string, unknown>)[]
    const kept = [{ badgeOwn: 'B-1', shade: 'red' }, { gradeOwn: ['a', 'b'], friendsOwn: [first], nearbyOwn: company }]
    expect(await rows()).toMatchObject(kept)
    expect((await rows()).every((row) => [row.badge, row.grade, row.friends, row.nearby].every((value) => value === null || value === undefined))).toBe(true)
    expect(misfitsOf(after).map(({ path, code }) => `${path}:${code}`).sort()).toEqual([
      'forms.units.layout.sections.0.fields.1:unknownField', 'forms.units.rules.name.checks.1.holds:expression', 'forms.units.rules.nameZh:unknownField', 'forms.units.rules.shade.required.when:expression',
    ])
    // Nothing of it is given up: only the keys are others, in a revision of its own, which an older process meets as any other.
    const now = await readRevision(databaseOf(booted))
    expect([now.number, now.inputs.fields.units?.map(({ name, formerly }) => [name, formerly])]).toEqual([2, [['badgeOwn', 'badge'], ['gradeOwn', 'grade'], ['friendsOwn', 'friends'], ['nearbyOwn', 'nearby'], ['shade', undefined]]])
    expect(now.inputs.forms?.units).toMatchObject({ rules: { nameZh: { required: { when: 'empty(badgeOwn)' } }, name: { checks: [{ holds: 'name != "badge" || badgeOwn == "B-1"' }, {}] } }, layout: { sections: [{ fields: ['badgeOwn', 'nameZh', 'name'] }] } })
    await expect(newUnit(before, 'late')).rejects.toMatchObject(stale)

    const edit = (data: object) => runCommand(after, systemActor, { action: 'edit', entity: 'units', id: String(id), data })
    await edit({ badge: 7, grade: 'new', badgeOwn: 'B-2' })
    expect((await rows())[1]).toMatchObject({ badge: 7, grade: 'new', badgeOwn: 'B-2', gradeOwn: ['a', 'b'] })
    await expect(edit({ badgeOwn: 'B-1' })).rejects.toMatchObject({ problem: { findings: [{ code: 'taken', path: 'badgeOwn' }] } })
    await expect(edit({ name: 'badge' })).rejects.toMatchObject({ problem: { findings: [{ path: 'name' }] } })
    expect(await rows()).toHaveLength(2)

    // Once more it is started as it is; what does not fit keeps nothing else from being published.
    const again = await bootBeside(booted, now, upgraded)
    expect([await readRevision(databaseOf(booted)), (await openStore(again).find('units', { sort: 'code' }))[0]]).toMatchObject([now, kept[0] ?? {}])
    const wanted = { ...now.inputs, fields: { units: [...(now.inputs.fields.units ?? []), text('more', named('More'))] } }
    expect(publishFindings(platformOf(again), wanted, revisionOf(again).inputs)).toEqual([])
    expect(publishFindings(platformOf(again), { ...wanted, forms: { units: { rules: { code: { visible: 'nothing' } } } } }, revisionOf(again).inputs).map(({ path }) => path)).toContain('forms.units.rules.code.visible')
    for (const payload of [before, after, again]) await payload.destroy()
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

const bootBeside = async (beside: Booted, revision: Revision, plugins = builtPlugins): Promise<Payload> => (await startBeside(beside, revision, plugins)).payload

const databaseOf = ({ database: { kind, url } }: Booted) => (kind === 'sqlite' ? { kind, url, file: url.slice(5) } : { kind, url })

