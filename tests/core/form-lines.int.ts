import { afterAll, beforeAll, expect, it } from 'vitest'
import { programsOf, ruleRow } from '../../admin/document/form-rules.ts'
import { formOf } from '../../admin/kit/field-values.ts'
import { boolean, money, signature, text } from '../../config/language/fields.ts'
import { readSignature } from '../../config/language/signature.ts'
import type { RevisionInputs } from '../../config/language/revision.ts'
import { systemActor } from '../../plugins/core/access/actor.ts'
import { transact } from '../../plugins/core/commands/transact.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { verify } from '../../plugins/core/verify/run-checks.ts'
import type { DocumentView } from '../../plugins/core/views/document-view.ts'
import type { Booted } from '../support/boot-payload.ts'
import { seedErpWorld, type ErpWorld } from '../support/erp-world.ts'
import { stepsIn } from '../support/erp-steps.ts'
import { signIn, type Person } from '../support/rest.ts'
import { bootPlatform } from '../support/test-platform.ts'

const named = (en: string) => ({ en, zh: en })
const inputs: RevisionInputs = {
  fields: {
    'sales-orders': [boolean('rush', named('Rush')), money('rushRate', named('Rate of a rush')), money('rushTwice', named('Rate of two rushes')), signature('signed', named('Signed')), text('tag', named('Tag'), { maxLength: 3 })],
    'sales-order-lines': [text('mark', named('Mark'), { maxLength: 3 }), text('draftNote', named('Note of the draft')), text('engraving', named('Engraving')), money('engravingFee', named('Engraving fee')), money('rushFee', named('Fee of a rush')), text('why', named('Why'))],
  },
  forms: { 'sales-orders': { rules: { rushTwice: { computed: 'rushRate * 2' } } }, 'sales-order-lines': { rules: {
    rushFee: { computed: 'head.rush ? quantity * head.rushTwice : number(0)' },
    why: { required: { when: 'head.rush && quantity > 20' } },
    engraving: { required: { when: 'quantity >= 5', message: { en: 'Say what is engraved.', zh: '请填写刻字内容。' } }, checks: [{ holds: 'size(engraving) <= 12', message: { en: 'Twelve letters fit.', zh: '最多 12 个字符。' } }] },
    engravingFee: { computed: 'empty(engraving) ? number(0) : quantity * 2.5' },
    quantity: { checks: [{ holds: 'quantity <= 100', message: { en: 'At most a hundred.', zh: '最多一百。' } }] },
    draftNote: { readOnly: { when: 'workflowState == "draft"' } },
    discountPercent: { readOnly: { when: '!("salesManager" in userRoles || "owner" in userRoles)' } },
  } } },
}

let booted: Booted
let world: ErpWorld
let owner: Person
beforeAll(async () => {
  booted = await bootPlatform([], { inputs })
  world = await seedErpWorld(booted.payload)
  owner = await signIn(booted, ['owner'], 'owner')
})
afterAll(() => booted?.stop())

const order = async (lines: object[], person = owner, head: object = {}) => {
  const { status, body } = await person.door('/sales-orders', { method: 'POST', body: { customer: world.customers.shop, requestedDate: world.today, ...head, lines } })
  const { id = '', errors } = body as { id?: string; errors?: { data: { findings?: { path: string; code: string }[] } }[] }
  return { status, id, codes: errors?.[0]?.data.findings?.map(({ path, code }) => `${path}:${code}`) ?? [] }
}

it('rules hold line by line, and each is told at its own', async () => {
  const helmet = { part: world.parts.helmet }
  expect(await order([{ ...helmet, quantity: '1' }, { ...helmet, quantity: '5' }, { ...helmet, quantity: '1', engraving: 'Much too long a name', engravingFee: '9' }])).toMatchObject({
    status: 422, codes: ['lines.1.engraving:required', 'lines.2.engraving:check', 'lines.2.engravingFee:computed'],
  })
  const made = await order([{ ...helmet, quantity: '5', engraving: 'Lanting' }, { ...helmet, quantity: '1' }])
  expect(made.status).toBe(201)
  const { lines, entity } = (await owner.door(`/views/documents/sales-orders/${made.id}`)).body as DocumentView
  expect(lines.map(({ engraving, engravingFee }) => [engraving ?? null, engravingFee])).toEqual([['Lanting', '12.50'], [null, '0.00']])
  expect([entity.lines?.columns.slice(-4, -2), Object.keys(entity.lines?.form?.rules ?? {})]).toEqual([['engraving', 'engravingFee'], expect.arrayContaining(['engraving'])])
})

it('lines know their document: what is made of it is made anew with it, and is hidden with it', async () => {
  const helmet = { part: world.parts.helmet }
  expect((await order([{ ...helmet, quantity: '1' }, { ...helmet, quantity: '25', engraving: 'x' }], owner, { rush: true })).codes).toEqual(['lines.1.why:required'])
  const { id, status } = await order([{ ...helmet, quantity: '2' }, { ...helmet, quantity: '3' }], owner, { rush: true, rushRate: '1.25' })
  const fees = async () => (await openStore(booted.payload).find('sales-order-lines', { where: { salesOrder: { equals: id } }, sort: 'position' }) as readonly { readonly rushFee?: number }[]).map(({ rushFee }) => rushFee)
  expect([status, await fees()]).toEqual([201, [500, 750]])
  expect((await owner.door(`/sales-orders/${id}`, { method: 'PATCH', body: { rushRate: '2' } })).status).toBe(200)
  expect(await fees()).toEqual([800, 1200])
  expect((await owner.door(`/sales-orders/${id}`, { method: 'PATCH', body: { rush: false } })).status).toBe(200)
  expect(await fees()).toEqual([0, 0])

  const { id: plain } = await order([{ ...helmet, quantity: '25', engraving: 'x' }])
  const hurried = await owner.door(`/sales-orders/${plain}`, { method: 'PATCH', body: { rush: true } })
  expect([hurried.status, hurried.text]).toEqual([422, expect.stringContaining('lines.0.why')])
  expect((await owner.door(`/sales-orders/${plain}`, { method: 'PATCH', body: { rushRate: '1' } })).status).toBe(200)

  const make = (accepted: readonly string[]) => owner.door('/roles', { method: 'POST', body: { slug: 'rateless', name: 'Rateless', permissions: [{ entity: 'sales-orders', actions: ['read', 'edit'], hiddenFields: ['rushRate'] }] }, headers: { 'Accepted-Warnings': accepted.join(', ') } })
  const { body } = await make([])
  const told = (body as { errors: { data: { findings: { path: string; code: string }[] } }[] }).errors[0]?.data.findings.map(({ path, code }) => `${path}:${code}`) ?? []
  expect(told.sort()).toEqual(['forms.sales-order-lines.rules.rushFee:hiddenWith', 'forms.sales-orders.rules.rushTwice:hiddenWith'])
  expect((await make(told)).status).toBe(201)
  const rateless = await signIn(booted, ['rateless'], 'rateless')
  const view = async ({ door }: Person) => (await door(`/views/documents/sales-orders/${id}`)).body as DocumentView
  const [all, less] = [await view(owner), await view(rateless)]
  const ruled = ({ entity }: DocumentView) => Object.keys(entity.lines?.form?.rules ?? {}).filter((name) => name === 'rushFee' || name === 'why').sort()
  expect([ruled(all), ruled(less)]).toEqual([['rushFee', 'why'], ['why']])
  expect(all.lines[0]).toHaveProperty('rushFee')
  for (const name of ['rushFee', 'rushTwice', 'rushRate']) expect([name, JSON.stringify(less).includes(`"${name}"`)]).toEqual([name, false])
  expect((await rateless.door(`/sales-order-lines?where[salesOrder][equals]=${id}`)).text).not.toContain('rushFee')
  expect((await owner.door('/configuration/fields/sales-orders/use/rush')).body).toMatchObject({ uses: [{ kind: 'rule', first: true, href: '/admin/configuration/sales-order-lines' }, { kind: 'rule' }] })
})

it('knows what a line was before, and who changes it', async () => {
  const { id } = await order([{ part: world.parts.helmet, quantity: '2', discountPercent: '5' }])
  const [line] = await openStore(booted.payload).find('sales-order-lines', { where: { salesOrder: { equals: id } } })
  const rep = await signIn(booted, ['salesRep'], 'rep')
  const change = (discountPercent: string) => rep.door(`/sales-orders/${id}`, { method: 'PATCH', body: { lines: [{ id: line?.id, part: world.parts.helmet, quantity: '3', discountPercent }] } })
  const refused = await change('10')
  expect([refused.status, refused.text]).toEqual([422, expect.stringContaining('lines.0.discountPercent')])
  expect((await change('5')).status).toBe(200)
})

it('lets stay what a record and its lines held before a limit became stricter, and nothing else', async () => {
  const { id } = await order([{ part: world.parts.helmet, quantity: '2' }])
  const store = openStore(booted.payload)
  const [line] = await store.find('sales-order-lines', { where: { salesOrder: { equals: id } } })
  await store.update('sales-orders', id, { tag: 'longer' } as object)
  await store.update('sales-order-lines', line?.id ?? '', { mark: 'longest' } as object)
  const change = async (tag: string, mark: string, quantity = '3') => {
    const { status, text: answer } = await owner.door(`/sales-orders/${id}`, { method: 'PATCH', body: { tag, lines: [{ id: line?.id, part: world.parts.helmet, quantity, mark }] } })
    return [status, answer.includes('"path":"tag"'), answer.includes('"path":"lines.0.mark"')]
  }
  expect(await change('longer', 'longest')).toEqual([200, false, false])
  expect(await change('anothe', 'longest')).toEqual([422, true, false])
  expect(await change('longer', 'another')).toEqual([422, false, true])
})

it('knows the state of its document, in the browser as on the server', async () => {
  const { id } = await order([{ part: world.parts.helmet, quantity: '2' }])
  const view = (await owner.door(`/views/documents/sales-orders/${id}`)).body as DocumentView
  const [line] = view.lines
  const { lines: program } = programsOf(view)
  if (!line || !program) throw new Error('the lines have rules')
  const shown = ruleRow(program, { values: { ...formOf(view.entity.lines?.fields ?? [], line), draftNote: 'x' }, before: line, workflowState: view.state?.name ?? '' }, { today: world.today, timeZone: 'Europe/Berlin', roles: ['owner'], exponent: 2 })
  expect(shown.findings.map(({ path, code }) => `${path}:${code}`)).toEqual(['draftNote:readOnlyNow'])
  const refused = await owner.door(`/sales-orders/${id}`, { method: 'PATCH', body: { lines: [{ id: line.id, part: world.parts.helmet, quantity: '2', draftNote: 'x' }] } })
  expect([refused.status, refused.text]).toEqual([422, expect.stringContaining('lines.0.draftNote')])
})

it('goes through its life with its own fields, and the books agree', async () => {
  const steps = stepsIn(world)
  const { id } = await order([{ part: world.parts.helmet, quantity: '6', engraving: 'Lanting' }])
  await steps.send('sales-orders', id, 'submit')
  await steps.send('sales-orders', id, 'approve')
  await steps.deliver(id)
  await steps.drain()
  expect((await steps.linesOf(id))[0]).toMatchObject({ engraving: 'Lanting', engravingFee: 1500, deliveredQuantity: 6_000_000 })
  expect((await verify(booted.payload)).checks.filter(({ ok }) => !ok)).toEqual([])
})

it('asks for what a person enters in a step, says when what was signed is another by it, and computes what follows', async () => {
  const steps = stepsIn(world)
  const { id, status } = await order([{ part: world.parts.helmet, quantity: '6', engraving: 'Lanting' }], owner, { promisedDate: world.today, signed: 'typed:Ann', rush: true, rushRate: '1' })
  const approval = async () => readSignature((await openStore(booted.payload).get('sales-orders', id) as { readonly signed?: unknown } | undefined)?.signed)
  const [drafted] = await steps.linesOf(id)
  await openStore(booted.payload).update('sales-order-lines', drafted?.id ?? '', { engravingFee: 1 } as object)
  expect((await owner.door(`/sales-orders/${id}`, { method: 'PATCH', body: { rush: true } })).status).toBe(200)
  expect([(await steps.linesOf(id))[0], (await approval())?.changedAt]).toEqual([expect.objectContaining({ engravingFee: 1500 }), undefined])
  await steps.send('sales-orders', id, 'submit')
  await steps.send('sales-orders', id, 'approve')
  await steps.drain()
  const [line] = await steps.linesOf(id)
  expect([status, (await approval())?.changedAt]).toEqual([201, undefined])
  const change = (body: object) => owner.door(`/sales-orders/${id}/events/change`, { method: 'POST', body: { reason: 'More', ...body } })
  const told = async (answer: ReturnType<typeof change>) => ((await answer).body as { errors: { data: { findings: { path: string; code: string }[] } }[] }).errors[0]?.data.findings.map(({ path, code }) => `${path}:${code}`)
  const { events } = (await owner.door(`/views/documents/sales-orders/${id}`)).body as DocumentView
  expect(events.map(({ preview = false, input, lineInput, newLines = [] }) => [preview, input.length + lineInput.length + newLines.length > 0]).filter(([shown, asks]) => shown !== asks)).toEqual([])
  expect(await told(change({ lines: [{ line: line?.id, quantity: '500' }] }))).toEqual(['lines.0.quantity:check'])
  expect(await told(owner.door(`/sales-orders/${id}/events/change/preview`, { method: 'POST', body: { lines: [{ line: line?.id, quantity: '500' }] } }))).toEqual(['lines.0.quantity:check'])
  expect(await told(change({ newLines: [{ part: world.parts.helmet, quantity: '101' }] }))).toEqual(['newLines.0.quantity:check'])
  const changed = await change({ lines: [{ line: line?.id, quantity: '8' }], newLines: [{ part: world.parts.helmet, quantity: '1' }] })
  expect([changed.status, changed.text]).toEqual([200, expect.any(String)])
  expect((await steps.linesOf(id)).map((one) => (one as { engravingFee?: number; rushFee?: number })).map(({ engravingFee, rushFee }) => [engravingFee, rushFee])).toEqual([[2000, 1600], [0, 200]])
  expect(await approval()).toMatchObject({ mark: 'typed:Ann', changedAt: expect.stringMatching(/Z$/) as string })
  await steps.drain()
})

it('what the platform has made is asked for when it leaves the desk, and can always be cancelled', async () => {
  const steps = stepsIn(world)
  const make = () => transact(booted.payload, { actor: systemActor }, (context) => context.create('sales-orders', {
    values: { customer: world.customers.shop, requestedDate: world.today }, lines: [{ part: world.parts.helmet, quantity: 7_000_000 }],
  }))
  const id = await make()
  await expect(steps.send('sales-orders', id, 'submit').then(() => steps.send('sales-orders', id, 'approve'))).rejects.toMatchObject({ problem: { code: 'invalidInput', findings: [{ path: 'lines.0.engraving', code: 'required' }] } })
  await steps.send('sales-orders', await make(), 'cancel', { reason: 'not wanted' })
})
