import type { Companies, Parts } from '../../../config/generated/entities.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import type { CommandContext } from '../commands/context.ts'
import { describeLine } from '../entities/part-name.ts'
import { failInput } from '../errors.ts'
import { loadSalesPrices, type PriceQuestion } from './sales-prices.ts'
import { totalLines, type DocumentTotals, type PricedLine } from './totals.ts'
import { loadUnitRatios } from './unit-ratios.ts'

/** A line of a part, as people enter it: what is empty is filled in. */
export type PartLine = {
  part?: string | null
  description?: string | null
  quantity: number
  unit?: string | null
  unitNumerator?: number | null
  unitDenominator?: number | null
}

/** Description and unit of each line, with the unit's ratio to the stock unit as it is now. @returns the parts by id. */
export async function preparePartLines(
  context: CommandContext, { lines, language }: { readonly lines: readonly PartLine[]; readonly language: 'en' | 'zh' },
): Promise<Map<string, Parts>> {
  const parts = await context.store.byIds('parts', lines.map(({ part }) => part))
  const ratios = await loadUnitRatios(context.store, parts.values())
  const findings: Finding[] = []
  for (const [index, line] of lines.entries()) {
    const part = parts.get(line.part ?? '')
    if (!part) continue
    line.description = describeLine(language, part, line.description)
    line.unit ||= part.unit
    const ratio = ratios.ratioOf(part, line.unit)
    if (ratio) Object.assign(line, { unitNumerator: ratio.numerator, unitDenominator: ratio.denominator })
    else findings.push(noConversion(part, `lines.${index}.unit`))
  }
  if (findings.length > 0) failInput(findings)
  return parts
}

/**
 * Prepares the lines of a priced document and computes its totals: description, unit, price, tax code where they are empty,
 * net amounts and tax always. `priceOf` gives the price of a line without one (10^-6 of the currency per line unit).
 */
export async function preparePricedLines<Line extends PartLine & PricedLine>(
  context: CommandContext,
  { lines, language, company, side, partnerTaxCode, taxFree = false, priceOf }: {
    readonly lines: readonly Line[]
    readonly language: 'en' | 'zh'
    readonly company: Companies
    readonly side: 'sales' | 'purchase'
    readonly partnerTaxCode?: string | null
    /** Opening balances carry no tax. */
    readonly taxFree?: boolean
    readonly priceOf?: (question: PriceQuestion) => number | undefined
  },
): Promise<DocumentTotals> {
  const parts = await preparePartLines(context, { lines, language })
  for (const line of lines) {
    const part = parts.get(line.part ?? '')
    line.discountPercent ??= 0
    const codes = side === 'sales' ? [part?.salesTaxCode, company.salesTaxCode] : [part?.purchaseTaxCode, company.purchaseTaxCode]
    line.taxCode = taxFree ? null : line.taxCode || partnerTaxCode || codes[0] || codes[1] || null
    if (!part || !priceOf || (line.unitPrice ?? null) !== null) continue
    const ratio = { numerator: line.unitNumerator ?? 1, denominator: line.unitDenominator ?? 1 }
    line.unitPrice = priceOf({ part, unit: line.unit ?? part.unit, ratio, quantity: line.quantity }) ?? null
  }
  const taxCodes = await context.store.byIds('tax-codes', lines.map(({ taxCode }) => taxCode))
  return totalLines({ lines, taxCodes, exponent: await context.exponent() })
}

/** What a quote or a sales order has in common. */
export type SalesDocument = { customer: string; priceList?: string | null; paymentTerm?: string | null; company: string } & Partial<Omit<DocumentTotals, 'taxLines'>> & { taxLines?: unknown }

/**
 * Prepares a document that sells: price list and payment term of the customer (else the company's) where they are empty, lines
 * priced on `date` from the price list, totals. Used by quotes and sales orders alike.
 */
export async function prepareSalesDocument(
  context: CommandContext,
  { document, lines, date }: { readonly document: SalesDocument; readonly lines: readonly (PartLine & PricedLine)[]; readonly date: string },
): Promise<void> {
  const company = await context.company(document.company)
  const customer = document.customer ? await context.store.get('customers', document.customer) : undefined
  document.priceList ||= customer?.priceList || company.priceList || null
  document.paymentTerm ||= customer?.paymentTerm || company.paymentTerm || null
  const priceOf = await loadSalesPrices(context.store, {
    priceList: document.priceList, date, parts: lines.flatMap(({ part }) => part ?? []),
  })
  Object.assign(document, await preparePricedLines(context, {
    lines, language: customer?.language ?? company.language, company, side: 'sales', partnerTaxCode: customer?.taxCode ?? null, priceOf,
  }))
}

function noConversion(part: Parts, path: string): Finding {
  return {
    code: 'noConversion', path, severity: 'error',
    message: {
      en: `There is no conversion from this unit to the stock unit of ${part.partNumber}. Choose the stock unit, or add a unit conversion.`,
      zh: `该单位没有到物料 ${part.partNumber} 库存单位的换算。请选择库存单位，或先维护单位换算。`,
    },
  }
}
