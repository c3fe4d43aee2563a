import type { FieldDefinition } from '../../../config/language/entity.ts'
import type { Text } from '../../../config/language/text.ts'
import { isDecimal } from '../commands/defaults.ts'
import { readDuration } from '../engine/durations.ts'
import { isEmptyMark, splitValues, unguarded } from '../entities/cell-text.ts'
import { isEmptyCell, textOfCell, type Cell } from './cell.ts'
import type { DecimalMark } from './detect-dialect.ts'
import { readDate, readDateTime, type DateForm } from './read-date.ts'
import { readNumber, type Signs } from './read-number.ts'

/** How the file writes figures and days; `zone`: the clock of the firm; `currency`: what its amounts are in, absent while there is no firm. */
export type CellForm = DateForm & { readonly decimalMark: DecimalMark; readonly zone: string; readonly currency?: string }

/** What the platform takes as input (`decodeInput`), null for what is empty on purpose; undefined: nothing is said. */
export type ReadCell = { readonly value: unknown } | { readonly problem: Text }

/** Reads a cell for a field. Relations give the text by which the record is named. */
export function readCell(field: FieldDefinition, cell: Cell, form: CellForm): ReadCell {
  if (isEmptyCell(cell) && !(field.type === 'text' && typeof cell === 'string' && cell !== '' && unguarded(cell) !== cell)) return { value: undefined }
  if (typeof cell === 'object' && cell !== null) {
    if ('error' in cell) return { problem: formulaError(cell.error) }
    if ('formula' in cell) return { problem: formulaWithoutValue }
  }
  if (typeof cell === 'string') {
    if (isEmptyMark(cell)) return { value: null }
    if (/[\0\uFFFD]/.test(cell)) return { problem: unreadable }
  }
  if (field.many) return many(field, cell, form)
  if (isDecimal(field)) return asValue(readNumber(cell, form.decimalMark, signsOf(field, form)))
  switch (field.type) {
    case 'duration': return span(cell, form.decimalMark)
    case 'time': return timeOfDay(cell)
    case 'integer': case 'rating': return whole(cell, form.decimalMark)
    case 'boolean': return truth(cell)
    case 'date': return asValue(readDate(cell, form))
    case 'dateTime': return asValue(readDateTime(cell, form))
    case 'select': return option(field, cell)
    case 'json': case 'table': return json(textOf(cell))
    // Plain words are taken as such.
    case 'richText': return textOf(cell).trimStart().startsWith('{') ? json(textOf(cell)) : { value: textOf(cell) }
    case 'relation': case 'email': return { value: textOf(cell).trim() }
    default: return { value: textOf(cell) }
  }
}

function signsOf({ type }: FieldDefinition, { currency }: CellForm): Signs {
  if (type === 'percent') return { isPercent: true }
  return (type === 'money' || type === 'unitPrice') && currency !== undefined ? { currency } : {}
}

const textOf = (cell: Cell): string => unguarded(textOfCell(cell))

const asValue = (read: { readonly text: string } | { readonly problem: Text }): ReadCell => ('text' in read ? { value: read.text } : read)

function many(field: FieldDefinition, cell: Cell, form: CellForm): ReadCell {
  const read = splitValues(textOf(cell)).map((value) => readCell({ ...field, many: false }, value.trim(), form))
  return read.find((one) => 'problem' in one) ?? { value: read.flatMap((one) => ('value' in one && one.value !== undefined ? [one.value] : [])) }
}

function whole(cell: Cell, mark: DecimalMark): ReadCell {
  const read = readNumber(cell, mark)
  if ('problem' in read) return read
  const text = read.text.replace(/\.0*$/, '')
  return { value: /^-?\d{1,15}$/.test(text) ? Number(text) : read.text }
}

/** "1:30", "90"; what is none is left to be told with the field. */
function span(cell: Cell, mark: DecimalMark): ReadCell {
  const minutes = typeof cell === 'string' ? readDuration(cell) : undefined
  return minutes === undefined ? whole(cell, mark) : { value: minutes }
}

/** "8:30", also as a spreadsheet keeps it: with a day in front or seconds behind. */
function timeOfDay(cell: Cell): ReadCell {
  const text = textOf(cell).trim()
  const [, hour = '', minute = ''] = /^(?:\d{4}-\d{2}-\d{2} )?(\d{1,2})[:：](\d{2})(?:[:：]00)?$/.exec(text) ?? []
  return { value: hour === '' ? text : `${hour.padStart(2, '0')}:${minute}` }
}

const words = {
  yes: ['true', 'yes', 'y', '1', 'on', 'x', 'wahr', 'ja', '是', '有', '对', '真', '√', '✓', '✔', '启用'],
  no: ['false', 'no', 'n', '0', 'off', '-', 'falsch', 'nein', '否', '无', '错', '假', '×', '✗', '✘', '停用'],
} as const

function truth(cell: Cell): ReadCell {
  if (typeof cell === 'boolean') return { value: cell }
  const word = textOfCell(cell).normalize('NFKC').trim().toLowerCase()
  if ((words.yes as readonly string[]).includes(word)) return { value: true }
  return (words.no as readonly string[]).includes(word) ? { value: false } : { problem: noTruth }
}

function option({ options = [], label }: FieldDefinition, cell: Cell): ReadCell {
  const word = textOf(cell).normalize('NFKC').trim().toLowerCase()
  const found = options.find(({ value }) => value.toLowerCase() === word)
    ?? options.find(({ label: own }) => [own.en, own.zh].some((text) => text.normalize('NFKC').toLowerCase() === word))
  if (found) return { value: found.value }
  return {
    problem: {
      en: `${label.en} must be one of: ${options.map(({ value, label: own }) => (own.en.toLowerCase() === value.toLowerCase() ? own.en : `${own.en} (${value})`)).join(', ')}.`,
      zh: `${label.zh}必须是以下之一：${options.map(({ label: own }) => own.zh).join('、')}。`,
    },
  }
}

function json(text: string): ReadCell {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return { problem: { en: 'This is not JSON. Write it like {"key": "value"}, or leave it empty.', zh: '不是有效的 JSON，请按 {"key": "value"} 的格式填写，或留空。' } }
  }
}

const formulaError = (error: string): Text => ({ en: `The cell shows the error ${error}. Mend the formula, or write the value.`, zh: `单元格显示错误 ${error}，请修正公式或直接填写数值。` })
const formulaWithoutValue: Text = {
  en: 'The file has the formula of this cell and not its value. Open the file in Excel and save it there, or paste the values in place of the formulas.',
  zh: '文件中只有该单元格的公式，没有计算结果。请用 Excel 打开并保存该文件，或将公式粘贴为数值。',
}
const unreadable: Text = { en: 'The cell has characters that cannot be read. Choose another encoding in the options of the file.', zh: '单元格含无法识别的字符，请在选项中更换文件编码。' }
const noTruth: Text = { en: 'Write yes or no.', zh: '请填写“是”或“否”。' }
