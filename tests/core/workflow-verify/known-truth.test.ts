import { describe, expect, it } from 'vitest'
import type { WorkflowDefinition } from '../../../config/language/workflow.ts'
import { compileWorkflow } from '../../../workflows/engine/compile.ts'
import { replay } from '../../../workflows/engine/replay.ts'
import { verifyWorkflow } from '../../../workflows/engine/verify/verify-workflow.ts'
import { faults } from './faults.ts'
import { flow, sketchRegistry } from './flow.ts'

// Nothing sends events for the platform in these sketches, and that is known.
const prove = (definition: WorkflowDefinition) => verifyWorkflow(definition, sketchRegistry, { sent: [] })
const certainOf = (definition: WorkflowDefinition) => prove(definition).findings
  .filter(({ certainty }) => certainty === 'certain').map(({ code, path }) => `${code.replace('workflow.', '')} @ ${path}`)

describe('known truth', () => {
  it('is at least sixty faults, and as many sound workflows', () => {
    expect(faults.length).toBeGreaterThanOrEqual(60)
    expect(new Set(faults.map(([, faulty]) => JSON.stringify(faulty))).size).toBe(faults.length)
  })

  it.each(faults)('%s is found', (_, faulty, said) => {
    expect(certainOf(faulty)).toContain(said)
    expect(prove(faulty)).toMatchObject({ blocked: true, passed: false })
  })

  it.each(faults)('%s, mended, is not blocked', (_, _faulty, _said, mended) => {
    expect(certainOf(mended)).toEqual([])
    expect(prove(mended)).toMatchObject({ blocked: false, passed: true })
  })

  it.each([
    ['an approval that its role has no right to give', ['approve'], 'clerk', ['ask'], 'certain'],
    ['one that only the owner can give', ['approve'], 'owner', undefined, 'possible'],
    ['one that its role may give', ['approve'], 'clerk', undefined, undefined],
  ] as const)('looks at rights: %s', (_, [event], slug, events, said) => {
    const definition = flow({ s: 'ask>w', w: 'approve>z', z: 'final' }, { approve: ['clerk'], ask: ['clerk', 'owner'] })
    const holder = { slug, label: definition.label, permissions: [{ entity: 'sketches', actions: ['send'] as const, ...(events && { events }) }] }
    const found = verifyWorkflow(definition, sketchRegistry, { roles: [holder] }).findings
    expect(found.find(({ path }) => path === `events.${event}.roles`)?.certainty).toBe(said)
  })

  it.each([
    ['in itself', flow({ s: '@P1D:late late>s end>z', z: 'final' }), ['timer-again']],
    ['in what stands around it', flow({ s: ['@P1D:late late>s end>z', { x: 'a>y', y: '' }], z: 'final' }), ['timer-again']],
    ['elsewhere', flow({ s: '@P1D:late late>t end>z', t: 'end>z', z: 'final' }), []],
  ])('tells of a time that begins itself anew: it ends %s', (_, definition, said) => {
    expect(prove(definition).findings.map(({ code }) => code.replace('workflow.', '')).filter((code) => code === 'timer-again')).toEqual(said)
  })

  it('shows each fault by events that the engine takes', () => {
    let shown = 0
    for (const [, faulty, said] of faults) {
      const finding = prove(faulty).findings.find(({ code, path }) => `${code.replace('workflow.', '')} @ ${path}` === said)
      if (!finding?.example) continue
      shown += 1
      const compiled = compileWorkflow(faulty, sketchRegistry)
      expect(replay(compiled, { steps: finding.example })).toMatchObject({ state: finding.example.at(-1)?.to ?? compiled.initial.configuration.state })
      expect(replay(compiled, { steps: finding.example })).not.toHaveProperty('divergence')
    }
    expect(shown).toBeGreaterThan(30)
  })

  it('speaks both languages', () => {
    for (const { message } of faults.flatMap(([, faulty]) => prove(faulty).findings)) {
      expect(message.zh).toMatch(/[\u4e00-\u9fff]/)
      expect(message.en).toMatch(/\.$/)
    }
  })
})
