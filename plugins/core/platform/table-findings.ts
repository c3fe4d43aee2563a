import type { EntityDefinition, FieldDefinition, FieldType } from '../../../config/language/entity.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import type { Text } from '../../../config/language/text.ts'
import { decimalTypes } from '../commands/defaults.ts'
import { compileRow, ruledFields } from '../forms/compile-form.ts'
import { withFields } from './own-fields.ts'

export const mostColumns = 30
/** What a cell can be: a value of its own, which refers to nothing. */
export const columnTypes: ReadonlySet<FieldType> = new Set(['text', 'longText', 'email', 'phone', 'url', 'integer', 'quantity', 'unitPrice', 'money', 'percent', 'rate', 'boolean', 'date', 'time', 'dateTime', 'duration', 'rating', 'select'])

type Asked = {
  readonly path: string
  readonly entity: EntityDefinition
  /** All fields that the firm adds beside it. */
  readonly fields: readonly FieldDefinition[]
  readonly isReserved: (name: string) => boolean
  readonly shapeOf: (column: FieldDefinition, path: string) => readonly Finding[]
}

/** What is wrong with the columns of a table of rows, and with their rules. */
export function tableFindings(field: FieldDefinition, { path, entity, fields, isReserved, shapeOf }: Asked): readonly Finding[] {
  const { label, type, columns = [], minRows = 1, maxRows = minRows } = field
  if (type !== 'table') {
    return (['columns', 'minRows', 'maxRows'] as const).filter((name) => field[name] !== undefined).map((name) =>
      finding('notOfType', `${path}.${name}`, { en: `Only a table has rows and columns. Remove "${name}" from ${label.en}.`, zh: `只有表格才有行和列，请去掉“${label.zh}”的 ${name}。` }))
  }
  if (entity.kind === 'line') return [finding('tableInLine', `${path}.type`, { en: `${label.en}: a line is a row already and takes no table. Add the table to the document.`, zh: `“${label.zh}”：明细行中不能再放表格，请添加到单据上。` })]
  const findings: Finding[] = []
  if (columns.length === 0) findings.push(finding('columnsMissing', `${path}.columns`, { en: `${label.en} is a table: give its columns.`, zh: `“${label.zh}”为表格，请提供列。` }))
  if (minRows > maxRows) findings.push(finding('emptyRange', `${path}.minRows`, { en: `${label.en}: the fewest rows are more than the most. Exchange them.`, zh: `“${label.zh}”的最少行数大于最多行数，请对调。` }))
  const taken = new Set<string>()
  for (const [index, column] of columns.entries()) {
    const at = `${path}.columns.${index}`
    const name = column.name.toLowerCase()
    if (taken.has(name) || isReserved(name)) findings.push(finding('nameTaken', `${at}.name`, { en: `${label.en} has a column "${column.name}" already, or the name is reserved. Choose another name.`, zh: `“${label.zh}”已有列“${column.name}”，或该名称为系统保留，请更换名称。` }))
    taken.add(name)
    if (!columnTypes.has(column.type)) findings.push(finding('columnType', `${at}.type`, { en: `${column.label.en} cannot be a column: a cell holds one value of its own. Use one of ${[...columnTypes].join(', ')}.`, zh: `“${column.label.zh}”不能作为列，单元格只能存放单个值。可用类型：${[...columnTypes].join('、')}。` }))
    else findings.push(...shapeOf(column, at))
    if (column.total && !isTotalled(column)) findings.push(finding('noTotal', `${at}.total`, { en: `${column.label.en} is no figure that can be added up. Remove its total.`, zh: `“${column.label.zh}”不是可求和的数值列，请去掉合计。` }))
    if (column.rules?.options && column.type !== 'select') findings.push(finding('misplaced', `${at}.rules.options`, { en: `${column.label.en} is no choice, so it has no options.`, zh: `“${column.label.zh}”不是选项字段，没有选项。` }))
    if (column.rules?.computed !== undefined && (column.rules.required ?? column.rules.options)) findings.push(finding('misplaced', `${at}.rules.computed`, { en: `${column.label.en} is computed: it cannot be required or chosen as well.`, zh: `“${column.label.zh}”为计算列，不能再设置必填或选项规则。` }))
  }
  if (findings.length > 0) return findings
  const places = new Map(columns.map(({ name }, index) => [name, index]))
  return compileRow(field, ruledFields(withFields(entity, fields))).faults.map(({ path: of, code, message }) => {
    const [, name = '', ...rest] = of.split('.')
    return finding(code, [path, 'columns', places.get(name) ?? 0, 'rules', ...rest].join('.'), message)
  })
}

/** Figures whose sum means something; a sum of prices or percents does not. */
export const isTotalled = ({ type }: Pick<FieldDefinition, 'type'>): boolean => type === 'integer' || type === 'duration' || (decimalTypes.has(type) && type !== 'unitPrice' && type !== 'percent' && type !== 'rate')

/** What people have entered into rows stays: a published column is never removed and keeps its type and its options. */
export function columnLoss(old: FieldDefinition, now: FieldDefinition, path: string): readonly Finding[] {
  return (old.columns ?? []).flatMap((column) => {
    const kept = now.columns?.find(({ name }) => name === column.name)
    const at = `${path}.columns.${column.name}`
    if (!kept) return [finding('columnRemoved', at, { en: `The column "${column.label.en}" of ${now.label.en} was published and may hold data. Keep it.`, zh: `“${now.label.zh}”的列“${column.label.zh}”已发布，可能已有数据，请保留。` })]
    if (kept.type !== column.type) return [finding('typeChanged', at, { en: `The column "${column.label.en}" of ${now.label.en} keeps its type. Add a column of the other type.`, zh: `“${now.label.zh}”的列“${column.label.zh}”的类型不能更改，请另加新类型的列。` })]
    const lost = column.options?.find(({ value }) => !kept.options?.some((option) => option.value === value))
    return lost ? [finding('optionRemoved', `${at}.options`, { en: `The option "${lost.label.en}" of ${kept.label.en} was published and may have been chosen. Keep it.`, zh: `“${kept.label.zh}”的选项“${lost.label.zh}”已发布，可能已被使用，请保留。` })] : []
  })
}

const finding = (code: string, path: string, message: Text): Finding => ({ code, path, severity: 'error', message })
