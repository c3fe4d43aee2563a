import type { Where } from 'payload'
import type { BomVersions, Parts } from '../../../config/generated/entities.ts'
import type { Row, Store } from '../../core/data/store.ts'
import { groupBy } from '../../core/engine/group-by.ts'
import type { FactLoader, FactQuestion } from '../../core/platform/plugin.ts'
import { stateOf } from '../../core/workflow/pinned.ts'
import type { Bill } from '../engine/bill.ts'
import { effectiveVersion, overlap } from '../engine/effective.ts'
import { findCycle } from '../engine/levels.ts'
import { periodOf, ruledStates, versionOf, type Version } from '../rows.ts'
import { inSlices, loadBelow, versionsOf, withLines } from './load-bills.ts'

/** Part numbers on the way from the part back to itself; none: there is no such way. */
export type CycleFact = readonly string[]
/** Part numbers of components that are made and have no released bill on the day on which they go in. */
export type ChildrenFact = readonly string[]
/** Other versions of the part and site that share a day with it and rule or ruled there. */
export type RivalsFact = readonly Version[]

const ruled: Where = { 'workflow.state': { in: ruledStates } }

/** Numbers of bills that draw the part today or later, where this version rules. */
export type UsersFact = readonly string[]

export const billFacts: readonly FactLoader[] = [
  { name: 'mrp.cycle', load: loadCycles },
  { name: 'mrp.children', load: loadChildren },
  { name: 'mrp.users', load: loadUsers },
  { name: 'mrp.rivals', load: (store, { entity, documents }) => loadRivals(store, entity, documents) },
]

async function loadCycles(store: Store, { documents }: FactQuestion): Promise<Map<string, CycleFact>> {
  const own = await withLines(store, documents as unknown as BomVersions[])
  const inUse: Where = { 'workflow.state': { in: [...ruledStates, 'inReview'] } }
  const bills = groupBy(await loadBelow(store, { tops: own.flatMap(({ lines }) => lines.map(({ component }) => component)), where: inUse }), ({ part }) => part)
  const paths = new Map(own.map((bill) => [bill.id, findCycle([bill.part], (part) => childrenOf(bill, part, bills)) ?? []]))
  const numbers = await partNumbers(store, [...paths.values()].flat())
  return new Map([...paths].map(([id, path]) => [id, path.map((part) => numbers.get(part) ?? part)]))
}

/** Components of a part on any day of the bill that is asked about; of its own part they are its own lines. */
function childrenOf(bill: Bill, part: string, bills: ReadonlyMap<string, readonly Bill[]>): string[] {
  if (part === bill.part) return bill.lines.filter((line) => overlap(bill, line)).map(({ component }) => component)
  return (bills.get(part) ?? []).filter((other) => overlap(bill, other))
    .flatMap((other) => other.lines.filter((line) => overlap(bill, line) && overlap(other, line)).map(({ component }) => component))
}

async function loadChildren(store: Store, { documents }: FactQuestion): Promise<Map<string, ChildrenFact>> {
  const own = await withLines(store, documents as unknown as BomVersions[])
  const components = [...new Set(own.flatMap(({ lines }) => lines.map(({ component }) => component)))]
  const parts = await store.byIds('parts', components)
  const versions = groupBy(await versionsOf(store, components, { 'workflow.state': { not_equals: 'obsolete' } }), ({ part }) => part)
  return new Map(own.map((bill) => [bill.id, [...new Set(bill.lines.filter((line) => overlap(bill, line)).flatMap(({ component, validFrom }) => {
    const known = versions.get(component) ?? []
    if (known.length === 0 && parts.get(component)?.makeOrBuy !== 'make') return []
    const first = [bill.validFrom ?? '', validFrom ?? ''].sort().at(-1) ?? ''
    const rules = effectiveVersion(known.filter(hasRuled), { site: bill.site, date: first })
    return rules ? [] : [parts.get(component)?.partNumber ?? component]
  }))]]))
}

async function loadUsers(store: Store, { documents, now }: FactQuestion): Promise<Map<string, UsersFact>> {
  const versions = documents.map(versionOf)
  const lines = await store.find('bom-lines', { where: { part: { in: versions.map(({ part }) => part) } } })
  const later = { validFrom: now.slice(0, 10), validTo: null }
  const users = await withLines(store, (await inSlices([...new Set(lines.map(({ bomVersion }) => bomVersion))], (some) =>
    store.find('bom-versions', { where: { and: [{ id: { in: [...some] } }, { 'workflow.state': { equals: 'released' } }] } }))).filter((user) => overlap(periodOf(user), later)))
  const numbers = await store.byIds('bom-versions', users.map(({ id }) => id))
  return new Map(versions.map((version) => [version.id, users
    .filter((user) => (!version.site || version.site === user.site) && user.lines.some((line) => line.component === version.part && overlap(line, later)))
    .map(({ id }) => numbers.get(id)?.number ?? id)]))
}

const hasRuled = (version: BomVersions): boolean => ruledStates.includes(stateOf(version as unknown as Row) ?? '')

/** By document. Of the same entity, be it a bill or a routing. */
export async function loadRivals(store: Store, entity: string, documents: readonly Row[]): Promise<Map<string, RivalsFact>> {
  const others = groupBy((await store.find<string>(entity, { where: { and: [{ part: { in: documents.map((document) => versionOf(document).part) } }, ruled] } })).map(versionOf), ({ part }) => part)
  return new Map(documents.map(versionOf).map((version) => [version.id, (others.get(version.part) ?? []).filter((other) =>
    other.id !== version.id && (other.site ?? null) === (version.site ?? null) && overlap(periodOf(version), periodOf(other)))]))
}

/** Whether a release puts the other version out of force: it rules, and begins no later. */
export const givesWay = (version: Version, other: Version): boolean =>
  stateOf(other as unknown as Row) === 'released' && (other.validFrom ?? '') <= (version.validFrom ?? '')

async function partNumbers(store: Store, ids: readonly string[]): Promise<Map<string, string>> {
  return new Map([...(await store.byIds('parts', ids)).values()].map(({ id, partNumber }: Parts) => [id, partNumber]))
}
