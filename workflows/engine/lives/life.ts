/** A row of a document's history, as far as its states go; `at` is UTC ISO. */
export type LifeRow = {
  readonly at: string
  readonly action: string
  readonly event?: string | null
  readonly before?: string | null
  readonly after?: string | null
  /** The definition that ruled. */
  readonly hash?: string | null
}

/** How a document came into a state: made there, brought there by an import, by an event, by a migration, or in a way that its history does not tell. */
export type MoveKind = 'create' | 'import' | 'event' | 'migrate' | 'unexplained'

/** Milliseconds since 1970 wherever a moment is a number. */
export type Move = {
  readonly kind: MoveKind
  /** Null: its life begins. */
  readonly from: string | null
  readonly to: string
  readonly event: string | null
  readonly hash: string | null
  readonly at: number
  /** How long it had been in `from`. */
  readonly after: number | null
}

export type Visit = {
  readonly state: string
  readonly hash: string | null
  /** 1 for the first time in this state, 2 for the second … */
  readonly turn: number
  readonly entered: number
  /** Null: it is still there. */
  readonly left: number | null
}

/** Visits follow each other without a gap, so that their times add up to the age of the document. */
export type Life = { readonly moves: readonly Move[]; readonly visits: readonly Visit[] }

/** The states that a document has gone through, by the rows of its history in their order. An event that leaves it where it is, is a move and no new visit. */
export function lifeOf(rows: readonly LifeRow[]): Life {
  const moves: Move[] = []
  const visits: Visit[] = []
  const turns = new Map<string, number>()
  let here: Visit | undefined
  const go = (kind: MoveKind, { to, at, event = null, hash = null }: { readonly to: string; readonly at: number; readonly event?: string | null; readonly hash?: string | null }) => {
    moves.push({ kind, from: here?.state ?? null, to, event, hash, at, after: here ? at - here.entered : null })
    if (here?.state === to) return
    if (here) visits.push({ ...here, left: at })
    const turn = (turns.get(to) ?? 0) + 1
    turns.set(to, turn)
    here = { state: to, hash, turn, entered: at, left: null }
  }
  for (const { at: written, action, event, before, after, hash } of rows) {
    if (!after) continue
    const at = Math.max(Date.parse(written), here?.entered ?? 0)
    // Whoever changes fields says the state as well: it is news only where it is another one.
    if (!event && action === 'edit' && here?.state === after) continue
    if (before && before !== here?.state) go(here ? 'unexplained' : 'create', { to: before, at, hash: hash ?? null })
    if (!event && action === 'edit' && here?.state === after) continue
    go(kindOf(action, event, here !== undefined), { to: after, at, event: event ?? null, hash: hash ?? null })
  }
  if (here) visits.push(here)
  return { moves, visits }
}

function kindOf(action: string, event: string | null | undefined, hasBegun: boolean): MoveKind {
  if (event) return 'event'
  if (action === 'import' || action === 'migrate') return action
  // A record that was there before its workflow begins with it.
  return hasBegun ? 'unexplained' : 'create'
}
