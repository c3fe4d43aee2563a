import type { EntityDefinition, FieldDefinition } from '../../../config/language/entity.ts'
import { hiddenFields } from '../access/can.ts'
import type { Row } from '../data/store.ts'
import { speakRow } from '../entities/speak.ts'
import { allFields } from '../entities/system-fields.ts'
import { loadTitles, referencesOf, type Reader, type Titles } from '../views/titles.ts'
import type { Content } from './content.ts'

/** What is approved, as the approver may see it; what a reference leads to stands as its title. */
export type ContentView = {
  readonly fields: readonly { readonly field: FieldDefinition; readonly value: unknown }[]
  readonly lines: { readonly columns: readonly FieldDefinition[]; readonly rows: readonly Readonly<Record<string, unknown>>[]; readonly count: number } | null
}

const mostLines = 50

export async function contentView(reader: Reader, entity: EntityDefinition, { document, lines }: Content, exponent: number): Promise<ContentView> {
  const lineEntity = entity.lines && reader.platform.entities.get(entity.lines.entity)
  const shown = shownFields(reader, entity)
  const columns = lineEntity ? shownFields(reader, lineEntity).filter(({ name }) => name !== lineEntity.parent?.field && (lineEntity.listColumns.includes(name) || name === 'description')) : []
  const rows = lines.slice(0, mostLines)
  const titles = await loadTitles(reader, referencesOf(columns, rows, referencesOf(shown, [document])))
  const spoken = speakRow(entity, document, exponent)
  const filled = (name: string) => spoken[name] !== null && spoken[name] !== undefined && spoken[name] !== ''
  return {
    // What people have entered and what it comes to: not how far it has come.
    fields: shown.filter(({ name, type, advanced, readOnly }) => !advanced && (!readOnly || type === 'money') && filled(name)).map((field) => readable(field, spoken[field.name], titles)),
    lines: lineEntity && lines.length > 0 ? {
      columns: columns.map((field) => readable(field, null, titles).field), count: lines.length,
      rows: rows.map((row) => {
        const line = speakRow(lineEntity, row, exponent)
        return Object.fromEntries(columns.map((field) => [field.name, readable(field, line[field.name], titles).value]))
      }),
    } : null,
  }
}

/** Figures that stand for a document, the most telling first; of those the reader may see. */
export function amountOf(reader: Pick<Reader, 'actor'>, entity: EntityDefinition, document: Row, exponent: number): string | null {
  const hidden = hiddenFields(reader.actor, entity)
  const spoken = speakRow(entity, document, exponent)
  const money = allFields(entity).filter(({ name, type }) => type === 'money' && !hidden.has(name))
  const telling = [...['grandTotal', 'amount', 'netTotal', 'expectedAmount'].flatMap((name) => money.filter((field) => field.name === name)), ...money]
  const found = telling.find(({ name }) => typeof spoken[name] === 'string' && /[1-9]/.test(spoken[name]))
  return found ? String(spoken[found.name]) : null
}

const shownFields = ({ actor }: Reader, entity: EntityDefinition): readonly FieldDefinition[] => {
  const hidden = hiddenFields(actor, entity)
  return allFields(entity).filter(({ name, type, hidden: secret, retired }) => !secret && !retired && !hidden.has(name) && !unshown.has(type))
}

const unshown: ReadonlySet<string> = new Set(['json', 'table', 'file', 'image', 'signature', 'geolocation', 'richText'])

function readable(field: FieldDefinition, value: unknown, titles: Titles): { readonly field: FieldDefinition; readonly value: unknown } {
  if (field.type !== 'relation') return { field, value: value ?? null }
  const { name, label, to = '' } = field
  const named = [value].flat().flatMap((id) => (typeof id === 'string' ? titles[to]?.[id]?.title ?? [] : []))
  return { field: { name, label, type: 'text' }, value: named.join(', ') || null }
}
