import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createRegistry } from '../../../workflows/engine/registry.ts'
import { verifyWorkflow } from '../../../workflows/engine/verify/verify-workflow.ts'

const page = readFileSync('docs/workflows.md', 'utf8')
const [definition, said] = [...page.matchAll(/```json\n([\s\S]+?)```/g)].map(([, text]) => JSON.parse(text ?? '') as unknown)

test('the example of docs/workflows.md is found as the page says, and mended as it says', () => {
  const registry = createRegistry({})
  const found = (value: unknown) => verifyWorkflow(value, registry).findings.map(({ code, certainty, path, message, example }) => ({ code, certainty, path, events: example?.map(({ event }) => event), zh: message.zh }))
  expect(found(definition)).toEqual(said)

  const mended = structuredClone(definition) as { events: Record<string, unknown>; states: { checking: { states: { technical: { states: { asked: object } } } } } }
  mended.events.answer = { label: { en: 'Answer', zh: '答复' } }
  Object.assign(mended.states.checking.states.technical.states.asked, { on: { answer: { target: 'open' } } })
  expect(found(mended)).toEqual([])
})

test('every finding that the proof has is on the page', () => {
  const sources = ['find-ends', 'find-guards', 'find-senders', 'find-unreached'].map((name) => readFileSync(`workflows/engine/verify/${name}.ts`, 'utf8')).join('')
  const codes = [...sources.matchAll(/code: '([a-z-]+)'|\['([a-z-]+)', say|'(trap|deadlock|stuck)'/g)].flatMap(([, ...groups]) => groups.filter(Boolean))
  expect(codes.length).toBeGreaterThan(12)
  expect([...new Set(codes)].filter((code) => !page.includes(`\`${code}\``))).toEqual([])
})
