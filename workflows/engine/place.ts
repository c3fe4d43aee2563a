import type { Refusal } from '../../config/language/refusal.ts'
import type { CompiledWorkflow } from './compile.ts'
import { stateText, type Configuration, type StateValue } from './configuration.ts'
import type { Memory } from './memory.ts'
import { refusals } from './messages.ts'

/** What a document stores, as JSON. Without the hash XState would restore it into any definition that has the state. */
export type WorkflowSnapshot = { readonly definitionHash: string; readonly value: StateValue; readonly memory?: Memory }

/** Where a document stands: its snapshot, or the state's text with the hash of the definition it was reached under. */
export type Place = { readonly snapshot: WorkflowSnapshot } | { readonly state: string; readonly definitionHash?: string; readonly memory?: Memory }

export type Restored = { readonly ok: true; readonly configuration: Configuration } | { readonly ok: false; readonly refusal: Refusal }

/** Checks the hash first, then that the state exists with all its regions. Never throws for stored data, however damaged. */
export function restore(compiled: CompiledWorkflow, place: Place): Restored {
  const stored = 'snapshot' in place ? place.snapshot : place
  if (stored.definitionHash !== undefined && stored.definitionHash !== compiled.hash) {
    return { ok: false, refusal: refusals.definitionChanged() }
  }
  const state = 'snapshot' in place ? stateText(place.snapshot.value) : place.state
  const configuration = compiled.configuration(state, stored.memory)
  return configuration ? { ok: true, configuration } : { ok: false, refusal: refusals.stateUnknown(state) }
}

export function snapshotOf(compiled: CompiledWorkflow, configuration: Configuration): WorkflowSnapshot {
  return { definitionHash: compiled.hash, value: configuration.snapshot.value, ...(configuration.memory && { memory: configuration.memory }) }
}
