/**
 * Which row that stood before each row is, by place; undefined: it is new. Rows have no ids, so they are known by what stands in them: by all
 * of it first, then by most of it, and by their place where several are alike. Each row that stood is one row now at most. `now`, `before`:
 * the cells that people enter, as texts that are equal where the cells are, empty ones as "". Browser and server ask this one function.
 */
export function rowsBefore(now: readonly (readonly string[])[], before: readonly (readonly string[])[]): readonly (number | undefined)[] {
  const open = new Set(before.keys())
  const found: (number | undefined)[] = now.map(() => undefined)
  const claim = (at: number, old: number) => { found[at] = old; open.delete(old) }
  const isSame = (a: readonly string[] = [], b: readonly string[] = []) => a.length === b.length && a.every((cell, index) => cell === b[index])
  now.forEach((row, at) => { if (open.has(at) && isSame(row, before[at])) claim(at, at) })
  const alike = new Map<string, number[]>()
  for (const old of open) {
    const key = JSON.stringify(before[old])
    alike.set(key, [...alike.get(key) ?? [], old])
  }
  now.forEach((row, at) => {
    const old = found[at] === undefined ? alike.get(JSON.stringify(row))?.shift() : undefined
    if (old !== undefined) claim(at, old)
  })
  now.forEach((row, at) => {
    const old = found[at] === undefined ? nearest(row, at, before, open) : undefined
    if (old !== undefined) claim(at, old)
  })
  return found
}

/** The row that is left with most filled cells in common, at least one; of those that have as many, the one nearest by place. */
function nearest(row: readonly string[], at: number, before: readonly (readonly string[])[], open: ReadonlySet<number>): number | undefined {
  const commonWith = (old: number) => row.reduce((sum, cell, index) => sum + (cell !== '' && cell === before[old]?.[index] ? 1 : 0), 0)
  // All but one of the cells: nothing that is left has more.
  if (open.has(at) && commonWith(at) >= row.length - 1 && row.length > 1) return at
  let best: { readonly old: number; readonly common: number } | undefined
  for (const old of open) {
    const common = commonWith(old)
    if (common > 0 && (!best || common > best.common || (common === best.common && Math.abs(old - at) < Math.abs(best.old - at)))) best = { old, common }
  }
  return best?.old
}
