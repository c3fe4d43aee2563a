import type { Payload } from 'payload'
import type { RecordedStep } from '../../../../workflows/engine/replay.ts'
import type { Row } from '../../data/store.ts'
import type { Desk } from './desk.ts'

/** One event of a walk: what is sent, which guards are to hold for it, and where it leads. */
export type WalkStep = Required<RecordedStep>

/** Where a walk stands. */
export type OnTheWay = {
  readonly id: string
  readonly document: Row
  readonly step: WalkStep
  /** What comes after the step. */
  readonly ahead: readonly WalkStep[]
}

/** What a person enters with an event, in spoken values. */
export type Entered = { readonly input?: object; readonly lines?: readonly object[]; readonly newLines?: readonly object[]; readonly reason?: string }

/** What a plugin knows about the documents of an entity that their fields do not say: how one comes about, and what guards ask of others. */
export type Arranger = {
  readonly entity: string
  /** Makes the document that is to go these steps. @returns its id; absent: made of its fields */
  readonly make?: (desk: Desk, steps: readonly WalkStep[]) => Promise<string>
  /** Before an event, by its name: brings about what its guards ask of other documents. @returns what is to be entered with it */
  readonly before?: Readonly<Record<string, (desk: Desk, place: OnTheWay) => Promise<Entered | void>>>
}

/** What a plugin's documents need before the first of them, in an empty database. */
export type ScratchFirm = (payload: Payload) => Promise<void>

/** Whether a guard of this type (and, where given, with this in its key) is to come out so in the step. */
export function wants({ guards }: WalkStep, type: string, part = ''): boolean | undefined {
  return Object.entries(guards).find(([key]) => (key === type || key.startsWith(`${type}(`)) && key.includes(part))?.[1]
}
