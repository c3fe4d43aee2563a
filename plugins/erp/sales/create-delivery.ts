import type { DeliveryLines, Reservations, SalesOrderLines } from '../../../config/generated/entities.ts'
import type { CommandContext } from '../../core/commands/context.ts'
import { failRefused } from '../../core/errors.ts'
import type { ActionHandler, Step } from '../../core/platform/plugin.ts'
import { deliverableLocations, openReservations } from '../ledger/reserve-stock.ts'
import { toLineUnits, toStockUnits } from '../stock/stock-units.ts'
import { typed, typedRows } from '../../core/data/typed-rows.ts'
import { beyondOpen, draftedLines } from './drafted-deliveries.ts'
import { openOf, reserveMissing } from './reserve-order.ts'

/**
 * One delivery draft with what was asked for, else with all that is reserved (and all that is open of unstocked parts) and
 * stands on no other draft. What is asked beyond the reservation is reserved first, as far as stock goes.
 */
export const createDelivery: ActionHandler = {
  type: 'erp.createDelivery', label: { en: 'Create a delivery', zh: '生成发货单' },
  async run(context, step) {
    const order = typed<'sales-orders'>(step.document)
    const lines = typedRows<'sales-order-lines'>(step.lines)
    await refuseBeyondOpen(context, { lines, asked: step.lineInput.map(({ line, quantity }) => ({ line, quantity: Number(quantity ?? 0) })) })
    await reserveMissing(context, { order, lines })
    const wanted = await wantedOf(context, { lines, step })
    const created = await placeLines(context, { wanted, site: order.site, given: step.lineInput.length > 0 })
    if (created.length === 0) failRefused([{ code: 'delivery.nothing', message: nothing }])
    await context.create('deliveries', {
      values: {
        company: order.company, salesOrder: order.id, customer: order.customer, site: order.site, shipToAddress: order.shipToAddress ?? null,
        note: order.note ?? null,
      },
      lines: created, sources: [{ entity: 'sales-orders', id: order.id }],
    })
  },
}

/** Drafts of one order together never ask for more than is open: only one of them could be posted. */
async function refuseBeyondOpen(
  context: CommandContext, { lines, asked }: { readonly lines: readonly SalesOrderLines[]; readonly asked: readonly { readonly line: string; readonly quantity: number }[] },
): Promise<void> {
  const refusals = await beyondOpen(context, { lines, asked })
  if (refusals.length > 0) failRefused(refusals.map(({ index, message }) => ({ code: 'delivery.beyondOpen', path: `lines.${index}.quantity`, message })))
}

type Wanted = { readonly line: SalesOrderLines; readonly quantity: number; readonly isStocked: boolean; readonly drafted: readonly DeliveryLines[] }

async function wantedOf(context: CommandContext, { lines, step }: { readonly lines: readonly SalesOrderLines[]; readonly step: Step }): Promise<Wanted[]> {
  const parts = await context.store.byIds('parts', lines.map(({ part }) => part))
  const drafts = await draftedLines(context, lines.map(({ id }) => id))
  const asked = new Map(step.lineInput.map((row) => [row.line, Number(row.quantity ?? 0)]))
  return lines.map((line) => {
    const drafted = drafts.filter(({ salesOrderLine }) => salesOrderLine === line.id)
    const left = openOf(line) - drafted.reduce((sum, { quantity }) => sum + quantity, 0)
    return { line, drafted, isStocked: Boolean(parts.get(line.part)?.stocked), quantity: asked.size > 0 ? (asked.get(line.id) ?? 0) : Math.max(0, left) }
  }).filter(({ quantity }) => quantity > 0)
}

/** Splits each wanted quantity over the places where it is reserved. */
async function placeLines(
  context: CommandContext, { wanted, site, given }: { readonly wanted: readonly Wanted[]; readonly site: string; readonly given: boolean },
): Promise<Record<string, unknown>[]> {
  const reservations = await openReservations(context, wanted.map(({ line }) => line.id))
  const fallback = given ? await defaultLocation(context, site) : undefined
  return wanted.flatMap(({ line, quantity, isStocked, drafted }) => {
    const common = {
      salesOrderLine: line.id, part: line.part, description: line.description ?? null,
      unit: line.unit, unitNumerator: line.unitNumerator, unitDenominator: line.unitDenominator,
    }
    if (!isStocked) return [{ ...common, quantity }]
    const { placed, left } = place({ line, quantity, reservations: reservations.filter((row) => row.salesOrderLine === line.id), drafted })
    // Asked for by hand though not in stock: the line shows it, and the guard of the posting says what is missing.
    const rest = given && left > 0 ? [{ quantity: left, location: fallback ?? null, lot: '' }] : []
    return [...placed, ...rest].map((at) => ({ ...common, ...at }))
  })
}

function place({ line, quantity, reservations, drafted }: {
  readonly line: SalesOrderLines
  readonly quantity: number
  readonly reservations: readonly Reservations[]
  readonly drafted: readonly DeliveryLines[]
}): { readonly placed: readonly { quantity: number; location: string; lot: string }[]; readonly left: number } {
  const taken = new Map<string, number>()
  for (const row of drafted) taken.set(keyOf(row), (taken.get(keyOf(row)) ?? 0) + toStockUnits(row, row.quantity))
  const placed = new Map<string, { quantity: number; location: string; lot: string }>()
  let left = quantity
  for (const row of reservations) {
    const blocked = Math.min(row.quantity, taken.get(keyOf(row)) ?? 0)
    taken.set(keyOf(row), (taken.get(keyOf(row)) ?? 0) - blocked)
    const free = Math.min(left, toLineUnits(line, row.quantity - blocked))
    if (free <= 0) continue
    left -= free
    const known = placed.get(keyOf(row))
    placed.set(keyOf(row), { quantity: (known?.quantity ?? 0) + free, location: row.location, lot: row.lot ?? '' })
  }
  return { placed: [...placed.values()], left }
}

const keyOf = ({ location, lot }: { readonly location?: string | null; readonly lot?: string | null }) => JSON.stringify([location ?? '', lot ?? ''])

async function defaultLocation({ store }: CommandContext, site: string): Promise<string | undefined> {
  const [first] = await store.find('locations', {
    where: { and: [{ site: { equals: site } }, { locationType: { in: [...deliverableLocations] } }, { status: { equals: 'active' } }] }, sort: 'code', limit: 1,
  })
  return first?.id
}

const nothing = {
  en: 'Nothing is reserved for this order that is not on a delivery already. Receive stock and reserve it, or enter quantities.',
  zh: '没有尚未列入发货单的预留库存。请先入库并预留，或填写发货数量。',
}
