import type { Payload } from 'payload'
import type { StockBalances } from '../../config/generated/entities.ts'
import type { Actor } from '../core/access/actor.ts'
import { can } from '../core/access/can.ts'
import { openStore } from '../core/data/open-store.ts'
import { formatDecimal, scales } from '../core/engine/decimal.ts'
import { fail } from '../core/errors.ts'
import { platformOf } from '../core/platform/platform.ts'
import { stateOf } from '../core/workflow/pinned.ts'
import type { Holder } from './stock.ts'

export type HoldColumn = 'waiting' | 'inspecting' | 'deciding' | 'other'
/** Stock that nobody can have, and what it waits for. `entity` and `id` are absent where no document says why. */
export type HoldCard = {
  readonly column: HoldColumn
  readonly entity?: 'inspections' | 'nonconformances'
  readonly id?: string
  readonly number?: string
  readonly part: { readonly number: string; readonly name: string; readonly nameZh: string | null }
  readonly location: string
  readonly lot: string
  readonly quantity: string
  readonly unit: string
  readonly supplier: string | null
  readonly since: string | null
}
export type HoldBoard = { readonly cards: readonly HoldCard[]; /** How many of each kind, where there are more. */ readonly cutAt: number | null }

/** The oldest of each kind, in a bounded number of queries. */
const mostHolds = 200

/** What is held of the stock, for whoever may read stock, inspections and nonconformances. @throws 403 */
export async function holdBoard(payload: Payload, actor: Actor): Promise<HoldBoard> {
  const { entities } = platformOf(payload)
  for (const slug of ['stock-balances', 'inspections', 'nonconformances', 'parts']) {
    const entity = entities.get(slug)
    if (!entity || !can(actor, 'read', entity).allowed) fail('forbidden', { action: { en: 'read', zh: '查看' }, entity: entity?.labels ?? { en: slug, zh: slug } })
  }
  const store = openStore(payload)
  const held = { and: [{ onHold: { equals: true } }] }
  const inspections = await store.find('inspections', { where: held, sort: 'createdAt', limit: mostHolds })
  const nonconformances = await store.find('nonconformances', { where: held, sort: 'createdAt', limit: mostHolds })
  const balances = await store.find('stock-balances', { where: { and: [{ stockStatus: { in: ['quarantine', 'blocked'] } }, { onHand: { greater_than: 0 } }] }, sort: 'id', limit: mostHolds })
  const documents = [
    ...inspections.map((row) => ({ row, entity: 'inspections' as const, column: stateOf(row as never) === 'inspecting' ? 'inspecting' as const : 'waiting' as const, stockStatus: 'quarantine' as const })),
    ...nonconformances.map((row) => ({ row, entity: 'nonconformances' as const, column: 'deciding' as const, stockStatus: 'blocked' as const })),
  ]
  const said = new Map<string, number>()
  for (const { row, stockStatus } of documents) said.set(keyOf(row, stockStatus), (said.get(keyOf(row, stockStatus)) ?? 0) + row.quantity)
  const rest = balances.flatMap((balance) => {
    const quantity = (balance.onHand ?? 0) - (said.get(keyOf(balance, balance.stockStatus)) ?? 0)
    return quantity > 0 ? [{ ...balance, quantity }] : []
  })
  const places = [...documents.map(({ row }) => row), ...rest]
  const parts = await store.byIds('parts', places.map(({ part }) => part))
  const units = await store.byIds('units', [...parts.values()].map(({ unit }) => unit))
  const locations = await store.byIds('locations', places.map(({ location }) => location))
  const suppliersEntity = entities.get('suppliers')
  const suppliers = suppliersEntity && can(actor, 'read', suppliersEntity).allowed ? await store.byIds('suppliers', documents.map(({ row }) => row.supplier)) : new Map<string, never>()
  const card = ({ part, location, lot, quantity }: Pick<Holder, 'part' | 'location' | 'lot' | 'quantity'>) => {
    const found = parts.get(part)
    return {
      part: { number: found?.partNumber ?? '', name: found?.name ?? '', nameZh: found?.nameZh ?? null }, location: locations.get(location ?? '')?.code ?? '',
      lot: lot ?? '', quantity: formatDecimal(quantity, scales.quantity), unit: units.get(found?.unit ?? '')?.code ?? '',
    }
  }
  return {
    cards: [
      ...documents.map(({ row, entity, column }): HoldCard => ({ ...card(row), column, entity, id: row.id, number: row.number ?? '', supplier: suppliers.get(row.supplier ?? '')?.name ?? null, since: row.createdAt ?? null })),
      ...rest.map((row): HoldCard => ({ ...card(row), column: 'other', supplier: null, since: null })),
    ],
    cutAt: [inspections, nonconformances, balances].some(({ length }) => length === mostHolds) ? mostHolds : null,
  }
}

const keyOf = ({ part, location, lot }: Pick<Holder, 'part' | 'location' | 'lot'>, stockStatus: StockBalances['stockStatus']) => JSON.stringify([part, location ?? '', lot ?? '', stockStatus])
