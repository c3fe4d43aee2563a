/** What goes into a part directly. */
export type ChildrenOf = (part: string) => readonly string[]

/** A part that goes into itself, directly or by way of others: `path` begins and ends with it. */
export class BillCycleError extends Error {
  override readonly name = 'BillCycleError'
  readonly path: readonly string[]
  constructor(path: readonly string[]) {
    super(`A part goes into itself: ${path.join(' → ')}`)
    this.path = path
  }
}

export type Levels = {
  /** Parts, each after everything it goes into; as far as that leaves open, in the order in which they are named. */
  readonly order: readonly string[]
  /**
   * Low-level code by part: the lowest level at which it is found in any of the structures, where a top stands at 0 (APICS
   * Dictionary, "low-level code"; Orlicky, Material Requirements Planning). Whoever works through the parts from 0 on, or back,
   * meets each once.
   */
  readonly codes: ReadonlyMap<string, number>
}

/**
 * Everything that is reached from the tops, by level. Depth first and without recursion, so that structures of any depth do.
 * @throws BillCycleError
 */
export function levelsOf(tops: Iterable<string>, childrenOf: ChildrenOf): Levels {
  const finished: string[] = []
  // What goes into what is asked once.
  const below = new Map<string, readonly string[]>()
  const onPath = new Set<string>()
  for (const top of tops) visit(top)
  const order = finished.reverse()
  const codes = new Map<string, number>(order.map((part) => [part, 0]))
  for (const part of order) {
    const next = (codes.get(part) ?? 0) + 1
    for (const child of below.get(part) ?? []) if ((codes.get(child) ?? 0) < next) codes.set(child, next)
  }
  return { order, codes }

  function visit(top: string): void {
    if (below.has(top)) return
    const path: { readonly part: string; readonly children: readonly string[]; left: number }[] = []
    const enter = (part: string) => {
      const children = childrenOf(part)
      onPath.add(part)
      below.set(part, children)
      // The last child first, so that the first stands first in the order.
      path.push({ part, children, left: children.length })
    }
    enter(top)
    for (let place = path.at(-1); place; place = path.at(-1)) {
      const child = place.children[--place.left]
      if (child === undefined) {
        path.pop()
        onPath.delete(place.part)
        finished.push(place.part)
      } else if (onPath.has(child)) {
        const parts = path.map(({ part }) => part)
        throw new BillCycleError([...parts.slice(parts.indexOf(child)), child])
      } else if (!below.has(child)) enter(child)
    }
  }
}

/** The way from a part back to itself, begun and ended with it; undefined where there is none. */
export function findCycle(tops: Iterable<string>, childrenOf: ChildrenOf): readonly string[] | undefined {
  try {
    levelsOf(tops, childrenOf)
    return undefined
  } catch (error) {
    if (error instanceof BillCycleError) return error.path
    throw error
  }
}
