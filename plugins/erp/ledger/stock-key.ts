import type { StockBalances } from '../../../config/generated/entities.ts'

export type StockStatus = StockBalances['stockStatus']

/** What a balance row is about, within a company. */
export type StockPlace = {
  readonly part: string
  readonly location: string
  /** '' for parts not tracked by lot. */
  readonly lot: string
  readonly stockStatus: StockStatus
  /** `own`, or the number of the partner whose goods we hold. */
  readonly stockOwner: string
}

export type LooseStockPlace = Pick<StockPlace, 'part' | 'location'> & { readonly [K in 'lot' | 'stockStatus' | 'stockOwner']?: StockPlace[K] | null }

/** Fills in what is usually left out: no lot, usable, our own. */
export function stockPlace({ part, location, lot, stockStatus, stockOwner }: LooseStockPlace): StockPlace {
  return { part, location, lot: lot ?? '', stockStatus: stockStatus ?? 'usable', stockOwner: stockOwner ?? ownStock }
}

export const ownStock = 'own'

/** One text per place, for maps. */
export function placeKey({ part, location, lot, stockStatus, stockOwner }: StockPlace): string {
  return JSON.stringify([part, location, lot, stockStatus, stockOwner])
}
