import type { Customers, Locations, Parts, Reservations, StockBalances, Suppliers, TaxCodes } from '../../../config/generated/entities.ts'
import type { Row, Store } from '../../core/data/store.ts'
import type { FactLoader, FactQuestion } from '../../core/platform/plugin.ts'
import { loadUnitRatios } from '../../core/pricing/unit-ratios.ts'
import { loadBalances } from '../ledger/stock-balances.ts'
import { stockPlace, type StockStatus } from '../ledger/stock-key.ts'
import { forAll, linesOfDocuments, textOf } from './lines-of.ts'

/** Masters that the lines of a document name. */
export type PartFacts = {
  readonly parts: ReadonlyMap<string, Parts>
  readonly taxCodes: ReadonlyMap<string, TaxCodes>
  /** Whether the unit converts to the part's stock unit. */
  readonly converts: (part: string, unit: string) => boolean
}
export type PartnerFact = Customers | Suppliers | null
export type LocationFacts = ReadonlyMap<string, Locations>
/** By `placeKey`. */
export type StockFacts = ReadonlyMap<string, StockBalances>
export type ReservationFacts = readonly Reservations[]

export const stockFacts: readonly FactLoader[] = [
  { name: 'erp.parts', load: loadParts },
  { name: 'erp.partner', load: loadPartners },
  { name: 'erp.locations', load: loadLocations },
  { name: 'erp.stock', load: loadStock },
  { name: 'erp.reservations', load: loadReservations },
]

async function loadParts(store: Store, question: FactQuestion): Promise<Map<string, PartFacts>> {
  return forAll(question, await loadPartFacts(store, [...(await linesOfDocuments(store, question)).values()].flat()))
}

/** What lines name, in a bounded number of queries. */
export async function loadPartFacts(store: Store, lines: readonly Row[]): Promise<PartFacts> {
  const parts = await store.byIds('parts', lines.map((line) => textOf(line, 'part')))
  const taxCodes = await store.byIds('tax-codes', lines.map((line) => textOf(line, 'taxCode')))
  const ratios = await loadUnitRatios(store, parts.values())
  const converts = (part: string, unit: string) => {
    const found = parts.get(part)
    return found !== undefined && ratios.ratioOf(found, unit) !== undefined
  }
  return { parts, taxCodes, converts }
}

async function loadPartners(store: Store, { documents }: FactQuestion): Promise<Map<string, PartnerFact>> {
  const customers = await store.byIds('customers', documents.map((document) => textOf(document, 'customer')))
  const suppliers = await store.byIds('suppliers', documents.map((document) => textOf(document, 'supplier')))
  return new Map(documents.map((document) =>
    [document.id, customers.get(textOf(document, 'customer') ?? '') ?? suppliers.get(textOf(document, 'supplier') ?? '') ?? null]))
}

async function loadLocations(store: Store, question: FactQuestion): Promise<Map<string, LocationFacts>> {
  const lines = [...(await linesOfDocuments(store, question)).values()].flat()
  return forAll(question, await store.byIds('locations', lines.map((line) => textOf(line, 'location'))))
}

async function loadStock(store: Store, question: FactQuestion): Promise<Map<string, StockFacts>> {
  const lines = await linesOfDocuments(store, question)
  const result = new Map<string, StockFacts>()
  for (const company of new Set(question.documents.map((document) => textOf(document, 'company') ?? ''))) {
    const own = question.documents.filter((document) => (textOf(document, 'company') ?? '') === company)
    const places = own.flatMap(({ id }) => lines.get(id) ?? []).flatMap((line) => {
      const [part, location] = [textOf(line, 'part'), textOf(line, 'location')]
      if (!part || !location) return []
      return [stockPlace({ part, location, lot: textOf(line, 'lot') ?? '', stockStatus: textOf(line, 'stockStatus') as StockStatus | undefined })]
    })
    const balances = await loadBalances(store, { company, places })
    for (const { id } of own) result.set(id, balances)
  }
  return result
}

/** Open reservations of the sales order that a document is, or comes from. */
async function loadReservations(store: Store, { entity, documents }: FactQuestion): Promise<Map<string, ReservationFacts>> {
  const orderOf = new Map(documents.map((document) => [document.id, entity === 'sales-orders' ? document.id : textOf(document, 'salesOrder')]))
  const orders = [...orderOf.values()].filter((id): id is string => id !== undefined)
  const rows = orders.length === 0 ? [] : await store.find('reservations', {
    where: { and: [{ salesOrder: { in: orders } }, { reservationState: { equals: 'open' } }] },
  })
  return new Map([...orderOf].map(([id, order]) => [id, rows.filter(({ salesOrder }) => salesOrder === order)]))
}
