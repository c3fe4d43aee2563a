import type { Imports } from '../../../config/generated/entities.ts'
import type { Text } from '../../../config/language/text.ts'
import type { DateOrder, DecimalMark, Delimiter } from './detect-dialect.ts'
import type { Encoding } from './detect-encoding.ts'
import type { ColumnTarget } from './propose-mapping.ts'

export type ImportStatus = Imports['status']
/** What a step in the background is told: when to end, and where the import stood before it was begun. */
export type WorkSignal = { readonly signal: AbortSignal; readonly from?: ImportStatus }

/** How the file is read. `encoding`, `delimiter`: of CSV; `sheet`: of XLSX. */
export type FileOptions = {
  readonly encoding?: Encoding
  /** The bytes do not prove the encoding, and nobody has chosen it. */
  readonly isEncodingGuessed?: boolean
  readonly delimiter?: Delimiter
  readonly sheet?: string
  readonly sheets?: readonly string[]
  /** Whether the workbook counts days from 1904. */
  readonly from1904?: boolean
  /** From 1. */
  readonly headerRow?: number
  readonly dateOrder?: DateOrder
  /** Nothing in the file says whether day or month stands first, and nobody has. */
  readonly isOrderGuessed?: boolean
  readonly decimalMark?: DecimalMark
  /** Nobody has said which; as it is shown: nor do the figures that are imported. */
  readonly isMarkGuessed?: boolean
}

/** Whether the decimal mark follows from a column's figures, or all of them could be read with either (1,500). */
export type Figures = 'clear' | 'either'

export type ImportColumn = {
  readonly index: number
  readonly header: string
  /** At most five, different from each other. */
  readonly samples: readonly string[]
  /** Absent where no text of the column is a figure with a mark. */
  readonly figures?: Figures
  readonly proposed: string | null
  readonly by: string | null
  /** 0 to 1. */
  readonly confidence: number
}

/** By the column's index. */
export type Mapping = Readonly<Record<string, ColumnTarget | null>>

export type Existing = 'skip' | 'update' | 'refuse'
/** What a row that is there already is recognised by, and what then happens. */
export type Matching = { readonly key: string | null; readonly existing: Existing }

export type ImportCounts = {
  /** Rows of the file below its header; null until it has been read. */
  readonly rows: number | null
  readonly read: number
  readonly good: number
  readonly bad: number
  /** Documents. */
  readonly created: number
  readonly changed: number
  readonly skipped: number
  readonly problems: number
}

export const noCounts: ImportCounts = { rows: null, read: 0, good: 0, bad: 0, created: 0, changed: 0, skipped: 0, problems: 0 }

/** Where the run stands, in bytes of its files. */
export type Position = { readonly rows: number; readonly problems: number }

export type ColumnProblems = { readonly column: number | null; readonly header: string; readonly count: number; readonly example: Text }

/** What is wrong with a row. */
export type ImportProblem = {
  readonly row: number
  /** Index of the column, null for the row as a whole. */
  readonly column: number | null
  readonly header: string
  readonly value: string
  readonly severity: 'error' | 'warning'
  readonly message: Text
}

/** The record with its JSON in hand. */
export type ImportRecord = Omit<Imports, 'options' | 'columns' | 'mapping' | 'matching' | 'counts' | 'byColumn' | 'position' | 'error'> & {
  readonly options: FileOptions
  readonly columns: readonly ImportColumn[]
  readonly mapping: Mapping
  readonly matching: Matching
  readonly counts: ImportCounts
  readonly byColumn: readonly ColumnProblems[]
  readonly position: Position
  readonly error: Text | null
}

export function importRecord(row: Imports): ImportRecord {
  const { options, columns, mapping, matching, counts, byColumn, position, error } = row
  return {
    ...row,
    options: (options ?? {}) as FileOptions, columns: (columns ?? []) as readonly ImportColumn[], mapping: (mapping ?? {}) as Mapping,
    matching: (matching ?? { key: null, existing: 'refuse' }) as Matching, counts: (counts ?? noCounts) as ImportCounts,
    byColumn: (byColumn ?? []) as readonly ColumnProblems[], position: (position ?? { rows: 0, problems: 0 }) as Position, error: (error ?? null) as Text | null,
  }
}
