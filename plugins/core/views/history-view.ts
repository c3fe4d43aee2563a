import type { EntityDefinition, FieldDefinition } from '../../../config/language/entity.ts'
import type { Text } from '../../../config/language/text.ts'
import { hiddenFields } from '../access/can.ts'
import type { Row } from '../data/store.ts'
import { speakRow } from '../entities/speak.ts'
import { allFields } from '../entities/system-fields.ts'
import { rowChanges } from './row-changes.ts'
import { formerEvent } from '../workflow/former-states.ts'
import { stateView, type StateView } from './entity-view.ts'
import type { Reader, References } from './titles.ts'

export type HistoryEntryView = {
  readonly id: string
  readonly version: number
  readonly at: string
  readonly who: string
  readonly action: 'create' | 'edit' | 'discard' | 'send' | 'import' | 'migrate'
  /** The event's label for `send`. */
  readonly label: Text | null
  readonly from: StateView | null
  readonly to: StateView | null
  readonly reason: string | null
  readonly changes: readonly ChangeView[]
}

export type ChangeView = {
  /** Number of the line, when a line changed. */
  readonly line?: number
  /** Absent when a whole line came or went. */
  readonly field?: FieldDefinition
  readonly before: unknown
  readonly after: unknown
}

type Question = { readonly entity: EntityDefinition; readonly id: string; readonly exponent: number; readonly references: References }

/** What happened to a document, newest first, as the reader may see it; ids met on the way are added to `references`. */
export async function historyView(reader: Reader, { entity, id, exponent, references }: Question): Promise<HistoryEntryView[]> {
  const { platform, store } = reader
  const rows = await store.find('history', {
    where: { and: [{ entity: { equals: entity.slug } }, { documentId: { equals: id } }] }, sort: '-documentVersion', limit: mostEntries,
  })
  const events = platform.workflows.get(entity.slug)?.definition.events ?? {}
  const spell = changeSpeller(reader, entity, exponent)
  return rows.map((row) => {
    const changes = spell(row.changes, references)
    return {
      id: row.id, version: row.documentVersion, at: row.at, who: row.actorName ?? row.actor,
      action: row.action as HistoryEntryView['action'],
      label: row.event ? events[row.event]?.label ?? formerEvent(platform, entity.slug, row.event) ?? { en: row.event, zh: row.event } : null,
      from: stateView(platform, entity.slug, row.stateBefore), to: stateView(platform, entity.slug, row.stateAfter),
      reason: row.reason ?? null, changes,
    }
  })
}

const mostEntries = 100
const linePath = /^lines\.(\d+)(?:\.(\w+))?/

function changeSpeller(reader: Reader, entity: EntityDefinition, exponent: number) {
  const lineEntity = entity.lines && reader.platform.entities.get(entity.lines.entity)
  const head = speller(reader, entity, exponent)
  const line = lineEntity && speller(reader, lineEntity, exponent)
  return (changes: unknown, references: References): ChangeView[] =>
    Object.entries((changes ?? {}) as Record<string, readonly [unknown, unknown]>).flatMap(([path, [before, after]]): ChangeView[] => {
      const match = linePath.exec(path)
      if (!match) return head(path, [before, after], references)
      const number = Number(match[1])
      if (!match[2]) return [{ line: number, before: before === null ? null : true, after: after === null ? null : true }]
      return (line?.(match[2], [before, after], references) ?? []).map((change) => ({ ...change, line: number }))
    })
}

/** Stored values of a change to spoken ones; nothing of fields that the reader may not see. */
function speller({ actor }: Reader, entity: EntityDefinition, exponent: number) {
  const hidden = hiddenFields(actor, entity)
  const fields = new Map(allFields(entity).filter(({ name, hidden: secret }) => !secret && !hidden.has(name)).map((field) => [field.name, field]))
  return (name: string, [before, after]: readonly [unknown, unknown], references: References): ChangeView[] => {
    const field = fields.get(name)
    if (!field || field.type === 'json') return []
    const speak = (value: unknown) => speakRow(entity, { id: '', [name]: value } as Row, exponent)[name] ?? null
    if (field.type === 'table') return [...rowChanges(field, speak(before), speak(after))]
    if (field.type === 'relation' && field.to) {
      const ids = references.get(field.to) ?? new Set()
      for (const id of [before, after].flat()) if (typeof id === 'string') ids.add(id)
      references.set(field.to, ids)
    }
    return [{ field, before: speak(before), after: speak(after) }]
  }
}
