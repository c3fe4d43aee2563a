import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { RevisionInputs } from '../../config/language/revision.ts'
import type { WorkflowDefinition } from '../../config/language/workflow.ts'
import { systemActor } from '../../plugins/core/access/actor.ts'
import { runCommand } from '../../plugins/core/commands/run-command.ts'
import type { ConfigurationView } from '../../plugins/core/configuration/configuration-view.ts'
import { providePublisher, type PublishRequest } from '../../plugins/core/configuration/publisher.ts'
import type { ConfiguredWorkflow, WorkflowView } from '../../plugins/core/configuration/workflows/workflow-view.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import type { Proof } from '../../workflows/engine/verify/verify-workflow.ts'
import type { Booted } from '../support/boot-payload.ts'
import { signIn, type Person } from '../support/rest.ts'
import { bootPlatform } from '../support/test-platform.ts'

const named = (en: string, zh = en) => ({ en, zh })
const inputs: RevisionInputs = { entities: { 'own-machines': { label: named('Machine', '设备'), labels: named('Machines', '设备'), prefix: 'EQ' } }, fields: {} }

/** What a firm draws: a request that someone decides. */
const drawn = {
  slug: 'own-machines', version: 1, entity: 'own-machines', label: named('Machine', '设备'), initial: 'asked',
  events: { accept: { label: named('Accept', '接受'), roles: ['buyer'] }, refuse: { label: named('Refuse', '拒绝') } },
  states: {
    asked: { label: named('Asked', '已申请'), editable: true, on: { accept: { target: 'inUse' }, refuse: { target: 'refused' } } },
    inUse: { label: named('In use', '使用中'), resting: true, tone: 'good' },
    refused: { label: named('Refused', '已拒绝'), type: 'final' },
  },
} satisfies WorkflowDefinition

let booted: Booted
let owner: Person
let clerk: Person
let asked: PublishRequest[] = []

beforeAll(async () => {
  booted = await bootPlatform([], { inputs })
  await runCommand(booted.payload, systemActor, { action: 'create', entity: 'companies', data: { code: 'F', name: 'Firm', country: 'DE', currency: 'EUR', timeZone: 'Europe/Berlin' } })
  owner = await signIn(booted, ['owner'], 'owner')
  clerk = await signIn(booted, ['buyer'], 'buyer')
})
afterAll(async () => {
  providePublisher(undefined)
  await booted?.stop()
})
beforeEach(async () => {
  asked = []
  providePublisher({ expect: () => {}, publish: (request) => { asked.push(request) }, publication: () => undefined })
  await openStore(booted.payload).remove('workflow-drafts', { id: { exists: true } })
})

const at = (slug: string, more = '') => `/configuration/workflows/${slug}${more}`
const put = (definition: unknown, slug = 'own-machines', more: object = {}) => owner.door(at(slug), { method: 'PUT', body: { definition, ...more } })
const publish = (accepted: readonly string[] = []) => owner.door('/configuration/publish', { method: 'POST', body: { base: 0, accepted } })
const view = async (slug: string) => (await owner.door(at(slug))).body as WorkflowView
const overview = async () => (await owner.door('/configuration')).body as ConfigurationView
const problemsOf = (body: unknown) => (body as { errors: { data: { findings: { code: string; path: string; example?: { event: string }[] }[] } }[] }).errors[0]?.data.findings

describe('who may', () => {
  it.each([['GET', '/configuration/workflows'], ['GET', at('parts')], ['GET', at('parts', '/file')], ['PUT', at('parts')], ['DELETE', at('parts')], ['POST', at('parts', '/check')]])('%s %s is refused to a buyer', async (method, path) => {
    expect((await clerk.door(path, { method, ...(method === 'GET' ? {} : { body: { definition: drawn } }) })).status).toBe(403)
  })
})

describe('the workflows of a firm', () => {
  it('are those of all forms, shipped, own, and those that have none yet', async () => {
    const all = (await owner.door('/configuration/workflows')).body as ConfiguredWorkflow[]
    const one = (slug: string) => all.find(({ entity }) => entity === slug)
    expect(one('purchase-orders')).toMatchObject({ own: false, changed: false, draft: null, live: { version: 1 } })
    expect(one('own-machines')).toMatchObject({ own: true, changed: false, live: null })
    expect(all.map(({ entity }) => entity)).not.toEqual(expect.arrayContaining(['history', 'roles', 'purchase-order-lines']))
  })

  it('tell what can be named in them, and what is shipped', async () => {
    const { shipped, published, draft, registry } = await view('purchase-orders')
    expect([shipped?.slug, published, draft]).toEqual(['purchase-order', shipped, null])
    expect(registry.guards.find(({ type }) => type === 'core.fieldRequired')?.params.length).toBeGreaterThan(0)
    expect(registry.roles).toContainEqual({ slug: 'buyer', label: expect.objectContaining({ en: expect.any(String) }) })
    expect((await owner.door(at('nothing'))).status).toBe(404)
    expect((await owner.door(at('toString'))).status).toBe(404)
  })
})

describe('a draft', () => {
  it('may be unfinished; what is wrong stands at its place, and it is shown with all that is prepared', async () => {
    const { states: { inUse: _, ...states }, ...rest } = drawn
    const answer = await put({ ...rest, states })
    expect([answer.status, (answer.body as WorkflowView).findings.map(({ code, path }) => [code, path])]).toEqual([200, [['workflow.unknown-target', 'states.asked.on.accept.target']]])
    expect((answer.body as WorkflowView).draft).toMatchObject({ version: 1, by: 'owner', definition: { initial: 'asked' } })
    const { findings, changes } = await overview()
    expect(findings.map(({ path }) => path)).toEqual(['workflows.own-machines.states.asked.on.accept.target'])
    expect(changes).toMatchObject([{ entity: 'workflow:own-machines', kind: 'added', details: expect.arrayContaining([expect.objectContaining({ property: 'states.asked' })]) }])
    expect([(await publish()).status, asked]).toEqual([422, []])
  })

  it('is told what its approvals name and nobody has: by the check, beside the draft and at publishing alike', async () => {
    const approval = {
      approved: 'accept', rejected: 'refuse', watch: ['name', 'colour'],
      steps: [
        { name: 'one', label: named('One', '一'), approvers: [{ users: [clerk.id, 'nobody'] }, { field: 'name' }, { lineOwner: 'owner' }], when: { expression: 'colour > 5' } },
        { name: 'two', label: named('Two', '二'), approvers: [{ role: 'owner' }], when: { field: 'name', from: '5' } },
      ],
    }
    const asking = (put: object) => ({ ...drawn, events: { accept: { label: named('Accept', '接受'), roles: ['system'] }, refuse: { label: named('Refuse', '拒绝'), roles: ['system'] } }, states: { ...drawn.states, asked: { ...drawn.states.asked, approval: put } } })
    const path = 'states.asked.approval'
    const expected = [
      ['approval-condition', `${path}.steps[0].when`], ['approval-way', `${path}.steps[0].approvers[1]`], ['approval-way', `${path}.steps[0].approvers[2]`], ['approval-condition', `${path}.steps[1].when`],
      ['approval-watch', `${path}.watch[1]`], ['approval-user', `${path}.steps[0].approvers[0].users[1]`],
    ].map(([code, place]) => [`workflow.${code}`, place])
    const told = (findings: readonly { code: string; path: string }[] = []) => findings.filter(({ code }) => code.startsWith('workflow.approval-') && !code.endsWith('unasked')).map((one) => [one.code, one.path])
    const proof = (await owner.door(at('own-machines', '/check'), { method: 'POST', body: { definition: asking(approval) } })).body as Proof
    expect([told(proof.findings), proof.blocked, proof.passed]).toEqual([expected, true, false])
    await put(asking(approval))
    expect(told((await view('own-machines')).findings)).toEqual(expected)
    expect(told((await overview()).findings)).toEqual(expected.map(([code, place]) => [code, `workflows.own-machines.${place}`]))
    // A field that is prepared with it can be named, also one that is not finished.
    const fields = [{ name: 'price', type: 'money', label: named('Price', '价格') }, { name: 'size', type: 'integer' }]
    const form = await owner.door('/configuration/fields/own-machines', { method: 'PUT', body: { fields } })
    expect(form.status, form.text).toBe(200)
    const steps = [{ name: 'one', label: named('One', '一'), approvers: [{ users: [clerk.id] }], when: { field: 'price', from: '5' } }, { name: 'two', label: named('Two', '二'), approvers: [{ role: 'owner' }], when: { field: 'size', from: '5' } }]
    const mended = (await owner.door(at('own-machines', '/check'), { method: 'POST', body: { definition: asking({ ...approval, watch: ['price'], steps }) } })).body as Proof
    expect([mended.findings.filter(({ certainty }) => certainty === 'certain'), mended.blocked]).toEqual([[], false])
    await owner.door('/configuration/fields/own-machines', { method: 'DELETE' })
  })

  it('is changed by one at a time, and discarded', async () => {
    expect((await put(drawn, 'own-machines', { expectedVersion: 0 })).status).toBe(200)
    expect((await put(drawn, 'own-machines', { expectedVersion: 0 })).status).toBe(409)
    expect(((await owner.door(at('own-machines'), { method: 'DELETE' })).body as WorkflowView).draft).toBeNull()
  })

  it('of a shipped workflow keeps what differs alone, and that equals it is none', async () => {
    const { shipped } = await view('purchase-orders')
    await put({ ...shipped, label: named('Order', '订单') }, 'purchase-orders')
    const [row] = await openStore(booted.payload).find('workflow-drafts', {})
    expect(row?.layer).toEqual({ label: named('Order', '订单') })
    expect((await view('purchase-orders')).draft?.definition).toEqual({ ...shipped, label: named('Order', '订单'), version: 2 })
    await put(shipped, 'purchase-orders')
    expect((await overview()).changes).toEqual([])
  })

  it('is one file that comes back as it was, byte by byte', async () => {
    await put(drawn)
    const first = await owner.door(at('own-machines', '/file'))
    expect([first.status, first.headers.get('content-disposition')]).toEqual([200, 'attachment; filename="own-machines.workflow.json"'])
    const { workflow, kind, entity } = JSON.parse(first.text) as { workflow: unknown; kind: string; entity: string }
    await owner.door(at('own-machines'), { method: 'DELETE' })
    await put(workflow)
    expect([kind, entity, (await owner.door(at('own-machines', '/file'))).text]).toEqual(['workflow', 'own-machines', first.text])
  })

  const manyStates = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`s${index}`, {}]))
  it.each<[string, unknown]>([
    ['nothing', undefined], ['null', null], ['a list', [drawn]], ['a text', 'x'], ['10,000 states', { ...drawn, states: manyStates }],
    ['a prototype key', JSON.parse('{"states":{"__proto__":{"polluted":true}}}')], ['a reserved name', JSON.parse('{"events":{"constructor":{}}}')],
    ['null for a property', { ...drawn, initial: null }], ['null deep inside', { ...drawn, states: { ...drawn.states, asked: { on: null } } }],
    ['a label of 1 MB', { ...drawn, label: named('x'.repeat(1e6)) }],
  ])('is refused for %s', async (_, definition) => {
    for (const path of ['', '/check']) expect((await owner.door(at('own-machines', path), { method: path ? 'POST' : 'PUT', body: { definition } })).status).toBe(422)
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  it.each<[string, unknown]>([
    ['texts for states', { ...drawn, states: 'x' }], ['lists for events', { ...drawn, events: [1, 2] }], ['numbers for transitions', { ...drawn, states: { asked: { label: 1, on: 3 } } }],
  ])('with %s is kept and judged', async (_, definition) => {
    const answer = await put(definition)
    expect(answer.status).toBe(200)
    expect([(await owner.door('/configuration')).status, (await owner.door('/configuration/workflows')).status, (await owner.door(at('own-machines', '/file'))).status]).toEqual([200, 200, 200])
  })
})

describe('publishing', () => {
  it('is refused while a deadline or a timer names a calendar that is not there', async () => {
    const counted = (calendar: string): object => ({
      ...drawn,
      states: {
        ...drawn.states,
        asked: { ...drawn.states.asked, sla: { within: 'P1D', calendar, escalate: [{ role: 'buyer' }] }, on: { ...drawn.states.asked.on, accept: { target: 'inUse', actions: [{ type: 'core.startTimer', params: { name: 'x', within: 'P1D', event: 'refuse', calendar } }] } } },
      },
    })
    const wrong = [['workflow.unknown-calendar', 'states.asked.on.accept.actions[0].params.calendar'], ['workflow.unknown-calendar', 'states.asked.sla.calendar']]
    const proof = async (definition: object) => ((await owner.door(at('own-machines', '/check'), { method: 'POST', body: { definition } })).body as Proof).findings.filter(({ code }) => code === 'workflow.unknown-calendar').map(({ code, path }) => [code, path]).sort()
    expect(await proof(counted('works'))).toEqual(wrong)
    await put(counted('works'))
    const refused = await publish()
    expect([refused.status, problemsOf(refused.body)?.map(({ path }) => path).sort(), asked]).toEqual([422, wrong.map(([, path]) => `workflows.own-machines.${path}`), []])
    await runCommand(booted.payload, systemActor, { action: 'create', entity: 'working-calendars', data: { code: 'works', name: 'Works', timeZone: 'UTC', shifts: [{ day: 'monday', from: '08:00', to: '17:00' }] } })
    expect(await proof(counted('works'))).toEqual([])
    expect((await view('own-machines')).registry.calendars.map(({ value }) => value)).toEqual(['firm', 'works'])
  })

  it('is forbidden by what is certain, with the events that show it', async () => {
    const trap = { ...drawn, states: { ...drawn.states, inUse: { label: named('In use', '使用中') } } }
    const proof = (await owner.door(at('own-machines', '/check'), { method: 'POST', body: { definition: trap } })).body as Proof
    expect([proof.blocked, proof.complete]).toEqual([true, true])
    await put(trap)
    const { status, body } = await publish()
    expect([status, problemsOf(body)?.map(({ code, path, example }) => [code, path, example?.map(({ event }) => event)])]).toEqual([422, [['workflow.stuck', 'workflows.own-machines.states.inUse', ['accept']]]])
  })

  it('asks whoever publishes to read what is possible and new, and gives the workflow its number', async () => {
    const overlapping = { ...drawn, states: { ...drawn.states, asked: { ...drawn.states.asked, on: { ...drawn.states.asked.on, accept: { target: 'inUse', guards: [{ type: 'core.fieldRequired', params: { field: 'name' } }] } } } } }
    await put(overlapping)
    const { warnings, findings } = await overview()
    expect([findings, (await publish()).status]).toEqual([[], warnings.length > 0 ? 422 : 202])
    expect((await publish(warnings.map(({ path, code }) => `${path}:${code}`))).status).toBe(202)
    expect(asked.at(-1)?.inputs.workflows?.['own-machines']).toMatchObject({ slug: 'own-machines', entity: 'own-machines', version: 1 })
  })

  it('does not tell again what was so before', async () => {
    const { shipped } = await view('purchase-orders')
    await put({ ...shipped, label: named('Order', '订单') }, 'purchase-orders')
    expect((await overview()).warnings).toEqual([])
    expect([(await publish()).status, asked[0]?.inputs.workflows]).toEqual([202, { 'purchase-orders': { label: named('Order', '订单'), version: 2 } }])
  })

  it('may name a field that is prepared with it, and none that is not', async () => {
    const asking = { ...drawn, states: { ...drawn.states, asked: { ...drawn.states.asked, on: { ...drawn.states.asked.on, accept: [{ target: 'inUse', guards: [{ type: 'core.fieldRequired', params: { field: 'price' } }] }, { target: 'refused' }] } } } }
    await put(asking)
    expect(problemsOf((await publish()).body)?.map(({ path }) => path)).toEqual([expect.stringContaining('workflows.own-machines.states.asked.on.accept[0].guards[0]')])
    await owner.door('/configuration/fields/own-machines', { method: 'PUT', body: { fields: [{ name: 'price', type: 'money', label: named('Price', '价格') }] } })
    const { findings, warnings } = await overview()
    expect([findings, (await publish(warnings.map(({ path, code }) => `${path}:${code}`))).status]).toEqual([[], 202])
    await owner.door('/configuration/fields/own-machines', { method: 'DELETE' })
  })

  it('refuses markup in what people read', async () => {
    await put({ ...drawn, states: { ...drawn.states, asked: { ...drawn.states.asked, label: named('<img src=x onerror=alert(1)>', '已申请') } } })
    expect(problemsOf((await publish()).body)?.map(({ path }) => path)).toEqual(['workflows.own-machines.states.asked.label.en'])
  })

  it('refuses a role that the firm does not have, another entity and another key', async () => {
    await put({ ...drawn, events: { ...drawn.events, accept: { ...drawn.events.accept, roles: ['wizard'] } } })
    expect(problemsOf((await publish()).body)?.map(({ code }) => code)).toEqual(['workflow.unknown-role'])
    await put({ ...drawn, entity: 'parts' })
    expect(problemsOf((await publish()).body)?.map(({ code }) => code)).toEqual(['otherEntity'])
    await owner.door(at('own-machines'), { method: 'DELETE' })
    await put({ ...(await view('purchase-orders')).shipped, slug: 'mine' }, 'purchase-orders')
    expect(problemsOf((await publish()).body)?.map(({ code }) => code)).toEqual(['slugChanged'])
  })
})
