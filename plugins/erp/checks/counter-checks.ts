import type { Where } from 'payload'
import type { Check } from '../../core/platform/plugin.ts'
import type { Row, Store } from '../../core/data/store.ts'
import { openResult } from '../../core/verify/check-result.ts'
import { inPages } from '../../core/verify/pages.ts'
import { booked, pageSize, sumBy } from './sums.ts'

/** A counter of an order line, and the lines of which documents it adds up. */
type Counter = {
  readonly counter: string
  /** The documents that follow the order, and which of them count. */
  readonly documents: string
  /** Their relation to the order, or to `via` whose relation leads on to it. */
  readonly relation: string
  readonly via?: { readonly documents: string; readonly relation: string }
  readonly where: Where
  readonly lines: string
  readonly parent: string
  readonly source: string
  readonly field: string
  readonly only?: Where
  /** Lines that name the order line only through a line of another document. */
  readonly through?: { readonly lines: string; readonly source: string }
}

const done = (states: readonly string[]): Where => ({ 'workflow.state': { in: [...states] } })
const purchase = { documents: 'receipts', relation: 'purchaseOrder', where: done(['posted']), lines: 'receipt-lines', parent: 'receipt', source: 'purchaseOrderLine' } as const

const purchaseCounters: readonly Counter[] = [
  { ...purchase, counter: 'receivedQuantity', field: 'receivedQuantity' },
  { ...purchase, counter: 'rejectedQuantity', field: 'rejectedQuantity' },
  {
    counter: 'billedQuantity', documents: 'supplier-bills', relation: 'purchaseOrder', where: booked,
    lines: 'supplier-bill-lines', parent: 'supplierBill', source: 'purchaseOrderLine', field: 'quantity',
  },
]

const goods: Where = { lineKind: { equals: 'goods' } }
const salesCounters: readonly Counter[] = [
  {
    counter: 'deliveredQuantity', documents: 'deliveries', relation: 'salesOrder', where: done(['posted', 'confirmed']),
    lines: 'delivery-lines', parent: 'delivery', source: 'salesOrderLine', field: 'quantity',
  },
  {
    counter: 'returnedQuantity', documents: 'sales-returns', relation: 'salesOrder', where: done(['received', 'closed']),
    lines: 'sales-return-lines', parent: 'salesReturn', source: 'deliveryLine', field: 'quantity', through: { lines: 'delivery-lines', source: 'salesOrderLine' },
  },
  {
    counter: 'invoicedQuantity', documents: 'invoices', relation: 'salesOrder', where: booked,
    lines: 'invoice-lines', parent: 'invoice', source: 'salesOrderLine', field: 'quantity', only: goods,
  },
  {
    counter: 'creditedQuantity', documents: 'credit-notes', relation: 'invoice', via: { documents: 'invoices', relation: 'salesOrder' }, where: booked,
    lines: 'credit-note-lines', parent: 'creditNote', source: 'invoiceLine', field: 'quantity', through: { lines: 'invoice-lines', source: 'salesOrderLine' },
  },
]

export const counterChecks: readonly Check[] = [
  {
    name: 'erp.purchaseCounters',
    label: { en: 'Received, rejected and billed quantities of purchase orders are the sums of receipts and bills', zh: '采购订单收货、拒收、收票数量等于单据合计' },
    run: (store) => checkCounters(store, { orders: 'purchase-orders', lines: 'purchase-order-lines', parent: 'purchaseOrder', counters: purchaseCounters }),
  },
  {
    name: 'erp.salesCounters',
    label: { en: 'Delivered, returned, invoiced and credited quantities of sales orders are the sums of their documents', zh: '销售订单发货、退货、开票、红冲数量等于单据合计' },
    run: (store) => checkCounters(store, { orders: 'sales-orders', lines: 'sales-order-lines', parent: 'salesOrder', counters: salesCounters }),
  },
]

async function checkCounters(store: Store, { orders, lines, parent, counters }: {
  readonly orders: string
  readonly lines: string
  readonly parent: string
  readonly counters: readonly Counter[]
}) {
  const { fail, count, result } = openResult()
  for await (const page of inPages(store.streamOnly<string, string>(orders, ['number']), pageSize)) {
    const ids = page.map(({ id }) => id)
    const numbers = new Map(page.map((order) => [order.id, String(order.number)]))
    const rows: Row[] = await store.findOnly<string, string>(lines, [parent, 'position', ...counters.map(({ counter }) => counter)], { where: { [parent]: { in: ids } } })
    for (const counter of counters) {
      const sums = await sumsOf(store, ids, counter)
      for (const row of rows) {
        count()
        const [kept, expected] = [Number(row[counter.counter] ?? 0), sums.get(row.id) ?? 0]
        if (kept !== expected) {
          fail(`${numbers.get(String(row[parent]))}, line ${String(row.position)}: ${counter.counter} is ${kept}, its documents add up to ${expected}.`)
        }
      }
    }
  }
  return result()
}

/** By order line, what the posted documents of some orders add up to. */
async function sumsOf(store: Store, orders: readonly string[], counter: Counter): Promise<Map<string, number>> {
  const { documents, relation, via, where, lines, parent, source, field, only, through } = counter
  const roots = via ? await idsOf(store, via.documents, { [via.relation]: { in: [...orders] } }) : orders
  const parents = await idsOf(store, documents, { and: [{ [relation]: { in: [...roots] } }, where] })
  const sums = new Map<string, number>()
  for (let from = 0; from < parents.length; from += pageSize) {
    const own: Where = { [parent]: { in: parents.slice(from, from + pageSize) } }
    const byLine = await sumBy(store, lines, { where: only ? { and: [own, only] } : own, by: source, field })
    const steps = through ? await store.byIds<string>(through.lines, byLine.keys()) : undefined
    for (const [id, quantity] of byLine) {
      const line = through ? stepOf(steps?.get(id), through.source) : id
      if (line) sums.set(line, (sums.get(line) ?? 0) + quantity)
    }
  }
  return sums
}

/** The order line behind a line; deductions of deposits have none and count nowhere. */
function stepOf(row: Row | undefined, source: string): string | undefined {
  const line = row?.[source]
  return typeof line === 'string' && (row?.lineKind === undefined || row.lineKind === 'goods') ? line : undefined
}

async function idsOf(store: Store, entity: string, where: Where): Promise<string[]> {
  return (await store.findOnly(entity, [], { where })).map(({ id }) => id)
}
