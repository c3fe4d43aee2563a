import type { FieldType } from '../../config/language/entity.ts'
import type { Text } from '../../config/language/text.ts'
import type { ColumnProblems, FileOptions, ImportColumn, ImportCounts, ImportProblem, ImportStatus, Mapping, Matching } from '../../plugins/core/imports/import-record.ts'

/** What GET /api/imports/:id answers, as far as the screens read it. */
export type ImportView = {
  readonly id: string
  readonly number: string
  readonly entity: string
  /** One of them, and many. */
  readonly entityLabel: Text
  readonly entityLabels: Text
  readonly status: ImportStatus
  readonly fileName: string
  readonly fileBytes: number
  readonly format: 'csv' | 'xlsx'
  readonly options: FileOptions
  readonly columns: readonly ImportColumn[]
  readonly fields: readonly FieldView[]
  readonly mapping: Mapping
  readonly remembered: boolean
  readonly matching: Matching
  readonly counts: ImportCounts
  /** 0 to 1; null: not known. */
  readonly progress: number | null
  readonly rowsPerSecond: number | null
  /** True, or why not. */
  readonly can: Readonly<Record<ImportStep | 'change', true | Text>>
  readonly createdBy: { readonly id: string; readonly name: string }
  readonly createdAt: string
  readonly startedAt: string | null
  readonly endedAt: string | null
  readonly error: Text | null
}

export type ImportStep = 'check' | 'run' | 'pause' | 'resume' | 'cancel' | 'undo'

export type FieldView = {
  readonly path: string
  readonly group: 'document' | 'lines'
  readonly label: Text
  /** `key`: what the platform gives by itself, by which rows can be told apart. */
  readonly type: FieldType | 'key'
  readonly required: boolean
  readonly isKey: boolean
  readonly relation?: { readonly entity: string; readonly label: Text; readonly keys: readonly { readonly field: string; readonly label: Text }[] }
}

export type ProblemsView = {
  readonly docs: readonly ImportProblem[]
  readonly totalDocs: number
  readonly byColumn: readonly ColumnProblems[]
}

export type ImportsView = {
  readonly docs: readonly ImportLine[]
  readonly totalDocs: number
}

/** `entityLabel`: of many. */
export type ImportLine = Pick<ImportView, 'id' | 'number' | 'entity' | 'entityLabel' | 'status' | 'fileName' | 'counts' | 'createdBy' | 'createdAt' | 'endedAt'>

const busy: ReadonlySet<ImportStatus> = new Set(['reading', 'checking', 'running', 'undoing'])
/** Whether the server works on it: the page asks again by itself. */
export const isBusy = (status: ImportStatus): boolean => busy.has(status)
