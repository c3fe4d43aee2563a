import type { FieldDefinition } from '../../config/language/entity.ts'
import type { DocumentView } from '../../plugins/core/views/document-view.ts'
import { formOf, fromForm, spokenOf, type FormRow, type FormValue } from '../kit/field-values.ts'

/** A line of a document. `id` is null until it is stored. */
export type GridLine = FormRow & { readonly id: string | null }
export type DocumentForm = { readonly fields: Record<string, FormValue>; readonly lines: readonly GridLine[] }

export const isWritable = (field: FieldDefinition) => !field.readOnly && !field.hidden
export const writableFields = (fields: readonly FieldDefinition[]) => fields.filter(isWritable)

/** What the form holds of a document, or of a new one with one empty line. */
export function formOfView({ entity, document, initial, lines, lineInitial }: DocumentView): DocumentForm {
  const lineFields = entity.lines ? writableFields(entity.lines.fields) : []
  return {
    fields: formOf(writableFields(entity.fields), document ?? initial),
    lines: document
      ? lines.map((line) => ({ key: line.id, id: line.id, values: formOf(lineFields, line) }))
      : entity.lines ? [emptyLine(lineFields, lineInitial)] : [],
  }
}

let made = 0
export function emptyLine(fields: readonly FieldDefinition[], initial: Readonly<Record<string, unknown>>): GridLine {
  made += 1
  return { key: `new-${made}`, id: null, values: formOf(fields, initial) }
}

/** The body of a command: for a new document what is filled, for an old one what differs; lines whole or not at all. */
export function bodyOf(view: DocumentView, form: DocumentForm): { body: Record<string, unknown>; sentLines: readonly string[] } {
  const before = formOfView(view)
  const changed = writableFields(view.entity.fields).filter(({ name }) => !isSame(form.fields[name], before.fields[name]))
  const given = view.document ? changed : writableFields(view.entity.fields).filter((field) => fromForm(field, form.fields[field.name]) !== null)
  const lines = filledLines(view, form.lines)
  const linesDiffer = !view.document || !isSame(lines, before.lines)
  return {
    body: { ...spokenOf(given, form.fields), ...(view.entity.lines && linesDiffer ? { lines: lines.map((line) => lineBody(view, line)) } : {}) },
    sentLines: lines.map(({ key }) => key),
  }
}

/** Rows that nobody has touched are not sent. */
export function filledLines({ entity, lineInitial }: DocumentView, lines: readonly GridLine[]): readonly GridLine[] {
  const untouched = JSON.stringify(emptyLine(writableFields(entity.lines?.fields ?? []), lineInitial).values)
  return lines.filter(({ id, values }) => id !== null || JSON.stringify(values) !== untouched)
}

function lineBody({ entity }: DocumentView, { id, values }: GridLine): Record<string, unknown> {
  const spoken = spokenOf(writableFields(entity.lines?.fields ?? []), values)
  return id === null ? Object.fromEntries(Object.entries(spoken).filter(([, value]) => value !== null)) : { id, ...spoken }
}

export const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
