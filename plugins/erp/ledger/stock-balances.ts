import type { Where } from 'payload'
import type { Companies, Locations, StockBalances } from '../../../config/generated/entities.ts'
import type { Refusal } from '../../../config/language/refusal.ts'
import { newId, type CommandContext } from '../../core/commands/context.ts'
import type { Store } from '../../core/data/store.ts'
import { formatDecimal, scales } from '../../core/engine/decimal.ts'
import { failRefused, RetryCommand } from '../../core/errors.ts'
import { placeKey, type StockPlace } from './stock-key.ts'
import { onFirstUse } from './unique.ts'

/** Signed changes of one balance (10^-6): goods in or out, and reserved quantity taken or given back. */
export type BalanceChange = { readonly place: StockPlace; readonly onHand: number; readonly reserved: number }

/** Balances of the given places, in one query; a place never used has none. Keys by `placeKey`. */
export async function loadBalances(
  store: Store, { company, places }: { readonly company: string; readonly places: readonly StockPlace[] },
): Promise<Map<string, StockBalances>> {
  if (places.length === 0) return new Map()
  const rows = await store.find('stock-balances', {
    where: {
      and: [
        { company: { equals: company } },
        { part: { in: [...new Set(places.map(({ part }) => part))] } },
        { location: { in: [...new Set(places.map(({ location }) => location))] } },
      ],
    },
  })
  return new Map(rows.map((row) => [placeKey(row), row]))
}

/**
 * Changes balances by conditional atomic writes: neither on hand nor available ever falls below zero unless the company and
 * the location both allow it, reserved never does. All shortages are refused together; a balance that another command took
 * from meanwhile makes the command run again.
 */
export async function changeBalances(
  context: CommandContext,
  { company, changes }: { readonly company: Companies; readonly changes: readonly BalanceChange[] },
): Promise<void> {
  const { store } = context
  const merged = mergeChanges(changes)
  if (merged.length === 0) return
  const places = merged.map(({ place }) => place)
  const balances = await loadBalances(store, { company: company.id, places })
  const locations = await store.byIds('locations', places.map(({ location }) => location))
  const mayGoNegative = ({ location }: StockPlace) => Boolean(company.allowNegativeStock && locations.get(location)?.allowNegative)

  const short = merged.filter((change) => !mayGoNegative(change.place) && isShort(change, balances.get(placeKey(change.place))))
  if (short.length > 0) failRefused(await shortages(store, { short, balances, locations }))

  await createMissing(context, { company: company.id, places: places.filter((place) => !balances.has(placeKey(place))), balances })
  for (const { place, onHand, reserved } of merged) {
    const row = balances.get(placeKey(place))
    if (!row) throw new Error('A balance was not created.')
    const available = onHand - reserved
    const limits: Where[] = [
      ...(reserved < 0 ? [{ reserved: { greater_than_equal: -reserved } }] : []),
      ...(!mayGoNegative(place) && onHand < 0 ? [{ onHand: { greater_than_equal: -onHand } }] : []),
      ...(!mayGoNegative(place) && available < 0 ? [{ available: { greater_than_equal: -available } }] : []),
    ]
    const changed = await store.update(
      'stock-balances', row.id,
      { onHand: { $inc: onHand }, reserved: { $inc: reserved }, available: { $inc: available } },
      limits.length > 0 ? { and: limits } : undefined,
    )
    if (!changed) throw new RetryCommand('Another command changed the stock balance.')
  }
}

function mergeChanges(changes: readonly BalanceChange[]): BalanceChange[] {
  const merged = new Map<string, BalanceChange>()
  for (const { place, onHand, reserved } of changes) {
    const known = merged.get(placeKey(place))
    merged.set(placeKey(place), { place, onHand: (known?.onHand ?? 0) + onHand, reserved: (known?.reserved ?? 0) + reserved })
  }
  return [...merged.values()].filter(({ onHand, reserved }) => onHand !== 0 || reserved !== 0)
}

function isShort({ onHand, reserved }: BalanceChange, row: StockBalances | undefined): boolean {
  const available = onHand - reserved
  return (onHand < 0 && (row?.onHand ?? 0) < -onHand) || (available < 0 && (row?.available ?? 0) < -available)
}

async function createMissing(
  { store }: CommandContext,
  { company, places, balances }: { readonly company: string; readonly places: readonly StockPlace[]; readonly balances: Map<string, StockBalances> },
): Promise<void> {
  if (places.length === 0) return
  const rows = places.map((place) => ({ id: newId(), company, ...place, onHand: 0, reserved: 0, available: 0 }))
  await onFirstUse(() => store.insertMany('stock-balances', rows))
  for (const row of rows) balances.set(placeKey(row), row)
}

async function shortages(
  store: Store,
  { short, balances, locations }: { readonly short: readonly BalanceChange[]; readonly balances: ReadonlyMap<string, StockBalances>; readonly locations: ReadonlyMap<string, Locations> },
): Promise<Refusal[]> {
  const parts = await store.byIds('parts', short.map(({ place }) => place.part))
  return short.map(({ place, onHand, reserved }) => {
    const has = formatDecimal(balances.get(placeKey(place))?.available ?? 0, scales.quantity)
    const wants = formatDecimal(reserved - onHand, scales.quantity)
    const part = parts.get(place.part)?.partNumber ?? place.part
    const at = [locations.get(place.location)?.code ?? place.location, place.lot].filter(Boolean).join(' / ')
    return {
      code: 'stock.short',
      message: {
        en: `${part}: ${has} are available at ${at}, ${wants} are needed. Receive stock, take it from another location, or lower the quantity.`,
        zh: `${part}：${at} 可用 ${has}，需要 ${wants}。请先入库、改从其他库位出库，或减少数量。`,
      },
    }
  })
}
