import type { Companies } from '../../../config/generated/entities.ts'
import { newId, type CommandContext } from '../../core/commands/context.ts'
import { currencyExponent } from '../../core/engine/currency.ts'
import { averageCost } from '../engine/cost.ts'
import { requireOpenPeriod } from './period.ts'
import { changeBalances } from './stock-balances.ts'
import { ownStock, stockPlace, type LooseStockPlace } from './stock-key.ts'
import { moveValues, type MovementCost } from './stock-values.ts'

/** The document a posting comes from. */
export type LedgerSource = { readonly entity: string; readonly id: string; readonly number?: string | null }

export type StockMovement = LooseStockPlace & {
  /** In + and out −, at 10^-6 of the part's stock unit; 0 only changes the value. */
  readonly quantity: number
  /**
   * `average`: the moving average (goods found where none were held: the standard cost). `value`: the signed change of the
   * stock's value in minor units. Goods of another owner are in no value, whatever is given.
   */
  readonly cost: MovementCost
  /** How much of an issue was reserved: on hand and reserved then fall together. Only after `consumeReservations`. */
  readonly reserved?: number
  readonly sourceLine?: string
  readonly traceId?: string | null
}

/**
 * Posts movements to the stock ledger: an entry each, balances by conditional atomic writes, values by compare-and-set. The
 * caller posts the money of the returned values in the same command, so that the inventory account moves as the stock does.
 * Refuses (422) below zero and in closed periods. A bounded number of reads; one write a balance and a part.
 * @returns the signed value of each movement in minor units: what the inventory account changes by.
 */
export async function postStock(
  context: CommandContext,
  { movements, date, source, company, traceId }: {
    readonly movements: readonly StockMovement[]
    readonly date: string
    readonly source: LedgerSource
    readonly company: Companies
    readonly traceId?: string | null
  },
): Promise<number[]> {
  if (movements.length === 0) return []
  await requireOpenPeriod(context, { company, date })
  const placed = movements.map((movement) => ({ ...movement, ...stockPlace(movement) }))
  await changeBalances(context, {
    company,
    changes: placed.map((movement) => ({ place: stockPlace(movement), onHand: movement.quantity, reserved: -(movement.reserved ?? 0) })),
  })
  const parts = await context.store.byIds('parts', placed.map(({ part }) => part))
  const exponent = currencyExponent(company.currency)
  const own = placed.filter(({ stockOwner }) => stockOwner === ownStock)
  const ownValues = await moveValues(context, {
    company: company.id, movements: own, exponent,
    standardCost: (part) => parts.get(part)?.standardCost ?? 0, mayGoNegative: Boolean(company.allowNegativeStock),
  })
  const valueOf = new Map(own.map((movement, index) => [movement, ownValues[index] ?? 0]))
  const values = placed.map((movement) => valueOf.get(movement) ?? 0)
  await context.store.insertMany('stock-entries', placed.map((movement, index) => ({
    id: newId(), version: 1, company: company.id, ...stockPlace(movement), quantity: movement.quantity, value: values[index] ?? 0,
    unitCost: averageCost({ quantity: movement.quantity, value: values[index] ?? 0 }, exponent) ?? 0, date,
    sourceEntity: source.entity, sourceId: source.id, sourceNumber: source.number ?? null, sourceLineId: movement.sourceLine ?? null,
    traceId: movement.traceId ?? traceId ?? null,
  })))
  return values
}
