import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { SlaDefinition, WorkflowDefinition } from '../../../config/language/workflow.ts'
import { checkDefinition } from '../../../workflows/engine/check-definition.ts'
import { compileWorkflow } from '../../../workflows/engine/compile.ts'
import { createRegistry } from '../../../workflows/engine/registry.ts'
import { startWorkflow, transition } from '../../../workflows/engine/transition.ts'
import { verifyWorkflow } from '../../../workflows/engine/verify/verify-workflow.ts'

const registry = createRegistry({
  roles: [{ slug: 'clerk', label: { en: 'Clerk', zh: '文员' } }],
  entities: [{
    slug: 'tasks', kind: 'document', label: { en: 'Task', zh: '任务' }, labels: { en: 'Tasks', zh: '任务' }, workflow: 'task',
    fields: [{ name: 'handler', type: 'relation', to: 'users', label: { en: 'Handler', zh: '负责人' } }, { name: 'subject', type: 'text', label: { en: 'Subject', zh: '主题' } }],
  }],
})
const workflow = (sla: SlaDefinition): WorkflowDefinition => ({
  slug: 'task', version: 1, entity: 'tasks', label: { en: 'Task', zh: '任务' }, initial: 'open',
  events: {
    begin: { label: { en: 'Begin', zh: '开始' } }, again: { label: { en: 'Again', zh: '重来' } }, close: { label: { en: 'Close', zh: '关闭' } },
    raise: { label: { en: 'Raise', zh: '升级' }, roles: ['system'] }, ask: { label: { en: 'Ask', zh: '询问' }, reason: 'required' }, sign: { label: { en: 'Sign', zh: '签收' }, roles: ['clerk'] },
  },
  states: {
    open: { label: { en: 'Open', zh: '打开' }, sla, on: { begin: { target: 'begun' }, again: { target: 'open' }, raise: { target: 'begun' }, ask: {}, sign: {} } },
    begun: { label: { en: 'Begun', zh: '进行中' }, on: { close: { target: 'closed' } } },
    closed: { label: { en: 'Closed', zh: '关闭' }, type: 'final' },
  },
})
const faults = (sla: object) => checkDefinition(workflow(sla as SlaDefinition), registry).filter(({ path }) => path.includes('sla')).map(({ code, path }) => `${code} ${path.replace('states.open.', '')}`)

describe('a deadline', () => {
  const sla = { within: 'P2D', calendar: 'firm', warn: 'PT4H', escalate: [{ role: 'clerk' }, { field: 'handler' }], event: 'raise' }
  const compiled = compileWorkflow(workflow(sla), registry)
  const step = (event: string) => transition(compiled, { state: 'open', event, document: {}, facts: {}, roles: [] })

  it('starts when its state is entered, ends when it is left, and does both when it is entered anew', () => {
    expect(startWorkflow(compiled).deadlines).toEqual({ start: [{ key: 'open', sla }], cancel: [] })
    expect(step('begin')).toMatchObject({ deadlines: { start: [], cancel: ['open'] } })
    expect(step('again')).toMatchObject({ deadlines: { start: [{ key: 'open' }], cancel: ['open'] } })
    expect(transition(compiled, { state: 'open', event: 'ask', reason: 'x', document: {}, facts: {}, roles: [] })).toMatchObject({ ok: true, deadlines: { start: [], cancel: [] } })
  })

  it('is sound where it tells people and sends what the state knows', () => {
    expect(faults(sla)).toEqual([])
  })

  it('counts on a calendar there is, where these are known', () => {
    const known = { ...registry, calendars: new Set(['firm', 'office']) }
    const wrong = (calendar: string) => checkDefinition(workflow({ ...sla, calendar }), known).filter(({ code }) => code === 'workflow.unknown-calendar').map(({ path, severity }) => [path, severity])
    expect([wrong('firm'), wrong('office'), wrong('bureau'), faults({ ...sla, calendar: 'bureau' })]).toEqual([[], [], [['states.open.sla.calendar', 'error']], []])
  })

  it('may be written as docs/workflows.md shows', () => {
    const [, shown = ''] = /## Deadlines[\s\S]+?```json\n([\s\S]+?)```/.exec(readFileSync('docs/workflows.md', 'utf8')) ?? []
    const documented = JSON.parse(shown) as { within: string; escalate: object[] }
    expect(faults({ ...documented, escalate: [{ role: 'clerk' }, { field: 'handler' }] })).toEqual([])
    expect(documented).toMatchObject({ within: 'P2D', escalate: [{ role: expect.any(String) as string }, { field: expect.any(String) as string }] })
  })

  it.each([
    [{ ...sla, within: 'two days' }, ['workflow.sla-length sla.within']],
    [{ ...sla, within: 'P1M' }, ['workflow.sla-length sla.within']],
    [{ ...sla, warn: 'P2D' }, ['workflow.sla-warn sla.warn']],
    [{ within: 'P2D', warn: 'P1D', event: 'raise' }, ['workflow.sla-warn-nobody sla.warn']],
    [{ ...sla, escalate: [{ role: 'king' }, { role: 'system' }, { field: 'subject' }, { field: 'nobody' }] }, ['workflow.unknown-role sla.escalate[0].role', 'workflow.unknown-role sla.escalate[1].role', 'workflow.unknown-field sla.escalate[2].field', 'workflow.unknown-field sla.escalate[3].field']],
    [{ ...sla, event: 'nothing' }, ['workflow.unknown-event sla.event']],
    [{ ...sla, event: 'close' }, ['workflow.timer-unheard sla.event']],
    [{ ...sla, event: 'sign' }, ['workflow.timer-not-allowed sla.event']],
    [{ ...sla, event: 'ask' }, ['workflow.timer-asks sla.event']],
    [{ within: 'P2D' }, ['workflow.sla-nowhere sla']],
  ])('is told with its place where it is wrong: %j', (wrong, expected) => {
    expect(faults(wrong)).toEqual(expected)
  })

  it('with nowhere to go is told and forbids nothing; its event counts as sent', () => {
    expect(verifyWorkflow(workflow({ within: 'P2D' }), registry, { sent: ['raise'] })).toMatchObject({ blocked: false, findings: expect.arrayContaining([expect.objectContaining({ code: 'workflow.sla-nowhere', certainty: 'possible' })]) as unknown })
    expect(verifyWorkflow(workflow(sla), registry, { sent: [] }).findings.map(({ code }) => code)).not.toContain('workflow.never-sent')
    expect(verifyWorkflow(workflow({ within: 'P2D', escalate: [{ role: 'clerk' }] }), registry, { sent: [] }).findings.map(({ code }) => code)).toContain('workflow.never-sent')
  })
})
