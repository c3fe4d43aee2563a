import { isEmptyCell, textOfCell } from './cell.ts'
import type { PlacedRow } from './import-files.ts'
import type { ImportPlan } from './import-plan.ts'

/** Rows that make one document. */
export type RowGroup = {
  readonly rows: readonly PlacedRow[]
  /** What its key column says; '' without one. */
  readonly key: string
  /** Where the rows of the next one begin, in bytes. */
  readonly next: number
  /** More rows of one document than it may have lines; these are not the first of them. */
  readonly continued?: true
}

/** As many lines as a document may have by any door, and its own row. */
export const mostRows = 2_000

/**
 * A document for each row; where columns fill lines, one for all rows that follow each other with the same key, or with
 * nothing but lines. A document is never cut: memory holds one.
 */
export async function* groupRows(rows: AsyncIterable<PlacedRow>, plan: Pick<ImportPlan, 'head' | 'lines' | 'key'>): AsyncGenerator<RowGroup> {
  const keyOf = ({ cells }: PlacedRow) => (plan.key ? textOfCell(cells[plan.key.index]).trim() : '')
  const isOnlyLines = ({ cells }: PlacedRow) => plan.head.every(({ index }) => isEmptyCell(cells[index]))
  let open: PlacedRow[] = []
  let key = ''
  let continued = false
  const close = (): RowGroup => ({ rows: open, key, next: open.at(-1)?.next ?? 0, ...(continued ? { continued: true as const } : {}) })
  for await (const row of rows) {
    const own = keyOf(row)
    const belongs = plan.lines.length > 0 && open.length > 0 && (isOnlyLines(row) || (own !== '' && own === key))
    if (belongs && open.length <= mostRows) {
      open.push(row)
      continue
    }
    if (open.length > 0) yield close()
    continued = belongs
    if (!belongs) key = own
    open = [row]
  }
  if (open.length > 0) yield close()
}

const rowsPerBatch = 500

/**
 * Groups for one transaction each. One that refers to a document of the same batch (a category below another) begins a new
 * batch, so that it finds it stored.
 */
export async function* batchesOf(groups: AsyncIterable<RowGroup>, plan: Pick<ImportPlan, 'head' | 'key' | 'entity'>): AsyncGenerator<RowGroup[]> {
  const within = plan.head.filter(({ field }) => field.relation?.entity === plan.entity.slug)
  const named = plan.head.filter(({ field }) => field.definition.type !== 'relation' && within.some(({ by }) => by === field.path))
  let batch: RowGroup[] = []
  let rows = 0
  let made = new Set<string>()
  const textsOf = ({ rows: [first] }: RowGroup, columns: ImportPlan['head']) => columns.map(({ index }) => textOfCell(first?.cells[index]).trim()).filter((text) => text !== '')
  for await (const group of groups) {
    if (batch.length > 0 && (rows + group.rows.length > rowsPerBatch || textsOf(group, within).some((text) => made.has(text)))) {
      yield batch
      batch = []
      rows = 0
      made = new Set()
    }
    batch.push(group)
    rows += group.rows.length
    for (const text of textsOf(group, named)) made.add(text)
  }
  if (batch.length > 0) yield batch
}
