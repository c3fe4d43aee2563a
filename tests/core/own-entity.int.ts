import { rm } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { boolean, date, duration, file, geolocation, image, json, money, option, quantity, rating, relation, richText, select, sequence, signature, table, text, time } from '../../config/language/fields.ts'
import type { RevisionInputs } from '../../config/language/revision.ts'
import { systemActor } from '../../plugins/core/access/actor.ts'
import { runCommand } from '../../plugins/core/commands/run-command.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { readSignature } from '../../config/language/signature.ts'
import { lossFindings } from '../../plugins/core/platform/revision-findings.ts'
import { uploadFiles } from '../../plugins/core/uploads/upload-files.ts'
import { verify } from '../../plugins/core/verify/run-checks.ts'
import type { Booted } from '../support/boot-payload.ts'
import { askGraphql } from '../support/graphql.ts'
import { csv, finishedUpload, openDesk, ownFolder } from '../support/import-world.ts'
import { signIn, type Person } from '../support/rest.ts'
import { bootPlatform } from '../support/test-platform.ts'

const named = (en: string, zh = en) => ({ en, zh })
const entity = (one: string, prefix: string) => ({ label: named(one), labels: named(`${one}s`), prefix })
const inputs: RevisionInputs = {
  entities: { 'own-machines': entity('Machine', 'EQ'), 'own-visits': entity('Visit', 'V'), 'own-notes': { ...entity('Note', 'N'), retired: true } },
  fields: {
    'own-machines': [relation('supplier', named('Supplier'), { to: 'suppliers' }), date('boughtOn', named('Bought on')), money('price', named('Price')), money('yearly', named('Yearly')), { ...text('supplierName', named('Supplier name')), lookup: { through: 'supplier', of: 'name' } }, { ...text('country', named('Country')), lookup: { through: 'supplier', of: 'country' } }, file('manual', named('Manual')), image('photo', named('Photo')), signature('seal', named('Seal'))],
    'own-visits': [
      money('cost', named('Cost')), select('topics', named('Topics'), { many: true, options: [option('price', named('Price')), option('quality', named('Quality')), option('time', named('Time'))] }),
      relation('vendor', named('Vendor'), { to: 'suppliers' }), relation('device', named('Device'), { to: 'own-machines', quickCreate: true, filter: [{ field: 'supplier', same: 'vendor' }, { field: 'name', equals: 'Press' }] }),
      time('from', named('From')), duration('lasts', named('Lasts')), rating('mood', named('Mood')), json('notes', named('Notes')), sequence('report', named('Report'), { prefix: 'VR' }), relation('with', named('With'), { to: 'suppliers', many: true }), text('badge', named('Badge'), { mask: 'AA-00' }), geolocation('place', named('Place')), richText('story', named('Story')), signature('approval', named('Approval')), { ...boolean('released', named('Released')), signedIn: 'approval' },
      table('parts', named('Parts'), { minRows: 1, columns: [
        text('what', named('What')), quantity('count', named('Count')), money('price', named('Price')), boolean('free', named('Free')), date('due', named('Due')),
        select('grade', named('Grade'), { options: [option('a', named('A')), option('true', named('B'))] }),
        { ...money('amount', named('Amount')), total: true, rules: { computed: 'free ? number(0) : count * price' } },
      ] }),
    ],
    suppliers: [relation('machine', named('Machine'), { to: 'own-machines' })],
  },
  forms: { 'own-visits': { rules: { cost: { computed: 'sum(parts.map(one, one.amount))' }, parts: { checks: [{ holds: 'parts.all(one, one.count > 0)', message: named('Count something.') }] } } }, 'own-machines': { rules: { yearly: { computed: 'price / 8' }, boughtOn: { required: { when: 'price > 1000' } }, name: { checks: [{ holds: 'supplierName != "Nobody"', message: named('Nobody sells machines.') }] } } } },
}

let booted: Booted
let owner: Person
let folder: string | undefined
beforeAll(async () => {
  booted = await bootPlatform([], { inputs })
  await runCommand(booted.payload, systemActor, { action: 'create', entity: 'companies', data: { code: 'F', name: 'Firm', country: 'DE', currency: 'EUR', timeZone: 'Europe/Berlin' } })
  owner = await signIn(booted, ['owner'], 'owner')
  folder = await ownFolder(booted)
})
afterAll(async () => {
  await booted?.stop()
  if (folder) await rm(folder, { recursive: true })
})

const post = (data: object, person = owner) => person.door('/own-machines', { method: 'POST', body: data })

describe('an entity that a firm has made', () => {
  it('has numbers of its own, history, rules, and the fields the firm gave it', async () => {
    const made = await post({ name: 'Lathe', price: '800' })
    expect([made.status, made.body]).toEqual([201, expect.objectContaining({ version: 1 })])
    const { id } = made.body as { id: string }
    expect((await owner.door(`/own-machines/${id}`)).body).toMatchObject({ number: 'EQ-00001', name: 'Lathe', price: '800.00', yearly: '100.00' })
    expect((await post({ name: 'Mill', price: '9000' })).status).toBe(422)
    expect((await post({ name: 'Mill', price: '9000', boughtOn: '2026-01-02' })).status).toBe(201)
    expect((await owner.door(`/own-machines/${id}`, { method: 'PATCH', body: { name: 'Old lathe', expectedVersion: 1 } })).body).toMatchObject({ version: 2 })
    expect((await owner.door('/own-machines?where[price][greater_than]=1000&sort=-price')).body).toMatchObject({ totalDocs: 1, docs: [{ name: 'Mill' }] })
    expect((await owner.door('/own-machines/export?format=csv')).text).toContain('Old lathe')
    expect((await owner.door(`/views/documents/own-machines/${id}`)).body).toMatchObject({ history: [{ action: 'edit' }, { action: 'create' }] })
  })

  it('is typed in GraphQL, and others refer to it', async () => {
    const user = { id: owner.id, email: owner.email, roles: ['owner'] }
    const { data } = await askGraphql(booted.payload, user, '{ OwnMachines(where: { number: { equals: "EQ-00001" } }) { docs { id name yearly } } }')
    expect(data).toMatchObject({ OwnMachines: { docs: [{ name: 'Old lathe', yearly: '100.00' }] } })
    const [machine] = (data as unknown as { OwnMachines: { docs: { id: string }[] } }).OwnMachines.docs
    const supplier = await owner.door('/suppliers', { method: 'POST', body: { name: 'Supplier', machine: machine?.id } })
    expect(supplier.status).toBe(201)
    const gone = await owner.door(`/own-machines/${machine?.id ?? ''}`, { method: 'DELETE', body: {} })
    expect([gone.status, gone.text]).toEqual([409, expect.stringContaining('is used by 1 supplier (Machine). Change what refers to it first.')])
  })

  it('takes over what the record says that it refers to, whenever it is saved, before rules are asked', async () => {
    const supplier = ((await owner.door('/suppliers', { method: 'POST', body: { name: 'Wolf', country: 'DE' } })).body as { id: string }).id
    const { id } = (await post({ name: 'Drill', supplier })).body as { id: string }
    const machine = async () => (await owner.door(`/own-machines/${id}?depth=0`)).body
    expect(await machine()).toMatchObject({ supplierName: 'Wolf', country: 'DE' })
    expect((await post({ name: 'Drill', supplier, supplierName: 'Fox' })).text).toContain('is kept by the platform')
    await owner.door(`/suppliers/${supplier}`, { method: 'PATCH', body: { name: 'Wolf & Sons' } })
    expect(await machine()).toMatchObject({ supplierName: 'Wolf' })
    expect((await owner.door(`/own-machines/${id}`, { method: 'PATCH', body: { name: 'Old drill' } })).status).toBe(200)
    expect(await machine()).toMatchObject({ supplierName: 'Wolf & Sons' })
    expect((await owner.door('/own-machines?where[supplierName][equals]=Wolf %26 Sons')).body).toMatchObject({ totalDocs: 1 })
    await owner.door(`/own-machines/${id}`, { method: 'PATCH', body: { supplier: null } })
    expect((await machine() as { supplierName?: unknown }).supplierName ?? null).toBeNull()
    const nobody = ((await owner.door('/suppliers', { method: 'POST', body: { name: 'Nobody' } })).body as { id: string }).id
    expect((await post({ name: 'Ghost', supplier: nobody })).text).toContain('Nobody sells machines.')
  })

  it('is nobody\'s who was not given it', async () => {
    const buyer = await signIn(booted, ['buyer'], 'buyer')
    expect([(await buyer.door('/own-machines')).status, (await post({ name: 'Mine' }, buyer)).status]).toEqual([403, 403])
  })

  it('out of use is met by nobody, and is never removed', async () => {
    expect((await owner.door('/own-notes')).status).toBe(403)
    expect((await owner.door('/own-notes', { method: 'POST', body: { name: 'x' } })).status).toBe(403)
    expect(lossFindings({ fields: inputs.fields }, inputs).map(({ code, path }) => [code, path])).toEqual([['entityRemoved', 'entities.own-machines'], ['entityRemoved', 'entities.own-visits'], ['entityRemoved', 'entities.own-notes']])
  })

  describe('with files', () => {
    const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
    const upload = (name: string, content: string | Uint8Array, person = owner) => finishedUpload(booted, person, { name, content })
    const findingsOf = (body: unknown) => (body as { errors: { data: { findings: { path: string; message: { en: string } }[] } }[] }).errors[0]?.data.findings.map(({ path, message }) => [path, message.en])

    it('keeps uploads for who may read the record and the field, and gives them by no other way', async () => {
      const [plan, photo] = [await upload('图纸 plan.txt', 'Turn it on.'), await upload('front.png', png)]
      const { id } = (await post({ name: 'Saw', manual: plan, photo: `other.png/1/${photo}` })).body as { id: string }
      const at = `/own-machines/${id}`
      expect((await owner.door(at)).body).toMatchObject({ manual: `图纸 plan.txt/11/${plan}`, photo: `front.png/${png.length}/${photo}` })
      await uploadFiles(folder ?? '').sweep(new Date(Date.now() + 30 * 86_400_000))
      const manual = await owner.door(`${at}/files/manual`)
      expect([manual.status, manual.text, manual.headers.get('content-disposition')]).toEqual([200, 'Turn it on.', "attachment; filename=\"plan.txt\"; filename*=UTF-8''%E5%9B%BE%E7%BA%B8%20plan.txt"])
      const shown = await owner.door(`${at}/files/photo`)
      expect([shown.headers.get('content-type'), shown.headers.get('content-disposition'), shown.headers.get('x-content-type-options'), shown.headers.get('content-security-policy'), Buffer.from(shown.bytes).equals(png)]).toEqual(['image/png', expect.stringMatching(/^inline/), 'nosniff', "default-src 'none'; sandbox", true])
      expect((await owner.door(`${at}/files/photo`, { headers: { 'if-none-match': shown.headers.get('etag') ?? '' } })).status).toBe(304)
      for (const path of [`${at}/files/name`, `${at}/files/toString`, `/own-machines/${plan}/files/manual`]) expect((await owner.door(path)).status, path).toBe(404)

      await runCommand(booted.payload, systemActor, { action: 'create', entity: 'roles', data: { slug: 'looker', name: 'Looker', permissions: [{ entity: 'own-machines', actions: ['read', 'edit'], hiddenFields: ['photo'] }] } })
      const [looker, buyer] = [await signIn(booted, ['looker'], 'looker'), await signIn(booted, ['buyer'], 'stranger')]
      expect((await looker.door(`${at}/files/manual`)).status).toBe(200)
      for (const [person, name] of [[looker, 'photo'], [buyer, 'manual']] as const) expect([403, 404]).toContain((await person.door(`${at}/files/${name}`)).status)

      // Another person keeps what stands there, and cannot take it elsewhere.
      const kept = `图纸 plan.txt/11/${plan}`
      expect((await looker.door(at, { method: 'PATCH', body: { name: 'Big saw', manual: kept } })).status).toBe(200)
      const other = ((await post({ name: 'Empty' })).body as { id: string }).id
      expect(findingsOf((await looker.door(`/own-machines/${other}`, { method: 'PATCH', body: { manual: kept } })).body)).toEqual([['manual', expect.stringContaining('there is no upload of yours')]])
      expect((await owner.door('/own-machines/export?format=csv&columns=name,manual')).text).toContain('"Big saw","图纸 plan.txt"\r\n')
      expect((await owner.door('/own-machines/export?format=csv&for=import')).text).not.toContain('manual')
      expect((await owner.door('/own-machines?where[manual][contains]=plan')).body).toMatchObject({ totalDocs: 1 })
      const found = await askGraphql(booted.payload, { id: owner.id, email: owner.email, roles: ['owner'] }, '{ OwnMachines(where: { name: { equals: "Big saw" } }) { docs { manual } } }')
      expect(found).toMatchObject({ data: { OwnMachines: { docs: [{ manual: kept }] } } })
      expect((await owner.door(at, { method: 'PATCH', body: { manual: null } })).status).toBe(200)
      expect((await owner.door(`${at}/files/manual`)).status).toBe(404)
    })

    it.each<[string, () => Promise<object>, string, string]>([
      ['an upload of someone else', async () => ({ manual: await upload('a.txt', 'x', { ...owner, id: 'ann' }) }), 'manual', 'there is no upload of yours'],
      ['an upload that is not there', () => Promise.resolve({ manual: crypto.randomUUID() }), 'manual', 'there is no upload of yours'],
      ['a path', () => Promise.resolve({ manual: '../../secret' }), 'manual', 'must be the id of an upload'],
      ['what is no text', () => Promise.resolve({ manual: { id: 1 } }), 'manual', 'must be the id of an upload'],
      ['a paper for a picture', async () => ({ photo: await upload('a.txt', 'x') }), 'photo', 'must be a picture'],
      ['a picture by name only', async () => ({ photo: await upload('a.png', '<html>') }), 'photo', 'its content is something else'],
      ['an empty file', async () => ({ manual: await upload('a.txt', '') }), 'manual', 'the file is empty'],
    ])('refuses %s', async (_, data, path, reason) => {
      const { status, body } = await post({ name: 'Bad', ...(await data()) })
      expect([status, findingsOf(body)]).toEqual([422, [[path, expect.stringContaining(reason)]]])
    })
  })

  describe('with a table of rows', () => {
    const visit = (data: object, person = owner) => person.door('/own-visits', { method: 'POST', body: data })
    const rows = [{ what: '=1+1', count: '2.5', price: '10.00', grade: 'true', due: '2026-11-22' }, { what: '中文 · "x"', count: '1', price: '3', free: true }]
    const spoken = [
      { what: '=1+1', count: '2.5', price: '10.00', free: false, due: '2026-11-22', grade: 'true', amount: '25.00' },
      { what: '中文 · "x"', count: '1', price: '3.00', free: true, due: null, grade: null, amount: '0.00' },
    ]

    it('computes its rows, keeps them in history, and asks by the same rules at every door', async () => {
      const { status, body } = await visit({ name: 'First', parts: rows })
      const { id } = body as { id: string }
      expect([status, (await owner.door(`/own-visits/${id}`)).body]).toEqual([201, expect.objectContaining({ cost: '25.00', parts: spoken })])
      expect((await owner.door(`/own-visits/${id}`, { method: 'PATCH', body: { parts: [{ ...rows[0], count: '3' }] } })).status).toBe(200)
      expect((await owner.door(`/own-visits/${id}`, { method: 'PATCH', body: { name: 'Visit' } })).status).toBe(200)
      const { history } = (await owner.door(`/views/documents/own-visits/${id}`)).body as { history: { changes: { field?: { label: { en: string } }; before: unknown; after: unknown }[] }[] }
      const changes = history.map((entry) => entry.changes.map(({ field, before, after }) => [field?.label.en, before, after]))
      expect(changes.slice(0, 2)).toEqual([[['Name', 'First', 'Visit']], expect.arrayContaining([['Cost', '25.00', '30.00'], ['Parts 1, Count', '2.5', '3'], ['Parts 2, What', '中文 · "x"', null]])])
    })

    it.each<[string, unknown, string[]]>([
      ['none', undefined, ['parts:tooFewRows']], ['empty', [], ['parts:tooFewRows']], ['no rows', { length: 3 }, ['parts:invalid']], ['with a wrong sum', [{ count: '1', price: '1', amount: '2' }], ['parts.0.amount:computed']],
      ['against its check', [{ count: '0' }], ['parts:check']], ['of the wrong kind', [{ count: {} }], ['parts.0.count:invalid']], ['too many', Array.from({ length: 501 }, () => ({ count: '1' })), ['parts:tooManyRows']],
    ])('refuses rows: %s', async (_, parts, codes) => {
      const { status, body } = await visit({ name: 'Bad', parts })
      expect([status, (body as { errors: { data: { findings: { path: string; code: string }[] } }[] }).errors[0]?.data.findings.map(({ path, code }) => `${path}:${code}`)]).toEqual([422, codes])
    })

    it('asks nobody for rows that they may not see, nor for those that were too few before', async () => {
      const role = { slug: 'rowless', name: 'Rowless', permissions: [{ entity: 'own-visits', actions: ['read', 'create', 'edit'], hiddenFields: ['parts'] }] }
      const make = (accepted: readonly string[]) => owner.door('/roles', { method: 'POST', body: role, headers: { 'Accepted-Warnings': accepted.join(', ') } })
      const warned = ((await make([])).body as { errors?: { data: { findings: { path: string; code: string }[] } }[] }).errors?.[0]?.data.findings ?? []
      if (warned.length > 0) expect((await make(warned.map(({ path, code }) => `${path}:${code}`))).status).toBe(201)
      const rowless = await signIn(booted, ['rowless'], 'rowless')
      const made = await visit({ name: 'Without rows' }, rowless)
      expect([made.status, made.text]).toEqual([201, expect.any(String)])
      const patch = async (body: object, person = owner) => (await person.door(`/own-visits/${(made.body as { id: string }).id}`, { method: 'PATCH', body })).status
      expect([await patch({ name: 'Still without' }, rowless), await patch({ name: 'Also here' }), await patch({ parts: [{ count: '1' }] }), await patch({ parts: [] })]).toEqual([200, 200, 200, 422])
      expect([await patch({ released: true }, rowless), await patch({ released: true, approval: 'typed:Ann' }, rowless)]).toEqual([422, 200])
      expect((await owner.door(`/own-visits/${(made.body as { id: string }).id}`, { method: 'DELETE', body: {} })).status).toBe(200)
    })

    it('is typed in GraphQL, to be read and to be written', async () => {
      const user = { id: owner.id, email: owner.email, roles: ['owner'] }
      const made = await askGraphql(booted.payload, user, 'mutation { createOwnVisit(data: { name: "Typed", parts: [{ count: "2", price: "1.50", grade: _true }] }) { id } }')
      expect(made.errors).toBeUndefined()
      const { data } = await askGraphql(booted.payload, user, '{ OwnVisits(where: { name: { equals: "Typed" } }) { docs { cost parts { count grade amount free } } } }')
      expect(data).toMatchObject({ OwnVisits: { docs: [{ cost: '3.00', parts: [{ count: '2', grade: '_true', amount: '3.00', free: false }] }] } })
      const wrong = await askGraphql(booted.payload, user, 'mutation { createOwnVisit(data: { name: "Typed", parts: [{ colour: "red" }] }) { id } }')
      expect(wrong.errors?.[0]?.message).toContain('Field "colour" is not defined by type "OwnVisit_parts_RowInput"')
    })

    it('stands beside fields of every type, in REST, GraphQL, filters and rules', async () => {
      const suppliers = ((await owner.door('/suppliers')).body as { docs: { id: string }[] }).docs.map((one) => one.id)
      const story = { type: 'doc', content: [{ type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: '“=1+1” 中文' }] }, { type: 'bulletList', content: [{ type: 'listItem', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Look', marks: [{ type: 'link', attrs: { href: 'https://firm.example' } }] }] }] }] }] }
      const fields = { with: suppliers, topics: ['time', 'price'], from: '08:30', lasts: 90, mood: 4, notes: { a: [1] }, badge: 'XY-12', place: 'geo:-33.9249,18.4241;u=5', story }
      const { id, status } = await visit({ name: 'All', parts: [{ count: '1' }], ...fields }).then(({ body, status }) => ({ status, ...(body as { id: string }) }))
      expect([status, (await owner.door(`/own-visits/${id}?depth=0`)).body]).toEqual([201, expect.objectContaining({ ...fields, report: expect.stringMatching(/^VR-\d{5}$/) as string })])
      expect((await owner.door(`/own-visits/${id}`, { method: 'PATCH', body: { topics: ['quality'], lasts: 60 } })).status).toBe(200)
      const asked = await askGraphql(booted.payload, { id: owner.id, email: owner.email, roles: ['owner'] }, '{ OwnVisits(where: { topics: { in: [quality] } }) { docs { topics from lasts mood notes report story } } }')
      expect(asked).toMatchObject({ data: { OwnVisits: { docs: [{ topics: ['quality'], from: '08:30', lasts: 60, mood: 4, notes: { a: [1] }, story }] } } })
      const made = await askGraphql(booted.payload, { id: owner.id, email: owner.email, roles: ['owner'] }, 'mutation { createOwnVisit(data: { name: "By GraphQL", story: "Two\\nlines", place: "33°55′29.64″S 18°25′26.76″E", topics: [price, time], from: "23:59", lasts: 5, mood: 1, parts: [{ count: "1" }] }) { id } }')
      expect(made.errors).toBeUndefined()
      const found = async (question: string) => ((await owner.door(`/own-visits?${question}`)).body as { docs?: { name: string }[] }).docs?.map(({ name }) => name).sort()
      expect(await found('where[topics][in]=price')).toEqual(['By GraphQL'])
      expect(await found('where[lasts][greater_than_equal]=60&where[from][less_than]=09:00')).toEqual(['All'])
      expect(await found('where[mood][greater_than]=3')).toEqual(['All'])
      expect(await found('where[topics][exists]=true')).toEqual(['All', 'By GraphQL'])
      expect([await found('where[place][equals]=geo:-33.9249,18.4241'), await found('where[place][exists]=true')]).toEqual([['By GraphQL'], ['All', 'By GraphQL']])
      const [people, again] = [await owner.door('/own-visits/export?format=csv&columns=name,place'), await owner.door('/own-visits/export?format=csv&for=import')].map(({ text: file }) => file)
      expect([people, again]).toEqual([expect.stringContaining('"All","-33.9249, 18.4241"'), expect.stringContaining('geo:-33.9249,18.4241;u=5')])
      expect([await found('where[story][exists]=true'), (await owner.door('/own-visits?where[story][contains]=Look')).status]).toEqual([['All', 'By GraphQL'], 400])
      const { docs: [lines] } = (await owner.door('/own-visits?where[name][equals]=By GraphQL')).body as { docs: { story: unknown }[] }
      expect(lines?.story).toEqual({ type: 'doc', content: ['Two', 'lines'].map((words) => ({ type: 'paragraph', content: [{ type: 'text', text: words }] })) })
      expect([(await owner.door('/own-visits/export?format=csv&columns=name,story')).text, again]).toEqual([expect.stringContaining('"“=1+1” 中文\n• Look"'), expect.stringContaining('""level"":2')])
      for (const question of ['where[from][equals]=25:00', 'where[lasts][equals]=long', 'where[mood][greater_than]=x']) expect((await owner.door(`/own-visits?${question}`)).status).toBe(400)
    })

    it('is not another than what was signed because of what is taken over or computed', async () => {
      const { id: supplier } = (await owner.door('/suppliers', { method: 'POST', body: { name: 'Sealed' } })).body as { id: string }
      const { id } = (await post({ name: 'Sealed', supplier, price: '800', seal: 'typed:Ann' })).body as { id: string }
      const machine = async () => (await owner.door(`/own-machines/${id}?depth=0`)).body as { seal: string; supplierName: string }
      const { seal } = await machine()
      await owner.door(`/suppliers/${supplier}`, { method: 'PATCH', body: { name: 'Renamed' } })
      await openStore(booted.payload).update('own-machines', id, { yearly: 1 } as object)
      expect([(await owner.door(`/own-machines/${id}`, { method: 'PATCH', body: { name: 'Sealed' } })).status, await machine()]).toEqual([200, expect.objectContaining({ seal, supplierName: 'Renamed', yearly: '100.00' })])
    })

    it('is signed by who changes what is to be signed, and says when something else was changed since', async () => {
      const unsigned = [['approval', 'Whoever changes Released signs it: give a new signature in Approval.']]
      const told = ({ status, body }: { status: number; body: unknown }) => [status, (body as { errors: { data: { findings: { path: string; message: { en: string } }[] } }[] }).errors[0]?.data.findings.map(({ path, message }) => [path, message.en])]
      const drawing = 'drawn:10,20 12,25 30,40;40,50 44,52'
      const parts = [{ count: '1' }]
      expect(told(await visit({ name: 'Unsigned', parts, released: true }))).toEqual([422, unsigned])
      expect((await visit({ name: 'Open', parts, released: false })).status).toBe(201)
      const { id } = (await visit({ name: 'Signed', parts, released: true, approval: drawing })).body as { id: string }
      const patch = (data: object, person = owner) => person.door(`/own-visits/${id}`, { method: 'PATCH', body: data })
      const approval = async () => String(((await owner.door(`/own-visits/${id}`)).body as { approval: unknown }).approval)
      const first = await approval()
      expect(readSignature(first)).toEqual({ signer: expect.stringMatching(` \\(${owner.email}\\)$`), at: expect.stringMatching(/Z$/), by: owner.id, mark: drawing })
      expect([told(await patch({ released: false })), told(await patch({ released: false, approval: first }))]).toEqual([[422, unsigned], [422, unsigned]])
      const graphql = await askGraphql(booted.payload, { id: owner.id, email: owner.email, roles: ['owner'] }, `mutation { updateOwnVisit(id: "${id}", data: { released: false }) { id } }`)
      expect(graphql.errors?.[0]?.message).toContain('signs it')
      const desk = await openDesk(booted, owner, { entity: 'own-visits', name: 'visits.csv', content: 'Name,Parts,Released\r\nBy file,"[{""count"":""1""}]",yes' })
      await desk.look()
      expect([(await desk.do('check')).counts.bad, JSON.stringify((await desk.problems()).docs)]).toEqual([1, expect.stringContaining('signs it')])
      expect([(await patch({ approval: first })).status, await approval()]).toEqual([200, first])
      expect([(await patch({ parts: [{ count: '2' }] })).status, readSignature(await approval())]).toEqual([200, { ...readSignature(first), changedAt: expect.stringMatching(/Z$/) }])
      const changed = await approval()
      expect([(await patch({ name: 'Signed again' })).status, await approval()]).toEqual([200, changed])
      for (const approved of [changed.replace(drawing, 'typed:Eve'), first]) expect(told(await patch({ approval: approved }))).toEqual([422, [['approval', 'Approval is not copied from elsewhere: draw it or type the name.']]])
      expect(told(await visit({ name: 'Copied', parts, released: true, approval: changed }))).toEqual([422, [['approval', expect.stringContaining('not copied')]]])
      expect(told(await patch({ approval: null }))).toEqual([422, [['approval', expect.stringContaining('Approval stands as long as Released does')]]])
      expect([(await patch({ released: false, approval: 'typed:Ann' })).status, readSignature(await approval())]).toEqual([200, { signer: expect.any(String), at: expect.any(String), by: owner.id, mark: 'typed:Ann' }])
      // A name is what its owner makes of it: the account stands behind.
      const before = await openStore(booted.payload).byIds('users', [owner.id])
      expect((await owner.door(`/users/${owner.id}`, { method: 'PATCH', body: { name: 'Ceo (ceo@firm.example)' } })).status).toBe(200)
      await patch({ approval: 'typed:Ceo' })
      expect(readSignature(await approval())?.signer).toBe(`Ceo (ceo firm.example) (${owner.email})`)
      await owner.door(`/users/${owner.id}`, { method: 'PATCH', body: { name: before.get(owner.id)?.name } })
      const [people, again] = [await owner.door('/own-visits/export?format=csv&columns=name,approval'), await owner.door('/own-visits/export?format=csv&for=import')].map(({ text: file }) => file)
      expect([/"Signed again","[^/"]+, \d{4}-\d\d-\d\dT/.test(people ?? ''), again?.includes('approval')]).toEqual([true, false])
    })

    it.each<[string, object, string]>([
      ['an option that is not there', { topics: ['price', 'x'] }, 'topics'], ['an option twice', { topics: ['price', 'price'] }, 'topics'], ['options that are no list', { topics: 'price' }, 'topics'], ['nothing among options', { topics: ['price', null] }, 'topics'], ['an empty text among options', { topics: ['', 'price'] }, 'topics'], ['nothing among references', { with: [null] }, 'with'], ['a number that is taken', { report: 'VR-00001' }, 'report'],
      ['a time that is none', { from: 'noon' }, 'from'], ['part of a minute', { lasts: 1.5 }, 'lasts'], ['a star too many', { mood: 6 }, 'mood'], ['a word for data', { notes: 'x' }, 'notes'], ['a place beyond the pole', { place: '91, 0' }, 'place'], ['a place finer than a centimetre', { place: '1.12345678, 0' }, 'place'], ['a picture for a signature', { approval: '<svg onload=alert(1)>' }, 'approval'], ['HTML for a text with headings', { story: { type: 'doc', content: [{ type: 'html', text: '<b>' }] } }, 'story'], ['a link that runs', { story: { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'x', marks: [{ type: 'link', attrs: { href: 'javascript:alert(1)' } }] }] }] } }, 'story'], ['a badge of another form', { badge: '12-XY' }, 'badge'],
    ])('refuses %s', async (_, data, path) => {
      const { status, body } = await visit({ name: 'Bad', parts: [{ count: '1' }], ...data })
      expect([status, (body as { errors: { data: { findings: { path: string }[] } }[] }).errors[0]?.data.findings.map((one) => one.path)]).toEqual([422, [path]])
    })

    it('offers and takes only what the filter of a reference leaves, and what can be made from the form to whoever may', async () => {
      const supplier = async (name: string) => ((await owner.door('/suppliers', { method: 'POST', body: { name } })).body as { id: string }).id
      const [mine, other] = [await supplier('Mine'), await supplier('Other')]
      const machine = async (name: string, of: string) => ((await post({ name, supplier: of })).body as { id: string }).id
      const [press, lathe, elsewhere] = [await machine('Press', mine), await machine('Lathe', mine), await machine('Press', other)]
      const offered = async (question: string) => ((await owner.door(`/options/own-machines?q=&${question}`)).body as { id: string }[]).map(({ id }) => id)
      expect(await offered(`of=own-visits.device&given.vendor=${mine}`)).toEqual([press])
      expect((await offered('of=own-visits.device')).sort()).toEqual([press, elsewhere].sort())
      expect([(await owner.door('/options/own-machines?q=&of=own-visits.vendor')).status, (await owner.door('/options/own-machines?q=&of=nothing')).status]).toEqual([400, 400])
      const parts = [{ count: '1' }]
      const made = await visit({ name: 'Filtered', parts, vendor: mine, device: press })
      expect(made.status).toBe(201)
      const { id } = made.body as { id: string }
      for (const data of [{ vendor: mine, device: elsewhere }, { vendor: mine, device: lathe }]) {
        const refused = await visit({ name: 'Bad', parts, ...data })
        expect([refused.status, refused.text]).toEqual([422, expect.stringContaining('It must belong to the same Vendor.')])
      }
      const change = async (body: object) => (await owner.door(`/own-visits/${id}`, { method: 'PATCH', body })).status
      expect([await change({ vendor: other }), await change({ vendor: other, device: elsewhere }), await change({ name: 'Renamed', device: elsewhere })]).toEqual([422, 200, 200])
      const keeper = await signIn(booted, ['viewer'], 'viewer')
      const quick = async ({ door }: Person) => ((await door(`/views/documents/own-visits/${id}`)).body as { entity?: { fields: { name: string; quickCreate?: boolean }[] } }).entity?.fields.find(({ name }) => name === 'device')?.quickCreate
      expect([await quick(owner), await quick(keeper) ?? false]).toEqual([true, false])
    })

    it('is found by whether it has rows, and compared by nothing else', async () => {
      expect((await owner.door('/own-visits?where[parts][exists]=true')).body).toMatchObject({ totalDocs: 7 })
      for (const question of ['where[parts][equals]=x', 'where[parts.count][equals]=1', 'where[parts][like]=x']) expect((await owner.door(`/own-visits?${question}`)).status).toBe(400)
    })

    it('tells the row and the column of a table that an import cannot take', async () => {
      const wrong = [[{ count: '1' }, { what: 'x', count: 'many' }], [{ count: '1', amount: '5', price: '1' }], [{ count: '1', colour: 'red' }]]
      const desk = await openDesk(booted, owner, { entity: 'own-visits', name: 'wrong.csv', content: csv([['Name', 'Parts'], ...wrong.map((parts, index) => [`Bad ${index}`, JSON.stringify(parts)])]) })
      await desk.look()
      await desk.do('check')
      expect((await desk.problems()).docs.map(({ row, header, message: { en, zh } }) => [row, header, en, zh])).toEqual([
        [2, 'Parts', expect.stringMatching(/^Row 2 of the table, Count: .+/), expect.stringMatching(/^表格第 2 行“Count”：.+/)], [2, 'Parts', 'Count something.', 'Count something.'], [3, 'Parts', expect.stringMatching(/^Row 1 of the table, Amount: .+/), expect.anything()], [4, 'Parts', expect.stringMatching(/^Row 1 of the table.*colour/), expect.anything()],
      ])
    })

    it('leaves by a file and comes back as it was', async () => {
      const file = async () => (await owner.door('/own-visits/export?for=import&format=csv')).bytes
      const before = await file()
      for (const { id } of await openStore(booted.payload).find('own-visits')) await owner.door(`/own-visits/${id}`, { method: 'DELETE', body: {} })
      const desk = await openDesk(booted, owner, { entity: 'own-visits', name: 'visits.csv', content: before })
      await desk.look()
      await desk.do('check')
      expect((await desk.problems()).docs).toEqual([])
      expect(await desk.do('run')).toMatchObject({ status: 'done', counts: { bad: 0 } })
      expect(new TextDecoder().decode(await file())).toBe(new TextDecoder().decode(before))
    })
  })

  it('passes the proof of the books', async () => {
    const { checks } = await verify(booted.payload)
    expect(checks.filter(({ ok }) => !ok)).toEqual([])
  })
})
