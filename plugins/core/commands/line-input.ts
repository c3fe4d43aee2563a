import type { FieldDefinition } from '../../../config/language/entity.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import type { Text } from '../../../config/language/text.ts'
import { decodeInput } from './input.ts'

/** What an event says about one line of its document: `line` is the line's id, the rest as its definition asks. */
export type LineInput = { readonly line: string } & Readonly<Record<string, unknown>>
type Given = { readonly fields: readonly FieldDefinition[]; readonly lines: unknown; readonly exponent: number; readonly label: Text }

/**
 * Decodes what is given for lines: each row names its line, no line twice, and nothing that the event does not ask for.
 * Two rows on one line could mean their sum or the last of them, so neither is guessed.
 */
export function decodeLineInput({ fields, lines, exponent, label }: Given): { readonly rows: readonly LineInput[]; readonly findings: readonly Finding[] } {
  const list = listOfLines(lines)
  if ('finding' in list) return { rows: [], findings: [list.finding] }
  if (fields.length === 0) return { rows: [], findings: list.rows.length === 0 ? [] : [takesNone(label)] }
  const asked = [lineId, ...fields]
  const decoded = list.rows.map((row, index) => decodeInput(asked, row, { exponent, label, path: `lines.${index}.` }))
  const ids = decoded.map(({ values }) => values.line)
  const findings = decoded.flatMap(({ values, findings: wrong }, index) => [
    ...wrong,
    ...(wrong.length === 0 ? missing(asked, values, `lines.${index}.`) : []),
    ...(typeof ids[index] === 'string' && ids.indexOf(ids[index]) < index ? [repeated({ index, first: ids.indexOf(ids[index]), id: ids[index] })] : []),
  ])
  return { rows: decoded.map(({ values }) => values as LineInput), findings }
}

export const mostLines = 2_000

/** The rows of a request; none when there are no lines in it. */
export function listOfLines(lines: unknown): { readonly rows: readonly unknown[] } | { readonly finding: Finding } {
  if (lines === undefined || lines === null) return { rows: [] }
  if (!Array.isArray(lines)) return { finding: finding('invalid', 'lines', { en: 'Lines must be a list.', zh: '明细行必须是列表。' }) }
  if (lines.length > mostLines) return { finding: finding('tooMany', 'lines', { en: `A document takes at most ${mostLines} lines.`, zh: `一张单据最多 ${mostLines} 行。` }) }
  return { rows: lines }
}

/** A finding for each field that has to be given and is not. `path` stands before field names. */
export function missing(fields: readonly FieldDefinition[], values: Readonly<Record<string, unknown>>, path = ''): Finding[] {
  return fields.filter(({ name, required }) => required && (values[name] ?? null) === null)
    .map(({ name, label }) => finding('required', path + name, { en: `${label.en} is required.`, zh: `请填写${label.zh}。` }))
}

const lineId: FieldDefinition = { name: 'line', type: 'text', label: { en: 'Line', zh: '行' }, required: true }

const repeated = ({ index, first, id }: { index: number; first: number; id: string }): Finding => finding('repeatedLine', `lines.${index}.line`, {
  en: `Row ${index + 1} is about the same line as row ${first + 1} ("${id}"). Give each line once.`,
  zh: `第 ${index + 1} 项与第 ${first + 1} 项是同一行（“${id}”），每行只能给出一次。`,
})

const takesNone = (label: Text): Finding => finding('unknownField', 'lines', {
  en: `"${label.en}" takes no lines. Leave them out.`, zh: `“${label.zh}”不需要明细行，请删去。`,
})

const finding = (code: string, path: string, message: Text): Finding => ({ code, path, severity: 'error', message })
