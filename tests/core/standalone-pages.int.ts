import { rm } from 'node:fs/promises'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { wrongFields } from '../../admin/document/check-fields.ts'
import { ruledField, ruleRow } from '../../admin/document/form-rules.ts'
import { fromForm, spokenOf, type FormValues } from '../../admin/kit/field-values.ts'
import { boolean, date, duration, file, image, isSectionText, json, option, quantity, rating, relation, sectionText, select, sequence, signature, table, text, time } from '../../config/language/fields.ts'
import type { PageDefinition } from '../../config/language/page.ts'
import { readSignature } from '../../config/language/signature.ts'
import type { RevisionInputs } from '../../config/language/revision.ts'
import { systemActor } from '../../plugins/core/access/actor.ts'
import { runCommand } from '../../plugins/core/commands/run-command.ts'
import type { ConfigurationView } from '../../plugins/core/configuration/configuration-view.ts'
import { providePublisher, type PublishRequest } from '../../plugins/core/configuration/publisher.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { compileForm } from '../../plugins/core/forms/compile-form.ts'
import { uploaderBy } from '../../plugins/core/pages/page-files.ts'
import { addressOf } from '../../plugins/core/pages/open-pages.ts'
import type { PageConfigurationView } from '../../plugins/core/pages/page-configuration.ts'
import { leastOpenMilliseconds, mostOpenMilliseconds, publicFilesPerEntry } from '../../plugins/core/pages/page-limits.ts'
import { newStamp } from '../../plugins/core/pages/page-stamp.ts'
import { submitPage } from '../../plugins/core/pages/submit-page.ts'
import { platformOf } from '../../plugins/core/platform/platform.ts'
import type { PageView } from '../../plugins/core/pages/page-view.ts'
import { uploadFiles } from '../../plugins/core/uploads/upload-files.ts'
import type { EntityView } from '../../plugins/core/views/entity-view.ts'
import type { Booted } from '../support/boot-payload.ts'
import { ownFolder } from '../support/import-world.ts'
import { openDoor, signIn, type Door, type Person } from '../support/rest.ts'
import { bootPlatform } from '../support/test-platform.ts'

const named = (en: string, zh = en) => ({ en, zh })
const asks = (...fields: string[]): PageDefinition['layout'] => ({ sections: [{ key: 'main', label: named('Main'), columns: 1, fields }] })
const registration: PageDefinition = {
  entity: 'suppliers', kind: 'public', title: named('Supplier registration', '供应商登记'), thanks: named('Thank you: {number}', '谢谢：{number}'),
  layout: asks('name', 'email', 'audited', 'auditedOn', 'paymentTerm', 'privacy', 'auditHint', 'consent', 'agreed'), given: { status: 'blocked' }, offers: { paymentTerm: ['term-30'] },
}
const secret: PageDefinition = { ...registration, layout: asks('name'), offers: undefined as never, link: 2 }
const intake: PageDefinition = {
  entity: 'own-intakes', kind: 'shopFloor', title: named('Intake'), thanks: named('Stored'), layout: asks('part', 'lot', 'amount'), given: { name: 'Intake' }, gs1: { '01': 'part', 10: 'lot', 30: 'amount' },
}
const complaintPage: PageDefinition = {
  entity: 'own-complaints', kind: 'public', title: named('Complaint'), thanks: named('Sorry: {number}'), layout: asks('name', 'photo', 'receipt', 'at', 'lasts', 'mood', 'topics', 'limit', 'pieces'), given: { about: 'bike' },
}
const inputs: RevisionInputs = {
  entities: { 'own-complaints': { label: named('Complaint'), labels: named('Complaints'), prefix: 'CO' }, 'own-intakes': { label: named('Intake'), labels: named('Intakes'), prefix: 'IN' } },
  fields: {
    'own-complaints': [
      image('photo', named('Photo')), file('receipt', named('Receipt')), time('at', named('At')), duration('lasts', named('Lasts')), rating('mood', named('Mood')), quantity('limit', named('Limit')), quantity('secretLimit', named('Secret limit')), text('about', named('About')), json('data', named('Data')), sequence('tag', named('Tag'), { prefix: 'TG' }),
      select('topics', named('Topics'), { many: true, options: [option('price', named('Price')), option('quality', named('Quality'))] }),
      table('pieces', named('Pieces'), { columns: [
        text('what', named('What')), { ...quantity('count', named('Count')), rules: { checks: [{ holds: 'empty(head.limit) || count <= head.limit', message: named('Too many.') }] } },
        { ...text('why', named('Why')), rules: { required: { when: 'head.secretLimit > 3' } } }, { ...quantity('twice', named('Twice')), rules: { computed: 'count * 2' } }, { ...quantity('hiddenTwice', named('Hidden twice')), rules: { computed: 'count * head.secretLimit' } },
      ] }),
    ],
    suppliers: [boolean('audited', named('Audited')), date('auditedOn', named('Audited on')), text('rating', named('Rating')), sectionText('privacy', named('Your data'), { content: named('We keep it for two years: https://firm.example/privacy', '资料保存两年。') }), sectionText('auditHint', named('Audit'), { content: named('Have the report at hand.'), warning: true }), signature('consent', named('Consent')), { ...boolean('agreed', named('Agreed')), signedIn: 'consent' }],
    'own-intakes': [relation('part', named('Part'), { to: 'parts' }), text('lot', named('Lot')), quantity('amount', named('Amount'))],
  },
  forms: { suppliers: { rules: { auditHint: { visible: 'audited' }, auditedOn: { required: { when: 'audited' } }, audited: { checks: [{ holds: 'rating != "bad"', message: named('Bad') }] } } } },
  pages: { 'complaint-page': complaintPage, registration, complaint: { ...secret, retired: true }, secret, intake, desk: { ...registration, kind: 'internal', layout: asks('name', 'paymentTerm'), offers: undefined as never } },
}

let booted: Booted
let owner: Person
let anyone: Door
let asked: PublishRequest[] = []
beforeAll(async () => {
  booted = await bootPlatform([], { inputs: JSON.parse(JSON.stringify(inputs)) as RevisionInputs })
  await runCommand(booted.payload, systemActor, { action: 'create', entity: 'companies', data: { code: 'F', name: 'Firm', country: 'DE', currency: 'EUR', timeZone: 'Europe/Berlin' } })
  for (const days of [30, 60]) await runCommand(booted.payload, systemActor, { action: 'create', entity: 'payment-terms', data: { id: `term-${days}`, code: `N${days}`, name: `Net ${days}`, netDays: days } })
  await runCommand(booted.payload, systemActor, { action: 'create', entity: 'units', data: { id: 'unit-pc', code: 'pc', name: 'Piece', decimals: 0 } })
  await runCommand(booted.payload, systemActor, { action: 'create', entity: 'parts', data: { id: 'part-fork', partNumber: 'FORK', name: 'Fork', unit: 'unit-pc', barcode: '9506000134352' } })
  owner = await signIn(booted, ['owner'], 'owner')
  anyone = openDoor(booted)
})
afterAll(async () => {
  providePublisher(undefined)
  await booted?.stop()
})
beforeEach(async () => {
  asked = []
  providePublisher({ expect: () => {}, publish: (request) => { asked.push(request) }, publication: () => undefined })
  await openStore(booted.payload).remove('page-drafts', { id: { exists: true } })
})

const stamp = (slug = 'registration', age = leastOpenMilliseconds) => newStamp(booted.payload.secret, slug, Date.now() - age)
const send = (data: object, more: object = {}, address = 'registration') => anyone(`/f/${address}`, { method: 'POST', body: { data, stamp: stamp(), ...more } })
const findings = ({ body }: { body: unknown }) => (body as { errors: { data: { code: string; findings?: { path: string; code: string }[] } }[] }).errors[0]?.data.findings?.map(({ path, code }) => `${path}:${code}`)
const codeOf = ({ body }: { body: unknown }) => (body as { errors: { data: { code: string } }[] }).errors[0]?.data.code
const supplier = async (name: string) => ((await owner.door(`/suppliers?where[name][equals]=${name}`)).body as { docs: { id: string; status: string; consent?: unknown }[] }).docs

describe('a public page', () => {
  it('tells its own fields, with the records that it offers, and nothing else', async () => {
    const { status, body, headers, text: whole } = await anyone('/f/registration')
    const view = body as PageView
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store'])
    expect(view.fields.map(({ name, type }) => `${name}:${type}`)).toEqual(['name:text', 'email:email', 'paymentTerm:select', 'audited:boolean', 'auditedOn:date', 'consent:signature', 'agreed:boolean', 'privacy:sectionText', 'auditHint:sectionText'])
    expect(view.fields.find(({ name }) => name === 'paymentTerm')?.options?.map(({ value, label }) => [value, label.en])).toEqual([['term-30', 'Net 30']])
    // The check asks for a field that the page does not show: only the server knows it.
    expect(Object.keys(view.form.rules)).toEqual(['auditHint', 'auditedOn', 'agreed'])
    expect(whole).not.toMatch(/rating|blocked|term-60|bankAccount|Net 60/)
  })

  it('makes a record by the command that makes every other, and history says by which page', async () => {
    const sent = await send({ name: 'Anna', paymentTerm: 'term-30' })
    expect([sent.status, sent.body]).toEqual([201, { thanks: named('Thank you: S-00001', '谢谢：S-00001') }])
    const [made] = await supplier('Anna')
    expect(made).toMatchObject({ status: 'blocked', paymentTerm: expect.anything() })
    expect((await owner.door(`/views/documents/suppliers/${made?.id ?? ''}`)).body).toMatchObject({ history: [{ action: 'create', who: 'Public page · 公开页面', reason: 'Supplier registration · 供应商登记 (registration)' }] })
  })

  it('takes its fields only, and asks the rules', async () => {
    expect(findings(await send({ name: 'Eve', bankAccount: '1', status: 'active', id: 'x', workflow: {}, constructor: 1 }))).toEqual(['bankAccount:notAsked', 'status:notAsked', 'id:notAsked', 'workflow:notAsked', 'constructor:notAsked'])
    expect(findings(await send({ name: 'Eve', paymentTerm: 'term-60' }))).toEqual(['paymentTerm:notOffered'])
    expect(findings(await send({ email: 'eve' }))).toEqual(['email:invalid'])
    expect(findings(await send({}))).toEqual(['name:required'])
    expect(findings(await send({ name: 'Eve', audited: true }))).toEqual(['auditedOn:required'])
    expect(await supplier('Eve')).toEqual([])
  })

  it('says its texts where they are meant, and nobody enters or reads them', async () => {
    const { fields, form } = (await anyone('/f/registration')).body as PageView
    const { program } = compileForm(fields, form)
    const shown = (audited: boolean) => fields.flatMap((field) => ruledField(field, ruleRow(program, { values: { audited }, before: null, workflowState: '' }, { today: '2026-11-22', timeZone: 'UTC', roles: [], exponent: 2 })) ?? []).filter(isSectionText)
    expect([shown(false), shown(true)].map((texts) => texts.map(({ name, content }) => [name, content?.en]))).toEqual([[['privacy', 'We keep it for two years: https://firm.example/privacy']], [['privacy', expect.any(String)], ['auditHint', 'Have the report at hand.']]])
    expect(findings(await send({ name: 'Eve', agreed: true }))).toEqual(['consent:unsigned'])
    expect((await send({ name: 'Signer', agreed: true, consent: 'typed:Eve Doe' })).status).toBe(201)
    expect(readSignature((await supplier('Signer'))[0]?.consent)).toMatchObject({ signer: 'Public page · 公开页面', by: 'page:registration', mark: 'typed:Eve Doe' })
    expect(findings(await send({ name: 'Eve', privacy: 'x' }))).toEqual(['privacy:unknownField'])
    const { id } = (await owner.door('/suppliers', { method: 'POST', body: { name: 'Read' } })).body as { id: string }
    const read = [await owner.door(`/suppliers/${id}`), await owner.door('/suppliers/export?format=csv'), await owner.door('/suppliers/export?format=csv&for=import')].map(({ status, text: body }) => [status, /privacy|auditHint|Your data/.test(body)])
    expect(read).toEqual([[200, false], [200, false], [200, false]])
    expect((await owner.door('/suppliers?where[privacy][exists]=true')).status).toBe(400)
    const { entity } = (await owner.door(`/views/documents/suppliers/${id}`)).body as { entity: EntityView }
    expect([entity.texts?.map(({ field, after }) => [field.name, after]), entity.fields.some(isSectionText), entity.form?.rules.auditHint]).toEqual([[['privacy', 'rating'], ['auditHint', 'privacy']], false, { visible: 'audited' }])
  })

  it('is refused by the browser where the server refuses it, and nowhere else', async () => {
    const { fields, form } = (await anyone('/f/registration')).body as PageView
    const { program } = compileForm(fields, form)
    const typed = fc.constantFrom('', ' ', 'Anna', 'a@b.example', 'x'.repeat(501), '2026-02-31', '2026-03-01', '1')
    const entry = fc.record({ consent: fc.constantFrom('', 'typed:Eve', 'typed:', 'drawn:1,2'), agreed: fc.boolean(), name: typed, email: typed, paymentTerm: fc.constantFrom('', 'term-30', 'term-60'), audited: fc.boolean(), auditedOn: typed })
    await fc.assert(fc.asyncProperty(entry, async (values: FormValues) => {
      const rules = ruleRow(program, { values, before: null, workflowState: '' }, { today: '2026-11-22', timeZone: 'UTC', roles: [], exponent: 2 })
      const shown = fields.flatMap((field) => ruledField(field, rules) ?? [])
      const wrong = wrongFields(shown, { values, rules, exponent: 2 })
      const sent = await send(spokenOf(shown.filter((field) => fromForm(field, values[field.name]) !== null), values))
      expect([sent.status, wrong.size > 0]).toEqual([wrong.size > 0 ? 422 : 201, wrong.size > 0])
      for (const path of sent.status === 422 ? findings(sent) ?? [] : []) expect([...wrong.keys()]).toContain(path.split(':')[0])
    }), { numRuns: 60 })
  })

  it('is not filled in by programs: too soon, too late, by a field that people do not see, with a stamp of another page', async () => {
    expect(codeOf(await send({ name: 'Bot' }, { stamp: stamp('registration', 0) }))).toBe('pageTooSoon')
    expect(codeOf(await send({ name: 'Bot' }, { stamp: stamp('registration', mostOpenMilliseconds + 1) }))).toBe('pageExpired')
    expect(codeOf(await send({ name: 'Bot' }, { stamp: stamp('secret') }))).toBe('pageExpired')
    expect(codeOf(await send({ name: 'Bot' }, { stamp: undefined }))).toBe('pageExpired')
    expect(codeOf(await send({ name: 'Bot' }, { replyUrl: 'https://spam.example' }))).toBe('pageNotAccepted')
    expect([(await send({ name: 'x'.repeat(70_000) })).status, (await send({ name: '长'.repeat(30_000) })).status, await supplier('Bot')]).toEqual([413, 413, []])
  })

  it('makes one record of one opening, however often it is sent', async () => {
    const one = stamp()
    const [first, again] = await Promise.all([send({ name: 'Twice' }, { stamp: one }), send({ name: 'Twice' }, { stamp: one })])
    expect([first.status, again.status, first.text]).toEqual([201, 201, again.text])
    expect(codeOf(await send({ name: 'Thrice' }, { stamp: one }))).toBe('pageSent')
    expect(await supplier('Twice')).toHaveLength(1)
  })

  it('stands at an address that cannot be guessed where it is to, and is closed when it is out of use', async () => {
    const address = addressOf(booted.payload, 'secret', secret)
    expect(address).toMatch(/^[\w-]{22}$/)
    expect([(await anyone(`/f/${address}`)).status, (await anyone('/f/secret')).status, (await anyone(`/f/${addressOf(booted.payload, 'secret', { link: 1 })}`)).status]).toEqual([200, 404, 404])
    expect((await anyone(`/f/${addressOf(booted.payload, 'complaint', secret)}`)).status).toBe(410)
    for (const unknown of ['intake', 'desk', '__proto__', 'constructor', '%2e%2e']) expect((await anyone(`/f/${unknown}`)).status).toBe(404)
    expect([(await anyone('/pages/registration')).status, (await anyone('/pages')).status, (await owner.door('/pages/registration')).status]).toEqual([401, 401, 404])
  })
})

describe('a public page with files and fields of every type', () => {
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfz0AEYBxVSF+FABJADveWkH6oAAAAAElFTkSuQmCC', 'base64')
  const upload = (opened: string, { field = 'photo', name = 'front.png', content = png }: { field?: string; name?: string; content?: Uint8Array<ArrayBuffer> } = {}) =>
    anyone(`/f/complaint-page/files/${field}`, { method: 'POST', raw: content, headers: { 'Content-Type': 'application/octet-stream', 'X-Page-Stamp': opened, 'X-File-Name': encodeURIComponent(name) } })
  const idOf = ({ body }: { body: unknown }) => (body as { id: string }).id
  const complain = (opened: string, data: object) => anyone('/f/complaint-page', { method: 'POST', body: { stamp: opened, data: { name: 'Anna', ...data } } })
  const bytes = (text: string) => new Uint8Array(Buffer.from(text))
  let folder: string
  beforeAll(async () => { folder = await ownFolder(booted) })
  afterAll(() => rm(folder, { recursive: true }))

  it('takes a photo before the record is there, for that record and nothing else; nobody reads it by the page', async () => {
    const [mine, other] = [stamp('complaint-page'), stamp('complaint-page')]
    // The photo may come before anyone would have filled in the rest.
    const photo = await upload(stamp('complaint-page', 0))
    expect([photo.status, Object.keys(photo.body as object)]).toEqual([201, ['id']])
    const [shot, paper] = [idOf(await upload(mine, { name: '正面.png' })), idOf(await upload(mine, { field: 'receipt', name: 'bill.txt', content: bytes('12.50') }))]
    expect(findings(await complain(other, { photo: shot }))).toEqual(['photo:invalidFile'])
    expect(findings(await complain(mine, { photo: idOf(photo) }))).toEqual(['photo:invalidFile'])
    expect((await complain(mine, { photo: shot, receipt: paper })).status).toBe(201)
    const { docs: [made] } = (await owner.door('/own-complaints')).body as { docs: { id: string; photo: string; receipt: string }[] }
    expect(made).toMatchObject({ photo: `正面.png/${png.length}/${shot}`, receipt: `bill.txt/5/${paper}` })
    const shown = await owner.door(`/own-complaints/${made?.id ?? ''}/files/photo`)
    expect([shown.status, Buffer.from(shown.bytes).equals(png)]).toEqual([200, true])
    for (const [method, path] of [['GET', `/f/complaint-page/files/${shot}`], ['GET', '/f/complaint-page/files/photo'], ['GET', `/own-complaints/${made?.id ?? ''}/files/photo`]] as const) expect([path, [401, 403, 404].includes((await anyone(path, { method })).status)]).toEqual([path, true])
    // What it took is kept with it, and cannot be taken twice.
    expect(findings(await complain(stamp('complaint-page'), { photo: shot }))).toEqual(['photo:invalidFile'])
    expect(await uploadFiles(folder).ofOwner(uploaderBy(mine.split('.')[1] ?? ''))).toEqual([])
    await uploadFiles(folder).sweep(new Date(Date.now() + 2 * 86_400_000))
    expect([await uploadFiles(folder).ofAnyone(), (await owner.door(`/own-complaints/${made?.id ?? ''}/files/receipt`)).text]).toEqual([[], '12.50'])
  })

  it.each<[string, Parameters<typeof upload>[1], number, string]>([
    ['what is no picture by its bytes', { content: bytes('<html>') }, 422, 'content is something else'], ['a paper for a picture', { name: 'a.txt', content: bytes('x') }, 422, 'a picture'], ['a type that is not taken', { field: 'receipt', name: 'a.exe' }, 422, 'are not taken'],
    ['nothing', { content: bytes('') }, 422, 'empty'], ['what is too large', { content: new Uint8Array(8 * 1_048_576 + 1) }, 413, '8 MB'], ['a field that the page does not ask for', { field: 'data' }, 404, 'no form'], ['a field that is no file', { field: 'name' }, 404, 'no form'],
  ])('refuses %s', async (_, sent, status, reason) => {
    const answer = await upload(stamp('complaint-page'), sent)
    expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(reason)])
  })

  it('asks for the stamp of this page, and takes so many files of one opening', async () => {
    expect([codeOf(await upload(stamp('registration'))), codeOf(await upload('')), codeOf(await upload(stamp('complaint-page', mostOpenMilliseconds + 1)))]).toEqual(['pageExpired', 'pageExpired', 'pageExpired'])
    const one = stamp('complaint-page')
    for (let count = 0; count < publicFilesPerEntry; count++) expect((await upload(one)).status).toBe(201)
    expect([codeOf(await upload(one)), (await upload(stamp('complaint-page'))).status]).toEqual(['pageFilesTooMany', 201])
  })

  it('takes times, stars, several choices and rows, by the rules that it may know', async () => {
    const { fields, form } = (await anyone('/f/complaint-page')).body as PageView
    expect(fields.find(({ name }) => name === 'pieces')?.columns?.map(({ name, rules }) => [name, Object.keys(rules ?? {})])).toEqual([['what', []], ['count', ['checks']], ['why', []], ['twice', ['computed']]])
    expect(compileForm(fields, form).faults).toEqual([])
    const entry = { at: '08:30', lasts: 90, mood: 4, topics: ['price', 'quality'], limit: '5', pieces: [{ what: 'bell', count: '2' }] }
    expect((await complain(stamp('complaint-page'), { ...entry, name: 'All' })).status).toBe(201)
    expect((await owner.door('/own-complaints?where[name][equals]=All')).body).toMatchObject({ docs: [{ ...entry, about: 'bike', pieces: [{ what: 'bell', count: '2', twice: '4' }] }] })
    for (const [data, codes] of [[{ topics: ['x'] }, ['topics:option']], [{ at: '25:00' }, ['at:invalid']], [{ mood: 9 }, ['mood:invalid']], [{ limit: '1', pieces: entry.pieces }, ['pieces.0.count:check']], [{ tag: 'TG-1' }, ['tag:notAsked']]] as const) expect([data, (findings(await complain(stamp('complaint-page'), data)) ?? []).map((code) => code.split(':')[0])]).toEqual([data, codes.map((code) => code.split(':')[0])])
  })
})

describe('a page for those who are signed in', () => {
  it('is theirs who may create what it makes', async () => {
    const storekeeper = await signIn(booted, ['storekeeper'], 'keeper')
    expect((await owner.door('/pages')).body).toEqual([expect.objectContaining({ slug: 'intake' }), expect.objectContaining({ slug: 'desk' })])
    expect((await storekeeper.door('/pages')).body).toEqual([])
    expect([(await storekeeper.door('/pages/desk')).status, (await storekeeper.door('/pages/desk', { method: 'POST', body: { data: { name: 'X' } } })).status]).toEqual([403, 403])
    expect((await owner.door('/pages/desk', { method: 'POST', body: { data: { name: 'Desk', email: 'a@b.example' } } })).status).toBe(422)
    expect((await owner.door('/pages/desk', { method: 'POST', body: { data: { name: 'Desk' } } })).status).toBe(201)
    expect(await supplier('Desk')).toMatchObject([{ status: 'blocked' }])
  })

  it('of the shop floor finds records by the code that stands on them, and makes none twice', async () => {
    const scan = (data: object, key: string) => owner.door('/pages/intake', { method: 'POST', body: { data }, headers: { 'Idempotency-Key': key } })
    const sent = await Promise.all(['k1', 'k1', 'k2'].map((key) => scan({ part: '09506000134352', lot: 'L1', amount: '5' }, key)))
    expect(sent.map(({ status }) => status)).toEqual([201, 201, 201])
    expect((await scan({ part: 'FORK', lot: 'L1', amount: '5' }, 'k3')).status).toBe(201)
    expect((await owner.door('/own-intakes?where[part][equals]=part-fork')).body).toMatchObject({ totalDocs: 3 })
    expect((await owner.door('/pages/intake/records/part?code=9506000134352')).body).toEqual({ id: 'part-fork', title: expect.any(String) })
    expect((await owner.door('/pages/intake/records/part?code=NOPE')).body).toBeNull()
    expect((await owner.door('/pages/desk/records/paymentTerm?code=N30')).status).toBe(404)
    expect(findings(await scan({ part: 'NOPE', lot: 'L1' }, 'k4'))).toEqual(['part:unknownReference'])
  })
})

describe('the definition of a page', () => {
  const put = (slug: string, page: unknown, more: object = {}) => owner.door(`/configuration/pages/${slug}`, { method: 'PUT', body: { page, ...more } })
  it('says so when it refuses what the page does not ask for', async () => {
    const entity = platformOf(booted.payload).entities.get('suppliers')
    if (!entity) throw new Error('there are suppliers')
    const slim: PageDefinition = { ...registration, kind: 'internal', layout: asks('name', 'audited'), offers: undefined as never }
    const send = (data: object) => submitPage(booted.payload, { slug: 'slim', page: slim, entity }, { actor: systemActor, data, key: undefined })
    const message = { en: expect.stringContaining('This page does not ask for Audited on: tell whoever gave it to you.') as string, zh: expect.stringContaining('此页面没有“Audited on”') as string }
    await expect(send({ name: 'Slim', audited: true })).rejects.toMatchObject({ problem: { code: 'invalidInput', findings: [{ path: 'auditedOn', code: 'required', message }] } })
    await expect(send({ name: 'Slim', email: 'x' })).rejects.toMatchObject({ problem: { findings: [{ code: 'notAsked' }] } })
    expect((await send({ name: 'Slim' })).id).toEqual(expect.any(String))
  })

  const told = async (page: object, slug = 'new-page') => ((await put(slug, page)).body as PageConfigurationView).findings.map(({ path, code }) => `${path.replace(`pages.${slug}.`, '')}:${code}`)

  it('is prepared and published with everything else', async () => {
    expect((await put('fair', { ...registration, layout: asks('name') })).status).toBe(200)
    const view = (await owner.door('/configuration')).body as ConfigurationView
    expect(view.findings.map(({ path, code }) => `${path}:${code}`)).toEqual(['pages.fair.offers.paymentTerm:notAsked'])
    expect((await owner.door('/configuration/publish', { method: 'POST', body: { base: 0 } })).status).toBe(422)
    expect((await put('fair', { ...registration, layout: asks('name'), offers: undefined }, { expectedVersion: 0 })).status).toBe(409)
    expect((await put('fair', { ...registration, layout: asks('name'), offers: undefined }, { expectedVersion: 1 })).status).toBe(200)
    const { changes, pages } = (await owner.door('/configuration')).body as ConfigurationView
    expect([changes.map(({ entity, kind }) => `${entity} ${kind}`), pages.find(({ slug }) => slug === 'fair')]).toEqual([['page:fair added'], expect.objectContaining({ isPublished: false, path: null })])
    expect((await owner.door('/configuration/publish', { method: 'POST', body: { base: 0 } })).status).toBe(202)
    expect(Object.keys(asked[0]?.inputs.pages ?? {}).sort()).toEqual(['complaint', 'complaint-page', 'desk', 'fair', 'intake', 'registration', 'secret'])
    expect((await owner.door('/configuration/pages/fair', { method: 'DELETE', body: {} })).body).toBeNull()
  })

  it('is one file, the same after it was read in again', async () => {
    await put('fair', registration)
    const file = await owner.door('/configuration/pages/fair/file')
    const { page } = file.body as { page: PageDefinition }
    await put('fair', JSON.parse(JSON.stringify(page)))
    expect((await owner.door('/configuration/pages/fair/file')).text).toBe(file.text)
    expect(Object.keys(page)).toEqual([...Object.keys(page)].sort())
    expect(file.text).not.toContain(addressOf(booted.payload, 'secret', secret))
  })

  it('is refused where it is hostile, with the place and the reason', async () => {
    for (const slug of ['a%2Fb', 'A', '-a', 'a--b', '..', '__proto__']) expect((await put(slug, registration)).status).not.toBe(200)
    for (const page of [{ ...registration, extra: 1 }, JSON.parse('{"given":{"__proto__":{"x":1}}}'), { given: { constructor: 'x' } }, { layout: { sections: 5 } }, null]) expect((await put('new-page', page)).status).toBe(422)
    expect(await told({ ...registration, layout: asks('version', 'company', 'gone', 'name'), offers: undefined })).toEqual(['layout.sections.0.fields.1:unknownField', 'layout.sections.0.fields.2:unknownField', 'layout.sections.0.fields.0:systemField'])
    expect(await told({ ...registration, layout: asks('name', 'number'), title: named('<script>alert(1)</script>'), offers: undefined })).toEqual(['title.en:markup', 'title.zh:markup', 'layout.sections.0.fields.1:notPublic'])
    expect(await told({ ...registration, layout: asks('name', 'paymentTerm'), offers: undefined })).toEqual(['layout.sections.0.fields.1:offersMissing'])
    expect(await told({ ...registration, layout: asks('email'), offers: undefined, given: { nothing: 1, status: 'wild' } })).toEqual(['given.nothing:unknownField', 'given.status:givenWrong', 'layout.sections:requiredMissing'])
    expect(await told({ ...registration, entity: 'sales-orders', layout: asks('paidAmount', 'customer'), given: { paidAmount: 5 }, offers: { customer: ['x'] } })).toEqual(expect.arrayContaining(['layout.sections.0.fields.0:readOnlyField', 'given.paidAmount:readOnlyField']))
    expect(await told({ ...registration, layout: asks('name', 'auditHint', 'privacy'), offers: undefined })).toEqual(['layout.sections.0.fields.1:unasked'])
    expect(await told({ ...registration, kind: 'internal', layout: asks('privacy'), given: { name: 'x' }, offers: undefined })).toEqual(['layout.sections:nothingAsked'])
    expect(await told({ ...registration, layout: asks('name', 'agreed'), offers: undefined })).toEqual(['layout.sections.0.fields.1:unsigned'])
    expect(await told({ ...registration, layout: asks('name'), given: { agreed: true }, offers: undefined })).toEqual(['given.agreed:unsigned'])
    expect(await told({ ...registration, kind: 'shopFloor', layout: asks('name', 'consent'), offers: undefined })).toEqual(['layout.sections.0.fields.1:notScanned'])
    expect(await told({ ...registration, entity: 'roles' })).toEqual(['entity:unknownEntity'])
    expect(await told({ ...registration, kind: 'internal', link: 1, gs1: { 10: 'name' } })).toEqual(['link:otherKind', 'offers:otherKind', 'gs1:otherKind'])
    expect(await told({ ...intake, layout: { ...asks('part', 'amount'), parts: { shownAs: 'tabs', list: [{ key: 'a', label: named('A') }, { key: 'b', label: named('B') }] } }, gs1: { 17: 'amount', 10: 'lot' } })).toEqual(
      ['layout.parts.shownAs:stepsOnly', 'layout.parts.list.1:partEmpty', 'gs1.10:notAsked', 'gs1.17:otherType'],
    )
    expect(await told({ kind: 'everywhere' })).toEqual(expect.arrayContaining(['kind:malformed', 'title:malformed', 'entity:malformed', 'thanks:malformed']))
  })

  it('is told to whoever takes a field out of use that it asks for, or requires one that it does not ask for', async () => {
    expect((await owner.door('/configuration/fields/suppliers/use/audited')).body).toMatchObject({ uses: expect.arrayContaining([expect.objectContaining({ kind: 'page', label: registration.title, href: '/admin/configuration/pages/registration' })]) as unknown })
    await owner.door('/configuration/fields/suppliers', { method: 'PUT', body: { fields: inputs.fields.suppliers?.map((field) => (field.name === 'audited' ? { ...field, retired: true } : field)), form: { rules: {} } } })
    const { findings: wrong } = (await owner.door('/configuration')).body as ConfigurationView
    expect(wrong.map(({ path, code }) => `${path}:${code}`)).toEqual(['pages.registration.layout.sections.0.fields.2:unknownField'])
    const audits = { name: 'audits', type: 'table', label: named('Audits'), minRows: 1, columns: [{ name: 'by', type: 'text', label: named('By') }] }
    await owner.door('/configuration/fields/suppliers', { method: 'PUT', body: { fields: [...inputs.fields.suppliers ?? [], audits], form: { rules: {} } } })
    const { findings: missing } = (await owner.door('/configuration')).body as ConfigurationView
    expect(missing.filter(({ code }) => code === 'requiredMissing').map(({ path }) => path)).toEqual(expect.arrayContaining(['pages.registration.layout.sections', 'pages.desk.layout.sections']))
    await owner.door('/configuration/fields/suppliers', { method: 'DELETE', body: {} })
  })

  it('is not for who may not configure', async () => {
    const buyer = await signIn(booted, ['buyer'], 'buyer')
    for (const [method, path] of [['GET', '/fair'], ['GET', '/fair/file'], ['PUT', '/fair'], ['DELETE', '/fair']] as const) expect((await buyer.door(`/configuration/pages${path}`, { method, ...(method === 'GET' ? {} : { body: { page: registration } }) })).status).toBe(403)
  })

  it('goes back to what was shipped as out of use', async () => {
    const { body } = await owner.door('/configuration/versions/0/draft', { method: 'POST', body: {} })
    expect(body).toMatchObject({ pages: ['complaint-page', 'desk', 'intake', 'registration', 'secret'] })
    expect(((await owner.door('/configuration/pages/desk')).body as PageConfigurationView).draft?.page).toMatchObject({ retired: true, entity: 'suppliers' })
  })
})
