import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { StateDefinition, WorkflowDefinition } from '../../../config/language/workflow.ts'
import { checkDefinition } from '../../../workflows/engine/check-definition.ts'
import { compileWorkflow } from '../../../workflows/engine/compile.ts'
import { createRegistry } from '../../../workflows/engine/registry.ts'
import { startWorkflow, transition } from '../../../workflows/engine/transition.ts'
import { likelyState, lossesIn, partOf, progressOf, targetStates, withPart, type TargetState } from '../../../workflows/engine/targets.ts'
import { anyDefinition, anyFacts, eventNames, randomRegistry } from './random-workflow.ts'

const named = (en: string) => ({ en, zh: en })
const registry = createRegistry({})
const go = { label: named('Go') }
const leaf = (label: string, next?: string): StateDefinition => ({ label: named(label), ...(next ? { on: { go: { target: next } } } : { type: 'final' as const }) })
const papers = (label: string): StateDefinition => ({ label: named(label), initial: 'open', states: { open: leaf('Open', 'in'), in: leaf('In', 'checked'), checked: leaf('Checked') } })
const sign = (label: string): StateDefinition => ({ label: named(label), initial: 'asked', states: { asked: leaf('Asked', 'signed'), signed: leaf('Signed') } })
const compiled = (states: WorkflowDefinition['states']) => compileWorkflow({ slug: 'w', version: 1, entity: 'w', label: named('W'), initial: 'draft', events: { go }, states } satisfies WorkflowDefinition, registry)
const parallel = (label: string, states: Readonly<Record<string, StateDefinition>>): StateDefinition => ({ label: named(label), type: 'parallel', onDone: { target: 'done' }, states })

const old = compiled({ draft: leaf('Draft', 'review'), review: parallel('Review', { papers: papers('Papers'), sign: sign('Signature') }), done: leaf('Done') })
const renamed = compiled({ draft: leaf('Draft', 'checking'), checking: parallel('Checking', { dossier: papers('Dossier'), sign: sign('Signature') }), done: leaf('Done') })
const under = 'review.papers.in|review.sign.asked'

it('offers every state once, and each region its own choice', () => {
  expect(targetStates(renamed).map(({ path, state, label }) => [path, state, label.en])).toEqual([['draft', 'draft', 'Draft'], ['checking', 'checking.dossier.open|checking.sign.asked', 'Checking'], ['done', 'done', 'Done']])
  expect(targetStates(renamed)[1]?.regions?.map(({ path, label, states }) => [path, label.en, states.map((one) => [one.state, one.label.en])])).toEqual([
    ['checking.dossier', 'Dossier', [['checking.dossier.open', 'Open'], ['checking.dossier.in', 'In'], ['checking.dossier.checked', 'Checked']]],
    ['checking.sign', 'Signature', [['checking.sign.asked', 'Asked'], ['checking.sign.signed', 'Signed']]],
  ])
})

it('proposes a state that is called the same or has the same name, if there is one only', () => {
  const plain = compiled({ draft: leaf('Draft', 'old'), old: { label: named('Old'), initial: 'done', states: { done: leaf('Over', 'nothing'), nothing: leaf('Nothing') } } })
  expect(likelyState(renamed, plain, 'old.done')).toBe('done')
  expect(likelyState(renamed, plain, 'old.nothing')).toBeUndefined()
  expect(likelyState(renamed, plain, 'unheard.of')).toBeUndefined()
  const twice = compiled({ draft: leaf('Draft', 'one'), one: leaf('Over', 'two'), two: leaf('Over', 'done'), done: leaf('Done') })
  expect(likelyState(twice, plain, 'old.done')).toBe('done')
})

it('keeps where each region stands, though the state and a region have another name', () => {
  expect(likelyState(renamed, old, under)).toBe('checking.dossier.in|checking.sign.asked')
  expect(likelyState(renamed, old, 'review.papers.checked|review.sign.asked')).toBe('checking.dossier.checked|checking.sign.asked')
  const onlyRegion = compiled({ draft: leaf('Draft', 'review'), review: parallel('Review', { dossier: papers('Papers'), sign: sign('Signature') }), done: leaf('Done') })
  expect(likelyState(onlyRegion, old, under)).toBe('review.dossier.in|review.sign.asked')
})

it('says which regions a target begins again, and which it has no place for', () => {
  const progress = progressOf(renamed, old, under)
  expect(progress.map(({ label }) => label.en)).toEqual(['Papers'])
  expect(lossesIn(progress, 'checking.dossier.in|checking.sign.asked')).toEqual([])
  expect(lossesIn(progress, 'checking.dossier.checked|checking.sign.asked')).toEqual([])
  expect(lossesIn(progress, 'checking.dossier.open|checking.sign.asked')).toEqual([{ label: named('Papers'), kind: 'begins' }])
  expect(lossesIn(progress, 'draft')).toEqual([{ label: named('Papers'), kind: 'gone' }])
  expect(progressOf(renamed, old, 'review.papers.open|review.sign.asked')).toEqual([])
  expect(progressOf(renamed, old, 'draft')).toEqual([])
})

it('where the state of a region is gone, it begins again, and that is told', () => {
  const without = compiled({ draft: leaf('Draft', 'checking'), checking: parallel('Checking', { dossier: { label: named('Papers'), initial: 'open', states: { open: leaf('Open', 'sent'), sent: leaf('Sent') } }, sign: sign('Signature') }), done: leaf('Done') })
  const proposed = likelyState(without, old, under) ?? ''
  expect(proposed).toBe('checking.dossier.open|checking.sign.asked')
  expect(lossesIn(progressOf(without, old, under), proposed)).toEqual([{ label: named('Papers'), kind: 'begins' }])
})

it('puts one region elsewhere and leaves the others', () => {
  expect(partOf(under, 'review.papers')).toBe('review.papers.in')
  expect(withPart(under, { region: 'review.sign', part: 'review.sign.signed' })).toBe('review.papers.in|review.sign.signed')
})

it('under its own version proposes where a document stands, loses nothing, and every choice is a state', () => {
  const workflows = anyDefinition.filter((definition) => checkDefinition(definition, randomRegistry).every(({ severity }) => severity === 'warning')).map((definition) => compileWorkflow(definition, randomRegistry))
  fc.assert(fc.property(workflows, fc.array(fc.record({ event: fc.constantFrom(...eventNames), facts: anyFacts }), { maxLength: 15 }), (workflow, tries) => {
    const choices = (states: readonly TargetState[], whole: (state: string) => string): string[] =>
      states.flatMap(({ state, regions = [] }) => [whole(state), ...regions.flatMap((region) => choices(region.states, (part) => whole(withPart(state, { region: region.path, part }))))])
    for (const state of choices(targetStates(workflow), (one) => one)) expect(workflow.configuration(state)?.state).toBe(state)
    let { snapshot, state } = startWorkflow(workflow)
    for (const { event, facts } of tries) {
      const result = transition(workflow, { snapshot, event, facts, document: {}, roles: ['owner', 'system'], reason: 'because' })
      if (!result.ok) continue
      ;({ snapshot, state } = result)
      expect(likelyState(workflow, workflow, state)).toBe(state)
      expect(lossesIn(progressOf(workflow, workflow, state), state)).toEqual([])
    }
  }))
})
