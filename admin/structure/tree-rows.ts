/** A row of a tree that is told as a list, each row behind what it hangs on. */
export type TreeRow = { readonly level: number; /** Place in the list; null at the top. */ readonly parent: number | null; readonly partNumber: string; readonly name: string; readonly nameZh: string }

/** Places of rows that something hangs on. */
export function parentsOf(rows: readonly Pick<TreeRow, 'parent'>[]): ReadonlySet<number> {
  return new Set(rows.flatMap(({ parent }) => parent ?? []))
}

export type Shown = { /** Places of the rows to draw, in their order. */ readonly places: readonly number[]; /** Of these, what was searched for. */ readonly hits: ReadonlySet<number> }

/**
 * What is to be seen: everything that hangs on nothing closed; while something is searched for, what was found and what it hangs
 * on, opened. One pass, so that 10,000 rows answer while one types.
 */
export function shownRows(rows: readonly TreeRow[], { closed, words }: { readonly closed: ReadonlySet<number>; readonly words: string }): Shown {
  const wanted = words.trim().toLowerCase()
  if (wanted === '') {
    const hidden = new Set<number>()
    const places: number[] = []
    rows.forEach(({ parent }, place) => {
      if (parent !== null && (hidden.has(parent) || closed.has(parent))) hidden.add(place)
      else places.push(place)
    })
    return { places, hits: new Set() }
  }
  const hits = new Set<number>()
  const kept = new Set<number>()
  rows.forEach(({ partNumber, name, nameZh }, place) => {
    if (![partNumber, name, nameZh].some((text) => text.toLowerCase().includes(wanted))) return
    hits.add(place)
    for (let at: number | null = place; at !== null && !kept.has(at); at = rows[at]?.parent ?? null) kept.add(at)
  })
  return { places: rows.flatMap((_, place) => (kept.has(place) ? [place] : [])), hits }
}

/** Where a key leads: the row to stand on, and what is opened or closed there. */
export function afterKey(
  key: string, { rows, shown, at, closed, parents }: { readonly rows: readonly TreeRow[]; readonly shown: readonly number[]; readonly at: number; readonly closed: ReadonlySet<number>; readonly parents: ReadonlySet<number> },
): { readonly at: number; readonly open?: number; readonly close?: number } | undefined {
  const index = Math.max(0, shown.indexOf(at))
  const stand = (to: number) => ({ at: shown[Math.max(0, Math.min(shown.length - 1, to))] ?? at })
  switch (key) {
    case 'ArrowDown': return stand(index + 1)
    case 'ArrowUp': return stand(index - 1)
    case 'PageDown': return stand(index + 15)
    case 'PageUp': return stand(index - 15)
    case 'Home': return stand(0)
    case 'End': return stand(shown.length - 1)
    case 'ArrowRight': return parents.has(at) ? (closed.has(at) ? { at, open: at } : stand(index + 1)) : undefined
    case 'ArrowLeft': return parents.has(at) && !closed.has(at) ? { at, close: at } : { at: rows[at]?.parent ?? at }
    default: return undefined
  }
}
