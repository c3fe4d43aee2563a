import fc from 'fast-check'

/** `FUZZ_SEED` repeats a run; otherwise each is a new one. */
const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2_147_483_647)

/** So many attempts by the budget of this run: TEST_BUDGET=full searches twenty times as long. */
export const runsOf = (quick: number): number => (process.env.TEST_BUDGET === 'full' ? quick * 20 : quick)

type Fuzz<T> = { readonly name: string; readonly runs: number; readonly arbitrary: fc.Arbitrary<T>; readonly attempt: (value: T) => Promise<void>; readonly show: (value: T) => string }

/** Tries what is generated; the first that breaks a promise is made as small as it gets and told with the seed and path that repeat it. */
export async function fuzz<T>({ name, runs, arbitrary, attempt, show }: Fuzz<T>): Promise<void> {
  const began = performance.now()
  const details = await fc.check(fc.asyncProperty(arbitrary, attempt), { seed, numRuns: runs, ...(process.env.FUZZ_PATH ? { path: process.env.FUZZ_PATH } : {}) })
  const seconds = (performance.now() - began) / 1000
  console.log(`Fuzz ${name}: seed ${seed}, ${details.numRuns} attempts in ${seconds.toFixed(1)} s`)
  if (!details.failed) return
  const [smallest] = details.counterexample ?? []
  const said = details.errorInstance instanceof Error ? details.errorInstance.message : String(details.errorInstance)
  throw new Error(`${name}: repeat with FUZZ_SEED=${seed} FUZZ_PATH=${details.counterexamplePath ?? ''}\n${smallest === undefined ? '' : show(smallest).slice(0, 2_000)}\n${said.slice(0, 2_000)}`)
}
