import type { Text } from '../../../config/language/text.ts'
import { decodeInput } from '../commands/input.ts'
import { idFindings } from '../commands/written-values.ts'
import { isEmptyCell, textOfCell } from './cell.ts'
import { mostRows, type RowGroup } from './group-rows.ts'
import type { ImportPlan, PlannedColumn } from './import-plan.ts'
import type { ImportProblem } from './import-record.ts'
import { readCell } from './read-cell.ts'
import type { LookupAnswer } from './relation-lookup.ts'

/** A document of the file, in stored values, with all that is wrong with its cells. */
export type Reading = {
  readonly group: RowGroup
  readonly values: Record<string, unknown>
  readonly lines: Record<string, unknown>[]
  /** Which row of the group each line stands in. */
  readonly lineRows: readonly number[]
  /** Fields that a column gives and this document leaves empty. */
  readonly emptied: readonly string[]
  readonly problems: ImportProblem[]
  /** Paths (`lines.2.part`) with a problem already. */
  readonly wrong: Set<string>
}

/** How a cell that names another record is understood. */
export type Resolve = (column: PlannedColumn, text: string) => LookupAnswer

/** Texts of the group's cells that name other records. */
export function namedIn(plan: ImportPlan, { rows }: RowGroup): { column: PlannedColumn; text: string }[] {
  const first = rows.slice(0, 1)
  const inCells = (columns: readonly PlannedColumn[], among: RowGroup['rows']) => columns.filter(({ field }) => field.relation).flatMap((column) => among.flatMap(({ cells }) => {
    const read = readCell(column.field.definition, cells[column.index] ?? null, plan.form)
    return 'value' in read ? [read.value].flat().filter((text): text is string => typeof text === 'string' && text !== '').map((text) => ({ column, text })) : []
  }))
  return [...inCells(plan.head, first), ...inCells(plan.lines, rows)]
}

/** Reads the cells of a document by the rules of their fields; everything that is wrong with them comes at once. */
export function readGroup(plan: ImportPlan, group: RowGroup, resolve: Resolve): Reading {
  const problems: ImportProblem[] = []
  const wrong = new Set<string>()
  const tell = (at: number, column: PlannedColumn | null, message: Text) => {
    problems.push(problemAt(group, { at, column, message }))
  }
  const speak = (columns: readonly PlannedColumn[], { at, prefix }: { at: number; prefix: string }) => {
    const spoken: Record<string, unknown> = {}
    for (const column of columns) {
      const { definition } = column.field
      const read = readCell(definition, group.rows[at]?.cells[column.index] ?? null, plan.form)
      const value = 'value' in read && column.field.relation ? resolved(column, read.value, resolve) : read
      if ('value' in value) spoken[definition.name] = value.value
      else {
        wrong.add(prefix + definition.name)
        tell(at, column, value.problem)
      }
    }
    return spoken
  }
  const decode = (spoken: Record<string, unknown>, { at, prefix, columns }: { at: number; prefix: string; columns: readonly PlannedColumn[] }) => {
    const given = Object.fromEntries(Object.entries(spoken).filter(([, value]) => value !== undefined))
    const entity = prefix === '' ? plan.entity : (plan.lineEntity ?? plan.entity)
    const { values, findings } = decodeInput(prefix === '' ? plan.headFields : plan.lineFields, given, { exponent: plan.exponent, label: entity.label })
    for (const { path, message } of findings) {
      wrong.add(prefix + path)
      const found = columnAt(columns, path, message)
      tell(at, found.column, found.message)
    }
    return values
  }

  group.rows.forEach(({ broken, cells }, at) => {
    const beyond = cells.slice(plan.width).find((cell) => !isEmptyCell(cell))
    if (broken) tell(at, null, brokenQuotes)
    else if (beyond !== undefined) tell(at, null, beyondHeader(textOfCell(beyond)))
  })
  if (group.continued || group.rows.length > mostRows) tell(0, null, tooManyLines)
  const head = speak(plan.head, { at: 0, prefix: '' })
  const emptied = plan.head.filter(({ field }) => head[field.definition.name] === undefined && !wrong.has(field.definition.name)).map(({ field }) => field.definition.name)
  const values = decode(head, { at: 0, prefix: '', columns: plan.head })
  for (const { path, message } of idFindings(values.id)) tell(0, plan.head.find(({ field }) => field.path === path) ?? null, message)
  contradictions(plan, group, tell)
  const lineRows = group.rows.flatMap(({ cells }, at) => (plan.lines.some(({ index }) => !isEmptyCell(cells[index])) ? [at] : []))
  const lines = lineRows.map((at, index) => {
    const prefix = `lines.${index}.`
    return decode(speak(plan.lines, { at, prefix }), { at, prefix, columns: plan.lines })
  })
  return { group, values, lines, lineRows, emptied, problems, wrong }
}

/** The column of a field that is wrong at this path; of a table, whose cells are told by their row and column (`items.0.price`), with where in it. */
export function columnAt(columns: readonly PlannedColumn[], path: string, message: Text): { readonly column: PlannedColumn | null; readonly message: Text } {
  const [name = '', row, cell] = path.split('.')
  const column = columns.find(({ field }) => field.definition.name === path) ?? columns.find(({ field }) => field.definition.name === name && field.definition.type === 'table') ?? null
  if (!column || row === undefined || !/^\d+$/.test(row)) return { column, message }
  const label = column.field.definition.columns?.find((one) => one.name === cell)?.label
  const number = Number(row) + 1
  return { column, message: { en: `Row ${number} of the table${label ? `, ${label.en}` : ''}: ${message.en}`, zh: `表格第 ${number} 行${label ? `“${label.zh}”` : ''}：${message.zh}` } }
}

export function problemAt(
  { rows }: RowGroup, { at, column, message }: { readonly at: number; readonly column: Pick<PlannedColumn, 'index' | 'header'> | null; readonly message: Text },
): ImportProblem {
  const row = rows[at] ?? rows[0]
  return {
    row: row?.row ?? 0, column: column?.index ?? null, header: column?.header ?? '',
    value: column ? textOfCell(row?.cells[column.index]).slice(0, 200) : '', severity: 'error', message,
  }
}

/** What the rows of a document say about the document itself is said once, or the same each time. */
function contradictions(plan: ImportPlan, { rows }: RowGroup, tell: (at: number, column: PlannedColumn | null, message: Text) => void): void {
  const [first] = rows
  rows.slice(1).forEach(({ row: _, cells }, index) => {
    for (const column of plan.head) {
      const here = textOfCell(cells[column.index]).trim()
      if (here === '' || here === textOfCell(first?.cells[column.index]).trim()) continue
      tell(index + 1, column, {
        en: `Row ${first?.row} says something else about the same document. Give all its rows the same value, or leave it empty below the first.`,
        zh: `与同一单据的第 ${first?.row} 行不一致。请统一取值，或仅在首行填写。`,
      })
    }
  })
}

function resolved(column: PlannedColumn, value: unknown, resolve: Resolve): { readonly value: unknown } | { readonly problem: Text } {
  const { field: { relation, definition }, by = 'id' } = column
  if (value === undefined || value === null || value === '') return { value: value === '' ? undefined : value }
  const answers = [value].flat().map((text) => ({ text: String(text), answer: resolve(column, String(text)) }))
  const bad = answers.find(({ answer }) => typeof answer === 'string')
  if (bad) return { problem: (bad.answer === 'several' ? severalNamed : noneNamed)({ relation, text: bad.text, by }) }
  const ids = answers.flatMap(({ answer }) => (typeof answer === 'object' ? [answer.id] : []))
  return { value: definition.many ? ids : ids[0] }
}

type Named = { readonly relation: PlannedColumn['field']['relation']; readonly text: string; readonly by: string }

const keyLabel = ({ relation, by }: Named): Text => relation?.keys.find(({ field }) => field === by)?.label ?? { en: by, zh: by }

const noneNamed = (named: Named): Text => ({
  en: `There is no ${named.relation?.label.en.toLowerCase()} with ${keyLabel(named).en.toLowerCase()} "${named.text.slice(0, 80)}". Correct it, or create it first.`,
  zh: `不存在${keyLabel(named).zh}为“${named.text.slice(0, 80)}”的${named.relation?.label.zh}，请更正或先新建。`,
})
const severalNamed = (named: Named): Text => ({
  en: `Several ${named.relation?.label.en.toLowerCase()} records have the ${keyLabel(named).en.toLowerCase()} "${named.text.slice(0, 80)}". Name the right one by its id.`,
  zh: `有多条${named.relation?.label.zh}的${keyLabel(named).zh}为“${named.text.slice(0, 80)}”，请改用 id 指明。`,
})

const brokenQuotes: Text = {
  en: 'The quotes of this line do not fit together. Close each one, and write a quote inside a value twice.',
  zh: '该行引号不完整。请成对使用引号，值内的引号须写两次。',
}
const beyondHeader = (text: string): Text => ({
  en: `The row has more cells than the header: "${text.slice(0, 80)}" stands beyond the last column. Put a text that contains the separator in quotes, name the column in the header, or empty the cell.`,
  zh: `该行的单元格多于表头：“${text.slice(0, 80)}”位于最后一列之后。值中含分隔符时请加引号；或在表头补上列名，或清空该单元格。`,
})
const tooManyLines: Text = { en: `A document takes at most ${mostRows} lines. Split it under several keys.`, zh: `一张单据最多 ${mostRows} 行，请拆分为多张单据。` }
