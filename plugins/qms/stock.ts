import type { CommandContext } from '../core/commands/context.ts'
import type { StockStatus, StockTaken } from '../core/platform/services.ts'

/** A document of quality that stock stands behind. */
export type Holder = {
  readonly entity: 'inspections' | 'nonconformances'
  readonly id: string
  readonly number?: string | null
  readonly part: string
  readonly location?: string | null
  readonly lot?: string | null
  readonly quantity: number
  readonly company?: string | null
  readonly traceId?: string | null
}

/** Its stock in the words of whoever keeps the ledgers; undefined: no stock stands behind it. */
export function stockBehind({ entity, id, number, part, location, lot, quantity, company, traceId }: Holder, from: StockStatus): StockTaken | undefined {
  if (!location || quantity <= 0) return undefined
  return { part, location, lot: lot ?? '', from, quantity, company: company ?? '', source: { entity, id, number: number ?? null }, traceId: traceId ?? null }
}

/** From one status to another. Without a system that keeps stock there is nothing to move. */
export async function moveStock(context: CommandContext, holder: Holder, { from, to }: { readonly from: StockStatus; readonly to: StockStatus }): Promise<void> {
  const taken = stockBehind(holder, from)
  if (taken && from !== to) await context.platform.services.stock?.changeStatus(context, { ...taken, to })
}

/** Out of what could be reserved. */
export const holdStock = (context: CommandContext, holder: Holder, to: 'quarantine' | 'blocked'): Promise<void> => moveStock(context, holder, { from: 'usable', to })
