/**
 * Runs work on the same key one after the other, in the order of asking, within this process. It guards nothing (the
 * database does): it spares commands on one document the conflicts they would otherwise have with each other.
 */
export function inTurn<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
  const previous = tails.get(key) ?? Promise.resolve()
  const result = previous.then(work)
  const tail = result.then(() => {}, () => {}).then(() => {
    if (tails.get(key) === tail) tails.delete(key)
  })
  tails.set(key, tail)
  return result
}

const tails = new Map<string, Promise<void>>()
