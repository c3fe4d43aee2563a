import type { Where } from 'payload'
import type { BomLines, BomVersions } from '../../../config/generated/entities.ts'
import type { Store } from '../../core/data/store.ts'
import { groupBy } from '../../core/engine/group-by.ts'
import type { Bill, Bills } from '../engine/bill.ts'
import { billsAt, type Place } from '../engine/effective.ts'
import { ruledStates, toBill } from '../rows.ts'

/** As many ids as one query asks for. */
const slice = 500

/** Rows whose field names one of the ids, in as many queries as there are slices. */
export async function inSlices<Found>(ids: readonly string[], find: (some: readonly string[]) => Promise<Found[]>): Promise<Found[]> {
  const found: Found[] = []
  for (let from = 0; from < ids.length; from += slice) found.push(...await find(ids.slice(from, from + slice)))
  return found
}

/** In force on the day. */
const on = (date: string): Where => ({ and: [
  { or: [{ validFrom: { exists: false } }, { validFrom: { less_than_equal: date } }] }, { or: [{ validTo: { exists: false } }, { validTo: { greater_than_equal: date } }] },
] })

export const versionsOf = (store: Store, parts: readonly string[], where: Where): Promise<BomVersions[]> =>
  inSlices(parts, (some) => store.find('bom-versions', { where: { and: [{ part: { in: [...some] } }, where] } }))

/** Each version with its lines, in one query for many. */
export async function withLines(store: Store, versions: readonly BomVersions[]): Promise<Bill[]> {
  const lines = groupBy<BomLines>(await inSlices(versions.map(({ id }) => id), (some) =>
    store.find('bom-lines', { where: { bomVersion: { in: [...some] } } })), ({ bomVersion }) => bomVersion)
  return versions.map((version) => toBill(version, lines.get(version.id) ?? []))
}

/**
 * All versions of `where` that are reached from the tops, level by level: as many rounds of queries as there are levels,
 * whatever the number of parts. `goesOn`: of the parts of a level, those whose bills are asked for.
 */
export async function loadBelow(
  store: Store, { tops, where, goesOn }: { readonly tops: Iterable<string>; readonly where: Where; readonly goesOn?: (parts: readonly string[]) => Promise<readonly string[]> },
): Promise<Bill[]> {
  const seen = new Set(tops)
  const bills: Bill[] = []
  for (let level: readonly string[] = [...seen]; level.length > 0;) {
    const found = await withLines(store, await versionsOf(store, level, where))
    bills.push(...found)
    const next = [...new Set(found.flatMap(({ lines }) => lines.map(({ component }) => component)))].filter((part) => !seen.has(part))
    for (const part of next) seen.add(part)
    level = goesOn && next.length > 0 ? await goesOn(next) : next
  }
  return bills
}

/** The bills that rule at a place for parts and all below them. What is bought is not made: of components that are, no bill counts. */
export async function billsBelow(store: Store, tops: readonly string[], place: Place): Promise<Bills> {
  const goesOn = async (parts: readonly string[]) => (await inSlices(parts, (some) =>
    store.findOnly('parts', ['makeOrBuy'], { where: { id: { in: [...some] } } }))).filter(({ makeOrBuy }) => makeOrBuy !== 'buy').map(({ id }) => id)
  return billsAt(await loadBelow(store, { tops, where: { and: [{ 'workflow.state': { in: ruledStates } }, on(place.date)] }, goesOn }), place)
}

/** The bills that rule at a place and have the part in them, or something that has, up to the top. */
export async function billsAbove(store: Store, part: string, place: Place): Promise<Bills> {
  const ruling = new Map<string, Bill>()
  const seen = new Set([part])
  for (let level = [part]; level.length > 0;) {
    const used = await inSlices(level, (some) => store.findOnly('bom-lines', ['bomVersion'], { where: { part: { in: [...some] } } }))
    const makes = await inSlices([...new Set(used.map(({ bomVersion }) => bomVersion))], (some) => store.findOnly('bom-versions', ['part'], { where: { id: { in: [...some] } } }))
    const parts = [...new Set(makes.map((version) => version.part))].filter((each) => !ruling.has(each))
    const below = new Set(level)
    const bills = billsAt(await withLines(store, await versionsOf(store, parts, { and: [{ 'workflow.state': { in: ruledStates } }, on(place.date)] })), place)
    level = []
    for (const [each, bill] of bills) {
      if (!bill.lines.some(({ component }) => below.has(component))) continue
      ruling.set(each, bill)
      if (!seen.has(each)) level.push(each)
      seen.add(each)
    }
  }
  return ruling
}
