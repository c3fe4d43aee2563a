import { describe, expect, it } from 'vitest'
import { contextFields } from '../../admin/document/context-fields.ts'
import { builtPlugins } from '../../config/plugins.ts'
import { shippedRoles } from '../../config/roles.ts'
import { systemActor } from '../../plugins/core/access/actor.ts'
import { createPlatform } from '../../plugins/core/platform/platform.ts'
import { describeEntity } from '../../plugins/core/views/entity-view.ts'
import { checkDefinition } from '../../workflows/engine/check-definition.ts'
import { transitionPaths } from '../../workflows/engine/paths.ts'
import { isSystemOnly } from '../../workflows/engine/permission.ts'
import { replay } from '../../workflows/engine/replay.ts'

const { workflows } = createPlatform(builtPlugins, shippedRoles)

describe.each([...workflows])('the workflow of %s, walked along the shortest way to each of its arrows', (entity, compiled) => {
  const { paths, unreachable, states, truncated } = transitionPaths(compiled)

  it('names nothing that no plugin brings', () => {
    expect(checkDefinition(compiled.definition, compiled.registry).filter(({ severity }) => severity === 'error')).toEqual([])
  })

  it('has no arrow and no state that cannot be reached', () => {
    expect(unreachable).toEqual([])
    expect(truncated).toBe(false)
    expect([...states].sort()).toEqual(Object.keys(compiled.definition.states).sort())
  })

  it('comes out of a replay of each way as it went in', () => {
    expect(paths.length).toBeGreaterThan(0)
    for (const { steps } of paths) {
      expect(replay(compiled, { steps })).toMatchObject({ state: steps.at(-1)?.state ?? compiled.initial.configuration.state })
      expect(replay(compiled, { steps })).not.toHaveProperty('divergence')
    }
  })

  it('has for each event a role that holds the right to send it', () => {
    for (const [event, definition] of Object.entries(compiled.definition.events)) {
      if (isSystemOnly(definition)) continue
      const able = shippedRoles.filter(({ slug, permissions }) =>
        (definition.roles?.includes(slug) ?? slug !== 'owner') &&
        permissions.some((permission) => (permission.entity === entity || permission.entity === '*') && permission.actions.includes('send') && (!permission.events || permission.events.includes(event))))
      expect(able.map(({ slug }) => slug), `${entity}.${event}`).not.toEqual([])
    }
  })
})

describe('a panel that asks something of each line', () => {
  const platform = createPlatform(builtPlugins, shippedRoles)
  const owner = { ...systemActor, id: 'owner', roles: ['owner'] }
  const asked = [...workflows].flatMap(([slug, { definition }]) => Object.entries(definition.events).flatMap(([event, { lineInput = [] }]) => (lineInput.length > 0 ? [{ slug, event, lineInput }] : [])))

  it.each(asked)('calls no two columns the same: $slug $event', ({ slug, lineInput }) => {
    const definition = platform.entities.get(slug)
    if (!definition) throw new Error(`no entity ${slug}`)
    const entity = describeEntity({ platform, actor: owner }, definition)
    const line = { id: '1', ...Object.fromEntries((entity.lines?.fields ?? []).map(({ name }) => [name, '1'])) }
    for (const language of ['en', 'zh'] as const) {
      const labels = [...contextFields({ entity, lines: [line] }), ...lineInput].map(({ label }) => label[language])
      expect(labels).toEqual([...new Set(labels)])
      expect(labels.filter((label) => ['Quantity', '数量'].includes(label))).toEqual([])
    }
  })
})
