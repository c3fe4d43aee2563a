import type { FieldDefinition, Tone } from '../../config/language/entity.ts'
import type { Refusal } from '../../config/language/refusal.ts'
import type { EventDefinition } from '../../config/language/workflow.ts'
import type { Text } from '../../config/language/text.ts'
import type { CompiledWorkflow } from './compile.ts'
import { factsOf, judge, type Circumstances } from './guards.ts'
import { isOutcome, isSystemOnly, roleRefusal } from './permission.ts'
import { restore, type Place } from './place.ts'
import { eventDefinition } from './transition.ts'

export type AvailableEvent = {
  readonly event: string
  readonly label: Text
  readonly help?: Text
  /** Whether it would succeed, given the input and the reason that it asks for. */
  readonly allowed: boolean
  /** Why not; empty when allowed. */
  readonly refusals: readonly Refusal[]
  readonly primary: boolean
  readonly tone: Tone
  readonly input: readonly FieldDefinition[]
  readonly lineInput: readonly FieldDefinition[]
  /** Absent: the event adds no lines. */
  readonly newLines?: readonly FieldDefinition[]
  /** Worth showing what it would do before it is done. */
  readonly preview?: boolean
  readonly reason?: 'required' | 'optional'
}

/**
 * Every event that people may send in the present state, in the order of the definition, with the reasons of those that
 * are refused. When the document's state cannot be restored (other definition, unknown state), all events of the
 * workflow stand refused with that reason.
 * @throws Error when facts that a guard declares are missing (see `requiredFacts`).
 */
export function availableEvents(compiled: CompiledWorkflow, request: Place & Omit<Circumstances, 'input'>): AvailableEvent[] {
  const { document, facts, roles } = request
  const restored = restore(compiled, request)
  return Object.entries(compiled.definition.events).flatMap(([event, definition]) => {
    if (isSystemOnly(definition)) return []
    if (!restored.ok) return [describe({ event, definition, refusals: [restored.refusal] })]
    const { configuration } = restored
    if (!configuration.candidates.has(event) || isOutcome(configuration, event)) return []
    const role = roleRefusal({ compiled, event: definition, roles })
    const refusals = role ? [role] : judge({ compiled, configuration, event, circumstances: { document, facts, roles } }).refusals
    return [describe({ event, definition, refusals })]
  })
}

/**
 * Facts to load before `transition` (with `event`) or `availableEvents` (without: those of all events that people may
 * send here). Empty when the state cannot be restored.
 */
export function requiredFacts(compiled: CompiledWorkflow, request: Place & { readonly event?: string }): string[] {
  const restored = restore(compiled, request)
  if (!restored.ok) return []
  const { configuration } = restored
  const events = request.event === undefined ? [...configuration.candidates.keys()].filter((event) => isForPeople(compiled, event)) : [request.event]
  return [...new Set(events.flatMap((event) => factsOf({ compiled, configuration, event })))]
}

function isForPeople(compiled: CompiledWorkflow, event: string): boolean {
  const definition = eventDefinition(compiled, event)
  return definition !== undefined && !isSystemOnly(definition)
}

function describe({ event, definition, refusals }: { readonly event: string; readonly definition: EventDefinition; readonly refusals: readonly Refusal[] }): AvailableEvent {
  const { label, help, primary = false, tone = 'neutral', input = [], lineInput = [], newLines, preview, reason } = definition
  return {
    event,
    label,
    ...(help && { help }),
    allowed: refusals.length === 0,
    refusals,
    primary,
    tone,
    input,
    lineInput,
    ...(newLines && { newLines }),
    ...(preview && { preview }),
    ...(reason && { reason }),
  }
}
