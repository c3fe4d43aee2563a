import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { integer, text } from '../../config/language/fields.ts'
import { compare, field, fieldRequired } from '../../config/language/references.ts'
import type { RevisionInputs, WorkflowLayer } from '../../config/language/revision.ts'
import type { WorkflowDefinition } from '../../config/language/workflow.ts'
import type { WalkView } from '../../plugins/core/configuration/workflows/walk-view.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { runDueJobs } from '../../plugins/core/jobs/run-jobs.ts'
import { platformOf } from '../../plugins/core/platform/platform.ts'
import type { Booted } from '../support/boot-payload.ts'
import { signIn, type Person } from '../support/rest.ts'
import { bootPlatform } from '../support/test-platform.ts'

const named = (en: string, zh = en) => ({ en, zh })
const refusal = named('Not so.', '不符合。')
const drawn = {
  slug: 'own-trips', version: 1, entity: 'own-trips', label: named('Trip', '出差'), initial: 'draft',
  events: {
    ask: { label: named('Ask', '申请'), roles: ['salesRep'] },
    grant: { label: named('Grant', '批准'), roles: ['salesManager'], reason: 'required' },
    book: { label: named('Book', '预订'), roles: ['system'] },
    allow: { label: named('Allow', '同意'), roles: ['system'] },
    deny: { label: named('Deny', '拒绝'), roles: ['system'] },
    // Nobody is in such a hurry: it is refused, whoever sends it.
    rush: { label: named('Rush', '加急'), roles: ['salesManager'] },
  },
  states: {
    draft: { label: named('Draft', '草稿'), editable: true, on: { ask: { target: 'asked', guards: [fieldRequired('reasonText')] } } },
    asked: {
      label: named('Asked', '已申请'),
      on: {
        grant: [{ target: 'large', guards: [compare({ left: field('days'), operator: '>', right: 5, refusal })] }, { target: 'small' }],
        rush: { target: 'small', guards: [compare({ left: field('days'), operator: '<', right: 0, refusal })] },
      },
    },
    large: { label: named('Large', '长途'), after: { P2D: 'book' }, on: { book: { target: 'booked' } } },
    small: {
      label: named('Small', '短途'), on: { allow: { target: 'booked' }, deny: { target: 'draft' } },
      approval: { steps: [{ name: 'head', label: named('Head', '主管'), approvers: [{ role: 'owner' }] }], approved: 'allow', rejected: 'deny' },
    },
    booked: { label: named('Booked', '已预订'), type: 'final' },
  },
} satisfies WorkflowDefinition
const inputs: RevisionInputs = {
  entities: { 'own-trips': { label: named('Trip', '出差'), labels: named('Trips', '出差'), prefix: 'TR' } },
  fields: { 'own-trips': [{ ...integer('days', named('Days', '天数')), min: 0 }, { ...text('place', named('Place', '地点')), required: true }, text('reasonText', named('Reason', '事由'))] },
  workflows: { 'own-trips': JSON.parse(JSON.stringify(drawn)) as WorkflowLayer },
}

let booted: Booted
let owner: Person
const view = async (more = '') => (await owner.door(`/configuration/workflows/own-trips/walks${more}`)).body as WalkView

beforeAll(async () => {
  booted = await bootPlatform([], { publishes: true, inputs })
  owner = await signIn(booted, ['owner'], 'owner')
})
afterAll(() => booted?.stop())

// The scratch copy is a process of its own on a database of its own: the same whatever the firm's database is.
describe.runIf(process.env.TEST_DATABASE === 'sqlite')('a workflow of the firm, tried out on a scratch copy', () => {
  it('is walked over every arrow that can be taken; the one that cannot is told with its sentence, and kept with the version', async () => {
    expect(await view()).toMatchObject({ status: 'none', report: null, mayStart: true })
    expect((await owner.door('/configuration/workflows/own-trips/walks', { method: 'POST', body: { of: 'published' } })).status).toBe(202)
    expect(await runDueJobs(booted.payload)).toBe(1)
    const { status, report } = await view()
    expect(status).toBe('done')
    expect(report).toMatchObject({ total: 7, taken: 6, untaken: [{ transition: 'states.asked.on.rush', from: named('Asked', '已申请'), event: named('Rush', '加急'), why: { en: expect.stringContaining('Not so.'), zh: expect.stringContaining('不符合') } }] })
    const hash = platformOf(booted.payload).workflows.get('own-trips')?.hash
    expect((await openStore(booted.payload).findOne('definitions', { hash: { equals: hash } }))?.walked).toMatchObject({ hash, taken: 6, total: 7 })
    expect(await openStore(booted.payload).count('own-trips')).toBe(0)
  })

  it('as it is drafted, too, and the draft alone', async () => {
    const { rush: _, ...events } = drawn.events
    const calm = { ...drawn, events, states: { ...drawn.states, asked: { ...drawn.states.asked, on: { grant: drawn.states.asked.on.grant } } } }
    expect((await owner.door('/configuration/workflows/own-trips', { method: 'PUT', body: { definition: calm } })).status).toBe(200)
    expect(await view()).toMatchObject({ of: 'draft', report: null })
    await owner.door('/configuration/workflows/own-trips/walks', { method: 'POST', body: { of: 'draft' } })
    expect(await runDueJobs(booted.payload)).toBe(1)
    expect(await view()).toMatchObject({ of: 'draft', report: { total: 6, taken: 6, untaken: [] } })
    expect(await view('?of=published')).toMatchObject({ of: 'published', report: { taken: 6, total: 7 } })
  })
})

describe('the walks of a workflow', () => {
  it('are a script for people in both languages', async () => {
    const { text: english } = await owner.door('/configuration/workflows/own-trips/script?of=published&language=en')
    expect(english).toContain('# Trip, version 1')
    expect(english).toMatch(/1\. In “Draft” .* sends “Ask”/)
    expect((await owner.door('/configuration/workflows/own-trips/script?of=published&language=zh')).text).toContain('在“草稿”状态下')
  })

  it('are for whoever configures, of what is there, and nothing else', async () => {
    const clerk = await signIn(booted, ['salesRep'], 'clerk')
    expect((await clerk.door('/configuration/workflows/own-trips/walks')).status).toBe(403)
    expect((await clerk.door('/configuration/workflows/own-trips/walks', { method: 'POST', body: {} })).status).toBe(403)
    for (const slug of ['customers', 'nothing', '__proto__']) expect((await owner.door(`/configuration/workflows/${slug}/walks`)).status).toBe(404)
    expect((await owner.door('/configuration/workflows/own-trips/walks', { method: 'POST', body: { of: 7 } })).status).toBe(400)
    expect((await owner.door('/configuration/workflows/own-trips/script?of=x')).status).toBe(400)
  })
})
