import type { EntityBehaviour, TrellisPlugin } from './plugin.ts'

/** What all plugins do with each entity: where several have a behaviour, each runs, in the order of the plugins. */
export function composeBehaviours(plugins: readonly Pick<TrellisPlugin, 'behaviours'>[]): Map<string, EntityBehaviour> {
  const composed = new Map<string, EntityBehaviour>()
  for (const { behaviours } of plugins) {
    for (const [entity, behaviour] of Object.entries(behaviours ?? {})) {
      const before = composed.get(entity)
      composed.set(entity, before ? both(before, behaviour) : behaviour)
    }
  }
  return composed
}

function both(first: EntityBehaviour, second: EntityBehaviour): EntityBehaviour {
  return {
    async fill(context, drafts) {
      await first.fill?.(context, drafts)
      await second.fill?.(context, drafts)
    },
    async prepare(context, draft) {
      await first.prepare?.(context, draft)
      await second.prepare?.(context, draft)
    },
    async stored(context, draft) {
      await first.stored?.(context, draft)
      await second.stored?.(context, draft)
    },
    async sending(context, step) {
      await first.sending?.(context, step)
      await second.sending?.(context, step)
    },
    async discarding(context, document) {
      await first.discarding?.(context, document)
      await second.discarding?.(context, document)
    },
  }
}
