import type { Companies } from '../../../config/generated/entities.ts'
import type { CommandContext } from '../../core/commands/context.ts'
import { addMonths, endOfMonth } from '../../core/engine/dates.ts'
import { formatDecimal, scales } from '../../core/engine/decimal.ts'
import { accountUse } from '../engine/chart.ts'
import { startingLocations, startingPaymentTerms, startingUnits } from './starting-data.ts'
import type { FirmTemplate, TemplateTaxCode } from './templates/template.ts'

export type NewCompany = {
  /** Stored values of the company. */
  readonly company: Pick<Companies, 'code' | 'name' | 'currency' | 'timeZone' | 'country' | 'language'> & Partial<Companies>
  readonly site: { readonly code: string; readonly name: string; readonly nameZh?: string; readonly address?: string }
  /** Accounts and tax codes. */
  readonly template: FirmTemplate
  /** Percent at 10^-6, where the template asks for it; absent: no code of a standard rate. */
  readonly standardTaxRate?: number
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
 * tax codes, payment terms and a price list. What is shared between companies (chart, units, codes) is made once: a second
 * company keeps the chart that is there, whatever its template.
 */
export async function setUpCompany(context: CommandContext, wanted: NewCompany): Promise<SetUpCompany> {
  const { company: values, site, template, standardTaxRate, firstMonth, months } = wanted
  const company = await context.create('companies', { values })
  const units = await createMissing(context, { entity: 'units', rows: startingUnits })
  const standard = standardTaxRate === undefined ? undefined : standardTaxCode(standardTaxRate)
  const taxCodes = await createMissing(context, {
    entity: 'tax-codes',
    rows: [...(standard ? [standard] : []), ...template.taxCodes].map(({ code, name, rate }) => ({ code, name: name.en, nameZh: name.zh, rate, taxKind: 'both' })),
  })
  const paymentTerms = await createMissing(context, { entity: 'payment-terms', rows: startingPaymentTerms })
  const priceLists = await createMissing(context, { entity: 'price-lists', rows: [{ code: 'STANDARD', name: 'Standard prices', nameZh: '标准价目表' }] })
  await createChart(context, template)
  const [siteId, locations] = await createSite(context, { company, site })
  await context.createMany('periods', Array.from({ length: months }, (_, month) => {
    const fromDate = addMonths(`${firstMonth}-01`, month)
    return { values: { company, name: fromDate.slice(0, 7), fromDate, toDate: endOfMonth(fromDate) } }
  }))
  const priceList = priceLists.get('STANDARD') ?? ''
  const taxCode = taxCodes.get(standard?.code ?? template.usualTaxCode)
  await context.edit('companies', company, {
    values: { salesTaxCode: taxCode, purchaseTaxCode: taxCode, paymentTerm: paymentTerms.get('NET30'), priceList },
  })
  return { company, site: siteId, locations, units, taxCodes, paymentTerms, priceList }
}

/** The rate stands in the code, so that a new rate, or another company's, is a new code. */
function standardTaxCode(rate: number): TemplateTaxCode {
  const percent = formatDecimal(rate, scales.percent)
  return { code: `STD-${percent}`, name: { en: `Standard rate ${percent} %`, zh: `标准税率 ${percent}%` }, rate }
}

/** The accounts of the roles that no account has yet. */
async function createChart(context: CommandContext, { accounts }: FirmTemplate): Promise<void> {
  const known = await context.store.find('ledger-accounts', {
    where: { or: [{ accountRole: { in: accounts.map(({ role }) => role) } }, { number: { in: accounts.map(({ number }) => number) } }] },
  })
  const missing = accounts.filter(({ role, number }) => !known.some((account) => account.accountRole === role || account.number === number))
  await context.createMany('ledger-accounts', missing.map(({ role, number, name, type }) => ({
    values: { number, name: name.en, nameZh: name.zh, accountType: type, accountRole: role, control: accountUse(role).control },
  })))
}

async function createSite(
  context: CommandContext, { company, site }: { readonly company: string; readonly site: NewCompany['site'] },
): Promise<readonly [string, Map<string, string>]> {
  const id = await context.create('sites', { values: { company, ...site } })
  const made = await context.createMany('locations', startingLocations.map((location) => ({ values: { site: id, ...location } })))
  return [id, new Map(startingLocations.map(({ code }, index) => [code, made[index] as string]))]
}

/** Creates the rows whose code is not there yet. @returns the ids of all of them by code. */
async function createMissing(
  context: CommandContext, { entity, rows }: { readonly entity: string; readonly rows: readonly (Readonly<Record<string, unknown>> & { readonly code: string })[] },
): Promise<Map<string, string>> {
  const known = await context.store.find<string>(entity, { where: { code: { in: rows.map(({ code }) => code) } } })
  const missing = rows.filter(({ code }) => !known.some((row) => row.code === code))
  const made = await context.createMany(entity, missing.map((values) => ({ values })))
  return new Map([...known.map((row) => [String(row.code), row.id] as const), ...missing.map(({ code }, index) => [code, made[index] as string] as const)])
}
