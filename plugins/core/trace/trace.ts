import type { Payload } from 'payload'
import type { EntityDefinition, Tone } from '../../../config/language/entity.ts'
import type { Text } from '../../../config/language/text.ts'
import type { Actor } from '../access/actor.ts'
import { can, hiddenFields } from '../access/can.ts'
import { openStore } from '../data/open-store.ts'
import type { Row, Store } from '../data/store.ts'
import { currencyExponent } from '../engine/currency.ts'
import { speakRow } from '../entities/speak.ts'
import { fail } from '../errors.ts'
import { platformOf, type Platform } from '../platform/platform.ts'
import { stateOf } from '../workflow/pinned.ts'

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
  /** The user may not read it: only that it exists, and where it stands in the graph. */
  readonly redacted: boolean
}
export type TraceEdge = { readonly from: string; readonly to: string; readonly kind: 'link' | 'peg'; readonly quantity: string | null }
export type Trace = { readonly id: string; readonly nodes: readonly TraceNode[]; readonly edges: readonly TraceEdge[] }

/**
 * The life of one trace: every document that carries its id, those that serve it through quantity pegs, and the edges
 * between them. A bounded number of queries: links, pegs, and one for each entity that occurs.
 */
export async function traceOf(payload: Payload, actor: Actor, traceId: string): Promise<Trace> {
  const platform = platformOf(payload)
  const store = openStore(payload)
  const created = await store.find('history', { where: { traceId: { equals: traceId } }, sort: 'at' })
  if (created.length === 0) fail('notFound', { entity: { en: 'trace', zh: '追溯链' }, id: traceId })
  const pegs = await store.find('pegs', { where: { demandTraceId: { equals: traceId } } })
  const ids = new Set([...created.map(({ documentId }) => documentId), ...pegs.flatMap(({ supplyId, demandId }) => [supplyId, demandId])])
  const links = await linksAmong(store, [...ids])

  const entityOf = new Map<string, string>(created.map(({ documentId, entity }) => [documentId, entity]))
  for (const peg of pegs) entityOf.set(peg.supplyId, peg.supplyEntity).set(peg.demandId, peg.demandEntity)
  const company = await store.find('companies', { sort: 'createdAt', limit: 1 })
  const exponent = company[0] ? currencyExponent(company[0].currency) : 2
  const nodes = await loadNodes({ platform, store, actor, entityOf, exponent })
  const known = new Set(nodes.map(({ id }) => id))
  const edges: TraceEdge[] = [
    ...links.map(({ fromId, toId }) => ({ from: fromId, to: toId, kind: 'link' as const, quantity: null })),
    ...pegs.map((peg) => ({ from: peg.supplyId, to: peg.demandId, kind: 'peg' as const, quantity: String(peg.quantity / 1_000_000) })),
  ]
  return { id: traceId, nodes, edges: edges.filter(({ from, to }) => known.has(from) && known.has(to)) }
}

async function linksAmong(store: Store, ids: readonly string[]) {
  const links = []
  for (let from = 0; from < ids.length; from += 500) {
    links.push(...(await store.find('document-links', { where: { toId: { in: ids.slice(from, from + 500) } } })))
  }
  return links
}

type NodeQuestion = { platform: Platform; store: Store; actor: Actor; entityOf: ReadonlyMap<string, string>; exponent: number }

async function loadNodes({ platform, store, actor, entityOf, exponent }: NodeQuestion): Promise<TraceNode[]> {
  const nodes: TraceNode[] = []
  for (const slug of new Set(entityOf.values())) {
    const entity = platform.entities.get(slug)
    if (!entity || entity.kind !== 'document') continue
    const ids = [...entityOf].filter(([, of]) => of === slug).map(([id]) => id)
    const documents = await store.byIds(slug, ids)
    const { allowed, own } = can(actor, 'read', entity)
    const hidden = hiddenFields(actor, entity)
    for (const document of documents.values() as Iterable<Row>) {
      const redacted = !allowed || (own && document.owner !== actor.id)
      nodes.push(redacted ? redactedNode(entity, document) : node({ platform, entity, document, hidden, exponent }))
    }
  }
  return nodes
}

function node({ platform, entity, document, hidden, exponent }: { platform: Platform; entity: EntityDefinition; document: Row; hidden: ReadonlySet<string>; exponent: number }): TraceNode {
  const spoken = speakRow(entity, document, exponent)
  const state = stateOf(document)
  const definition = state === undefined ? undefined : platform.workflows.get(entity.slug)?.definition.states[state]
  const shown = (names: readonly string[]) => {
    const name = names.find((candidate) => spoken[candidate] != null && !hidden.has(candidate))
    return name === undefined ? null : String(spoken[name])
  }
  return {
    id: document.id, entity: entity.slug, label: entity.label, number: shown(['number', entity.titleField]),
    state: state ?? null, stateLabel: definition?.label ?? null, tone: definition?.tone ?? null,
    date: shown(['date', 'orderDate', 'createdAt'])?.slice(0, 10) ?? null,
    amount: shown(['grandTotal', 'amount']), redacted: false,
  }
}

function redactedNode(entity: EntityDefinition, { id }: Row): TraceNode {
  return { id, entity: entity.slug, label: entity.label, number: null, state: null, stateLabel: null, tone: null, date: null, amount: null, redacted: true }
}
