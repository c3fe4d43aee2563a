import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { WorkflowDefinition } from '../../../config/language/workflow.ts'
import { compileWorkflow } from '../../../workflows/engine/compile.ts'
import { createRegistry } from '../../../workflows/engine/registry.ts'
import { replay } from '../../../workflows/engine/replay.ts'
import { verifyWorkflow } from '../../../workflows/engine/verify/verify-workflow.ts'

const page = readFileSync('docs/workflows.md', 'utf8')
const blocks = [...page.matchAll(/```json\n([\s\S]+?)```/g)].map(([, text]) => JSON.parse(text ?? '') as unknown)
const [definition, said] = blocks

test('the example of docs/workflows.md is found as the page says, and mended as it says', () => {
  const registry = createRegistry({})
  const found = (value: unknown) => verifyWorkflow(value, registry).findings.map(({ code, certainty, path, message, example }) => ({ code, certainty, path, events: example?.map(({ event }) => event), zh: message.zh }))
  expect(found(definition)).toEqual(said)

  const mended = structuredClone(definition) as { events: Record<string, unknown>; states: { checking: { states: { technical: { states: { asked: object } } } } } }
  mended.events.answer = { label: { en: 'Answer', zh: '答复' } }
  Object.assign(mended.states.checking.states.technical.states.asked, { on: { answer: { target: 'open' } } })
  expect(found(mended)).toEqual([])
})

test('a job that was held goes on where the page says', () => {
  const job = blocks.find((one) => (one as { slug?: string }).slug === 'job') as WorkflowDefinition
  const registry = createRegistry({})
  expect(verifyWorkflow(job, registry)).toMatchObject({ passed: true, findings: [] })
  const after = (...events: string[]) => replay(compileWorkflow(job, registry), { steps: events.map((event) => ({ event, guards: {} })) })
  expect(after('start', 'hold')).toMatchObject({ state: 'held', memory: { 'working.where-it-was': 'working.running' } })
  expect(after('start', 'hold', 'resume').state).toBe('working.running')
  expect(after('hold', 'resume').state).toBe('working.prepared')
})

test('every finding that the proof has is on the page', () => {
  const sources = ['find-ends', 'find-guards', 'find-senders', 'find-unreached', '../check-histories'].map((name) => readFileSync(`workflows/engine/verify/${name}.ts`, 'utf8')).join('')
  const codes = [...sources.matchAll(/code: '([a-z-]+)'|\['([a-z-]+)', say|'(trap|deadlock|stuck)'/g)].flatMap(([, ...groups]) => groups.filter(Boolean))
  expect(codes.length).toBeGreaterThan(12)
  expect([...new Set(codes)].filter((code) => !page.includes(`\`${code}\``))).toEqual([])
})
