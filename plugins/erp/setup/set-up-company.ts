import type { Companies } from '../../../config/generated/entities.ts'
import type { CommandContext } from '../../core/commands/context.ts'
import { addMonths, endOfMonth } from '../../core/engine/dates.ts'
import { chart } from '../engine/chart.ts'
import { startingLocations, startingPaymentTerms, startingTaxCodes, startingUnits } from './starting-data.ts'

export type NewCompany = {
  /** Stored values of the company. */
  readonly company: Pick<Companies, 'code' | 'name' | 'currency' | 'timeZone' | 'country' | 'language'> & Partial<Companies>
  readonly site: { readonly code: string; readonly name: string; readonly nameZh?: string; readonly address?: string }
  /** "YYYY-MM": the month of the first accounting period. */
  readonly firstMonth: string
  readonly months: number
}

/** Ids of what was set up, by code. */
export type SetUpCompany = {
  readonly company: string
  readonly site: string
  readonly locations: ReadonlyMap<string, string>
  readonly units: ReadonlyMap<string, string>
  readonly taxCodes: ReadonlyMap<string, string>
  readonly paymentTerms: ReadonlyMap<string, string>
  readonly priceList: string
}

/**
 * What a firm needs before its first document: the company, its chart of accounts, monthly periods, a site with locations, units,
 * tax codes, payment terms and a price list. What is shared between companies (chart, units, codes) is made once.
 */
export async function setUpCompany(context: CommandContext, { company: values, site, firstMonth, months }: NewCompany): Promise<SetUpCompany> {
  const company = await context.create('companies', { values })
  const units = await createMissing(context, { entity: 'units', rows: startingUnits })
  const taxCodes = await createMissing(context, { entity: 'tax-codes', rows: startingTaxCodes.map((row) => ({ ...row, taxKind: 'both' })) })
  const paymentTerms = await createMissing(context, { entity: 'payment-terms', rows: startingPaymentTerms })
  const priceLists = await createMissing(context, { entity: 'price-lists', rows: [{ code: 'STANDARD', name: 'Standard prices', nameZh: '标准价目表' }] })
  await createMissing(context, {
    entity: 'ledger-accounts', codeField: 'number',
    rows: chart.map((account) => ({
      number: account.number, name: account.name.en, nameZh: account.name.zh, accountType: account.type, accountRole: account.role,
      control: 'control' in account && account.control,
    })),
  })
  const [siteId, locations] = await createSite(context, { company, site })
  for (let month = 0; month < months; month++) {
    const fromDate = addMonths(`${firstMonth}-01`, month)
    await context.create('periods', { values: { company, name: fromDate.slice(0, 7), fromDate, toDate: endOfMonth(fromDate) } })
  }
  const priceList = priceLists.get('STANDARD') ?? ''
  const taxCode = taxCodes.get('VAT13')
  await context.edit('companies', company, {
    values: { salesTaxCode: taxCode, purchaseTaxCode: taxCode, paymentTerm: paymentTerms.get('NET30'), priceList },
  })
  return { company, site: siteId, locations, units, taxCodes, paymentTerms, priceList }
}

async function createSite(
  context: CommandContext, { company, site }: { readonly company: string; readonly site: NewCompany['site'] },
): Promise<readonly [string, Map<string, string>]> {
  const id = await context.create('sites', { values: { company, ...site } })
  const locations = new Map<string, string>()
  for (const location of startingLocations) locations.set(location.code, await context.create('locations', { values: { site: id, ...location } }))
  return [id, locations]
}

/** Creates the rows whose code is not there yet. @returns the ids of all of them by code. */
async function createMissing(
  context: CommandContext,
  { entity, rows, codeField = 'code' }: { readonly entity: string; readonly rows: readonly Readonly<Record<string, unknown>>[]; readonly codeField?: string },
): Promise<Map<string, string>> {
  const known = await context.store.find<string>(entity, { where: { [codeField]: { in: rows.map((row) => row[codeField]) } } })
  const ids = new Map(known.map((row) => [String(row[codeField]), row.id]))
  for (const row of rows) {
    const code = String(row[codeField])
    if (!ids.has(code)) ids.set(code, await context.create(entity, { values: row }))
  }
  return ids
}
