import type { Text } from '../../../config/language/text.ts'
import { describeState } from '../../../workflows/engine/describe.ts'
import type { Row, Store } from '../data/store.ts'
import { dateIn } from '../engine/dates.ts'
import { allFields } from '../entities/system-fields.ts'
import { stateOf } from './pinned.ts'
import type { FactLoader, FactQuestion } from '../platform/plugin.ts'

export type LabelsOfFields = Readonly<Record<string, Text>>

/** Facts of the general guards. */
export const generalFacts: readonly FactLoader[] = [
  { name: 'core.lines', load: loadLines },
  { name: 'core.sourceLines', load: loadSourceLines },
  {
    name: 'core.labels',
    load: (_, question) => {
      const entity = question.entities.get(question.entity)
      const labels = Object.fromEntries((entity ? allFields(entity) : []).map(({ name, label }) => [name, label]))
      return Promise.resolve(new Map(question.documents.map(({ id }) => [id, labels])))
    },
  },
  { name: 'core.entity', load: (_, { entity, entities, documents }) => Promise.resolve(new Map(documents.map(({ id }) => [id, entities.get(entity) ?? null]))) },
  { name: 'core.relatedStates', load: loadRelatedStates },
  { name: 'core.company', load: loadCompanies },
  {
    name: 'core.today',
    load: async (store, question) => {
      const companies = await loadCompanies(store, question)
      return new Map(question.documents.map(({ id }) => [id, dateIn({ zone: String(companies.get(id)?.timeZone ?? 'UTC'), at: question.now })]))
    },
  },
]

async function loadLines(store: Store, { entity: slug, documents, entities }: FactQuestion): Promise<Map<string, Row[]>> {
  const entity = entities.get(slug)
  const result = new Map<string, Row[]>(documents.map(({ id }) => [id, []]))
  if (!entity?.lines || documents.length === 0) return result
  const { entity: lineEntity, parentField } = entity.lines
  const lines = (await store.find(lineEntity, { where: { [parentField]: { in: [...result.keys()] } }, sort: 'position' })) as Row[]
  for (const line of lines) result.get(String(line[parentField]))?.push(line)
  return result
}

/** The lines of other documents that these lines come from, by id. */
async function loadSourceLines(store: Store, question: FactQuestion): Promise<Map<string, ReadonlyMap<string, Row>>> {
  const { entities } = question
  const lines = await loadLines(store, question)
  const lineEntity = entities.get(entities.get(question.entity)?.lines?.entity ?? '')
  const sources = new Map<string, Row>()
  for (const field of lineEntity?.fields ?? []) {
    if (field.type !== 'relation' || !field.to || entities.get(field.to)?.kind !== 'line') continue
    const ids = [...lines.values()].flat().map((line) => line[field.name] as string | null)
    for (const [id, row] of await store.byIds(field.to, ids)) sources.set(id, row as Row)
  }
  return new Map(question.documents.map(({ id }) => [id, sources]))
}

/** By relation: in which state the related document stands. */
export type RelatedStates = Readonly<Record<string, { readonly state: string; readonly label: Text }>>

/** One query for each relation to an entity that has a workflow. */
async function loadRelatedStates(store: Store, { entity: slug, entities, workflows, documents }: FactQuestion): Promise<Map<string, RelatedStates>> {
  const result = new Map<string, Record<string, { state: string; label: Text }>>(documents.map(({ id }) => [id, {}]))
  for (const { name, type, to, many } of entities.get(slug)?.fields ?? []) {
    const target = type === 'relation' && !many ? entities.get(to ?? '') : undefined
    if (!target?.workflow) continue
    const related = await store.byIds<string>(target.slug, documents.map((document) => document[name] as string | null))
    for (const document of documents) {
      const row = related.get(String(document[name]))
      const state = row && stateOf(row)
      const compiled = workflows.get(target.slug)
      if (state) (result.get(document.id) ?? {})[name] = { state, label: (compiled && describeState(compiled, state)?.label) ?? { en: state, zh: state } }
    }
  }
  return result
}

/** Each document's company; what has none belongs to the firm's first. */
async function loadCompanies(store: Store, { documents }: FactQuestion): Promise<Map<string, Row>> {
  const companies = (await store.find('companies', { sort: 'createdAt' })) as Row[]
  const byId = new Map(companies.map((company) => [company.id, company]))
  return new Map(documents.flatMap((document) => {
    const company = byId.get(String(document.company)) ?? companies[0]
    return company ? [[document.id, company] as const] : []
  }))
}
