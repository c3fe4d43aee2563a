import type { Row, Store } from '../../core/data/store.ts'
import type { FactQuestion } from '../../core/platform/plugin.ts'

/** The lines of many documents of one entity, by document, in one query. */
export async function linesOfDocuments(store: Store, { entity: slug, documents, entities }: FactQuestion): Promise<Map<string, Row[]>> {
  const result = new Map<string, Row[]>(documents.map(({ id }) => [id, []]))
  const lines = entities.get(slug)?.lines
  if (!lines || documents.length === 0) return result
  const rows = (await store.find(lines.entity, { where: { [lines.parentField]: { in: [...result.keys()] } }, sort: 'position' })) as Row[]
  for (const row of rows) result.get(String(row[lines.parentField]))?.push(row)
  return result
}

/** The same fact for every document. */
export function forAll<Value>({ documents }: FactQuestion, value: Value): Map<string, Value> {
  return new Map(documents.map(({ id }) => [id, value]))
}

export const textOf = (row: Row, field: string): string | undefined => {
  const value = row[field]
  return typeof value === 'string' && value !== '' ? value : undefined
}
