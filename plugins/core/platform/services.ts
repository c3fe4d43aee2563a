import type { StockBalances } from '../../../config/generated/entities.ts'
import type { CommandContext } from '../commands/context.ts'

/** What one system does for others inside their commands. A locked system does nothing: its service is absent. */
export type Services = {
  readonly stock?: StockService
}

/** Moves of stock that is there, by the system that keeps the ledgers. Each posts stock and money together, dated today. */
export type StockService = {
  /** From one status to another where it stands: only usable stock is reserved and delivered. Its value stays. */
  changeStatus(context: CommandContext, change: StockTaken & { readonly to: StockStatus }): Promise<void>
  /** Written off. */
  scrap(context: CommandContext, taken: StockTaken): Promise<void>
  /** Back to the supplier, out of what a posted receipt brought: as if it had been rejected on arrival. Refused once it is billed. */
  returnToSupplier(context: CommandContext, taken: StockTaken & { readonly receiptLine: string }): Promise<void>
}

export type StockStatus = StockBalances['stockStatus']

/** Our own stock at one place. `quantity`: at 10^-6 of the part's stock unit, above zero. */
export type StockTaken = {
  readonly part: string
  readonly location: string
  /** '' for parts not tracked by lot. */
  readonly lot: string
  readonly from: StockStatus
  readonly quantity: number
  readonly company: string
  /** The document that says so. */
  readonly source: { readonly entity: string; readonly id: string; readonly number?: string | null }
  readonly traceId?: string | null
}
