import type { Tone } from '../../../../config/language/entity.ts'
import type { Refusal } from '../../../../config/language/refusal.ts'
import type { Json, Text } from '../../../../config/language/text.ts'
import type { AvailableEvent } from '../../../../workflows/engine/available.ts'

/** Where a document stands in a trial. */
export type SimulatedPlace = { readonly state: string; readonly label: Text; readonly tone: Tone; readonly done: boolean }

/** A timer that a trial has running. `due` is absent where nobody can tell from what is given. */
export type SimulatedTimer = { readonly key: string; readonly delay: string; readonly event: string; readonly label: Text; readonly due: string | null }

export type SimulatedStep = {
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
}
