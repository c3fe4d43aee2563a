import type { Payload } from 'payload'
import type { Json, Text } from '../../../config/language/text.ts'

/** Long work outside of commands. It may be broken off at any moment and begun again, so it leaves nothing half done. */
export type JobKind = {
  readonly name: string
  readonly label: Text
  /** Milliseconds between two that begin by themselves; null: none do. */
  readonly every?: (payload: Payload) => number | null
  /** @returns what people are told about it, or `unfinished`; throws with a sentence for them. */
  readonly run: (job: RunningJob) => Promise<Json | typeof unfinished>
  /** Told when it is given up: it threw, or the process ended under it too often. */
  readonly gaveUp?: (payload: Payload, input: Json, error: unknown) => Promise<void>
}

/** The job has come a piece further and is not done: others of its kind have their turn before it goes on. */
export const unfinished = Symbol('unfinished')

export type RunningJob = {
  readonly payload: Payload
  readonly input: Json
  /** Aborted when the process is to end: the job is then done later by another one. */
  readonly signal: AbortSignal
  /** What it has told so far, also before it was broken off; and to tell more. */
  readonly told: Json | null
  readonly tell: (result: Json) => Promise<void>
}
