import type { Payload } from 'payload'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { email, money, relation, text } from '../../config/language/fields.ts'
import type { WorkflowDefinition } from '../../config/language/workflow.ts'
import { systemActor, type Actor } from '../../plugins/core/access/actor.ts'
import { runCommand } from '../../plugins/core/commands/run-command.ts'
import { transact } from '../../plugins/core/commands/transact.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { sendHeldEmails } from '../../plugins/core/email/send-held.ts'
import { drainWork } from '../../plugins/core/events/runner.ts'
import { platformOf } from '../../plugins/core/platform/platform.ts'
import type { TrellisPlugin } from '../../plugins/core/platform/plugin.ts'
import { stateOf } from '../../plugins/core/workflow/pinned.ts'
import { checkDefinition } from '../../workflows/engine/check-definition.ts'
import type { Booted } from '../support/boot-payload.ts'
import { personWith } from '../support/erp-world.ts'
import { signIn, type Person } from '../support/rest.ts'
import { bootPlatform } from '../support/test-platform.ts'

const say = (en: string) => ({ en, zh: en })

/** A trip asks for money, may make a claim for it, and belongs to a project that has to be open. */
const trip: WorkflowDefinition = {
  slug: 'trip', version: 1, entity: 'trips', label: say('Trip'), initial: 'draft',
  events: {
    plan: { label: say('Plan'), past: 'planned' }, approve: { label: say('Approve'), past: 'approved' }, claim: { label: say('Claim'), past: 'claimed' }, follow: { label: say('Follow up'), past: 'followed' },
    remind: { label: say('Remind'), past: 'reminded', roles: ['system'] }, calm: { label: say('Calm'), past: 'calmed' }, book: { label: say('Book'), past: 'booked' }, scan: { label: say('Scan'), past: 'scanned' }, end: { label: say('End'), past: 'ended' },
  },
  states: {
    draft: {
      label: say('Draft'), editable: true,
      on: {
        plan: { target: 'planned', guards: [{ type: 'core.expression', params: { expression: 'cost > 100 && !empty(goal)', refusal: { en: 'A trip costs more than 100 and has a goal.', zh: '差旅费用须大于 100，且有目的。' } } }, { type: 'core.relatedState', params: { relation: 'project', states: ['open'], match: 'in' } }] },
      },
    },
    planned: {
      label: say('Planned'),
      on: {
        approve: {
          target: 'approved', guards: [{ type: 'core.amountLimit', params: { field: 'cost', limit: '1000', roles: ['salesManager'] } }],
          actions: [{ type: 'core.notify', params: { roles: ['salesRep'], fields: ['traveller'], text: { en: 'To {goal} for {cost} with {project}.', zh: '前往{goal}，费用 {cost}，{project}。' } } }],
        },
        // What these need, no plugin brings.
        book: { target: 'approved', guards: [{ type: 'tms.seatFree' }] },
        scan: { target: 'approved', actions: [{ type: 'wms.scan' }] },
      },
    },
    approved: {
      label: say('Approved'),
      on: {
        claim: { actions: [{ type: 'core.createDocument', params: { entity: 'trips', values: { goal: 'Again', project: { field: 'project' }, cost: { expression: 'cost * 2' }, company: { field: 'company' } } } }, { type: 'core.startTimer', params: { name: 'nag', within: 'P2D', event: 'remind' } }] },
        follow: { actions: [{ type: 'core.operate', params: { entity: 'projects', operation: 'begin', input: { name: { field: 'goal' } } } }] },
        calm: { actions: [{ type: 'core.stopTimer', params: { name: 'nag' } }, { type: 'core.email', params: { field: 'mailbox', subject: { en: 'Trip to {goal}', zh: '{goal}之行' }, text: { en: 'Calm.', zh: '好。' } } }] },
        remind: { target: 'reminded' }, end: { target: 'ended' },
      },
    },
    reminded: { label: say('Reminded'), on: { end: { target: 'ended' } } },
    ended: { label: say('Ended'), type: 'final' },
  },
}
const project: WorkflowDefinition = {
  slug: 'project', version: 1, entity: 'projects', label: say('Project'), initial: 'new', events: { open: { label: say('Open'), past: 'opened' } },
  states: { new: { label: { en: 'Not begun', zh: '未开始' }, on: { open: { target: 'open' } } }, open: { label: say('Open'), resting: true } },
}
const travel: TrellisPlugin = {
  slug: 'mes',
  entities: [
    {
      slug: 'trips', system: 'mes', kind: 'document', titleField: 'goal', listColumns: ['goal'], workflow: 'trip', label: say('Trip'), labels: say('Trips'),
      fields: [text('goal', say('Goal')), money('cost', say('Cost')), email('mailbox', say('Mailbox')), relation('project', say('Project'), { to: 'projects' }), relation('traveller', say('Traveller'), { to: 'users' })],
    },
    { slug: 'projects', system: 'mes', kind: 'document', titleField: 'name', listColumns: ['name'], workflow: 'project', label: say('Project'), labels: say('Projects'), fields: [text('name', say('Name'))] },
  ],
  workflows: [trip, project],
  operations: [{
    name: 'begin', entity: 'projects', label: say('Begin'), roles: [], input: [text('name', say('Name'), { required: true }), text('note', say('Note'))],
    async run(context, { name }) {
      await context.create('projects', { values: { name: `After ${String(name)}` } })
      return { message: say('Begun.') }
    },
  }],
}

let booted: Booted
let payload: Payload
let rep: Person
let traveller: Person
const create = async (entity: string, data: object) => String((await runCommand(payload, systemActor, { action: 'create', entity, data })).id)
const send = (id: string, event: string, actor: Actor = systemActor, entity = 'trips') => runCommand(payload, actor, { action: 'send', entity, id, event })
const standing = async (id: string) => stateOf(await openStore(payload).require('trips', id))
const planned = async (data: object = {}) => {
  const of = await create('projects', { name: 'Fair' })
  await send(of, 'open', systemActor, 'projects')
  const id = await create('trips', { goal: 'Berlin', cost: '200', project: of, traveller: traveller.id, mailbox: 'guest@firm.example', ...data })
  await send(id, 'plan')
  return id
}

beforeAll(async () => {
  booted = await bootPlatform([travel])
  payload = booted.payload
  await transact(payload, { actor: systemActor }, (context) =>
    context.create('companies', { values: { name: 'Test', code: 'T', currency: 'EUR', timeZone: 'Europe/Berlin', country: 'DE', language: 'en' } }))
  await signIn(booted, ['owner'], 'boss')
  rep = await signIn(booted, ['salesRep'])
  traveller = await signIn(booted, ['storekeeper'])
})
afterAll(() => booted?.stop())

describe('guards', () => {
  it('ask in the language of forms, and in which state another document is; all reasons are told', async () => {
    const of = await create('projects', { name: 'Fair' })
    const id = await create('trips', { goal: '', cost: '99.50', project: of })
    await expect(send(id, 'plan')).rejects.toMatchObject({ problem: { refusals: [{ message: { en: 'A trip costs more than 100 and has a goal.' } }, { message: { en: 'Project is “Not begun”, which does not allow this yet.', zh: 'Project当前为“未开始”，尚不能执行此操作。' } }] } })
    await send(of, 'open', systemActor, 'projects')
    await runCommand(payload, systemActor, { action: 'edit', entity: 'trips', id, data: { goal: 'Rome', cost: '100.01' } })
    await send(id, 'plan')
    expect(await standing(id)).toBe('planned')
  })

  it('let an amount above a limit through by those roles only', async () => {
    const [small, large] = [await planned({ cost: '1000' }), await planned({ cost: '1000.01' })]
    await send(small, 'approve', personWith('salesRep'))
    await expect(send(large, 'approve', personWith('salesRep'))).rejects.toMatchObject({ problem: { refusals: [{ code: 'amountLimit', message: { en: 'Cost is above 1000: this needs one of the roles salesManager.' } }] } })
    await send(large, 'approve', personWith('salesManager'))
    expect([await standing(small), await standing(large)]).toEqual(['approved', 'approved'])
  })
})

describe('actions', () => {
  it('notify roles and people whom the document names, with its values', async () => {
    const id = await planned()
    await send(id, 'approve')
    const told = await openStore(payload).find('notifications', { where: { documentId: { equals: id } } })
    expect(told.map(({ user }) => user).sort()).toEqual([rep.id, traveller.id].sort())
    expect(told[0]).toMatchObject({ textEn: 'To Berlin for 200.00 with Fair.', textZh: '前往Berlin，费用 200.00，Fair。' })
  })

  it('create a document with values of this one, linked to it', async () => {
    const id = await planned()
    await send(id, 'approve')
    await send(id, 'claim')
    const [link] = await openStore(payload).find('document-links', { where: { fromId: { equals: id } } })
    const source = await openStore(payload).require<string>('trips', id)
    expect(await openStore(payload).require<string>('trips', String(link?.toId))).toMatchObject({ goal: 'Again', cost: 40_000, project: source.project, traceId: source.traceId })
  })

  it('run an operation of another entity, with values of the document', async () => {
    const id = await planned()
    await send(id, 'approve')
    const begun = () => openStore(payload).count('projects' as never, { name: { equals: 'After Berlin' } } as never)
    expect(await begun()).toBe(0)
    await send(id, 'follow')
    expect(await begun()).toBe(1)
  })

  it('start a timer by name, once however often, and stop it; where its event is not possible any more, nothing happens', async () => {
    const [reminded, calmed, ended] = [await planned(), await planned(), await planned()]
    for (const id of [reminded, calmed, ended]) {
      await send(id, 'approve')
      await send(id, 'claim')
      await send(id, 'claim')
    }
    await send(calmed, 'calm')
    await send(ended, 'end')
    await drainWork(payload, new Date(Date.now() + 86_400_000))
    expect(await standing(reminded)).toBe('approved')
    await drainWork(payload, new Date(Date.now() + 3 * 86_400_000))
    expect([await standing(reminded), await standing(calmed), await standing(ended)]).toEqual(['reminded', 'approved', 'ended'])
    expect(await openStore(payload).count('work-items', { and: [{ documentId: { in: [reminded, calmed, ended] } }, { kind: { equals: 'timer' } }, { status: { in: ['dead', 'pending'] } }] })).toBe(0)
  })

  it('put an email into the outbox, which says that there is no mail server', async () => {
    const id = await planned()
    await send(id, 'approve')
    await send(id, 'calm')
    expect(await openStore(payload).find('emails', { where: { documentId: { equals: id } } })).toMatchObject([{ to: 'guest@firm.example', subject: 'Trip to Berlin', status: 'notSent' }])
    // As long as there is no mail server it stays so.
    expect(await sendHeldEmails(payload)).toBe(0)
  })
})

describe('what names a plugin that is missing', () => {
  it('waits, with the reason, and everything else goes on', async () => {
    const id = await planned()
    for (const [event, type] of [['book', 'tms.seatFree'], ['scan', 'wms.scan']] as const) {
      await expect(send(id, event)).rejects.toMatchObject({ problem: { status: 409, refusals: [{ code: 'workflow.waiting-for-plugin', message: { en: expect.stringContaining(type) as string, zh: expect.stringContaining('等待插件') as string } }] } })
    }
    const owner = await signIn(booted, ['owner'], 'waiting owner')
    const { status, body } = await owner.door(`/trips/${id}/events`)
    expect(status).toBe(200)
    expect((body as { event: string; allowed: boolean }[]).map(({ event, allowed }) => [event, allowed])).toEqual([['approve', true], ['book', false], ['scan', false]])
    await send(id, 'approve')
    expect(await standing(id)).toBe('approved')
  })
})

describe('the check of a definition', () => {
  const faults = (part: 'guards' | 'actions', type: string, params: object) =>
    checkDefinition({ ...trip, states: { ...trip.states, draft: { ...trip.states.draft, on: { plan: { target: 'planned', [part]: [{ type, params }] } } } } }, platformOf(payload).registry)
      .filter(({ path }) => path.startsWith(`states.draft.on.plan.${part}[0]`)).map(({ path }) => path.replace(`states.draft.on.plan.${part}[0].params.`, ''))

  it.each([
    ['guards', 'core.expression', { expression: 'cosst > 1', refusal: say('no') }, ['expression']],
    ['guards', 'core.expression', { expression: 'cost + 1', refusal: say('no') }, ['expression']],
    ['guards', 'core.expression', { expression: 'cost > 1', refusal: 'no' }, ['refusal']],
    ['guards', 'core.amountLimit', { field: 'price', limit: '1', roles: ['king'] }, ['field', 'roles']],
    ['guards', 'core.amountLimit', { field: 'goal', limit: '1', roles: ['buyer'] }, ['field']],
    ['guards', 'core.amountLimit', { field: 'cost', limit: 'much', roles: ['buyer'] }, ['limit']],
    ['guards', 'core.relatedState', { relation: 'goal', states: ['x'], match: 'in' }, ['relation']],
    ['guards', 'core.relatedState', { relation: 'traveller', states: ['x'], match: 'maybe' }, ['match']],
    ['actions', 'core.setField', { field: 'nothing', value: 1 }, ['field']],
    ['actions', 'core.createDocument', { entity: 'nothing', values: {} }, ['entity']],
    ['actions', 'core.createDocument', { entity: 'history', values: {} }, ['entity']],
    ['actions', 'core.createDocument', { entity: 'trips', values: { nothing: 1 } }, ['values']],
    ['actions', 'core.createDocument', { entity: 'trips', values: { cost: { expression: 'nothing' } } }, ['values']],
    ['actions', 'core.createDocument', { entity: 'trips', values: { goal: { field: 'nothing' } } }, ['values']],
    ['actions', 'core.operate', { entity: 'nothing', operation: 'begin' }, ['entity']],
    ['actions', 'core.operate', { entity: 'projects', operation: 'end', input: {} }, ['operation']],
    ['actions', 'core.operate', { entity: 'projects', operation: 'begin' }, ['input']],
    ['actions', 'core.operate', { entity: 'projects', operation: 'begin', input: 'x' }, ['input']],
    ['actions', 'core.operate', { entity: 'projects', operation: 'begin', input: { name: 'x', nothing: 1 } }, ['input']],
    ['actions', 'core.operate', { entity: 'projects', operation: 'begin', input: { name: { field: 'nothing' } } }, ['input']],
    ['actions', 'core.operate', { entity: 'projects', operation: 'begin', input: { name: { field: 'goal' }, note: 'x' } }, []],
    ['actions', 'core.notify', { text: say('x') }, ['roles']],
    ['actions', 'core.notify', { roles: ['buyer'], text: say('{nothing}') }, ['text']],
    ['actions', 'core.notify', { fields: ['project'], text: say('x') }, ['fields']],
    ['actions', 'core.email', { subject: say('x'), text: say('x') }, ['to']],
    ['actions', 'core.email', { to: 'no address', subject: say('x'), text: say('x') }, ['to']],
    ['actions', 'core.email', { field: 'goal', subject: say('x'), text: say('x') }, ['field']],
    ['actions', 'core.startTimer', { name: 'x', within: 'soon', event: 'remind' }, ['within']],
    ['actions', 'core.startTimer', { name: 'x', within: 'P1D', event: 'nothing' }, ['event']],
  ] as const)('tells the place of what is wrong: %s %s %j', (part, type, params, expected) => {
    expect(faults(part, type, params)).toEqual(expected)
  })

  it('refuses what no plugin brings where it is published, though it runs where it stands', () => {
    expect(faults('actions', 'wms.scan', {})).not.toEqual([])
  })
})
