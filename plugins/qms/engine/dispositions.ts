import { sumExact } from '../../core/engine/decimal.ts'

/** What becomes of nonconforming output (ISO 9000:2015 3.12.5 concession, 3.12.8 rework, 3.12.10 scrap; return to the supplier). */
export const dispositions = ['useAsIs', 'rework', 'scrap', 'return'] as const
export type Disposition = (typeof dispositions)[number]

export type Disposed = { readonly disposition: Disposition; readonly quantity: number }

/** How much (10^-6) is still to be decided: positive; more decided than there is: negative. */
export function undecided(quantity: number, disposed: readonly Disposed[]): number {
  return quantity - sumExact(disposed.map((one) => one.quantity))
}

/** What goes each way. */
export function byDisposition(disposed: readonly Disposed[]): Readonly<Record<Disposition, number>> {
  const sum = (wanted: Disposition) => sumExact(disposed.filter(({ disposition }) => disposition === wanted).map(({ quantity }) => quantity))
  return { useAsIs: sum('useAsIs'), rework: sum('rework'), scrap: sum('scrap'), return: sum('return') }
}
