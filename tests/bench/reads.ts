import type { Run } from './area.ts'
import type { Session } from './http.ts'
import { beside } from './measures.ts'
import type { DatabaseKind } from './places.ts'
import { byTurns, rateOf } from './rounds.ts'

const clients = 4

const fieldsOfOrder = 'id number requestedDate promisedDate netTotal taxTotal grandTotal deliveryStatus billingStatus paymentStatus workflow { state since } createdAt updatedAt'

/** The same questions to both, whose answers differ only in how decimals are written. */
const questions = [
  { name: 'one order with its lines', query: (id: string) => `{ SalesOrder(id: "${id}") { ${fieldsOfOrder} customer { id number name } lines { docs { id position quantity unitPrice netAmount part { id partNumber name } } } } }` },
  { name: '50 orders with their customers', query: () => `{ SalesOrders(limit: 50, sort: "-number") { totalDocs docs { ${fieldsOfOrder} customer { id number name } } } }` },
  { name: '100 parts', query: () => '{ Parts(limit: 100, sort: "partNumber") { totalDocs docs { id partNumber name nameZh makeOrBuy stocked listPrice standardCost safetyStock reorderPoint leadTimeDays barcode } } }' },
] as const

/** GraphQL of the platform beside that of a bare Payload with the same fields on the same rows, each behind its front. */
export async function measureReads({ quick, add }: Run, { kind, ours, theirs, orders, rows }: {
  readonly kind: DatabaseKind; readonly ours: Session; readonly theirs: Session; readonly orders: readonly string[]; readonly rows: string
}): Promise<void> {
  const many = { clients, milliseconds: quick ? 400 : 2_500 }
  for (const { name, query } of questions) {
    const step = (session: Session) => {
      let turn = 0
      return async () => void await session.ask('POST', '/api/graphql', { query: query(orders[turn++ % orders.length] ?? '') })
    }
    const [our, their] = [step(ours), step(theirs)]
    await Promise.all([our(), their()])
    const figures = await byTurns(quick ? 2 : 8, { ours: () => rateOf(many, our), theirs: () => rateOf(many, their) })
    add(beside({ area: 'core', name: `GraphQL, ${name}, ${rows}, ${clients} clients, ${kind}, beside bare Payload`, unit: 'reads/s', value: figures.ours, baseline: figures.theirs, atLeast: 0.9 }))
  }
}
