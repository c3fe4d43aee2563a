import { aqls, type Aql } from './sampling-tables.ts'
import { tablePlan, type SamplingPlan } from './sampling.ts'

/**
 * Switching between normal, tightened and reduced inspection, and discontinuing it: ISO 2859-1:1999 (GB/T 2828.1) 9.3.1 to 9.3.4
 * and 9.4. It looks at lots of one product and source on original inspection, in the order of their verdicts; lots that are
 * presented again do not count.
 */
export type Severity = 'normal' | 'tightened' | 'reduced' | 'discontinued'

export type SwitchingState = {
  readonly severity: Severity
  /** The last lots on normal inspection, up to four, oldest first: which were accepted. */
  readonly recent: readonly boolean[]
  /** Switching score (9.3.3.2); counted on normal inspection. */
  readonly score: number
  /** Lots accepted one after the other on tightened inspection. */
  readonly acceptedInRow: number
  /** Lots not accepted since tightened inspection began. */
  readonly notAccepted: number
}

/** A lot that was inspected as the state asked for. */
export type InspectedLot = {
  readonly aql: Aql
  readonly plan: SamplingPlan
  readonly nonconforming: number
  readonly accepted: boolean
}

/** Inspection begins as normal (9.2). */
export const initialState: SwitchingState = begin('normal')

/** Two of five, five in a row, thirty points, five in all. */
const limits = { window: 5, rejectedOfWindow: 2, acceptedInRow: 5, score: 30, notAccepted: 5 } as const

/**
 * The state after a lot. `mayReduce`: production is steady and the one responsible wants reduced inspection (9.3.3.1 b and c).
 * On discontinued inspection nothing counts: a lot that was inspected nevertheless changes nothing.
 */
export function afterLot(state: SwitchingState, lot: InspectedLot, { mayReduce }: { readonly mayReduce: boolean }): SwitchingState {
  if (state.severity === 'normal') return afterNormal(state, lot, mayReduce)
  if (state.severity === 'tightened') return afterTightened(state, lot)
  if (state.severity === 'reduced') return afterReduced(state, lot, mayReduce)
  return state
}

/** The supplier has acted: inspection goes on as tightened (9.4). */
export function resume(state: SwitchingState): SwitchingState {
  return state.severity === 'discontinued' ? begin('tightened') : state
}

function begin(severity: Severity): SwitchingState {
  return { severity, recent: [], score: 0, acceptedInRow: 0, notAccepted: 0 }
}

function afterNormal(state: SwitchingState, lot: InspectedLot, mayReduce: boolean): SwitchingState {
  const recent = [...state.recent, lot.accepted].slice(-limits.window)
  if (recent.filter((accepted) => !accepted).length >= limits.rejectedOfWindow) return begin('tightened')
  const score = scoreAfter(state.score, lot)
  if (mayReduce && score >= limits.score) return begin('reduced')
  return { ...state, recent: recent.slice(1 - limits.window), score }
}

/** 9.3.3.2: three points where the lot would have passed at the next tighter AQL too, two where the plan accepts with 0 or 1. */
function scoreAfter(score: number, { aql, plan, nonconforming, accepted }: InspectedLot): number {
  if (plan.acceptanceNumber < 2) return accepted ? score + 2 : 0
  const tighter = aqls[aqls.indexOf(aql) - 1]
  const passes = tighter !== undefined && nonconforming <= tablePlan({ codeLetter: plan.codeLetter, aql: tighter, severity: 'normal' }).acceptanceNumber
  return accepted && passes ? score + 3 : 0
}

function afterTightened(state: SwitchingState, { accepted }: InspectedLot): SwitchingState {
  const acceptedInRow = accepted ? state.acceptedInRow + 1 : 0
  const notAccepted = state.notAccepted + (accepted ? 0 : 1)
  if (acceptedInRow >= limits.acceptedInRow) return begin('normal')
  if (notAccepted >= limits.notAccepted) return begin('discontinued')
  return { ...state, acceptedInRow, notAccepted }
}

/**
 * A lot that is not accepted leads back to normal, as does one in the gap of a plan of MIL-STD-105E, which is accepted nevertheless
 * (its special procedure for reduced inspection); so does production that is not steady any more.
 */
function afterReduced(state: SwitchingState, { accepted, nonconforming, plan }: InspectedLot, mayReduce: boolean): SwitchingState {
  return accepted && nonconforming <= plan.acceptanceNumber && mayReduce ? state : begin('normal')
}
