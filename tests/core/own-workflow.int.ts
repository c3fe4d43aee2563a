import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RevisionInputs, WorkflowLayer } from '../../config/language/revision.ts'
import type { WorkflowDefinition } from '../../config/language/workflow.ts'
import { systemActor } from '../../plugins/core/access/actor.ts'
import { runCommand } from '../../plugins/core/commands/run-command.ts'
import { providePublisher, type PublishRequest } from '../../plugins/core/configuration/publisher.ts'
import type { LiveDocumentsView } from '../../plugins/core/configuration/workflows/live-documents.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { drainWork } from '../../plugins/core/events/runner.ts'
import { runDueJobs } from '../../plugins/core/jobs/run-jobs.ts'
import { installPlatform } from '../../plugins/core/platform/install.ts'
import { platformOf } from '../../plugins/core/platform/platform.ts'
import { publishRevision, revisionOf, settleRevision } from '../../plugins/core/platform/publish-revision.ts'
import { verify } from '../../plugins/core/verify/run-checks.ts'
import { bootBeside } from '../support/boot-beside.ts'
import type { Booted } from '../support/boot-payload.ts'
import { askGraphql } from '../support/graphql.ts'
import { openDoor, signIn, type Door, type Person } from '../support/rest.ts'
import { bootPlatform } from '../support/test-platform.ts'

const named = (en: string, zh = en) => ({ en, zh })
const bare: RevisionInputs = { entities: { 'own-machines': { label: named('Machine', '设备'), labels: named('Machines', '设备'), prefix: 'EQ' } }, fields: {} }
const drawn = {
  slug: 'own-machines', version: 1, entity: 'own-machines', label: named('Machine', '设备'), initial: 'asked',
  events: { accept: { label: named('Accept', '接受'), past: 'accepted', roles: ['buyer'] }, retire: { label: named('Retire', '报废'), reason: 'required' }, remind: { label: named('Remind', '提醒'), roles: ['system'] } },
  states: {
    asked: { label: named('Asked', '已申请'), editable: true, discardable: true, after: { P1D: 'remind' }, on: { accept: { target: 'inUse' }, remind: {} } },
    inUse: { label: named('In use', '使用中'), resting: true, tone: 'good', on: { retire: { target: 'gone' } } },
    gone: { label: named('Gone', '已报废'), type: 'final' },
  },
} satisfies WorkflowDefinition

let old: Booted
let now: Booted
let owner: Person
const ids: string[] = []
const doorOf = (booted: Booted): Door => openDoor(booted, owner.token)
const rows = () => openStore(now.payload).find<string>('own-machines', { sort: 'number' })

/** The next revision, as a process that takes over publishes it. */
async function publish(number: number, workflow: WorkflowLayer): Promise<Booted> {
  const booted = await bootBeside(old, { number, inputs: { ...bare, workflows: { 'own-machines': workflow } } })
  await publishRevision(booted.payload, 'tester')
  await settleRevision(booted.payload)
  await installPlatform(booted.payload)
  return booted
}

beforeAll(async () => {
  old = await bootPlatform([], { publishes: true, inputs: bare })
  await runCommand(old.payload, systemActor, { action: 'create', entity: 'companies', data: { code: 'F', name: 'Firm', country: 'DE', currency: 'EUR', timeZone: 'Europe/Berlin' } })
  owner = await signIn(old, ['owner'], 'owner')
  for (const name of ['Lathe', 'Mill', 'Saw']) ids.push(String((await runCommand(old.payload, systemActor, { action: 'create', entity: 'own-machines', data: { name } })).id))
  now = await publish(1, drawn)
})
afterAll(async () => {
  await now?.stop()
  await old?.stop()
})

describe('records from before there was a workflow', () => {
  it('count as standing where it begins, and can be sent on at once, edited and discarded', async () => {
    const [lathe = '', , saw = ''] = ids
    const door = doorOf(now)
    expect((await door(`/own-machines/${lathe}/events`)).body).toMatchObject([{ event: 'accept', allowed: true }])
    expect((await door(`/views/documents/own-machines/${lathe}`)).body).toMatchObject({ state: { name: 'asked', label: named('Asked', '已申请') }, editable: true, discardable: true, entity: { rights: { send: true } } })
    expect((await door(`/own-machines/${lathe}`, { method: 'PATCH', body: { name: 'Big lathe' } })).status).toBe(200)
    expect((await door(`/own-machines/${lathe}/events/accept`, { method: 'POST', body: {} })).body).toMatchObject({ state: 'inUse', version: 3 })
    expect((await door(`/own-machines/${lathe}`, { method: 'PATCH', body: { name: 'x' } })).text).toContain('is in use and cannot be edited any more')
    expect((await door(`/own-machines/${saw}`, { method: 'DELETE', body: {} })).status).toBe(200)
  })

  it('are brought into its first state by a job, with history and timers, and lose nothing', async () => {
    const made = String((await runCommand(now.payload, systemActor, { action: 'create', entity: 'own-machines', data: { name: 'Press' } })).id)
    ids.push(made)
    expect(await runDueJobs(now.payload)).toBe(1)
    expect(await rows()).toMatchObject([{ name: 'Big lathe', workflow: { state: 'inUse' } }, { name: 'Mill', version: 2, workflow: { state: 'asked' } }, { id: made, version: 1, workflow: { state: 'asked' } }])
    const { history } = (await doorOf(now)(`/views/documents/own-machines/${ids[1] ?? ''}`)).body as { history: { action: string; to: unknown }[] }
    expect(history).toMatchObject([{ action: 'edit', to: { name: 'asked' } }, { action: 'create', to: null }])
    const pending = await openStore(now.payload).find('work-items', { where: { and: [{ handler: { equals: 'core.timer' } }, { status: { equals: 'pending' } }] } })
    expect(pending.map(({ documentId }) => documentId).sort()).toEqual([ids[1], made].sort())
    await drainWork(now.payload, new Date(Date.now() + 2 * 86_400_000))
    expect((await rows()).map(({ version }) => version)).toEqual([3, 3, 2])
    expect((await verify(now.payload)).checks.filter(({ ok }) => !ok).map(({ name, failures }) => [name, failures])).toEqual([])
  })
})

describe('an own entity with a workflow', () => {
  it('has states in lists, filters and files, and its events over REST and GraphQL, by right and role', async () => {
    const door = doorOf(now)
    const [lathe = '', mill = ''] = ids
    expect((await door('/views/lists/own-machines?state=asked')).body).toMatchObject({ total: 2, counts: { asked: 2, inUse: 1 } })
    expect((await door('/own-machines?where[workflow.state][equals]=inUse')).body).toMatchObject({ totalDocs: 1, docs: [{ name: 'Big lathe' }] })
    expect((await door('/own-machines/export?format=csv')).text).toMatch(/Big lathe.*In use|In use.*Big lathe/)
    const user = { id: owner.id, email: owner.email, roles: ['owner'] }
    const asked = await askGraphql(now.payload, user, `{ availableEvents(entity: "own-machines", ids: ["${lathe}"]) { event allowed } OwnMachines(where: { workflow__state: { equals: "inUse" } }) { docs { name workflow { state } } } }`)
    expect(asked).toMatchObject({ data: { availableEvents: [{ event: 'retire', allowed: true }], OwnMachines: { docs: [{ name: 'Big lathe', workflow: { state: 'inUse' } }] } } })
    const refused = await askGraphql(now.payload, user, `mutation { sendEvent(entity: "own-machines", id: "${lathe}", event: "retire") { state } }`)
    expect(refused.errors?.[0]?.message).toContain('needs a reason')
    expect(await askGraphql(now.payload, user, `mutation { sendEvent(entity: "own-machines", id: "${lathe}", event: "retire", reason: "Worn out") { state } }`)).toMatchObject({ data: { sendEvent: { state: 'gone' } } })

    await runCommand(now.payload, systemActor, { action: 'create', entity: 'roles', data: { slug: 'looker', name: 'Looker', permissions: [{ entity: 'own-machines', actions: ['read', 'send'] }] } })
    const looker = await signIn(now, ['looker'], 'looker')
    expect((await looker.door(`/own-machines/${mill}/events/accept`, { method: 'POST', body: {} })).status).toBe(409)
    const buyer = await signIn(now, ['buyer'], 'buyer')
    expect((await buyer.door(`/own-machines/${mill}/events/accept`, { method: 'POST', body: {} })).status).toBe(403)
  })

  it('keeps every definition that was published, and a document goes on under the one it began with', async () => {
    const [, mill = ''] = ids
    const { remind: _, ...events } = drawn.events
    const second = { ...drawn, version: 2, initial: 'wanted', events: { ...events, take: { label: named('Take', '领用'), roles: ['warden'] } }, states: { wanted: { label: named('Wanted', '待领'), on: { take: { target: 'inUse' } } }, inUse: { ...drawn.states.inUse, on: {} } } } satisfies WorkflowDefinition
    const before = now
    now = await publish(2, JSON.parse(JSON.stringify({ ...second, states: second.states, events: { take: second.events.take } })) as WorkflowLayer)
    await before.stop()
    expect(platformOf(now.payload).workflows.get('own-machines')?.definition.version).toBe(2)
    expect(await openStore(now.payload).count('definitions', { slug: { equals: 'own-machines' } })).toBe(2)
    const door = doorOf(now)
    expect((await door(`/views/documents/own-machines/${mill}`)).body).toMatchObject({ state: { name: 'asked' }, editable: true, events: [{ event: 'accept' }] })
    expect((await door('/views/lists/own-machines')).body).toMatchObject({ states: { asked: { label: named('Asked', '已申请') }, gone: { label: named('Gone', '已报废') } } })
    expect((await door(`/own-machines/${mill}`, { method: 'PATCH', body: { name: 'Old mill' } })).status).toBe(200)
    expect((await door(`/own-machines/${mill}/events/accept`, { method: 'POST', body: {} })).body).toMatchObject({ state: 'inUse' })
    const { history } = (await door(`/views/documents/own-machines/${mill}`)).body as { history: { label: unknown }[] }
    expect(history[0]?.label).toEqual(named('Accept', '接受'))
    expect((await door('/own-machines', { method: 'POST', body: { name: 'New' } })).body).toMatchObject({ state: 'wanted' })
    expect(await runDueJobs(now.payload)).toBe(0)
    expect((await verify(now.payload)).ok).toBe(true)
  })

  describe('moves its documents to another version by a plan', () => {
    const plans = '/configuration/workflows/own-machines'
    const post = (path: string, body: object) => doorOf(now)(`${plans}${path}`, { method: 'POST', body })
    const seen = async () => (await doorOf(now)(`${plans}/documents`)).body as LiveDocumentsView
    const place = async (name: string) => ((await rows()) as { name?: string; workflow?: { state: string; definitionHash: string } }[]).find((row) => row.name === name)?.workflow
    const statusOf = async () => (await seen()).migrations[0]?.status

    it('after it was shown where they stand, what becomes of them, and where their histories go another way', async () => {
      const view = await seen()
      expect(view).toMatchObject({ against: 'published', present: 1, ended: 1, target: { version: 2 }, replay: { status: 'none' }, mayMigrate: true })
      expect(view.states.map(({ version, state, count, fate, to }) => [version, state, count, fate, to]).sort()).toEqual([[1, 'asked', 1, 'staying', null], [1, 'inUse', 1, 'safe', 'inUse']])
      expect(view.target?.states.map(({ state }) => state)).toEqual(['wanted', 'inUse'])
      expect((await post('/replays', {})).status).toBe(202)
      await runDueJobs(now.payload)
      expect((await seen()).replay).toMatchObject({ status: 'done', told: { done: 4, same: 0, diverged: 2, divergences: [{ event: 'remind', state: 'wanted', count: 2, samples: [{ title: 'Old mill' }, { title: 'Press' }] }] } })
      expect((await doorOf(now)(`${plans}/versions`)).body).toMatchObject([{ version: 2, current: true, documents: 1 }, { version: 1, current: false, documents: 3 }])
    })

    it('which names states that there are, and the version that is published', async () => {
      const to = (await seen()).target?.hash
      expect((await post('/migrations', { to: 'x'.repeat(40) })).status).toBe(409)
      for (const map of [{ asked: 'nowhere' }, { asked: 1 }, ['asked'], 'asked', { asked: 'constructor' }]) expect((await post('/migrations', { to, map })).status).toBe(422)
      const misspelt = await post('/migrations', { to, map: { askd: 'wanted' } })
      expect([misspelt.status, misspelt.text]).toEqual([422, expect.stringContaining('map.askd')])
      expect((await post('/migrations/none/reversal', {})).status).toBe(404)
    })

    it('which can be taken back until it is confirmed, but for what has gone on since', async () => {
      const to = (await seen()).target?.hash
      const { id } = (await post('/migrations', { to, map: { asked: 'wanted' } })).body as { id: string }
      expect((await post('/migrations', { to, map: {} })).status).toBe(409)
      expect((await post(`/migrations/${id}/reversal`, {})).status).toBe(409)
      await runDueJobs(now.payload)
      expect((await seen()).migrations[0]).toMatchObject({ status: 'done', told: { moved: 2, staying: 0 } })
      expect([await place('Old mill'), await place('Press'), await place('Big lathe')]).toMatchObject([{ state: 'inUse', definitionHash: to }, { state: 'wanted', definitionHash: to }, { state: 'gone' }])
      const press = ids.at(-1) ?? ''
      const { history } = (await doorOf(now)(`/views/documents/own-machines/${press}`)).body as { history: { action: string }[] }
      expect(history[0]).toMatchObject({ action: 'migrate', from: { name: 'asked' }, to: { name: 'wanted' }, changes: [] })
      expect((await verify(now.payload)).checks.filter(({ ok }) => !ok)).toEqual([])
      expect((await doorOf(now)(`/own-machines/${press}/events/take`, { method: 'POST', body: {} })).status).toBe(200)
      expect((await post(`/migrations/${id}/reversal`, {})).status).toBe(202)
      await runDueJobs(now.payload)
      expect((await seen()).migrations[0]).toMatchObject({ status: 'reverted', told: { moved: 1, staying: 1 } })
      expect([(await place('Old mill'))?.definitionHash === to, await place('Press')]).toMatchObject([false, { state: 'inUse', definitionHash: to }])
      expect((await post(`/migrations/${id}/confirmation`, {})).status).toBe(409)
      expect((await verify(now.payload)).checks.filter(({ ok }) => !ok)).toEqual([])
    })

    it('which goes on where it was broken off, and stands once it is confirmed', async () => {
      const to = (await seen()).target?.hash
      const [lathe = '', mill = ''] = ids
      const { id } = (await post('/migrations', { to })).body as { id: string }
      await openStore(now.payload).update('workflow-migrations', id, { told: { total: 2, done: 1, moved: 0, staying: 0, after: lathe } })
      await runDueJobs(now.payload)
      expect((await seen()).migrations[0]).toMatchObject({ status: 'done', told: { done: 2, moved: 1, after: mill } })
      expect((await post(`/migrations/${id}/confirmation`, {})).status).toBe(200)
      expect([(await post(`/migrations/${id}/reversal`, {})).status, await statusOf(), (await place('Old mill'))?.definitionHash]).toEqual([409, 'confirmed', to])
      const empty = await post('/migrations', { to })
      expect([empty.status, empty.text]).toEqual([409, expect.stringContaining('No document would move')])
    })
  })

  it('names roles of the firm\'s own, which stay as long as it does', async () => {
    const { id } = await runCommand(now.payload, systemActor, { action: 'create', entity: 'roles', data: { slug: 'warden', name: 'Warden', permissions: [{ entity: 'own-machines', actions: ['read', 'create', 'send'] }] } })
    const warden = await signIn(now, ['warden'], 'warden')
    const machine = (await warden.door('/own-machines', { method: 'POST', body: { name: 'Crane' } })).body as { id: string }
    expect((await warden.door(`/own-machines/${machine.id}/events/take`, { method: 'POST', body: {} })).body).toMatchObject({ state: 'inUse' })
    expect((await doorOf(now)(`/users/${warden.id}`, { method: 'PATCH', body: { roles: ['buyer'] } })).status).toBe(200)
    expect((await doorOf(now)(`/roles/${id}`, { method: 'DELETE', body: {} })).text).toContain('Workflows name this role: Machine.')
  })

  it('can be taken back to an earlier version, but not to before there was one', async () => {
    const door = doorOf(now)
    expect((await door('/configuration/versions/0/draft', { method: 'POST', body: {} })).body).toMatchObject({ workflows: [] })
    expect((await door('/configuration/versions/1/draft', { method: 'POST', body: {} })).body).toMatchObject({ workflows: ['own-machines'] })
    expect((await door('/configuration/workflows/own-machines')).body).toMatchObject({ draft: { definition: { ...drawn, version: 3 } }, published: { version: 2 } })
    expect((await door('/configuration/workflows/own-machines/documents')).body).toMatchObject({ against: 'draft', hasDraft: true, publishedVersion: 2, target: { version: 3 }, states: expect.arrayContaining([expect.objectContaining({ version: 2, state: 'wanted', fate: 'staying' })]) })
    for (const kind of ['workflow-drafts', 'configuration-drafts']) await openStore(now.payload).remove(kind, { id: { exists: true } })
  })

  it('stays when something else is published', async () => {
    const asked: PublishRequest[] = []
    providePublisher({ publish: (request) => { asked.push(request) }, publication: () => undefined, expect: () => {} })
    const door = doorOf(now)
    await door('/configuration/fields/parts', { method: 'PUT', body: { fields: [{ name: 'shelfColour', type: 'text', label: named('Shelf colour') }] } })
    expect((await door('/configuration/publish', { method: 'POST', body: { base: 2 } })).status).toBe(202)
    providePublisher(undefined)
    expect(asked[0]?.inputs.workflows).toEqual(revisionOf(now.payload).inputs.workflows)
    for (const kind of ['workflow-drafts', 'configuration-drafts']) await openStore(now.payload).remove(kind, { id: { exists: true } })
  })

  it('keeps its workflow: one that would be gone is not published', async () => {
    const without = await bootBeside(old, { number: 3, inputs: bare })
    await expect(publishRevision(without.payload, 'tester')).rejects.toMatchObject({ problem: { status: 422, findings: [{ code: 'workflowRemoved', path: 'workflows.own-machines' }] } })
    await without.stop()
  })

  it('whose workflow does not fit any more is told of, and its records stay', async () => {
    const broken = await bootBeside(old, { number: 2, inputs: { ...bare, workflows: { 'own-machines': { ...drawn, states: { ...drawn.states, asked: { ...drawn.states.asked, on: { accept: { target: 'inUse' } } } } }, 'purchase-orders': { states: { draft: { on: { submit: { target: 'nowhere' } } } } } } } })
    const { workflowMisfits, workflows } = platformOf(broken.payload)
    expect(workflowMisfits.map(({ path }) => path)).toEqual(['workflows.own-machines.states.asked.after.P1D', 'workflows.purchase-orders.states.draft.on.submit.target'])
    expect([workflows.has('own-machines'), workflows.get('purchase-orders')?.definition.version]).toEqual([false, 1])
    expect((await openDoor(broken, owner.token)('/own-machines?where[workflow.state][equals]=gone')).body).toMatchObject({ totalDocs: 1 })
    expect((await openDoor(broken, owner.token)(`/views/documents/own-machines/${ids[0] ?? ''}`)).status).toBe(200)
    await broken.stop()
  })
})

describe('a workflow with a way back', () => {
  const plans = '/configuration/workflows/own-machines'
  const send = async (id: string, event: string) => (await doorOf(now)(`/own-machines/${id}/events/${event}`, { method: 'POST', body: { reason: 'So it is' } })).body
  const memoryOf = async (id: string) => ((await openStore(now.payload).require<string>('own-machines', id)) as { workflow?: { snapshot?: { memory?: unknown } } }).workflow?.snapshot?.memory
  const events = { work: { label: named('Work', '加工') }, stop: { label: named('Stop', '停机') }, resume: { label: named('Resume', '恢复') }, retire: { label: named('Retire', '报废'), roles: ['warden', 'buyer'] } }
  const using = (busy: string, version: number) => ({
    slug: 'own-machines', version, entity: 'own-machines', label: named('Machine', '设备'), initial: 'inUse', events,
    states: {
      inUse: {
        label: named('In use', '使用中'), initial: 'idle', on: { stop: { target: 'stopped' } },
        states: {
          idle: { label: named('Idle', '空闲'), on: { work: { target: busy } } }, [busy]: { label: named('Busy', '加工中'), on: { work: { target: 'idle' } } },
          back: { label: named('Where it was', '返回原处'), type: 'history', target: 'idle' },
        },
      },
      stopped: { label: named('Stopped', '停机'), on: { resume: { target: 'inUse.back' }, retire: { target: 'gone' } } },
      gone: { label: named('Gone', '已报废'), type: 'final' },
    },
  }) satisfies WorkflowDefinition
  const next = async (number: number, definition: WorkflowDefinition) => {
    const before = now
    now = await publish(number, JSON.parse(JSON.stringify(definition)) as WorkflowLayer)
    await before.stop()
  }
  const made: string[] = []

  it('leads documents to where they were left, and its memory stands in their snapshot alone', async () => {
    await next(3, using('busy', 3))
    for (const name of ['Drill', 'Grinder']) made.push(String((await runCommand(now.payload, systemActor, { action: 'create', entity: 'own-machines', data: { name } })).id))
    const [drill = '', grinder = ''] = made
    expect(await send(drill, 'work')).toMatchObject({ state: 'inUse.busy' })
    expect(await memoryOf(drill)).toBeUndefined()
    for (const id of made) expect(await send(id, 'stop')).toMatchObject({ state: 'stopped' })
    expect([await memoryOf(drill), await memoryOf(grinder)]).toEqual([{ 'inUse.back': 'inUse.busy' }, { 'inUse.back': 'inUse.idle' }])
    expect(await send(drill, 'resume')).toMatchObject({ state: 'inUse.busy' })
    expect(await send(drill, 'stop')).toMatchObject({ state: 'stopped' })
    expect((await verify(now.payload)).checks.filter(({ ok }) => !ok)).toEqual([])
    // What history says of it is compared with what is stored.
    const row = await openStore(now.payload).require<string>('own-machines', grinder) as unknown as { workflow: { snapshot: object } }
    const write = (snapshot: object) => openStore(now.payload).update<string>('own-machines', grinder, { workflow: { ...row.workflow, snapshot } } as never)
    await write({ ...row.workflow.snapshot, memory: { 'inUse.back': 'inUse.busy' } })
    expect((await verify(now.payload)).checks.filter(({ ok }) => !ok)).toMatchObject([{ failures: [expect.stringContaining('remembers {"inUse.back":"inUse.busy"}')] }])
    await write(row.workflow.snapshot)
  })

  it('takes its memory along to another version: by the plan, or forgets what that does not have', async () => {
    await next(4, using('running', 4))
    const [drill = '', grinder = ''] = made
    const seen = (await doorOf(now)(`${plans}/documents`)).body as LiveDocumentsView
    const to = seen.target?.hash
    // Nobody stands in “Busy” now: it is listed since documents may go back there.
    expect(seen.states.filter(({ version }) => version === 3).map(({ state, count, fate }) => [state, count, fate])).toEqual([['stopped', 2, 'safe'], ['inUse.busy', 0, 'staying']])
    const move = async (map: object) => {
      const { id } = (await doorOf(now)(`${plans}/migrations`, { method: 'POST', body: { to, map } })).body as { id: string }
      await runDueJobs(now.payload)
      return id
    }
    const first = await move({})
    expect([await memoryOf(drill), await memoryOf(grinder)]).toEqual([undefined, { 'inUse.back': 'inUse.idle' }])
    expect((await verify(now.payload)).checks.filter(({ ok }) => !ok)).toEqual([])
    await doorOf(now)(`${plans}/migrations/${first}/reversal`, { method: 'POST', body: {} })
    await runDueJobs(now.payload)
    expect(await memoryOf(drill)).toEqual({ 'inUse.back': 'inUse.busy' })
    await move({ 'inUse.busy': 'inUse.running' })
    expect(await memoryOf(drill)).toEqual({ 'inUse.back': 'inUse.running' })
    expect(await send(drill, 'resume')).toMatchObject({ state: 'inUse.running' })
    expect((await verify(now.payload)).checks.filter(({ ok }) => !ok)).toEqual([])
    const view = (await doorOf(now)('/workflows/own-machines/process?period=all')).body as { ways?: { event: string | null; to: { name: string } | null; deviation: string | null }[] }
    expect(view.ways?.filter(({ event }) => event === 'resume').map(({ to: at, deviation }) => [at?.name, deviation]).sort()).toEqual([['inUse.busy', 'state'], ['inUse.running', null]])
  })
})
