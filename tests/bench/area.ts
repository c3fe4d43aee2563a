import type { Measure } from './measures.ts'

/** What a run gives to each of its parts. */
export type Run = {
  readonly quick: boolean
  /** Tells a person what goes on. */
  readonly tell: (line: string) => void
  readonly add: (...measures: readonly Measure[]) => void
}
