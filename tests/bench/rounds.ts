/**
 * Measures several things by turns (A B, B A, A B …), so that what else goes on at the machine meets all of them.
 * @returns the median of each
 */
export async function byTurns<Name extends string>(rounds: number, contestants: Readonly<Record<Name, () => Promise<number>>>): Promise<Record<Name, number>> {
  const names = Object.keys(contestants) as Name[]
  const figures = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) figures[name].push(await contestants[name]())
  }
  return Object.fromEntries(names.map((name) => [name, median(figures[name])])) as Record<Name, number>
}

export function median(figures: readonly number[]): number {
  const sorted = figures.toSorted((left, right) => left - right)
  const middle = Math.floor(sorted.length / 2)
  const [low = 0, high = 0] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]]
  return (low + high) / 2
}

/** How often a second `step` is done by so many who each begin again when they are answered. */
export async function rateOf({ clients, milliseconds }: { readonly clients: number; readonly milliseconds: number }, step: (client: number) => Promise<void>): Promise<number> {
  const began = performance.now()
  let done = 0
  await Promise.all(Array.from({ length: clients }, async (_, client) => {
    do {
      await step(client)
      done++
    } while (performance.now() - began < milliseconds)
  }))
  return (done / (performance.now() - began)) * 1000
}
