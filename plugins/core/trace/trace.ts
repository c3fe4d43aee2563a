import type { Payload } from 'payload'
import type { Tone } from '../../../config/language/entity.ts'
import type { Text } from '../../../config/language/text.ts'
import type { Actor } from '../access/actor.ts'
import { openStore } from '../data/open-store.ts'
import type { Store } from '../data/store.ts'
import { currencyExponent } from '../engine/currency.ts'
import { formatDecimal } from '../engine/decimal.ts'
import { fail } from '../errors.ts'
import { platformOf } from '../platform/platform.ts'
import { flowsAmong } from './flows.ts'
import { loadNodes } from './nodes.ts'
import { loadSpeaker, plus, singleOf, type ByUnit, type UnitQuantity } from './quantities.ts'

export type TraceNode = {
  readonly id: string
  readonly entity: string
  readonly label: Text
  readonly number: string | null
  readonly state: string | null
  readonly stateLabel: Text | null
  readonly tone: Tone | null
  readonly date: string | null
  readonly amount: string | null
  /** Number of its lines; null where it has none by nature. */
  readonly lines: number | null
  /** The sum of `quantities` where they are all in one unit; null else, and without such lines. */
  readonly quantity: string | null
  /** Sums of the quantities of its lines, one a unit. */
  readonly quantities: readonly UnitQuantity[]
  /** The user may not read it: only that it exists, and where it stands in the graph. */
  readonly redacted: boolean
}
/** `quantities` (one a unit; `quantity` where there is one), `amount`: how much went along the edge; empty and null where nothing says so or an end is redacted. */
export type TraceEdge = {
  readonly from: string
  readonly to: string
  readonly kind: 'link' | 'peg'
  readonly quantity: string | null
  readonly quantities: readonly UnitQuantity[]
  readonly amount: string | null
}
export type Trace = {
  readonly id: string
  readonly currency: string
  readonly nodes: readonly TraceNode[]
  readonly edges: readonly TraceEdge[]
  /** Documents beyond the limit are left out. */
  readonly truncated: boolean
}

/** What a person can look at, and what keeps the queries small. */
const mostDocuments = 400

/**
 * The life of one trace: every document that carries its id, those that serve it through quantity pegs with what they came
 * from and what came of them, and the edges between them. A bounded number of queries: links, pegs, and up to four for
 * each entity that occurs.
 */
export async function traceOf(payload: Payload, actor: Actor, traceId: string): Promise<Trace> {
  const platform = platformOf(payload)
  const store = openStore(payload)
  const [created, pegs, [company]] = await Promise.all([
    store.find('history', { where: { and: [{ traceId: { equals: traceId } }, { action: { in: ['create', 'import'] } }] }, sort: 'at', limit: mostDocuments + 1 }),
    store.find('pegs', { where: { or: [{ demandTraceId: { equals: traceId } }, { supplyTraceId: { equals: traceId } }] }, sort: 'at', limit: mostDocuments }),
    store.find('companies', { sort: 'createdAt', limit: 1 }),
  ])
  if (created.length === 0) fail('notFound', { entity: { en: 'trace', zh: '追溯链' }, id: traceId })

  const entityOf = new Map<string, string>(created.slice(0, mostDocuments).map(({ documentId, entity }) => [documentId, entity]))
  for (const peg of pegs) entityOf.set(peg.supplyId, peg.supplyEntity).set(peg.demandId, peg.demandEntity)
  for (const [id, entity] of await besideSupplies(store, pegs.filter((peg) => peg.demandTraceId === traceId))) entityOf.set(id, entity)
  const exponent = company ? currencyExponent(company.currency) : 2
  const nodes = await loadNodes({ platform, store, actor, entityOf, exponent })
  const known = new Map(nodes.map((node) => [node.id, node]))
  const [links, flows] = await Promise.all([linksAmong(store, [...known.keys()]), flowsAmong({ platform, store, actor, nodes })])

  const parts = await store.byIds('parts', pegs.map(({ part }) => part))
  const pairs = pegged(pegs.map((peg) => ({ ...peg, unit: parts.get(peg.part ?? '')?.unit ?? '' })))
  const speak = await loadSpeaker(store, [...[...flows.values()].flatMap((to) => [...to.values()]), ...pairs].map(({ quantities }) => quantities))
  const spoken = (byUnit: ByUnit | undefined) => { const quantities = speak(byUnit); return { quantity: singleOf(quantities), quantities } }
  const edges: TraceEdge[] = []
  for (const { fromId, toId } of links) {
    const flow = flows.get(fromId)?.get(toId)
    edges.push({
      from: fromId, to: toId, kind: 'link',
      ...spoken(flow?.quantities),
      amount: flow?.amount === undefined ? null : formatDecimal(flow.amount, exponent, { minDigits: exponent }),
    })
  }
  for (const { supplyId, demandId, quantities } of pairs) {
    const isRedacted = known.get(supplyId)?.redacted || known.get(demandId)?.redacted
    edges.push({ from: supplyId, to: demandId, kind: 'peg', ...spoken(isRedacted ? undefined : quantities), amount: null })
  }
  return {
    id: traceId, currency: company?.currency ?? '', nodes, truncated: created.length > mostDocuments,
    edges: edges.filter(({ from, to }) => known.has(from) && known.has(to)),
  }
}

/** What a supply came from, and what came of it: its proposal, its receipts. */
async function besideSupplies(store: Store, pegs: readonly { readonly supplyId: string }[]): Promise<Map<string, string>> {
  const supplies = [...new Set(pegs.map(({ supplyId }) => supplyId))]
  if (supplies.length === 0) return new Map()
  const links = await store.find('document-links', {
    where: { or: [{ fromId: { in: supplies } }, { toId: { in: supplies } }] }, sort: 'at', limit: mostDocuments,
  })
  return new Map(links.flatMap(({ fromId, fromEntity, toId, toEntity }) => [[fromId, fromEntity], [toId, toEntity]]))
}

async function linksAmong(store: Store, ids: readonly string[]) {
  const links = []
  for (let from = 0; from < ids.length; from += 500) {
    links.push(...(await store.find('document-links', { where: { toId: { in: ids.slice(from, from + 500) } } })))
  }
  return links
}

type Peg = { readonly supplyId: string; readonly demandId: string; readonly quantity: number; readonly unit: string }
type PeggedPair = { readonly supplyId: string; readonly demandId: string; readonly quantities: ByUnit }

/** One edge a pair of documents, however many lines are pegged. */
function pegged(pegs: readonly Peg[]): PeggedPair[] {
  const pairs = new Map<string, PeggedPair>()
  for (const { supplyId, demandId, quantity, unit } of pegs) {
    const key = `${supplyId} ${demandId}`
    pairs.set(key, { supplyId, demandId, quantities: plus(pairs.get(key)?.quantities, unit, quantity) })
  }
  return [...pairs.values()]
}
