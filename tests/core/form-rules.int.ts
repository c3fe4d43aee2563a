import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { programsOf, ruleRow } from '../../admin/document/form-rules.ts'
import { isWritable } from '../../admin/document/form-values.ts'
import { formOf, spokenOf, toForm } from '../../admin/kit/field-values.ts'
import { boolean, date, money, option, select, text } from '../../config/language/fields.ts'
import type { RevisionInputs } from '../../config/language/revision.ts'
import { systemActor } from '../../plugins/core/access/actor.ts'
import { runCommand } from '../../plugins/core/commands/run-command.ts'
import { transact } from '../../plugins/core/commands/transact.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import type { ProblemError } from '../../plugins/core/errors.ts'
import type { DocumentView } from '../../plugins/core/views/document-view.ts'
import type { RecomputationView } from '../../plugins/core/configuration/recompute-job.ts'
import { runDueJobs } from '../../plugins/core/jobs/run-jobs.ts'
import type { Impact } from '../../plugins/core/configuration/impact/impact.ts'
import type { Booted } from '../support/boot-payload.ts'
import { askGraphql, schemaOf } from '../support/graphql.ts'
import { fieldsOfEveryType, randomRules, spokenValue } from '../support/random-forms.ts'
import { signIn, type Person } from '../support/rest.ts'
import { bootPlatform } from '../support/test-platform.ts'

const named = (en: string, zh = en) => ({ en, zh })
const why = { en: 'Say why the limit is so high.', zh: '请说明信用额度较高的原因。' }
/** Forms with a field of every type and rules as they come. */
const randomForms = [1, 2, 3, 4].map((seed) => ({ slug: `own-random-${seed}`, name: `OwnRandom${seed}`, rules: randomRules(seed) }))
const inputs: RevisionInputs = {
  entities: Object.fromEntries(randomForms.map(({ slug }, index) => [slug, { label: named(`Random ${index}`), labels: named(`Randoms ${index}`), prefix: `R${'ABCD'[index]}` }])),
  fields: {
    ...Object.fromEntries(randomForms.map(({ slug }) => [slug, fieldsOfEveryType])),
    customers: [
      boolean('audited', named('Audited')), money('quarterLimit', named('Quarter of the limit')), date('auditedOn', named('Audited on')), text('limitReason', named('Reason of the limit')), money('halfLimit', named('Half of the limit'), { max: 99_999 }),
      select('rating', named('Rating'), { options: [option('a', named('A')), option('b', named('B')), option('c', named('C'))] }), text('managerNote', named('Note of the manager')), text('type', named('Type')), text('package', named('Package')),
    ],
  },
  forms: {
    ...Object.fromEntries(randomForms.map(({ slug, rules }) => [slug, { rules }])),
    customers: {
      rules: {
        auditedOn: { visible: 'audited', whenHidden: 'clear', required: { when: 'audited' }, checks: [{ holds: 'auditedOn <= today', message: named('An audit lies in the past.', '审核日期不能晚于今天。') }] },
        limitReason: { required: { when: 'creditLimit > 10000', message: why } },
        halfLimit: { computed: 'creditLimit / 2' },
        quarterLimit: { computed: 'halfLimit / 2' },
        rating: { default: '"b"', options: { when: 'option != "a" || audited', message: named('Only who was audited is rated A.', '仅通过审核的客户可评为 A。') } },
        type: { required: { when: 'package_ == "box"' } },
        managerNote: { readOnly: { when: '!("salesManager" in userRoles || "owner" in userRoles)' } },
      },
    },
  },
}

let booted: Booted
let owner: Person
let rep: Person
let made = 0
beforeAll(async () => {
  booted = await bootPlatform([], { inputs })
  await runCommand(booted.payload, systemActor, { action: 'create', entity: 'companies', data: { code: 'F', name: 'Firm', country: 'DE', currency: 'EUR', timeZone: 'Europe/Berlin' } })
  owner = await signIn(booted, ['owner'], 'owner')
  rep = await signIn(booted, ['salesRep'], 'rep')
})
afterAll(() => booted?.stop())

type Told = { id?: string; errors?: { data: { findings?: { path: string; code: string; message: { zh: string } }[] } }[] }
const create = async (data: object, person = owner) => {
  const { status, body } = await person.door('/customers', { method: 'POST', body: { number: `C${++made}`, name: 'Customer', country: 'DE', ...data } })
  const { id = '', errors } = body as Told
  return { status, id, findings: errors?.[0]?.data.findings ?? [], codes: errors?.[0]?.data.findings?.map(({ path, code }) => `${path}:${code}`) ?? [] }
}
const edit = async (id: string, data: object, person = owner) => {
  const { status, body } = await person.door(`/customers/${id}`, { method: 'PATCH', body: data })
  return { status, codes: (body as Told).errors?.[0]?.data.findings?.map(({ path, code }) => `${path}:${code}`) ?? [] }
}
/** What is empty is absent on one database and null on the other. */
const stored = async (id: string) => {
  const row = (await owner.door(`/customers/${id}`)).body as Record<string, unknown>
  return { ...row, halfLimit: row.halfLimit ?? null, auditedOn: row.auditedOn ?? null }
}

describe('the rules of a form hold on the server', () => {
  it('computes and gives values, exactly', async () => {
    const { status, id } = await create({ creditLimit: '999.99' })
    expect([status, await stored(id)]).toEqual([201, expect.objectContaining({ halfLimit: '500.00', rating: 'b', auditedOn: null })])
    await edit(id, { creditLimit: '10' })
    expect(await stored(id)).toMatchObject({ halfLimit: '5.00' })
    await edit(id, { creditLimit: null })
    expect(await stored(id)).toMatchObject({ halfLimit: null })
    const sorted = await owner.door('/customers?where[halfLimit][greater_than]=1&sort=-halfLimit')
    expect(sorted.status).toBe(200)
  })

  it.each([
    ['a missing value that a rule asks for', { creditLimit: '10000.01' }, ['limitReason:required']],
    ['a computed value', { creditLimit: '8', halfLimit: '5' }, ['halfLimit:computed']],
    ['an option that may not be chosen', { rating: 'a' }, ['rating:optionNow']],
    ['what a check forbids', { audited: true, auditedOn: '2999-01-01' }, ['auditedOn:check']],
    ['several at once', { audited: true, creditLimit: '20000', rating: 'c' }, ['auditedOn:required', 'limitReason:required']],
  ])('refuses %s by REST and by GraphQL, with the message of the firm', async (_, data, codes) => {
    const refused = await create(data)
    expect([refused.status, refused.codes.sort()]).toEqual([422, codes])
    if (codes.includes('limitReason:required')) expect(refused.findings.find(({ path }) => path === 'limitReason')?.message).toEqual(why)
    const literal = JSON.stringify({ number: `G${++made}`, name: 'Customer', country: 'DE', ...data }).replace(/"(\w+)":/g, '$1:').replace(/rating:"(\w)"/, 'rating:$1')
    const { errors } = await askGraphql(booted.payload, { id: owner.id, email: owner.email, roles: ['owner'] }, `mutation { createCustomer(data: ${literal}) { id } }`)
    expect((errors?.[0]?.originalError as ProblemError | undefined)?.problem.findings?.map(({ path, code }) => `${path}:${code}`).sort() ?? errors?.[0]?.message).toEqual(codes)
  })

  it('clears what is hidden by it, and brings nothing back', async () => {
    const { id } = await create({ audited: true, auditedOn: '2026-01-02' })
    expect(await stored(id)).toMatchObject({ auditedOn: '2026-01-02' })
    expect(await edit(id, { audited: false, auditedOn: '2026-02-02' })).toEqual({ status: 200, codes: [] })
    expect(await stored(id)).toMatchObject({ auditedOn: null })
  })

  it('knows who asks: a role may read and not write', async () => {
    const { id } = await create({ managerNote: 'careful' })
    expect(await edit(id, { managerNote: 'changed' }, rep)).toEqual({ status: 422, codes: ['managerNote:readOnlyNow'] })
    expect(await edit(id, { managerNote: 'careful', phone: '1' }, rep)).toEqual({ status: 200, codes: [] })
    expect((await create({ managerNote: 'mine' }, rep)).codes).toEqual(['managerNote:readOnlyNow'])
    expect(await stored(id)).toMatchObject({ managerNote: 'careful', phone: '1' })
  })

  it('refuses nothing that the platform itself writes, and still computes', async () => {
    const id = await transact(booted.payload, { actor: systemActor }, (context) => context.create('customers', { values: { number: `P${++made}`, name: 'Platform', country: 'DE', creditLimit: 5_000_000 } }))
    expect(await openStore(booted.payload).get('customers', id)).toMatchObject({ halfLimit: 2_500_000, rating: 'b' })
    // Whoever changes it next is asked.
    expect((await edit(id, { phone: '1' })).codes).toEqual(['limitReason:required'])
    expect((await edit(id, { phone: '1', limitReason: 'Old friends' })).status).toBe(200)
  })

  it('tells who uses a field before it goes out of use', async () => {
    const use = async (path: string, person = owner) => {
      const { status, body } = await person.door(`/configuration/fields/${path}`)
      const { uses = [], ...rest } = body as Impact
      return { status, ...rest, uses: uses.map(({ kind, label, first }) => `${kind}: ${label.en}${first ? ' (first)' : ''}`), links: uses.map(({ href }) => href) }
    }
    expect(await use('customers/use/audited')).toMatchObject({ status: 200, filled: expect.any(Number) as number, options: [], unseen: { views: 0, imports: 0, keys: 0 }, uses: ['rule: Audited on (first)', 'rule: Rating (first)'], links: ['/admin/configuration/customers', '/admin/configuration/customers'] })
    expect((await use('customers/use/creditLimit')).uses).toEqual(expect.arrayContaining(['role: Storekeeper', 'role: Viewer']))

    // Views by what they name: one's own and shared ones by name, those of others as a number.
    const view = (name: string, more: object, person = owner) => person.door('/views/saved/customers', { method: 'POST', body: { name, view: { kind: 'table', fields: ['name', 'audited'] }, ...more } })
    expect([await view('Mine', {}), await view('All', { sharing: 'everyone', view: { kind: 'kanban', groupBy: 'audited' } }), await view('Other', { view: { kind: 'table', fields: ['name'] } }), await view('Secret', {}, rep)].map(({ status }) => status)).toEqual([201, 201, 201, 201])
    // Imports by their mapping, one a kind of file, and keys of programs by what they reach.
    const store = openStore(booted.payload)
    const imported = (id: string, by: Person, field: string) => store.insert('imports', { id, number: id, entity: 'customers', status: 'done', fileName: `${id}.csv`, fileBytes: 1, format: 'csv', mapping: { 0: { field }, 1: null }, headersKey: field, owner: by.id } as never)
    await Promise.all([imported('IMP-1', owner, 'audited'), imported('IMP-2', owner, 'audited'), imported('IMP-3', owner, 'name')])
    // An older mapping of the same columns is proposed no more, nor one that was never used.
    await imported('IMP-4', owner, 'phone')
    await store.insert('imports', { id: 'IMP-5', number: 'IMP-5', entity: 'customers', status: 'done', fileName: 'IMP-5.csv', fileBytes: 1, format: 'csv', mapping: { 0: null }, headersKey: 'phone', owner: owner.id } as never)
    await store.insert('imports', { id: 'IMP-6', number: 'IMP-6', entity: 'sales-orders', status: 'done', fileName: 'IMP-6.csv', fileBytes: 1, format: 'csv', mapping: { 0: { field: 'requestedDate' } }, headersKey: 'date', owner: owner.id } as never)
    const importsOf = async (place: string) => (await use(place)).uses.filter((line) => line.startsWith('import'))
    expect([await importsOf('customers/use/phone'), await importsOf('sales-orders/use/requestedDate'), await importsOf('sales-order-lines/use/requestedDate')]).toEqual([[], ['import: IMP-6 IMP-6.csv'], []])
    const key = (id: string, by: Person, more: object) => store.insert('api-keys', { id, name: id, owner: by.id, prefix: id, hash: id, roles: ['salesRep'], entities: [], readOnly: true, expiresAt: '2999-01-01T00:00:00.000Z', ...more } as never)
    await Promise.all([key('shop', owner, {}), key('other-list', owner, { entities: ['leads'] }), key('over', owner, { expiresAt: '2020-01-01T00:00:00.000Z' }), key('theirs', rep, { entities: ['customers'] })])
    const seen = await use('customers/use/audited')
    expect([seen.uses.slice(2), seen.unseen]).toEqual([['view: Mine', 'view: All', 'import: IMP-2 IMP-2.csv', 'key: shop', 'key: theirs'], { views: 1, imports: 0, keys: 0 }])

    // Guards and actions of workflows, of documents and of their lines; fields of other forms; the entity as a whole.
    expect((await use('purchase-orders/use/receiptStatus')).uses).toContain('workflow: Purchase order: Settle (first)')
    expect((await use('purchase-order-lines/use/billedQuantity')).uses).toContain('workflow: Purchase order: Close short (first)')
    expect((await use('customers/use')).uses).toEqual(expect.arrayContaining(['field: Sales orders: Customer (first)', 'view: Other', 'role: Owner', 'import: IMP-3 IMP-3.csv', 'key: shop']))
    const counted = await Promise.all(['a', 'b', 'c'].map(async (value) => ({ value, count: await store.count('customers', { rating: { equals: value } }) })))
    expect(counted.some(({ count }) => count > 0)).toBe(true)
    expect((await use('customers/use/rating')).options).toMatchObject(counted)
    const configurator = await owner.door('/roles', { method: 'POST', body: { slug: 'configurator', name: 'Configurator', permissions: [{ entity: 'revisions', actions: ['read', 'edit'] }] } })
    expect(configurator.status).toBe(201)
    const person = await signIn(booted, ['configurator'], 'configurator')
    expect(await use('customers/use/creditLimit', person)).toMatchObject({ filled: null, options: [] })
    expect(await use('customers/use/audited', person)).toMatchObject({ uses: expect.arrayContaining(['view: All']) as unknown, unseen: { views: 2, imports: 1, keys: 2 } })
    for (const [slug, field] of [['roles', 'name'], ['api-keys', 'name'], ['users', 'email']]) expect((await person.door(`/configuration/fields/${slug}/use/${field}`)).status).toBe(404)
    expect([(await owner.door('/configuration/fields/customers/use/nothing')).status, (await rep.door('/configuration/fields/customers/use/audited')).status]).toEqual([404, 403])
  })

  it('are told of when a role is changed later, and whoever changes it says that it is meant so', async () => {
    const permission = (more: object = {}) => [{ entity: 'customers', actions: ['read', 'create', 'edit'], ...more }]
    const made = await owner.door('/roles', { method: 'POST', body: { slug: 'clerk', name: 'Clerk', nameZh: '文员', permissions: permission() } })
    const { id } = made.body as { id: string }
    expect([made.status, made.text]).toEqual([201, expect.any(String)])
    const change = async (body: object, accepted: readonly string[] = []) => {
      const answer = await owner.door(`/roles/${id}`, { method: 'PATCH', body, headers: { 'Accepted-Warnings': accepted.join(', ') } })
      const findings = (answer.body as Told).errors?.[0]?.data.findings ?? []
      return { status: answer.status, keys: findings.map(({ path, code }) => `${path}:${code}`).sort(), zh: findings.map(({ message }) => message.zh) }
    }
    const hiding = { permissions: permission({ hiddenFields: ['creditLimit'] }) }
    const told = await change(hiding)
    expect(told).toMatchObject({ status: 422, keys: ['forms.customers.rules.halfLimit:hiddenWith', 'forms.customers.rules.limitReason:rulesTell', 'forms.customers.rules.quarterLimit:hiddenWith'] })
    expect(told.zh).toContainEqual(expect.stringContaining('而文员无权查看'))
    expect((await openStore(booted.payload).get('roles', id))?.permissions).toEqual(permission())
    expect((await change(hiding, told.keys.slice(1))).keys).toEqual(told.keys.slice(0, 1))
    expect(await change(hiding, told.keys)).toMatchObject({ status: 200, keys: [] })
    // What was so before is not told again; what is new is.
    expect(await change({ name: 'Office clerk' })).toMatchObject({ status: 200 })
    expect((await change({ permissions: permission({ hiddenFields: ['creditLimit', 'auditedOn'] }) })).keys).toEqual(['forms.customers.rules.auditedOn:notAsked'])
    const copy = await owner.door('/roles', { method: 'POST', body: { slug: 'clerk-two', name: 'Clerk two', ...hiding } })
    expect([copy.status, (copy.body as Told).errors?.[0]?.data.findings?.length]).toEqual([422, 3])
  })

  it('show nobody by way of others what they may not see', async () => {
    const viewer = await signIn(booted, ['viewer'], 'viewer')
    const { id } = await create({ creditLimit: '4000' })
    expect(await stored(id)).toMatchObject({ creditLimit: '4000.00', halfLimit: '2000.00', quarterLimit: '1000.00' })
    const seen = await viewer.door(`/customers/${id}`)
    expect([seen.status, Object.keys(seen.body as object).filter((name) => /(half|quarter|credit)Limit/.test(name))]).toEqual([200, []])
    for (const question of ['where[halfLimit][greater_than]=1', 'where[quarterLimit][greater_than]=1', 'sort=-quarterLimit']) {
      const { status } = await viewer.door(`/customers?${question}`)
      expect([question, status >= 400 && status < 500]).toEqual([question, true])
    }
    expect((await viewer.door('/customers/export?format=csv')).text).not.toMatch(/halfLimit|quarterLimit|2000\.00/)
    const { data, errors } = await askGraphql(booted.payload, { id: viewer.id, email: viewer.email, roles: ['viewer'] }, `{ Customer(id: "${id}") { name halfLimit quarterLimit } }`)
    expect([errors, data?.Customer]).toEqual([undefined, { name: 'Customer', halfLimit: null, quarterLimit: null }])
    const view = (await viewer.door(`/views/documents/customers/${id}`)).body as DocumentView
    expect([view.entity.fields, Object.keys(view.document ?? {})].flatMap((names) => names.map((name) => (typeof name === 'string' ? name : name.name))).filter((name) => /(half|quarter|credit)Limit/.test(name))).toEqual([])
  })

  it('ask nobody for what they may not see', async () => {
    const made = await owner.door('/roles', { method: 'POST', body: { slug: 'blind', name: 'Blind', permissions: [{ entity: 'customers', actions: ['read', 'create', 'edit'], hiddenFields: ['limitReason'] }] }, headers: { 'Accepted-Warnings': 'forms.customers.rules.limitReason:notAsked' } })
    expect([made.status, made.text]).toEqual([201, expect.any(String)])
    const blind = await signIn(booted, ['blind'], 'blind')
    expect(await create({ creditLimit: '20000' }, blind)).toMatchObject({ status: 201, codes: [] })
    expect((await create({ creditLimit: '20000' })).codes).toEqual(['limitReason:required'])
  })

  it('know fields that are called like words of their language', async () => {
    expect((await create({ package: 'box' })).codes).toEqual(['type:required'])
    const { id } = await create({ package: 'box', type: 'large' })
    const found = await askGraphql(booted.payload, { id: owner.id, email: owner.email, roles: ['owner'] }, '{ Customers(where: { package: { equals: "box" } }) { docs { id type package } } }')
    expect([found.errors, found.data?.Customers]).toEqual([undefined, { docs: [{ id, type: 'large', package: 'box' }] }])
  })

  it('compute what was there before, beside everything else, and tell what came of every record', async () => {
    const store = openStore(booted.payload)
    const [one, large] = [(await create({ creditLimit: '800' })).id, (await create({ creditLimit: '900' })).id]
    await store.update('customers', one, { halfLimit: null, quarterLimit: null, auditedOn: '2026-01-01' } as object)
    await store.update('customers', large, { creditLimit: 100_000_000, halfLimit: null } as object)
    const path = '/configuration/fields/customers/recomputation'
    expect((await rep.door(path, { method: 'POST', body: {} })).status).toBe(403)
    expect((await owner.door('/configuration/fields/roles/recomputation', { method: 'POST', body: {} })).status).toBe(404)
    const begun = await owner.door(path, { method: 'POST', body: {} })
    expect([begun.status, begun.body]).toMatchObject([202, { status: 'waiting', mayStart: true }])
    await runDueJobs(booted.payload)
    const { status, told } = (await owner.door(path)).body as RecomputationView
    const count = await store.count('customers', {})
    expect([status, told]).toEqual(['done', { total: count, done: count, changed: 2, failed: 1, after: expect.any(String), problems: [{ id: large, title: expect.any(String), message: expect.objectContaining({ en: expect.stringContaining('Half of the limit must be at most 99999') }) }] }])
    // Nothing else is touched: what other rules would clear or ask for waits for the next person.
    expect(await stored(one)).toMatchObject({ halfLimit: '400.00', quarterLimit: '200.00', auditedOn: '2026-01-01', version: 2 })
    expect((await store.find('history', { where: { and: [{ documentId: { equals: one } }, { documentVersion: { equals: 2 } }] } }))[0]).toMatchObject({ action: 'edit', changes: { halfLimit: [null, 40_000], quarterLimit: [null, 20_000] } })
    await owner.door(path, { method: 'POST', body: {} })
    await runDueJobs(booted.payload)
    expect((await owner.door(path)).body).toMatchObject({ told: { changed: 0, done: count } })
  })

  it('are told to the page, but not those about what someone may not see', async () => {
    const view = (await owner.door('/views/documents/customers')).body as DocumentView
    expect(Object.keys(view.entity.form?.rules ?? {}).sort()).toEqual(['auditedOn', 'halfLimit', 'limitReason', 'managerNote', 'quarterLimit', 'rating', 'type'])
    const storekeeper = await signIn(booted, ['storekeeper'], 'keeper')
    const { id } = await create({})
    const seen = (await storekeeper.door(`/views/documents/customers/${id}`)).body as DocumentView
    expect(seen.entity.fields.some(({ name }) => name === 'creditLimit')).toBe(false)
    expect(Object.keys(seen.entity.form?.rules ?? {}).sort()).toEqual(['auditedOn', 'managerNote', 'rating', 'type'])
  })
})

describe('200 random submissions of forms with a field of every type, by GraphQL', () => {
  it.each(randomForms)('$slug: what the browser would have hidden or refused is refused with the same reasons, all else is stored as it was shown', async ({ slug, name }) => {
    const suppliers = await Promise.all(['Wolf', 'Fox'].map(async (supplier) => ((await owner.door('/suppliers', { method: 'POST', body: { name: supplier } })).body as { id: string }).id))
    const { entity } = (await owner.door(`/views/documents/${slug}`)).body as DocumentView
    const { head } = programsOf({ entity })
    if (!head) throw new Error('the form has rules')
    const user = { id: owner.id, email: owner.email, roles: ['owner'] }
    const type = schemaOf(booted.payload).getMutationType()?.getFields()[`create${name}`]?.args.find((arg) => arg.name === 'data')?.type.toString() ?? ''
    const asked = entity.fields.filter((field) => isWritable(field) && field.name !== 'number' && field.type !== 'sequence')
    const submission = fc.record(Object.fromEntries(asked.map((field) => [field.name, field.name === 'name' ? fc.constant('Random') : spokenValue(field, suppliers)])))
    const told = { refused: 0, stored: 0 }
    for (const typed of fc.sample(submission, { seed: 7, numRuns: 50 })) {
      const values = formOf(asked, typed)
      const taken = { vendorName: typed.vendor === suppliers[0] ? 'Wolf' : typed.vendor === suppliers[1] ? 'Fox' : null }
      const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Berlin' }).format(new Date())
      const shown = ruleRow(head, { values, before: null, workflowState: '', taken }, { today, timeZone: 'Europe/Berlin', roles: ['owner'], exponent: 2 })
      const { data, errors } = await askGraphql(booted.payload, user, `mutation ($data: ${type}) { create${name}(data: $data) { id } }`, { data: spokenOf(asked, values) })
      const refused = (errors?.[0]?.originalError as ProblemError | undefined)?.problem.findings?.map(({ path, code }) => `${path}:${code}`).sort() ?? errors?.map(({ message }) => message) ?? []
      expect([typed, refused]).toEqual([typed, shown.findings.map(({ path, code }) => `${path}:${code}`).sort()])
      told[errors ? 'refused' : 'stored']++
      if (errors) continue
      const { id } = (data as unknown as Record<string, { id: string }>)[`create${name}`] ?? {}
      const record = (await owner.door(`/${slug}/${id ?? ''}?depth=0`)).body as Record<string, unknown>
      for (const { field } of head.steps) expect([field.name, toForm(field, record[field.name])]).toEqual([field.name, shown.values[field.name]])
    }
    expect([told.refused, told.stored].every((count) => count > 2), JSON.stringify(told)).toBe(true)
  })
})
