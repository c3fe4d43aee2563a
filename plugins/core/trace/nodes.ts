import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { Actor } from '../access/actor.ts'
import { can, hiddenFields } from '../access/can.ts'
import type { Row, Store } from '../data/store.ts'
import { speakRow } from '../entities/speak.ts'
import type { Platform } from '../platform/platform.ts'
import { stateView } from '../views/entity-view.ts'
import { stateOf } from '../workflow/pinned.ts'
import { hasUnit, loadSpeaker, plus, singleOf, type ByUnit, type UnitQuantity } from './quantities.ts'
import type { TraceNode } from './trace.ts'

type NodeQuestion = { platform: Platform; store: Store; actor: Actor; entityOf: ReadonlyMap<string, string>; exponent: number }
type LineTotals = ReadonlyMap<string, { readonly lines: number; readonly quantities: ByUnit }>

/** Two queries an entity: its documents, and the sums of their lines. */
export async function loadNodes({ platform, store, actor, entityOf, exponent }: NodeQuestion): Promise<TraceNode[]> {
  const ofEntity = await Promise.all([...new Set(entityOf.values())].map(async (slug) => {
    const entity = platform.entities.get(slug)
    if (!entity || entity.kind !== 'document') return []
    const ids = [...entityOf].filter(([, of]) => of === slug).map(([id]) => id)
    const [documents, totals] = await Promise.all([store.byIds(slug, ids), lineTotals(platform, store, entity, ids)])
    const speak = await loadSpeaker(store, [...totals.values()].map(({ quantities }) => quantities))
    const { allowed, own } = can(actor, 'read', entity)
    const hidden = hiddenFields(actor, entity)
    return ([...documents.values()] as Row[]).map((document) =>
      !allowed || (own && document.owner !== actor.id)
        ? redactedNode(entity, document)
        : node({ platform, entity, document, hidden, exponent, totals, speak }))
  }))
  return ofEntity.flat()
}

/** The field of a line that says how much: `quantity`, or the first of its kind (`receivedQuantity`). */
export function quantityFieldOf(line: EntityDefinition): string | undefined {
  const quantities = line.fields.filter(({ type }) => type === 'quantity')
  return (quantities.find(({ name }) => name === 'quantity') ?? quantities[0])?.name
}

async function lineTotals(platform: Platform, store: Store, entity: EntityDefinition, ids: readonly string[]): Promise<LineTotals> {
  const line = entity.lines && platform.entities.get(entity.lines.entity)
  if (!entity.lines || !line) return new Map()
  const { parentField } = entity.lines
  const quantity = quantityFieldOf(line)
  const isCounted = hasUnit(line)
  const rows = await store.sum(line.slug, { where: { [parentField]: { in: [...ids] } }, groupBy: [parentField, ...(isCounted ? ['unit'] : [])], fields: quantity ? [quantity] : [] })
  const totals = new Map<string, { lines: number; quantities: ByUnit }>()
  for (const row of rows) {
    const { lines, quantities } = totals.get(String(row[parentField])) ?? { lines: 0, quantities: new Map<string, number>() }
    // A line of a document with units that has none counts nothing: a deposit, a text.
    const unit = isCounted ? row.unit : ''
    totals.set(String(row[parentField]), { lines: lines + Number(row.count), quantities: quantity && typeof unit === 'string' ? plus(quantities, unit, Number(row[quantity])) : quantities })
  }
  return totals
}

type Seen = { platform: Platform; entity: EntityDefinition; document: Row; hidden: ReadonlySet<string>; exponent: number; totals: LineTotals; speak: (quantities: ByUnit | undefined) => UnitQuantity[] }

function node({ platform, entity, document, hidden, exponent, totals, speak }: Seen): TraceNode {
  const spoken = speakRow(entity, document, exponent)
  const shown = (names: readonly string[]) => {
    const name = names.find((candidate) => spoken[candidate] != null && spoken[candidate] !== '' && !hidden.has(candidate))
    return name === undefined ? null : String(spoken[name])
  }
  const state = stateView(platform, entity.slug, stateOf(document))
  const total = totals.get(document.id)
  const quantities = speak(total?.quantities)
  return {
    id: document.id, entity: entity.slug, label: entity.label, number: shown(['number', entity.titleField]),
    state: state?.name ?? null, stateLabel: state?.label ?? null, tone: state?.tone ?? null,
    date: shown([...documentDates, 'createdAt'])?.slice(0, 10) ?? null,
    amount: shown(['grandTotal', 'amount', 'expectedAmount', 'debitTotal']),
    lines: entity.lines ? total?.lines ?? 0 : null,
    quantity: singleOf(quantities), quantities,
    redacted: false,
  }
}

/** The day a document is of; a day it is wanted or due by is another thing. */
const documentDates = [
  'confirmedDate', 'orderDate', 'quoteDate', 'deliveryDate', 'receiptDate', 'returnDate', 'invoiceDate', 'billDate', 'creditDate', 'paymentDate', 'entryDate', 'countDate',
]

function redactedNode(entity: EntityDefinition, { id }: Row): TraceNode {
  return {
    id, entity: entity.slug, label: entity.label, number: null, state: null, stateLabel: null, tone: null, date: null,
    amount: null, lines: null, quantity: null, quantities: [], redacted: true,
  }
}
