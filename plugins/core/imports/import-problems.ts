import type { PayloadRequest } from 'payload'
import type { Actor } from '../access/actor.ts'
import { failQuestion } from '../errors.ts'
import { surroundingsOf } from '../operations/surroundings.ts'
import { importFolder, readLines, type ProblemKind } from './import-files.ts'
import type { ColumnProblems, ImportProblem, ImportRecord } from './import-record.ts'
import { askedOf, wholeOf } from './import-view.ts'

/** Problems of the run where there was one, of the dry run otherwise; `of=undo`: why an undo was not possible. */
export const kindOfProblems = ({ status, lastRow }: ImportRecord): ProblemKind => ((lastRow ?? 0) > 0 || status === 'running' || status === 'done' ? 'run' : 'check')

/** A page of what is wrong, in the order of the rows; `column` (an index, or `row`): only of that column, or of rows as a whole. */
export async function problemsOf(req: PayloadRequest, _: Actor, record: ImportRecord): Promise<Record<string, unknown>> {
  const [page, limit] = [wholeOf(req, 'page', 1, 1_000_000), wholeOf(req, 'limit', 50, 500)]
  const asked = askedOf(req).get('column')
  if (asked !== null && asked !== 'row' && !/^\d{1,4}$/.test(asked)) failQuestion('column', { en: 'column is the index of a column, from 0, or "row".', zh: 'column 为从 0 开始的列序号，或 "row"。' })
  const of = askedOf(req).get('of')
  if (of !== null && of !== 'undo') failQuestion('of', { en: 'of may be "undo".', zh: 'of 只支持 "undo"。' })
  const wanted = (problem: ImportProblem) => asked === null || (asked === 'row' ? problem.column === null : problem.column === Number(asked))
  const file = importFolder(surroundingsOf(req.payload).dataDir, record.id).problems(of === 'undo' ? 'undo' : kindOfProblems(record))
  const docs: ImportProblem[] = []
  let count = 0
  let byColumn: readonly ColumnProblems[] = of === 'undo' ? [] : record.byColumn
  for await (const { value } of readLines<ImportProblem>(file)) {
    if (of === 'undo') byColumn = countedBy(byColumn, [value])
    if (!wanted(value)) continue
    count++
    if (count > (page - 1) * limit && docs.length < limit) docs.push(value)
  }
  return { docs, page, limit, totalDocs: count, byColumn }
}

/** Adds problems to the figures of their columns. */
export function countedBy(byColumn: readonly ColumnProblems[], problems: readonly ImportProblem[]): ColumnProblems[] {
  const counted = new Map(byColumn.map((one) => [one.column, one]))
  for (const { column, header, message } of problems) {
    const known = counted.get(column)
    counted.set(column, { column, header, count: (known?.count ?? 0) + 1, example: known?.example ?? message })
  }
  return [...counted.values()]
}
