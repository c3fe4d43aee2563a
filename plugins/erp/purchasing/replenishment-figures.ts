import type { Parts, SupplierParts } from '../../../config/generated/entities.ts'
import type { Row, Store } from '../../core/data/store.ts'
import { mulDiv } from '../../core/engine/decimal.ts'
import { convert } from '../../core/engine/units.ts'
import { loadUnitRatios } from '../../core/pricing/unit-ratios.ts'
import type { ReplenishmentPart, SupplierOffer } from '../engine/replenishment.ts'
import { ownStock } from '../ledger/stock-key.ts'
import { toStockUnits, type UnitLine } from '../stock/stock-units.ts'

/** Where a part stands in a company, at 10^-6 of its stock unit. */
export type PartFigures = { readonly part: Parts; readonly onHand: number; readonly openDemand: number; readonly onOrder: number; readonly plan: ReplenishmentPart }

/**
 * The figures of all given parts in one batch: a fixed number of grouped or sliced queries, however many parts.
 * Demand is what confirmed orders still have to deliver, on order what purchase orders (drafts too) still bring.
 */
export async function loadFigures(store: Store, { company, parts }: { readonly company: string; readonly parts: readonly Parts[] }): Promise<PartFigures[]> {
  const ids = new Set(parts.map(({ id }) => id))
  const onHand = await store.sum('stock-balances', {
    where: { company: { equals: company }, stockStatus: { equals: 'usable' }, stockOwner: { equals: ownStock } }, groupBy: ['part'], fields: ['onHand'],
  })
  const demand = await openQuantities(store, {
    company, ids, orders: 'sales-orders', lines: 'sales-order-lines', parent: 'salesOrder', states: ['confirmed'], done: 'deliveryStatus',
    open: (line) => number(line.quantity) - number(line.deliveredQuantity) - number(line.cancelledQuantity),
  })
  const supply = await openQuantities(store, {
    company, ids, orders: 'purchase-orders', lines: 'purchase-order-lines', parent: 'purchaseOrder', states: ['draft', 'submitted', 'approved'], done: 'receiptStatus',
    open: (line) => number(line.quantity) - number(line.receivedQuantity) + number(line.rejectedQuantity) - number(line.cancelledQuantity),
  })
  const offers = await loadOffers(store, parts)
  const held = new Map(onHand.map((row) => [String(row.part), Number(row.onHand)]))
  return parts.map((part) => {
    const figures = { onHand: held.get(part.id) ?? 0, openDemand: demand.get(part.id) ?? 0, onOrder: supply.get(part.id) ?? 0 }
    return {
      part, ...figures,
      plan: {
        part: part.id, available: figures.onHand - figures.openDemand, onOrder: figures.onOrder,
        reorderPoint: part.reorderPoint ?? 0, safetyStock: part.safetyStock ?? 0, leadTimeDays: part.leadTimeDays ?? 0,
        lot: { minimum: part.reorderQuantity ?? 0, multiple: 0 }, offers: offers.get(part.id) ?? [],
      },
    }
  })
}

const number = (value: unknown) => Number(value ?? 0)
const slice = 500

type OpenQuestion = {
  readonly company: string
  readonly ids: ReadonlySet<string>
  readonly orders: string
  readonly lines: string
  readonly parent: string
  readonly states: readonly string[]
  /** The order's status that says nothing is open any more. */
  readonly done: string
  readonly open: (line: Row) => number
}

/** Open quantity of the lines of open orders by part, in stock units. */
async function openQuantities(store: Store, { company, ids, orders, lines, parent, states, done, open }: OpenQuestion): Promise<Map<string, number>> {
  const found = await store.find<string>(orders, {
    where: { company: { equals: company }, 'workflow.state': { in: [...states] }, [done]: { not_equals: 'complete' } },
  })
  const sums = new Map<string, number>()
  for (let from = 0; from < found.length; from += slice) {
    const rows = (await store.find<string>(lines, { where: { [parent]: { in: found.slice(from, from + slice).map(({ id }) => id) } } })) as Row[]
    for (const row of rows) {
      const part = String(row.part)
      const quantity = open(row)
      if (ids.has(part) && quantity > 0) sums.set(part, (sums.get(part) ?? 0) + toStockUnits(row as UnitLine, quantity))
    }
  }
  return sums
}

/** Offers of active suppliers, turned to the part's stock unit; an offer in a unit that does not convert is left out. */
async function loadOffers(store: Store, parts: readonly Parts[]): Promise<Map<string, SupplierOffer[]>> {
  const rows: SupplierParts[] = []
  for (let from = 0; from < parts.length; from += slice) {
    rows.push(...(await store.find('supplier-parts', {
      where: { part: { in: parts.slice(from, from + slice).map(({ id }) => id) }, status: { equals: 'active' } }, sort: 'id',
    })))
  }
  const suppliers = await store.byIds('suppliers', rows.map(({ supplier }) => supplier))
  const { ratioOf } = await loadUnitRatios(store, parts)
  const byId = new Map(parts.map((part) => [part.id, part]))
  const offers = new Map<string, SupplierOffer[]>()
  for (const row of rows) {
    const [part, supplier] = [byId.get(row.part), suppliers.get(row.supplier)]
    const ratio = part && ratioOf(part, row.unit)
    if (!part || !ratio || supplier?.status !== 'active') continue
    const inStock = (quantity: number | null | undefined) => convert({ quantity: quantity ?? 0, ...ratio })
    offers.set(part.id, [...(offers.get(part.id) ?? []), {
      supplier: row.supplier, name: supplier.name, preferred: part.preferredSupplier === row.supplier,
      unitPrice: mulDiv(row.price, ratio.denominator, ratio.numerator), leadTimeDays: row.leadTimeDays ?? 0,
      lot: { minimum: inStock(row.minimum), multiple: inStock(row.multiple) },
    }])
  }
  return offers
}
