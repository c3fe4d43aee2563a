import type { EntityDefinition, FieldDefinition } from '../../../config/language/entity.ts'
import type { Language } from '../../../config/language/text.ts'
import type { Actor } from '../access/actor.ts'
import { can, hiddenFields } from '../access/can.ts'
import type { Row, Store } from '../data/store.ts'
import { inReaderLanguage } from '../entities/standard-text.ts'
import type { Platform } from '../platform/platform.ts'

/** What a reference shows instead of an id. `redacted`: the user may not read what it refers to. `unnamed`: it has no number or name yet. */
export type Title = { readonly title: string; readonly hint?: string; readonly redacted?: true; readonly unnamed?: true }
/** By entity, then by id. */
export type Titles = Readonly<Record<string, Readonly<Record<string, Title>>>>

export type Reader = { readonly platform: Platform; readonly store: Store; readonly actor: Actor; readonly language: Language }
export type References = Map<string, Set<string>>

/** The documents that the relation fields of these rows refer to, by entity. */
export function referencesOf(fields: readonly FieldDefinition[], rows: readonly Readonly<Record<string, unknown>>[], into: References = new Map()): References {
  for (const field of fields) {
    if (field.type !== 'relation' || !field.to) continue
    const ids = into.get(field.to) ?? new Set()
    for (const row of rows) for (const id of [row[field.name]].flat()) if (typeof id === 'string') ids.add(id)
    if (ids.size > 0) into.set(field.to, ids)
  }
  return into
}

/** One query for each entity referred to. */
export async function loadTitles(reader: Reader, references: References): Promise<Titles> {
  const entries = await Promise.all([...references].map(async ([slug, ids]) => {
    const rows = (await reader.store.byIds(slug, ids)).values() as Iterable<Row>
    return [slug, Object.fromEntries([...rows].map((row) => [row.id, titleOf(reader, slug, row)]))] as const
  }))
  return Object.fromEntries(entries)
}

/** How people call a document: its number or name, and what helps to recognise it. */
export function titleOf({ platform, actor, language }: Omit<Reader, 'store'>, slug: string, row: Row): Title {
  if (slug === 'users') return { title: text(row.name) ?? text(row.email) ?? row.id }
  const entity = platform.entities.get(slug)
  if (!entity) return { title: row.id }
  const { allowed, own } = can(actor, 'read', entity)
  if (!allowed || (own && row.owner !== actor.id)) return { title: '', redacted: true }
  return entityTitle(entity, inReaderLanguage(entity, language, row), { language, hidden: hiddenFields(actor, entity) })
}

function entityTitle(entity: EntityDefinition, row: Row, { language, hidden }: { language: Language; hidden: ReadonlySet<string> }): Title {
  const shown = (name: string) => (hidden.has(name) ? undefined : text(row[name]))
  const name = (language === 'zh' ? shown('nameZh') : undefined) ?? shown('name')
  const code = shown('number') ?? shown('code') ?? shown('partNumber')
  const main = entity.titleField === 'name' ? name : shown(entity.titleField)
  const title = main ?? code ?? name
  if (title === undefined) return { title: unnamed(entity, row, language), unnamed: true }
  const hint = [name, code].find((candidate) => candidate !== undefined && candidate !== title)
  return { title, ...(hint ? { hint } : {}) }
}

/** A draft has no number before it is posted, a line has its place only. */
function unnamed(entity: EntityDefinition, row: Row, language: Language): string {
  const what = entity.label[language]
  return typeof row.position === 'number' ? `${what} ${row.position}` : `${what} …${row.id.slice(-6)}`
}

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)
