import type { Row, Store } from '../data/store.ts'
import type { Platform } from '../platform/platform.ts'

/** Loads the named facts of many documents of one entity: one call of a loader a fact, no query per document. */
export async function loadFacts(
  platform: Platform, store: Store, question: { entity: string; documents: readonly Row[]; names: Iterable<string>; now?: string },
): Promise<Map<string, Record<string, unknown>>> {
  const { entity, documents, names, now = new Date().toISOString() } = question
  const facts = new Map<string, Record<string, unknown>>(documents.map(({ id }) => [id, {}]))
  for (const name of new Set(names)) {
    const loader = platform.facts.get(name)
    if (!loader) throw new Error(`No plugin loads the fact "${name}".`)
    const values = await loader.load(store, { entity, documents, entities: platform.entities, workflows: platform.workflows, now })
    for (const [id, known] of facts) known[name] = values.get(id) ?? null
  }
  return facts
}
