import type { Where } from 'payload'
import type { Companies, Reservations, StockBalances } from '../../../config/generated/entities.ts'
import { newId, type CommandContext } from '../../core/commands/context.ts'
import { sumExact } from '../../core/engine/decimal.ts'
import { RetryCommand } from '../../core/errors.ts'
import { changeBalances } from './stock-balances.ts'
import { ownStock, stockPlace } from './stock-key.ts'

/** What a line still needs, at 10^-6 of the part's stock unit. */
export type ReservationDemand = { readonly order: string; readonly line: string; readonly part: string; readonly quantity: number; readonly traceId?: string | null }

export type ReservationResult = {
  /** Newly reserved by line; lines that got nothing are missing. */
  readonly reserved: ReadonlyMap<string, number>
  readonly shortages: readonly { readonly line: string; readonly part: string; readonly missing: number }[]
}

/** Locations of these types are reserved and delivered from. */
export const deliverableLocations: readonly string[] = ['stock', 'shipping']

/**
 * Reserves from our usable stock in the site's stock and shipping locations, oldest lot first, as far as it goes: the lines of
 * an order share what there is, in their order. Balances by conditional writes, so that no unit is promised twice; a balance
 * that another command took from meanwhile makes the command run again. A shortage is told, never refused.
 */
export async function reserveStock(
  context: CommandContext,
  { company, site, demands }: { readonly company: Companies; readonly site: string; readonly demands: readonly ReservationDemand[] },
): Promise<ReservationResult> {
  const wanted = demands.filter(({ quantity }) => quantity > 0)
  const pools = await freeStock(context, { company: company.id, site, parts: wanted.map(({ part }) => part) })
  const rows: Reservations[] = []
  const shortages: ReservationResult['shortages'][number][] = []
  const reserved = new Map<string, number>()
  for (const { order, line, part, quantity, traceId } of wanted) {
    let missing = quantity
    for (const pool of pools.get(part) ?? []) {
      const taken = Math.min(missing, pool.left)
      if (taken <= 0) continue
      pool.left -= taken
      missing -= taken
      rows.push({
        id: newId(), company: company.id, salesOrder: order, salesOrderLine: line, part, location: pool.balance.location,
        lot: pool.balance.lot, quantity: taken, reservationState: 'open', traceId: traceId ?? null,
      })
    }
    if (missing < quantity) reserved.set(line, quantity - missing)
    if (missing > 0) shortages.push({ line, part, missing })
  }
  for (const { balance, left } of [...pools.values()].flat()) {
    const taken = (balance.available ?? 0) - left
    if (taken <= 0) continue
    const changed = await context.store.update(
      'stock-balances', balance.id, { reserved: { $inc: taken }, available: { $inc: -taken } }, { available: { greater_than_equal: taken } },
    )
    if (!changed) throw new RetryCommand('Another command took from the stock balance.')
  }
  await context.store.insertMany('reservations', rows)
  return { reserved, shortages }
}

/** Quantity to take out of the open reservations of a line; a place narrows it to one location and lot. */
export type ReservationUse = { readonly line: string; readonly quantity: number; readonly location?: string; readonly lot?: string }

/**
 * Gives reserved quantity back to what is available, newest reservations first, as far as there is any.
 * @returns what was released by line.
 */
export async function releaseReservations(
  context: CommandContext, { company, uses }: { readonly company: Companies; readonly uses: readonly ReservationUse[] },
): Promise<ReadonlyMap<string, number>> {
  const taken = await takeReservations(context, { uses, into: 'released', newestFirst: true })
  await changeBalances(context, {
    company, changes: taken.map(({ row, quantity }) => ({ place: stockPlace(row), onHand: 0, reserved: -quantity })),
  })
  return sumByLine(taken)
}

/**
 * Marks reserved quantity as delivered. The balances follow in the same command by `postStock` with `reserved`, which takes
 * it off on hand and reserved together. @returns for each use, how much of it was reserved.
 */
export async function consumeReservations(
  context: CommandContext, { uses }: { readonly uses: readonly ReservationUse[] },
): Promise<number[]> {
  const taken = await takeReservations(context, { uses, into: 'consumed', newestFirst: false })
  return uses.map((use) => sumExact(taken.filter((part) => part.use === use).map(({ quantity }) => quantity)))
}

/** Open reservations of order lines, oldest first. */
export async function openReservations({ store }: Pick<CommandContext, 'store'>, lines: readonly string[]): Promise<Reservations[]> {
  if (lines.length === 0) return []
  return store.find('reservations', {
    where: { and: [{ salesOrderLine: { in: [...new Set(lines)] } }, { reservationState: { equals: 'open' } }] }, sort: 'id',
  })
}

type Taken = { readonly row: Reservations; readonly use: ReservationUse; readonly quantity: number }

async function takeReservations(
  context: CommandContext,
  { uses, into, newestFirst }: { readonly uses: readonly ReservationUse[]; readonly into: 'consumed' | 'released'; readonly newestFirst: boolean },
): Promise<Taken[]> {
  const rows = await openReservations(context, uses.map(({ line }) => line))
  if (newestFirst) rows.reverse()
  const left = new Map(rows.map((row) => [row.id, row.quantity]))
  const taken: Taken[] = []
  for (const use of uses) {
    let wanted = use.quantity
    for (const row of rows) {
      if (wanted <= 0) break
      if (row.salesOrderLine !== use.line) continue
      if (use.location !== undefined && (row.location !== use.location || (row.lot ?? '') !== (use.lot ?? ''))) continue
      const quantity = Math.min(wanted, left.get(row.id) ?? 0)
      if (quantity <= 0) continue
      left.set(row.id, (left.get(row.id) ?? 0) - quantity)
      wanted -= quantity
      taken.push({ row, use, quantity })
    }
  }
  for (const row of rows) await storeTaken(context, { row, rest: left.get(row.id) ?? 0, into })
  return taken
}

/** A row used up changes its state; one partly used keeps the rest, and a row of its own says what became of the other part. */
async function storeTaken(
  { store }: CommandContext, { row, rest, into }: { readonly row: Reservations; readonly rest: number; readonly into: 'consumed' | 'released' },
): Promise<void> {
  if (rest === row.quantity) return
  const unchanged: Where = { and: [{ reservationState: { equals: 'open' } }, { quantity: { equals: row.quantity } }] }
  const changes = rest === 0 ? { reservationState: into } as const : { quantity: rest }
  if (!(await store.update('reservations', row.id, changes, unchanged))) throw new RetryCommand('Another command used the reservation.')
  if (rest === 0) return
  const { createdAt: _created, updatedAt: _updated, ...part } = row
  await store.insert('reservations', { ...part, id: newId(), quantity: row.quantity - rest, reservationState: into })
}

function sumByLine(taken: readonly Taken[]): Map<string, number> {
  const sums = new Map<string, number>()
  for (const { use, quantity } of taken) sums.set(use.line, (sums.get(use.line) ?? 0) + quantity)
  return sums
}

type Pool = { readonly balance: StockBalances; left: number }

/** Free balances by part: oldest lot (as lots are named), then location code. */
async function freeStock(
  { store }: CommandContext, { company, site, parts }: { readonly company: string; readonly site: string; readonly parts: readonly string[] },
): Promise<Map<string, Pool[]>> {
  const pools = new Map<string, Pool[]>()
  if (parts.length === 0) return pools
  const locations = await store.find('locations', {
    where: { and: [{ site: { equals: site } }, { locationType: { in: [...deliverableLocations] } }, { status: { equals: 'active' } }] },
  })
  if (locations.length === 0) return pools
  const codes = new Map(locations.map(({ id, code }) => [id, code]))
  const balances = await store.find('stock-balances', {
    where: {
      and: [
        { company: { equals: company } }, { part: { in: [...new Set(parts)] } }, { location: { in: [...codes.keys()] } },
        { stockStatus: { equals: 'usable' } }, { stockOwner: { equals: ownStock } }, { available: { greater_than: 0 } },
      ],
    },
  })
  const order = (row: StockBalances) => `${row.lot}\n${codes.get(row.location) ?? ''}`
  for (const balance of balances.toSorted((a, b) => (order(a) < order(b) ? -1 : 1))) {
    pools.set(balance.part, [...(pools.get(balance.part) ?? []), { balance, left: balance.available ?? 0 }])
  }
  return pools
}
