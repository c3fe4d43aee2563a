import type { Payload } from 'payload'
import type { Text } from '../../../config/language/text.ts'
import type { Actor } from '../access/actor.ts'
import type { CommandContext } from '../commands/context.ts'
import type { Platform } from '../platform/platform.ts'

/** A mapping from the files of another system to our entities; a plugin brings it. */
export type Importer = {
  /** Source of the external keys, e.g. `adventureworks`. */
  readonly slug: string
  readonly label: Text
  /** Files the folder must hold; by them the importer is recognised. */
  readonly files: readonly string[]
  /** Entities it writes: whoever runs it needs the right `import` on each. */
  readonly entities: readonly string[]
  /** What stands before the first row: the company, accounts. May refuse. */
  prepare?(run: ImportRun): Promise<void>
  /** Run in this order; a later one may refer to the rows of an earlier one. */
  readonly steps: readonly ImportStep[]
}

/** More of the same source, brought by a plugin that the importer does not know; its steps come after the importer's own. */
export type ImporterPart = Pick<Importer, 'files' | 'entities' | 'steps'> & { /** Slug of the importer. */ readonly importer: string }

/** Each importer with the parts that other plugins bring to it; those of an importer that is not installed are left out. */
export const withParts = (importers: readonly Importer[], parts: readonly ImporterPart[]): Importer[] => importers.map((importer) => {
  const own = parts.filter(({ importer: slug }) => slug === importer.slug)
  const all = <Item>(of: (part: Pick<Importer, 'files' | 'entities' | 'steps'>) => readonly Item[]) => [...new Set([importer, ...own].flatMap(of))]
  return own.length === 0 ? importer : { ...importer, files: all(({ files }) => files), entities: all(({ entities }) => entities), steps: all(({ steps }) => steps) }
})

export type ImportStep = { readonly name: string; readonly label: Text; run(run: ImportRun, tally: Tally): Promise<void> }

/** What became of the rows of a step. */
export type Counts = {
  read: number
  applied: number
  /** Imported before: not touched. */
  known: number
  /** Were here under the same code, not from this source: taken as they are. */
  adopted: number
  bad: number
}
/** `counts` change while the step runs; `moved` tells the progress line. */
export type Tally = { readonly counts: Counts; moved(): void }

export type RowProblem = {
  readonly file: string
  /** As a spreadsheet shows it: the header line is row 1. */
  readonly row: number
  /** Empty: the row as a whole. */
  readonly column: string
  readonly value: string
  /** `warning`: the row was applied all the same. */
  readonly severity: 'error' | 'warning'
  /** What is wrong and what helps. */
  readonly message: Text
}

export type ImportRun = {
  readonly payload: Payload
  readonly platform: Platform
  readonly folder: string
  readonly source: string
  readonly actor: Actor
  /** Code of the company to import into, where the person named one. */
  readonly company?: string
  report(problem: RowProblem): void
  /** How many errors of the file were reported in this run so far. */
  errorsIn(file: string): number
  /** Tells the person something beside the rows. */
  tell(text: Text): void
  transact<Result>(work: (context: CommandContext) => Promise<Result>): Promise<Result>
}
