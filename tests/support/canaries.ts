import type { Payload } from 'payload'
import type { EntityDefinition, FieldDefinition } from '../../config/language/entity.ts'
import type { Actor } from '../../plugins/core/access/actor.ts'
import { can, hiddenFields } from '../../plugins/core/access/can.ts'
import { isDecimal } from '../../plugins/core/commands/defaults.ts'
import { newId } from '../../plugins/core/commands/context.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import type { Row } from '../../plugins/core/data/store.ts'
import { allFields } from '../../plugins/core/entities/system-fields.ts'
import { platformOf, type Platform } from '../../plugins/core/platform/platform.ts'

/*
 * Canaries: one row in every entity whose every text and number occurs nowhere else, so that a value which leaves by any
 * door tells where it comes from. Numbers are found whatever their point and separators.
 */
export const canaryTrace = 'canary-trace'
export const canaryId = (slug: string) => `canary-${slug}`

export type Canaries = { readonly platform: Platform; readonly values: ReadonlyMap<string, ReadonlyMap<string, string>> }

export async function plantCanaries(payload: Payload, owner: string): Promise<Canaries> {
  const platform = platformOf(payload)
  const store = openStore(payload)
  const values = new Map<string, Map<string, string>>()
  const rows = new Map<string, Row>()
  let counter = 0
  for (const entity of platform.entities.values()) {
    if (entity.slug === 'history') continue
    const own = new Map<string, string>()
    const row: Row = { id: canaryId(entity.slug) }
    for (const field of allFields(entity)) {
      const [stored, canary] = valueFor(entity, field, () => ++counter)
      if (stored !== undefined) row[field.name] = stored
      if (canary) own.set(field.name, canary)
    }
    const workflow = platform.workflows.get(entity.slug)
    if (entity.workflow) row.workflow = { state: workflow?.definition.initial ?? 'draft', snapshot: null, definitionHash: workflow?.hash ?? 'none', since: '2026-11-21T08:00:00.000Z' }
    values.set(entity.slug, own)
    rows.set(entity.slug, row)
  }
  for (const [slug, row] of rows) await store.insertMany(slug, [row])
  // Relations when every row is there: databases check them.
  for (const entity of platform.entities.values()) {
    const relations = allFields(entity).filter(({ type, many }) => type === 'relation' && !many)
    const links = Object.fromEntries(relations.map(({ name, to }) => [name, to === 'users' ? owner : canaryId(to ?? '')]))
    if (rows.has(entity.slug) && relations.length > 0) await store.update(entity.slug, canaryId(entity.slug), links)
  }
  for (const entity of platform.entities.values()) {
    if (entity.kind !== 'document' && entity.kind !== 'master') continue
    const changes = Object.fromEntries(Object.entries(rows.get(entity.slug) ?? {}).map(([name, value]) => [name, [null, value]]))
    await store.insert('history', {
      id: newId(), entity: entity.slug, documentId: canaryId(entity.slug), documentVersion: 1, at: '2026-11-21T08:00:00.000Z', actor: owner,
      actorName: `~history of ${entity.slug}~`, action: 'create', changes, guards: null, traceId: canaryTrace, reason: `~reason of ${entity.slug}~`,
    })
  }
  return { platform, values }
}

/** Everything this person may never meet, each with the place it stands at. */
export function forbiddenFor({ platform, values }: Canaries, actor: Actor): Map<string, string> {
  const forbidden = new Map<string, string>()
  for (const entity of platform.entities.values()) {
    const isReadable = can(actor, 'read', entity).allowed
    const hidden = hiddenFields(actor, entity)
    for (const [field, canary] of values.get(entity.slug) ?? []) {
      const definition = allFields(entity).find(({ name }) => name === field)
      if (!isReadable || hidden.has(field) || definition?.hidden) forbidden.set(canary, `${entity.slug}.${field}`)
    }
    if (isReadable || entity.kind === 'line') continue
    forbidden.set(`~history of ${entity.slug}~`, `history of ${entity.slug}`).set(`~reason of ${entity.slug}~`, `history of ${entity.slug}`)
  }
  return forbidden
}

/** The places whose values stand in an answer. */
export function leaksIn(text: string, forbidden: ReadonlyMap<string, string>): string[] {
  const plain = text.replace(/[.,]/g, '')
  return [...forbidden].filter(([canary]) => (canary.startsWith('7') ? plain.includes(canary) : text.includes(canary))).map(([, place]) => place)
}

function valueFor(entity: EntityDefinition, field: FieldDefinition, next: () => number): [stored: unknown, canary?: string] {
  if (field.name === 'traceId') return [canaryTrace]
  if (field.name === 'version') return [1]
  // A higher number would be the configuration that this process lags behind.
  if (entity.slug === 'revisions' && field.name === 'number') return [0]
  if (field.name === 'documentId') return [canaryId('quotes')]
  if (entity.slug === 'companies' && field.name in firm) return [firm[field.name]]
  if (isDecimal(field) || (field.type === 'integer' && !['position', 'decimals'].includes(field.name))) {
    const number = 71_000_031 + next() * 100
    return [number, String(number)]
  }
  switch (field.type) {
    case 'text': case 'longText': return [`~${entity.slug} ${field.name}~`, `~${entity.slug} ${field.name}~`]
    case 'email': case 'url': case 'phone': return [`${field.name}@${entity.slug}.canary`, `${field.name}@${entity.slug}.canary`]
    case 'integer': return [1]
    case 'boolean': return [false]
    case 'date': return ['2026-11-21']
    case 'dateTime': return ['2026-11-21T08:00:00.000Z']
    case 'select': return [field.options?.[0]?.value]
    case 'json': return entity.slug === 'roles' ? [[]] : [{ secret: `~${entity.slug} ${field.name}~` }, `~${entity.slug} ${field.name}~`]
    default: return [undefined]
  }
}

/** A company is everyone's letterhead and the source of time zone and currency: these are no secret and must make sense. */
const firm: Record<string, unknown> = { currency: 'EUR', timeZone: 'Europe/Berlin', country: 'DE' }
