import type { Customers, Parts } from '../../config/generated/entities.ts'
import type { FactLoader } from '../core/platform/plugin.ts'

/** The parts of a quote's lines, by id. */
export type QuoteParts = ReadonlyMap<string, Parts>

/** What the guards of leads, opportunities and quotes ask. */
export const crmFacts: readonly FactLoader[] = [
  {
    name: 'crm.parts',
    async load(store, { documents }) {
      const lines = await store.find('quote-lines', { where: { quote: { in: documents.map(({ id }) => id) } } })
      const parts: QuoteParts = await store.byIds('parts', lines.map(({ part }) => part))
      return new Map(documents.map(({ id }) => [id, parts]))
    },
  },
  {
    name: 'crm.customer',
    async load(store, { documents }) {
      const customers = await store.byIds('customers', documents.map(({ customer }) => customer as string | null))
      return new Map(documents.flatMap(({ id, customer }): [string, Customers][] => {
        const found = customers.get(String(customer))
        return found ? [[id, found]] : []
      }))
    },
  },
  {
    /** How many accepted quotes an opportunity has. */
    name: 'crm.quotes',
    async load(store, { documents }) {
      const accepted = await store.find('quotes', {
        where: { and: [{ opportunity: { in: documents.map(({ id }) => id) } }, { 'workflow.state': { equals: 'accepted' } }] },
      })
      return new Map(documents.map(({ id }) => [id, accepted.filter(({ opportunity }) => opportunity === id).length]))
    },
  },
]
