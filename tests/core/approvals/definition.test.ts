import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { ApprovalDefinition } from '../../../config/language/approval.ts'
import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { WorkflowDefinition } from '../../../config/language/workflow.ts'
import { approvalFindings } from '../../../plugins/core/approvals/check-approvals.ts'
import { requests, requestWorkflow } from '../../support/requests.ts'
import { availableEvents } from '../../../workflows/engine/available.ts'
import { compileWorkflow } from '../../../workflows/engine/compile.ts'
import { createRegistry } from '../../../workflows/engine/registry.ts'
import { statechart } from '../../../workflows/engine/picture.ts'
import { transition } from '../../../workflows/engine/transition.ts'
import { verifyWorkflow } from '../../../workflows/engine/verify/verify-workflow.ts'
import { flow, sketchRegistry } from '../workflow-verify/flow.ts'

const label = { en: 'L', zh: '标' }
const plain: ApprovalDefinition = { steps: [{ name: 'one', label, approvers: [{ role: 'clerk' }] }], approved: 'yea', rejected: 'nay' }
const first = plain.steps[0] as ApprovalDefinition['steps'][number]
/** A workflow whose state `r` is an approval; `way`: what leads on from it. */
function approving(approval: Partial<ApprovalDefinition> = {}, { way = 'yea>z nay>s', events = {} }: { readonly way?: string; readonly events?: Parameters<typeof flow>[2] } = {}): WorkflowDefinition {
  const sketch = flow({ s: 'go>r', r: way, z: 'final' }, { yea: ['system'], nay: ['system'] }, events)
  return { ...sketch, states: { ...sketch.states, r: { ...(sketch.states.r as WorkflowDefinition['states'][string]), approval: { ...plain, ...approval } } } }
}
const seeing = [{ slug: 'clerk', label, permissions: [{ entity: 'sketches', actions: ['read', 'send'] as const }] }]
const blind = [{ slug: 'clerk', label, permissions: [{ entity: 'others', actions: ['read'] as const }] }, { slug: 'owner', label, permissions: [{ entity: '*', actions: ['read', 'send'] as const }] }]
const said = (definition: WorkflowDefinition, roles: Parameters<typeof verifyWorkflow>[2] = { roles: seeing, sent: [] }) =>
  verifyWorkflow(definition, sketchRegistry, roles).findings.map(({ code, path, certainty }) => `${certainty} ${code.replace('workflow.', '')} @ ${path}`)
const place = 'states.r.approval'

describe('the proof', () => {
  test('finds nothing wrong with a sound approval: what it sends counts as sent', () => {
    expect(said(approving())).toEqual([])
  })

  test.each<[string, WorkflowDefinition, string]>([
    ['an unknown role', approving({ steps: [{ ...first, approvers: [{ role: 'nobody' }] }] }), `unknown-role @ ${place}.steps[0].approvers[0].role`],
    ['a role that only the platform has', approving({ steps: [{ ...first, approvers: [{ role: 'system' }] }] }), `unknown-role @ ${place}.steps[0].approvers[0].role`],
    ['an unknown role to escalate to', approving({ steps: [{ ...first, escalate: { after: 'P1D', to: 'nobody' } }] }), `unknown-role @ ${place}.steps[0].escalate.to`],
    ['a reminder after no time', approving({ steps: [{ ...first, remind: 'soon' }] }), `approval-duration @ ${place}.steps[0].remind`],
    ['a length that a working calendar does not have', approving({ steps: [{ ...first, remind: 'P1M', calendar: 'firm' }] }), `approval-duration @ ${place}.steps[0].remind`],
    ['a calendar on which nothing is counted', approving({ steps: [{ ...first, calendar: 'firm' }] }), `approval-calendar @ ${place}.steps[0].calendar`],
    ['two steps of one name', approving({ steps: [first, first] }), `approval-twice @ ${place}.steps[1].name`],
    ['a return to a later step', approving({ steps: [{ ...first, returnTo: ['two'] }, { ...first, name: 'two' }] }), `approval-return @ ${place}.steps[0].returnTo[0]`],
    ['a vote without a ratio', approving({ steps: [{ ...first, mode: 'vote' }] }), `approval-ratio @ ${place}.steps[0].ratio`],
    ['a ratio without a vote', approving({ steps: [{ ...first, ratio: 50 }] }), `approval-ratio @ ${place}.steps[0].ratio`],
    ['an amount that no figure meets', approving({ steps: [{ ...first, when: { field: 'n', from: '10', below: '9' } }] }), `approval-range @ ${place}.steps[0].when`],
    ['an unknown outcome', approving({ approved: 'aye' }), `unknown-event @ ${place}.approved`],
    ['an outcome that the state does not know', approving({ rejected: 'go' }), `approval-unheard @ ${place}.rejected`],
    ['an outcome that the platform may not send', approving({ approved: 'ok' }, { way: 'ok>z yea>z nay>s', events: { ok: { roles: ['clerk'] } } }), `approval-not-allowed @ ${place}.approved`],
    ['an outcome that asks for input', approving({}, { events: { yea: { roles: ['system'], input: [{ name: 'n', type: 'text', label, required: true }] } } }), `approval-asks @ ${place}.approved`],
    ['an outcome that leads nowhere', approving({}, { way: 'yea> nay>s out>z' }), `approval-leads-nowhere @ ${place}.approved`],
    ['a reopening that no state knows', approving({ reopened: 'again' }, { events: { again: { roles: ['system'] } } }), `approval-leads-nowhere @ ${place}.reopened`],
  ])('forbids %s', (_, definition, finding) => {
    expect(said(definition)).toContain(`certain ${finding}`)
  })

  test('forbids a calendar that is not there, where it is known which are', () => {
    const counted = approving({ steps: [{ ...first, remind: 'P1D', calendar: 'works' }] })
    const findings = (codes: readonly string[]) => verifyWorkflow(counted, { ...sketchRegistry, calendars: new Set(codes) }, { roles: seeing, sent: [] }).findings.map(({ code, path }) => `${code} @ ${path}`)
    expect([findings(['firm', 'works']), findings(['firm']), said(counted)]).toEqual([[], [`workflow.unknown-calendar @ ${place}.steps[0].calendar`], []])
  })

  test('forbids a step that nobody can ever give, with the way that leads there', () => {
    const proof = verifyWorkflow(approving(), sketchRegistry, { roles: blind })
    const finding = proof.findings.find(({ code }) => code === 'workflow.approval-nobody')
    expect([proof.blocked, finding?.certainty, finding?.path, finding?.example?.map(({ event }) => event)]).toEqual([true, 'certain', `${place}.steps[0].approvers`, ['go']])
  })

  test('tells of a role that cannot decide beside another, of steps that may all be passed over, and of guards on an outcome', () => {
    const beside = approving({ steps: [{ ...first, approvers: [{ role: 'clerk' }, { role: 'owner' }], when: { field: 'n', from: '5' } }] }, { way: 'yea[p]>z nay>s' })
    expect(said(beside, { roles: blind })).toEqual(expect.arrayContaining([
      `possible approval-blind @ ${place}.steps[0].approvers`, `possible approval-unasked @ ${place}.steps`, `possible approval-may-fail @ ${place}.approved`,
    ]))
    expect(verifyWorkflow(beside, sketchRegistry, { roles: blind }).findings.filter(({ code }) => code.startsWith('workflow.approval')).every(({ certainty }) => certainty === 'possible')).toBe(true)
  })

  test.each([
    ['no step', { steps: [] }], ['no approver', { steps: [{ ...first, approvers: [] }] }], ['users that nobody is', { steps: [{ ...first, approvers: [{ users: [] }] }] }],
    ['a field path with HTML', { steps: [{ ...first, approvers: [{ field: '<b>' }] }] }], ['a path of the prototype', { watch: ['__proto__'] }], ['an empty calendar', { steps: [{ ...first, remind: 'P1D', calendar: '' }] }], ['a word too much', { steps: [{ ...first, extra: 1 }] }],
    ['a thousand steps', { steps: Array.from({ length: 1000 }, (_, at) => ({ ...first, name: `s${at}` })) }],
  ])('refuses the shape of %s', (_, approval) => {
    expect(verifyWorkflow(approving(approval as unknown as Partial<ApprovalDefinition>), sketchRegistry).blocked).toBe(true)
  })
})

describe('the engine', () => {
  const open = approving({ approved: 'yea' }, { way: 'yea>z nay>s again>r' })
  const compiled = compileWorkflow({ ...open, events: { ...open.events, yea: { label } } }, sketchRegistry)
  const send = (state: string, event: string, roles: readonly string[]) => transition(compiled, { state, event, document: {}, facts: {}, roles })

  test('begins an approval where its state is entered, ends it where it is left, and both where it is entered anew', () => {
    expect(send('s', 'go', ['owner'])).toMatchObject({ approvals: { open: ['r'], close: [] } })
    expect(send('r', 'yea', ['system'])).toMatchObject({ approvals: { open: [], close: ['r'] } })
    expect(send('r', 'again', ['owner'])).toMatchObject({ approvals: { open: ['r'], close: ['r'] } })
  })

  test('lets nobody send by hand what the approval decides, though the event is for everyone', () => {
    expect(send('r', 'yea', ['owner', 'clerk'])).toMatchObject({ ok: false, refusals: [{ code: 'workflow.approval-decides' }] })
    expect(availableEvents(compiled, { state: 'r', document: {}, facts: {}, roles: ['owner'] }).map(({ event }) => event)).toEqual(['again'])
  })

  test('draws its steps', () => {
    expect(statechart(open).nodes.find(({ id }) => id === 'r')?.approval).toEqual([label])
  })
})

describe('what the approvals of a workflow name', () => {
  const entities = new Map(requests.entities?.map((one) => [one.slug, one]))
  const entity = entities.get('requests') as EntityDefinition
  const found = (approval: Partial<ApprovalDefinition>) => {
    const { review } = requestWorkflow.states
    return approvalFindings(entities, entity, { ...requestWorkflow, states: { ...requestWorkflow.states, review: { ...review, approval: { ...review.approval, ...approval } } } }).map(({ code, path }) => `${code} @ ${path.replace('states.review.approval.', '')}`)
  }
  const step = (more: object) => ({ steps: [{ ...first, ...more }] })

  test('is there', () => {
    expect(found({})).toEqual([])
  })

  test.each<[string, Partial<ApprovalDefinition>, string]>([
    ['a field that is none', step({ when: { field: 'price', from: '1' } }), 'workflow.approval-condition @ steps[0].when'],
    ['a field that is no figure', step({ when: { field: 'purpose', from: '1' } }), 'workflow.approval-condition @ steps[0].when'],
    ['an expression about nothing', step({ when: { expression: 'price > 1' } }), 'workflow.approval-condition @ steps[0].when'],
    ['an expression that says neither yes nor no', step({ when: { expression: 'amount + 1' } }), 'workflow.approval-condition @ steps[0].when'],
    ['a field that leads to nobody', step({ approvers: [{ field: 'purpose' }] }), 'workflow.approval-way @ steps[0].approvers[0]'],
    ['a manager of nobody', step({ approvers: [{ managerOf: 'boss' }] }), 'workflow.approval-way @ steps[0].approvers[0]'],
    ['a line that leads to nobody', step({ approvers: [{ lineOwner: 'request.number' }] }), 'workflow.approval-way @ steps[0].approvers[0]'],
    ['something to watch that is not there', { watch: ['amount', 'lines.price'] }, 'workflow.approval-watch @ watch[1]'],
  ])('refuses %s', (_, approval, finding) => {
    expect(found(approval)).toEqual([finding])
  })
})

test('the example of docs/workflows.md is sound', () => {
  const [, written = ''] = /## Approvals[\s\S]+?```json\n([\s\S]+?)```/.exec(readFileSync('docs/workflows.md', 'utf8')) ?? []
  const { review } = requestWorkflow.states
  const definition: WorkflowDefinition = { ...requestWorkflow, states: { ...requestWorkflow.states, review: { ...review, approval: JSON.parse(written) as ApprovalDefinition } } }
  const entities = new Map(requests.entities?.map((one) => [one.slug, one]))
  expect(approvalFindings(entities, entities.get('requests') as EntityDefinition, definition)).toEqual([])
  expect(verifyWorkflow(definition, createRegistry({ roles: [{ slug: 'accountant', label }] })).findings).toEqual([])
})
