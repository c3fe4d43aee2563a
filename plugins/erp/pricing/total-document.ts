import type { TaxCodes } from '../../../config/generated/entities.ts'
import type { Store } from '../../core/data/store.ts'
import { calculateLine } from '../engine/pricing.ts'
import { calculateTax } from '../engine/tax.ts'

/** What a line of an order, bill or invoice has of prices; stored values. */
export type PricedLine = {
  quantity: number
  unitPrice?: number | null
  discountPercent?: number | null
  taxCode?: string | null
  netAmount?: number | null
}

export type DocumentTotals = { netTotal?: number | null; taxTotal?: number | null; grandTotal?: number | null; taxLines?: unknown }

/** One row of a document's `taxLines`: rate at 10^-6 of a percent, base and amount in minor units. */
export type TaxRow = { readonly taxCode: string | null; readonly code: string; readonly rate: number; readonly base: number; readonly amount: number }

export type TaxRates = ReadonlyMap<string, Pick<TaxCodes, 'code' | 'rate'>>

/** The tax codes that lines name, in one query. */
export function loadTaxRates(store: Store, lines: readonly PricedLine[]): Promise<TaxRates> {
  return store.byIds('tax-codes', lines.map(({ taxCode }) => taxCode))
}

/** Net amount of a line in minor units, less its discount; a line without a price counts as 0. */
export function netOf({ quantity, unitPrice, discountPercent }: PricedLine, exponent: number): number {
  return calculateLine({ quantity, unitPrice: unitPrice ?? 0, discountPercent: discountPercent ?? 0, exponent }).amount
}

/** Net, tax a code and gross of amounts by tax code, as `taxLines` keeps them. */
export function totalsOf(
  parts: readonly { readonly taxCode?: string | null; readonly amount: number }[], rates: TaxRates,
): { readonly netTotal: number; readonly taxTotal: number; readonly grandTotal: number; readonly taxLines: readonly TaxRow[] } {
  const { net, tax, gross, taxes } = calculateTax(parts.map(({ taxCode, amount }) => ({
    amount, taxCode: taxCode ?? '', rate: (taxCode && rates.get(taxCode)?.rate) || 0,
  })))
  const taxLines = taxes.map((row) => ({ ...row, taxCode: row.taxCode || null, code: rates.get(row.taxCode)?.code ?? '' }))
  return { netTotal: net, taxTotal: tax, grandTotal: gross, taxLines }
}

/** Writes the net amount of each line and the totals of the document. */
export function totalDocument({ document, lines, rates, exponent }: {
  readonly document: DocumentTotals
  readonly lines: readonly PricedLine[]
  readonly rates: TaxRates
  readonly exponent: number
}): void {
  for (const line of lines) line.netAmount = netOf(line, exponent)
  Object.assign(document, totalsOf(lines.map(({ taxCode, netAmount }) => ({ taxCode, amount: netAmount ?? 0 })), rates))
}
