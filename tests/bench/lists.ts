import type { Run } from './area.ts'
import type { Session } from './http.ts'
import { below } from './measures.ts'
import type { DatabaseKind } from './places.ts'
import { median } from './rounds.ts'

const milliseconds = 300

/** What people look at, as the page that the server makes of it and as the answer behind it. */
const views = [
  { name: 'home', path: '/admin' },
  { name: 'list of sales orders', path: '/admin/collections/sales-orders' },
  { name: 'list of sales orders, one state, another order', path: '/admin/collections/sales-orders?state=closed&sort=-requestedDate' },
  { name: 'list of sales orders, page 500', path: '/admin/collections/sales-orders?page=500' },
  { name: 'list of sales orders, words', path: '/admin/collections/sales-orders?q=0420' },
  { name: 'list of sales orders, a total and a date', path: '/admin/collections/sales-orders?f=grandTotal:gte:20&f=requestedDate:gte:2026-06-01&sort=-grandTotal' },
  { name: 'stock ledger', path: '/admin/collections/stock-entries' },
  { name: 'stock ledger of a source, by words', path: '/admin/collections/stock-entries?q=SC' },
  { name: 'stock ledger by quantity', path: '/admin/collections/stock-entries?sort=-quantity' },
  { name: 'list of journal entries', path: '/admin/collections/journal-entries' },
  { name: 'list of customers', path: '/admin/collections/customers' },
] as const

/** Each view several times by turns: the median. */
export async function measureLists({ quick, add }: Run, { kind, session, rows }: { readonly kind: DatabaseKind; readonly session: Session; readonly rows: string }): Promise<void> {
  const times = new Map<string, number[]>(views.map(({ path }) => [path, []]))
  for (let round = 0; round <= (quick ? 2 : 7); round++) {
    for (const { path } of views) {
      const began = performance.now()
      await session.ask('GET', path)
      // The first time code is loaded.
      if (round > 0) times.get(path)?.push(performance.now() - began)
    }
  }
  for (const { name, path } of views) add(below({ area: 'core', name: `${name}, ${rows}, ${kind}`, unit: 'ms', value: median(times.get(path) ?? []), limit: milliseconds }))
}
