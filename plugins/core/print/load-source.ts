import type { Payload } from 'payload'
import type { Companies } from '../../../config/generated/entities.ts'
import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { Text } from '../../../config/language/text.ts'
import type { Actor } from '../access/actor.ts'
import { hiddenFields, requireRight } from '../access/can.ts'
import { openStore } from '../data/open-store.ts'
import type { Row, Store } from '../data/store.ts'
import { currencyExponent } from '../engine/currency.ts'
import { allFields } from '../entities/system-fields.ts'
import { fail } from '../errors.ts'
import { platformOf, type Platform } from '../platform/platform.ts'
import { stateOf } from '../workflow/pinned.ts'
import type { PrintDefinition } from './print-definition.ts'

/** Everything a paper is made of, without what the person who prints it may not see. */
export type PaperSource = {
  readonly definition: PrintDefinition
  readonly entity: EntityDefinition
  readonly lineEntity?: EntityDefinition
  readonly document: Row
  readonly lines: readonly Row[]
  readonly company: Companies
  readonly exponent: number
  readonly stateLabel: Text | null
  /** The document or master a relation names, if it may be read. */
  readonly related: (entity: string, id: unknown) => { readonly entity: EntityDefinition; readonly row: Row } | undefined
}

/**
 * Loads a document for its paper in a bounded number of queries.
 * @throws 404 for what is not there, 400 for what has no paper, 403 naming the right or the field that is missing
 */
export async function loadSource(payload: Payload, actor: Actor, wanted: { readonly entity: EntityDefinition; readonly id: string }): Promise<PaperSource> {
  const { entity, id } = wanted
  const platform = platformOf(payload)
  const store = openStore(payload)
  const definition = platform.prints.get(entity.slug) ?? fail('badRequest', {
    reason: { en: `${entity.labels.en} have no printed form.`, zh: `${entity.labels.zh}没有打印格式。` },
  })
  requireRight(actor, 'read', entity)
  const document = (await store.get(entity.slug, id)) as Row | undefined
  if (!document) fail('notFound', { entity: entity.label, id })
  requireRight(actor, 'read', entity, { document })
  const lineEntity = definition.rows === undefined ? entity.lines && platform.entities.get(entity.lines.entity) : rowEntity(entity, definition.rows)
  requireVisible({ actor, definition, entity, ...(lineEntity ? { lineEntity } : {}) })

  const lines = definition.rows !== undefined ? rowsOf(document[definition.rows])
    : entity.lines ? (await store.find(entity.lines.entity, { where: { [entity.lines.parentField]: { equals: id } }, sort: 'position' })) as Row[] : []
  const company = await store.require('companies', String(document.company))
  const state = stateOf(document)
  const stateDefinition = state === undefined ? undefined : platform.workflows.get(entity.slug)?.definition.states[state]
  const related = await loadRelated({ platform, store, actor }, [
    { entity, rows: [document], fields: [definition.addressee.field, ...definition.facts.map(({ field }) => field), ...(definition.payment ? ['paymentTerm'] : [])] },
    ...(lineEntity ? [{ entity: lineEntity, rows: lines, fields: ['part', 'unit', ...definition.columns.map(({ field }) => field)] }] : []),
  ])
  return {
    definition, entity, document, lines, related,
    ...(lineEntity ? { lineEntity } : {}),
    company: visible(actor, platform.entities.get('companies'), company as unknown as Row) as unknown as Companies,
    exponent: currencyExponent(company.currency),
    stateLabel: state !== undefined && definition.stampedIn.includes(state) ? stateDefinition?.label ?? null : null,
  }
}

/** A paper with a hole in it is a wrong paper: whoever may not read one of its fields does not get it. */
function requireVisible({ actor, definition, entity, lineEntity }: { actor: Actor; definition: PrintDefinition; entity: EntityDefinition; lineEntity?: EntityDefinition }): void {
  const hidden = hiddenFields(actor, entity)
  const ofDocument = [
    definition.addressee.field, ...[...definition.facts, ...(definition.amounts ?? [])].map(({ field }) => field), ...definition.texts, ...(definition.rows === undefined ? [] : [definition.rows]),
    ...(definition.priced ? ['netTotal', 'taxLines', 'grandTotal'] : []), ...(definition.payment ? ['paymentTerm'] : []),
  ]
  const ofLine = definition.columns.map(({ field }) => field)
  for (const [of, names] of [[entity, ofDocument], [lineEntity, ofLine]] as const) {
    const name = names.find((candidate) => hidden.has(candidate))
    if (name === undefined || !of) continue
    fail('hiddenOnPaper', { paper: entity.label, field: allFields(of).find((field) => field.name === name)?.label ?? name })
  }
}

/** The columns of a table, as lines have them. */
function rowEntity(entity: EntityDefinition, name: string): EntityDefinition {
  const { label, columns = [] } = entity.fields.find((field) => field.name === name) ?? fail('badRequest', { reason: { en: `${entity.label.en} has no table “${name}”.`, zh: `${entity.label.zh}没有表格“${name}”。` } })
  return { slug: `${entity.slug}.${name}`, system: entity.system, kind: 'line', label, labels: label, titleField: 'id', fields: columns, listColumns: [], parent: { entity: entity.slug, field: name } }
}

const rowsOf = (table: unknown): Row[] => (Array.isArray(table) ? table : []).map((row: object, index) => ({ id: String(index), ...row }))

type Question = { readonly entity: EntityDefinition; readonly rows: readonly Row[]; readonly fields: readonly string[] }

async function loadRelated({ platform, store, actor }: { platform: Platform; store: Store; actor: Actor }, questions: readonly Question[]): Promise<PaperSource['related']> {
  const ids = new Map<string, Set<string>>()
  for (const { entity, rows, fields } of questions) {
    for (const field of allFields(entity)) {
      if (field.type !== 'relation' || !field.to || !fields.includes(field.name) || !platform.entities.has(field.to)) continue
      const wanted = ids.get(field.to) ?? new Set()
      ids.set(field.to, wanted)
      for (const row of rows) if (typeof row[field.name] === 'string') wanted.add(row[field.name] as string)
    }
  }
  const found = new Map<string, { entity: EntityDefinition; row: Row }>()
  for (const [slug, wanted] of ids) {
    const entity = platform.entities.get(slug)
    if (!entity) continue
    for (const row of (await store.byIds(slug, wanted)).values() as Iterable<Row>) {
      requireRight(actor, 'read', entity, { document: row })
      found.set(`${slug}:${row.id}`, { entity, row: visible(actor, entity, row) })
    }
  }
  return (slug, id) => (typeof id === 'string' ? found.get(`${slug}:${id}`) : undefined)
}

function visible(actor: Actor, entity: EntityDefinition | undefined, row: Row): Row {
  const hidden = entity ? hiddenFields(actor, entity) : new Set<string>()
  return Object.fromEntries(Object.entries(row).filter(([name]) => !hidden.has(name))) as Row
}
