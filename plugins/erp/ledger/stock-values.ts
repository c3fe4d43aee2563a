import type { Where } from 'payload'
import type { StockValues } from '../../../config/generated/entities.ts'
import { newId, type CommandContext } from '../../core/commands/context.ts'
import type { Store } from '../../core/data/store.ts'
import { extendAmount, mulDiv, sumExact } from '../../core/engine/decimal.ts'
import { failRefused, RetryCommand } from '../../core/errors.ts'
import { emptyCost, issueStock, receiveStock, type CostState } from '../engine/cost.ts'
import { onFirstUse } from './unique.ts'

/** `average`: at the moving average; `value`: the signed change of the stock's value in minor units. */
export type MovementCost = 'average' | { readonly value: number }

/** Quantity and value of the company's own stock by part, in one query; parts never stocked stand at zero. */
export async function loadStockValues(
  store: Store, { company, parts }: { readonly company: string; readonly parts: readonly string[] },
): Promise<Map<string, CostState>> {
  const rows = await loadRows(store, { company, parts })
  return new Map(parts.map((part) => [part, rows.get(part) ?? emptyCost]))
}

/**
 * Runs movements through the moving average of their parts, in order, and writes each part once by compare-and-set.
 * `standardCost` values goods that come in at average when none are held (and what leaves below zero where that is allowed).
 * @returns the signed value of each movement in minor units.
 */
export async function moveValues(
  { store }: CommandContext,
  { company, movements, exponent, standardCost, mayGoNegative }: {
    readonly company: string
    readonly movements: readonly { readonly part: string; readonly quantity: number; readonly cost: MovementCost }[]
    readonly exponent: number
    readonly standardCost: (part: string) => number
    readonly mayGoNegative: boolean
  },
): Promise<number[]> {
  const parts = [...new Set(movements.map(({ part }) => part))]
  const rows = await loadRows(store, { company, parts })
  const states = new Map<string, CostState>(rows)
  const values = movements.map(({ part, quantity, cost }) => {
    const before = states.get(part) ?? emptyCost
    const standard = (units: number) => extendAmount({ quantity: units, unitPrice: standardCost(part), exponent })
    const after = move({ before, quantity, cost, standard, mayGoNegative })
    states.set(part, after)
    return after.value - before.value
  })
  await writeStates(store, { company, parts, rows, states })
  return values
}

function move({ before, quantity, cost, standard, mayGoNegative }: {
  readonly before: CostState
  readonly quantity: number
  readonly cost: MovementCost
  readonly standard: (units: number) => number
  readonly mayGoNegative: boolean
}): CostState {
  if (cost !== 'average') {
    if (quantity > 0) return receiveStock({ state: before, quantity, value: cost.value })
    return { quantity: sumExact([before.quantity, quantity]), value: sumExact([before.value, cost.value]) }
  }
  if (quantity > 0) {
    const value = before.quantity > 0 ? mulDiv(before.value, quantity, before.quantity) : standard(quantity)
    return { quantity: sumExact([before.quantity, quantity]), value: sumExact([before.value, value]) }
  }
  if (quantity === 0) return before
  if (mayGoNegative && -quantity > before.quantity) {
    // Below zero the last average goes on (else the standard cost); the difference to what then comes in stays in the value.
    const value = before.quantity > 0 ? mulDiv(before.value, quantity, before.quantity) : -standard(-quantity)
    return { quantity: sumExact([before.quantity, quantity]), value: sumExact([before.value, value]) }
  }
  const issued = issueStock({ state: before, quantity: -quantity })
  return issued.ok ? issued.state : failRefused([issued.refusal])
}

async function writeStates(store: Store, { company, parts, rows, states }: {
  readonly company: string
  readonly parts: readonly string[]
  readonly rows: ReadonlyMap<string, StockValues>
  readonly states: ReadonlyMap<string, CostState>
}): Promise<void> {
  const added = parts.filter((part) => !rows.has(part)).map((part) => ({ id: newId(), company, part, ...pick(states.get(part) ?? emptyCost) }))
  await onFirstUse(() => store.insertMany('stock-values', added))
  for (const [part, row] of rows) {
    const after = states.get(part)
    if (!after || (after.quantity === row.quantity && after.value === row.value)) continue
    const unchanged: Where = { and: [{ quantity: { equals: row.quantity } }, { value: { equals: row.value } }] }
    if (!(await store.update('stock-values', row.id, pick(after), unchanged))) throw new RetryCommand('Another command changed the stock value.')
  }
}

const pick = ({ quantity, value }: CostState): CostState => ({ quantity, value })

async function loadRows(
  store: Store, { company, parts }: { readonly company: string; readonly parts: readonly string[] },
): Promise<Map<string, StockValues>> {
  if (parts.length === 0) return new Map()
  const rows = await store.find('stock-values', { where: { and: [{ company: { equals: company } }, { part: { in: [...new Set(parts)] } }] } })
  return new Map(rows.map((row) => [row.part, row]))
}
