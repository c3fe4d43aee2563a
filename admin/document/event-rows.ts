import type { EventView, SpokenRow } from '../../plugins/core/views/document-view.ts'
import { formOf, spokenOf, type FormValue } from '../kit/field-values.ts'
import { plainDecimal } from '../kit/format.ts'

/** What the grid of a step holds, by the id of the line. */
export type EventRows = Readonly<Record<string, Readonly<Record<string, FormValue>>>>
/** A line that the step adds, under a key of the form. */
export type AddedRow = { readonly key: string; readonly order: number; readonly values: Readonly<Record<string, FormValue>> }

/** Each line starts with the platform's suggestion: what is open on it, or its present values. */
export function startRows(event: Pick<EventView, 'lineInput' | 'suggestions'>, lines: readonly SpokenRow[]): EventRows {
  return Object.fromEntries(lines.map(({ id }) => {
    const suggested = event.suggestions?.values[id] ?? {}
    return [id, formOf(event.lineInput, Object.fromEntries(event.lineInput.map(({ name, default: usual }) => [name, suggested[name] ?? usual ?? null])))]
  }))
}

/** Lines that take part. Taking a part of each line: those above zero. Changing lines: those that differ from before. */
export function rowsToSend(event: Pick<EventView, 'lineInput' | 'suggestions'>, lines: readonly SpokenRow[], rows: EventRows): { line: string }[] {
  const start = startRows(event, lines)
  return lines.flatMap(({ id }) => {
    const row = rows[id] ?? {}
    if (event.suggestions?.mode === 'change') {
      const changed = event.lineInput.filter(({ name }) => row[name] !== start[id]?.[name] && row[name] !== '')
      return changed.length > 0 ? [{ line: id, ...spokenOf(changed, row) }] : []
    }
    return takesPart(event, row) ? [{ line: id, ...spokenOf(event.lineInput.filter(({ name }) => row[name] !== ''), row) }] : []
  })
}

function takesPart({ lineInput }: Pick<EventView, 'lineInput'>, row: Readonly<Record<string, FormValue>>): boolean {
  const [first] = lineInput
  const value = first ? row[first.name] : ''
  return typeof value === 'string' && value !== '' && !/^-?0*(?:\.0*)?$/.test(plainDecimal(value))
}
