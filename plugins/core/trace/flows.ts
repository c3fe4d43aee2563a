import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { Actor } from '../access/actor.ts'
import { hiddenFields } from '../access/can.ts'
import type { Row, Store } from '../data/store.ts'
import type { Platform } from '../platform/platform.ts'
import { quantityFieldOf } from './nodes.ts'
import { hasUnit, plus, type ByUnit } from './quantities.ts'
import type { TraceNode } from './trace.ts'

/** Stored values: quantities at 1e-6 by unit, amount in minor units. */
export type Flow = { readonly quantities?: ByUnit; readonly amount?: number }
/** From, then to. */
export type Flows = ReadonlyMap<string, ReadonlyMap<string, Flow>>

type Question = { readonly platform: Platform; readonly store: Store; readonly actor: Actor; readonly nodes: readonly TraceNode[] }
type Part = { readonly from: string; readonly to: string; readonly flow: Flow }

/**
 * How much of one document went into another: lines that name the line they come from (a delivery line its order line)
 * are summed by quantity and unit, lines that name a document (an allocation its invoice) by amount. Two queries a relation.
 */
export async function flowsAmong({ platform, store, actor, nodes }: Question): Promise<Flows> {
  const readable = nodes.filter(({ redacted }) => !redacted)
  const slugs = [...new Set(readable.map(({ entity }) => entity))]
  const parts = await Promise.all(slugs.flatMap((slug) => {
    const entity = platform.entities.get(slug)
    const line = entity?.lines && platform.entities.get(entity.lines.entity)
    if (!entity?.lines || !line) return []
    const ids = readable.filter((node) => node.entity === slug).map(({ id }) => id)
    const hidden = hiddenFields(actor, line)
    return line.fields
      .filter(({ type, name }) => type === 'relation' && name !== entity.lines?.parentField && !hidden.has(name))
      .map(({ name, to = '' }) => flowsBy({ platform, store, line, hidden, ids, parentField: entity.lines?.parentField ?? '', field: name, to }))
  }))
  const visible = new Set(readable.map(({ id }) => id))
  const flows = new Map<string, Map<string, Flow>>()
  for (const { from, to, flow } of parts.flat()) {
    if (!visible.has(from)) continue
    const ofFrom = flows.get(from) ?? new Map<string, Flow>()
    flows.set(from, ofFrom.set(to, added(ofFrom.get(to), flow)))
  }
  return flows
}

type ByRelation = {
  readonly platform: Platform; readonly store: Store; readonly line: EntityDefinition; readonly hidden: ReadonlySet<string>
  readonly ids: readonly string[]; readonly parentField: string; readonly field: string; readonly to: string
}

async function flowsBy({ platform, store, line, hidden, ids, parentField, field, to }: ByRelation): Promise<Part[]> {
  const target = platform.entities.get(to)
  const measure = target?.kind === 'line' ? quantityFieldOf(line) : target?.kind === 'document' && hasField(line, 'amount') ? 'amount' : undefined
  if (!target || !measure || hidden.has(measure)) return []
  const isCounted = target.kind === 'line' && hasUnit(line)
  const sums = await store.sum(line.slug, {
    where: { and: [{ [parentField]: { in: [...ids] } }, { [field]: { exists: true } }] }, groupBy: [parentField, field, ...(isCounted ? ['unit'] : [])], fields: [measure],
  })
  const named = sums.filter((row) => typeof row[field] === 'string')
  const owner = target.kind === 'line' ? target.parent?.field ?? '' : undefined
  const lines = owner === undefined ? undefined : await store.byIds(to, named.map((row) => String(row[field])))
  return named.flatMap((row): Part[] => {
    const from = owner === undefined ? row[field] : (lines?.get(String(row[field])) as Row | undefined)?.[owner]
    const flow = target.kind === 'line' ? { quantities: new Map([[isCounted && typeof row.unit === 'string' ? row.unit : '', Number(row[measure])]]) } : { amount: Number(row[measure]) }
    return typeof from === 'string' ? [{ from, to: String(row[parentField]), flow }] : []
  })
}

const hasField = (entity: EntityDefinition, name: string) => entity.fields.some((field) => field.name === name)

function added(known: Flow | undefined, flow: Flow): Flow {
  return {
    ...known,
    ...(flow.quantities === undefined ? {} : { quantities: [...flow.quantities].reduce((sum, [unit, quantity]) => plus(sum, unit, quantity), known?.quantities ?? new Map<string, number>()) }),
    ...(flow.amount === undefined ? {} : { amount: (known?.amount ?? 0) + flow.amount }),
  }
}
