import type { FactLoader } from '../../core/platform/plugin.ts'
import { operationsOf } from '../rows.ts'

export const routingFacts: readonly FactLoader[] = [{
  name: 'mrp.centres',
  async load(store, { documents }) {
    const lines = operationsOf(await store.find('routing-operations', { where: { routing: { in: documents.map(({ id }) => id) } } }))
    const centres = await store.byIds('work-centres', lines.map(({ workCentre }) => workCentre))
    return new Map(documents.map(({ id }) => [id, centres]))
  },
}]
