import type { Tone } from '../../../../config/language/entity.ts'
import type { Refusal } from '../../../../config/language/refusal.ts'
import type { Json, Text } from '../../../../config/language/text.ts'
import type { AvailableEvent } from '../../../../workflows/engine/available.ts'

/** Where a document stands in a trial. */
export type SimulatedPlace = { readonly state: string; readonly label: Text; readonly tone: Tone; readonly done: boolean }

/** A timer that a trial has running. `due` is absent where nobody can tell from what is given. */
export type SimulatedTimer = { readonly key: string; readonly delay: string; readonly event: string; readonly label: Text; readonly due: string | null }

/** How long a state may last that a trial stands in. `event`: what the platform sends then. Moments are absent where a calendar has none. */
export type SimulatedDeadline = { readonly key: string; readonly label: Text; readonly event: string | null; readonly due: string | null; readonly warn: string | null }

/** An approval that is open in a trial. */
export type SimulatedApproval = {
  /** Path and label of its state. */
  readonly key: string
  readonly label: Text
  /** Sent by the platform once all have agreed. */
  readonly approved: string
  /** `asked`: people and roles; null: the step is passed over, as its condition does not hold. `instead`: for someone who cannot decide. */
  readonly steps: readonly { readonly name: string; readonly label: Text; readonly mode: 'any' | 'all' | 'vote'; readonly asked: readonly { readonly name: Text; readonly instead: boolean }[] | null }[]
}

/** What begins and ends with a step beside its timers. */
export type SimulatedWaits = {
  readonly deadlines: { readonly begun: readonly SimulatedDeadline[]; readonly ended: readonly SimulatedDeadline[] }
  readonly approvals: { readonly opened: readonly SimulatedApproval[]; readonly closed: readonly SimulatedApproval[] }
}

export type SimulatedStep = SimulatedWaits & {
  readonly event: string
  readonly label: Text
  readonly from: SimulatedPlace
  /** The same as `from` where it was refused. */
  readonly to: SimulatedPlace
  readonly refusals: readonly Refusal[]
  /** Keys of the arrows that were taken. */
  readonly arrows: readonly string[]
  /** In the order in which they would run. `tried`: what it does to the document holds for the steps that follow; others are only named. */
  readonly actions: readonly { readonly type: string; readonly label: Text; readonly params: { readonly [name: string]: Json } | null; readonly tried: boolean }[]
  readonly started: readonly SimulatedTimer[]
  readonly cancelled: readonly SimulatedTimer[]
  /** UTC ISO: for a timer the moment at which it is due. */
  readonly at: string
}

/** How a workflow would go with a document and the roles that were chosen. Nothing of it is written. */
export type Simulation = {
  readonly start: SimulatedPlace
  readonly steps: readonly SimulatedStep[]
  readonly here: SimulatedPlace
  /** What these roles could do next, and why not. */
  readonly events: readonly AvailableEvent[]
  /** What the platform itself could send next. */
  readonly automatic: readonly { readonly event: string; readonly label: Text }[]
  readonly timers: readonly SimulatedTimer[]
  /** What runs and who is asked, here and now. */
  readonly deadlines: readonly SimulatedDeadline[]
  readonly approvals: readonly SimulatedApproval[]
}
