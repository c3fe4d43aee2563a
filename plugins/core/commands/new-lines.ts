import type { FieldDefinition } from '../../../config/language/entity.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import type { Text } from '../../../config/language/text.ts'
import { decodeInput } from './input.ts'
import { listOfLines, missing } from './line-input.ts'

type Given = { readonly fields: readonly FieldDefinition[]; readonly lines: unknown; readonly exponent: number; readonly label: Text }

/** Decodes the lines that an event adds (`newLines`); findings name them as `newLines.<index>.<field>`. */
export function decodeNewLines({ fields, lines, exponent, label }: Given): { readonly rows: readonly Record<string, unknown>[]; readonly findings: readonly Finding[] } {
  const list = listOfLines(lines)
  if ('finding' in list) return { rows: [], findings: [{ ...list.finding, path: 'newLines' }] }
  if (fields.length === 0) return { rows: [], findings: list.rows.length === 0 ? [] : [addsNone(label)] }
  const decoded = list.rows.map((row, index) => decodeInput(fields, row, { exponent, label, path: `newLines.${index}.` }))
  const findings = decoded.flatMap(({ values, findings: wrong }, index) => (wrong.length > 0 ? wrong : missing(fields, values, `newLines.${index}.`)))
  return { rows: decoded.map(({ values }) => values), findings }
}

const addsNone = (label: Text): Finding => ({
  code: 'unknownField', path: 'newLines', severity: 'error',
  message: { en: `"${label.en}" adds no lines. Leave them out.`, zh: `“${label.zh}”不能新增明细行，请删去。` },
})
