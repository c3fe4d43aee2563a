import { isWhole } from '../../../config/expression/rule-values.ts'
import type { FieldDefinition } from '../../../config/language/entity.ts'
import { isFileField, readFileValue } from '../../../config/language/file-value.ts'
import { positionText, readPosition } from '../../../config/language/position.ts'
import { plainOf, type RichText } from '../../../config/language/rich-text.ts'
import { readSignature, type Signature } from '../../../config/language/signature.ts'
import type { Language } from '../../../config/language/text.ts'
import { isDecimal, startsToday } from '../commands/defaults.ts'
import { emptyMark, guarded, joinValues } from '../entities/cell-text.ts'
import { pathOfField } from '../views/due-field.ts'
import type { ExportColumn, ExportRow, Row } from './export-columns.ts'
import type { Titles } from './export-titles.ts'

/** `text`: someone else's words, which a spreadsheet must not run; `word`: our own. */
export type Cell = { readonly kind: 'text' | 'word' | 'number' | 'money' | 'date' | 'dateTime' | 'boolean'; readonly text: string }
export type CellWriter = (column: ExportColumn, row: ExportRow) => Cell | null

/** As people read it: labels of options, titles of what a relation leads to, yes and no. */
export function peopleCells({ titles, language }: { readonly titles: Titles; readonly language: Language }): CellWriter {
  return (column, row) => {
    const { field, states } = column
    const value = valueOf(column, row)
    if (states) return { kind: 'word', text: stateLabel(states, value, language) }
    if (isNothing(value)) return null
    switch (field.type) {
      case 'boolean': return { kind: 'word', text: (value === true ? yes : no)[language] }
      case 'select': return { kind: 'word', text: [value].flat().map((one) => field.options?.find((option) => option.value === one)?.label[language] ?? String(one)).join(', ') }
      case 'relation': return { kind: 'text', text: [value].flat().map((id) => titles(field.to ?? '', id) ?? String(id)).join(', ') }
      case 'dateTime': return { kind: 'dateTime', text: String(value) }
      case 'signature': return { kind: 'text', text: signatureText(readSignature(value), language) }
      default: return plainCell(field, value)
    }
  }
}

/** As an import reads it back without loss: raw options, keys of what a relation leads to, and what is empty on purpose. */
export function importCells(keys: Titles): CellWriter {
  return (column, row) => {
    const { field, isOfLine } = column
    const value = valueOf(column, row)
    if (isNothing(value)) return isEmptyOnPurpose(field) && (!isOfLine || row.line) ? { kind: 'word', text: emptyMark } : null
    const texts = (values: readonly string[]): Cell => ({ kind: 'text', text: guarded(field.many ? joinValues(values) : values.join('')) })
    switch (field.type) {
      case 'boolean': return { kind: 'boolean', text: value === true ? 'true' : 'false' }
      case 'relation': return texts([value].flat().map((id) => keys(field.to ?? '', id) ?? String(id)))
      case 'json': case 'table': case 'richText': return texts([JSON.stringify(value)])
      // A spreadsheet's times have no zone and no thousandths.
      case 'dateTime': return { kind: 'text', text: String(value) }
      case 'date': case 'integer': case 'duration': case 'rating': return plainCell(field, value)
      default: return isDecimal(field) ? plainCell(field, value) : texts([value].flat().map(String))
    }
  }
}

function plainCell(field: FieldDefinition, value: unknown): Cell {
  if (field.type === 'money') return { kind: 'money', text: String(value) }
  if (isWhole(field) || isDecimal(field)) return { kind: 'number', text: String(value) }
  if (field.type === 'date') return { kind: 'date', text: String(value) }
  if (isFileField(field)) return { kind: 'text', text: readFileValue(value)?.name ?? '' }
  if (field.type === 'richText') return { kind: 'text', text: plainOf(value as RichText) }
  if (field.type === 'geolocation') return { kind: 'word', text: placeText(String(value)) }
  if (field.type === 'table') return { kind: 'text', text: rowsText(field, value) }
  return { kind: 'text', text: field.type === 'json' ? JSON.stringify(value) : String(value) }
}

/** Who signed and when, and that it is about something else by now. */
function signatureText(signature: Signature | undefined, language: Language): string {
  if (!signature) return ''
  const { signer, at, changedAt } = signature
  return `${signer}, ${at}${changedAt === undefined ? '' : { en: `, changed since ${changedAt}`, zh: `，${changedAt} 后有更改` }[language]}`
}

/** Its degrees: figures of ours, also where they begin with a sign. */
function placeText(value: string): string {
  const position = readPosition(value)
  return position ? positionText(position) : value
}

/** A line for each row: what its columns hold, in their order. */
const rowsText = ({ columns = [] }: FieldDefinition, value: unknown): string => (value as readonly Row[]).map((row) => columns.map(({ name }) => row[name]).filter((cell) => !isNothing(cell)).map(String).join(' · ')).join('\n')

/** A new record would get the default instead, or whoever makes it as its owner. */
const isEmptyOnPurpose = (field: FieldDefinition) => !field.required && !startsToday(field) && ((field.default ?? '') !== '' || isOwner(field))
const isOwner = ({ name, to }: FieldDefinition) => name === 'owner' && to === 'users'

function valueOf({ field, isOfLine }: ExportColumn, { document, line }: ExportRow): unknown {
  const row: Row | null = isOfLine ? line : document
  const workflow = row?.workflow as { readonly state?: unknown; readonly due?: unknown } | undefined
  return field.name === 'workflow.state' ? workflow?.state : pathOfField(field.name) === 'workflow.due' ? workflow?.due : row?.[field.name]
}

const isNothing = (value: unknown) => value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

const yes = { en: 'Yes', zh: '是' } as const
const no = { en: 'No', zh: '否' } as const

function stateLabel(states: NonNullable<ExportColumn['states']>, state: unknown, language: Language): string {
  const name = typeof state === 'string' ? state : ''
  return states[name.split('.')[0] ?? name]?.label[language] ?? name
}
