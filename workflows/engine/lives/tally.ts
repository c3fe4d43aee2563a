import type { Life, Move, MoveKind } from './life.ts'
import { addLength, newSketch, type Sketch } from './sketch.ts'

/** What many lives come to: plain JSON of a size that does not grow with their number, so that a count can be broken off and gone on with. */
export type Tally = {
  documents: number
  /** By the hash of the definition that ruled; empty: none is known. */
  versions: Record<string, VersionTally>
  /** By the first day of a week. */
  weeks: Record<string, { begun: number; ended: number }>
  /** From the beginning of a life to its first end. */
  whole: Sketch
}
export type VersionTally = { states: Record<string, StateTally>; moves: Record<string, MoveTally> }
export type StateTally = {
  /** Visits that began. */
  visits: number
  /** Of these the second and later ones of their document. */
  rework: number
  /** Documents that came here, and those that came here again. */
  documents: number
  again: number
  /** How long the visits took that ended. */
  time: Sketch
}
export type MoveTally = { kind: MoveKind; from: string | null; to: string; event: string | null; count: number; time: Sketch }

export type Counting = {
  /** Only what happened from here on and before there, in milliseconds since 1970. */
  readonly from: number
  readonly until: number
  /** Whether a document may stay in a state for good, under the definition with that hash. */
  readonly isEnd: (state: string, hash: string | null) => boolean
  /** First day of the week of a moment. */
  readonly weekOf: (at: number) => string
}

export const newTally = (): Tally => ({ documents: 0, versions: {}, weeks: {}, whole: newSketch() })

/** Adds the life of one document. Median and rework go by visits, arrows by moves; each counts in the span in which it happened. */
export function addLife(tally: Tally, { moves, visits }: Life, { from, until, isEnd, weekOf }: Counting): void {
  const isIn = (at: number) => at >= from && at < until
  const came = new Set<StateTally>()
  const again = new Set<StateTally>()
  let isSeen = false
  for (const { state, hash, turn, entered, left } of visits) {
    if (left !== null && isIn(left)) addLength(stateOf(tally, hash, state).time, left - entered)
    if (!isIn(entered)) continue
    const own = stateOf(tally, hash, state)
    own.visits++
    came.add(own)
    if (turn === 1) continue
    own.rework++
    again.add(own)
  }
  for (const own of came) own.documents++
  for (const own of again) own.again++
  for (const move of moves) {
    if (!isIn(move.at)) continue
    isSeen = true
    const own = moveOf(tally, move)
    own.count++
    if (move.after !== null) addLength(own.time, move.after)
  }
  if (isSeen) tally.documents++
  const [first] = visits
  const end = visits.find(({ state, hash }) => isEnd(state, hash))
  if (first && isIn(first.entered)) weekAt(tally, weekOf(first.entered)).begun++
  if (first && end && isIn(end.entered)) {
    weekAt(tally, weekOf(end.entered)).ended++
    addLength(tally.whole, end.entered - first.entered)
  }
}

const versionOf = ({ versions }: Tally, hash: string | null) => (versions[hash ?? ''] ??= { states: {}, moves: {} })
const stateOf = (tally: Tally, hash: string | null, state: string) => (versionOf(tally, hash).states[state] ??= { visits: 0, rework: 0, documents: 0, again: 0, time: newSketch() })
const moveOf = (tally: Tally, { kind, from, to, event, hash }: Move) => (versionOf(tally, hash).moves[JSON.stringify([kind, from, to, event])] ??= { kind, from, to, event, count: 0, time: newSketch() })
const weekAt = ({ weeks }: Tally, week: string) => (weeks[week] ??= { begun: 0, ended: 0 })
