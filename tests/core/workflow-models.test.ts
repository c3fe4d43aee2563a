import { describe, expect, it } from 'vitest'
import { builtPlugins } from '../../config/plugins.ts'
import { shippedRoles } from '../../config/roles.ts'
import { createPlatform } from '../../plugins/core/platform/platform.ts'
import { transitionPaths } from '../../workflows/engine/paths.ts'
import { isSystemOnly } from '../../workflows/engine/permission.ts'
import { replay } from '../../workflows/engine/replay.ts'

const { workflows } = createPlatform(builtPlugins, shippedRoles)

describe.each([...workflows])('the workflow of %s, walked along the shortest way to each of its arrows', (entity, compiled) => {
  const { paths, unreachable, states, truncated } = transitionPaths(compiled)

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
