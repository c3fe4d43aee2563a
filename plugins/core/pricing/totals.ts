import type { TaxCodes } from '../../../config/generated/entities.ts'
import { calculateLine } from '../engine/pricing.ts'
import { calculateTax, type TaxLine } from '../engine/tax.ts'

/** A line with a price; a document's line, sales or purchase. */
export type PricedLine = {
  quantity: number
  unitPrice?: number | null
  discountPercent?: number | null
  taxCode?: string | null
  netAmount?: number | null
}

/** One row of `taxLines`: rate at 10^-6 of a percent, amounts in minor units. */
export type DocumentTax = TaxLine & { readonly code: string }

export type DocumentTotals = { netTotal: number; taxTotal: number; grandTotal: number; taxLines: DocumentTax[] }

/**
 * Writes the net amount of every line and returns the document's totals. Amounts are rounded once a line, tax once a code.
 * A line without a price counts 0; one that takes something off (a deposit deducted) has a price below zero.
 */
export function totalLines<Line extends PricedLine>({ lines, taxCodes, exponent }: {
  readonly lines: readonly Line[]
  readonly taxCodes: ReadonlyMap<string, TaxCodes>
  readonly exponent: number
}): DocumentTotals {
  for (const line of lines) {
    const { amount } = calculateLine({ quantity: line.quantity, unitPrice: line.unitPrice ?? 0, discountPercent: line.discountPercent ?? 0, exponent })
    line.netAmount = amount
  }
  const result = calculateTax(lines.map((line) => ({
    amount: line.netAmount ?? 0, taxCode: line.taxCode ?? '', rate: taxCodes.get(line.taxCode ?? '')?.rate ?? 0,
  })))
  return {
    netTotal: result.net, taxTotal: result.tax, grandTotal: result.gross,
    taxLines: result.taxes.filter(({ taxCode }) => taxCode !== '').map((tax) => ({ ...tax, code: taxCodes.get(tax.taxCode)?.code ?? tax.taxCode })),
  }
}
