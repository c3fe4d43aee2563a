import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { CompiledWorkflow } from '../../../workflows/engine/compile.ts'
import { isEnd } from '../../../workflows/engine/describe.ts'
import { isLeaf } from '../../../workflows/engine/nodes.ts'
import { isOutcome, isSystemOnly, roleRefusal } from '../../../workflows/engine/permission.ts'
import { eventDefinition } from '../../../workflows/engine/transition.ts'
import type { Actor } from '../access/actor.ts'
import { can } from '../access/can.ts'

/** The event by which a person moves a document forward out of a state: the primary one, else the first that is no step back. Undefined where it is others' turn. */
export function nextEvent(compiled: CompiledWorkflow, state: string, { actor, entity }: { readonly actor: Actor; readonly entity: EntityDefinition }): string | undefined {
  const configuration = compiled.configuration(state)
  if (!configuration || isEnd(compiled, state)) return undefined
  const known = Object.keys(compiled.definition.events).flatMap((name) => {
    const event = configuration.candidates.has(name) ? eventDefinition(compiled, name) : undefined
    return event && !isSystemOnly(event) && !isOutcome(configuration, name) ? [{ name, event }] : []
  })
  const primary = known.filter(({ event }) => event.primary)
  const forward = primary.length > 0 ? primary : known.filter(({ event }) => event.tone !== 'bad').slice(0, 1)
  return forward.find(({ name, event }) => roleRefusal({ compiled, event, roles: actor.roles }) === undefined && can(actor, 'send', entity, name).allowed)?.name
}

/** States that a document stands in alone, as texts; those of parallel regions have to be asked of the documents. */
export function singleStates({ nodes }: CompiledWorkflow): { readonly states: readonly string[]; readonly areAll: boolean } {
  const list = [...nodes.values()]
  const areAll = list.every(({ kind }) => kind !== 'parallel')
  return { states: areAll ? list.filter(isLeaf).map(({ path }) => path) : [], areAll }
}
