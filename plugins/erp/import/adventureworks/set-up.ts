import type { Companies } from '../../../../config/generated/entities.ts'
import type { Text } from '../../../../config/language/text.ts'
import type { CommandContext } from '../../../core/commands/context.ts'
import { failRefused } from '../../../core/errors.ts'
import { documentOf, keyRow } from '../../../core/import/external-keys.ts'
import type { ImportRun } from '../../../core/import/importer.ts'
import { setUpCompany } from '../../setup/set-up-company.ts'
import { internationalTemplate } from '../../setup/templates/international.ts'
import { currency, fixtures, purchaseTaxRate, source, timeZone } from './source.ts'

/** Makes sure of the company and of what the rows refer to beside each other; refuses a database whose books it does not fit. */
export async function prepareCompany(run: ImportRun): Promise<void> {
  await run.transact(async (context) => {
    const known = await documentOf(context.store, { source, entity: 'companies', externalId: fixtures.company })
    if (known) {
      const company = await context.store.require('companies', known)
      if (run.company !== undefined && run.company !== company.code) refuse(otherCompany(company, run.company))
      return
    }
    const company = await chooseCompany(context, run.company)
    await setUpCodes(context, company)
  })
}

/** The company and site that the rows belong to, once `prepareCompany` has run. */
export async function loadCompany({ store }: CommandContext): Promise<{ readonly company: Companies; readonly site: string }> {
  const find = async (entity: string, externalId: string) => (await documentOf(store, { source, entity, externalId })) ?? ''
  return { company: await store.require('companies', await find('companies', fixtures.company)), site: await find('sites', fixtures.site) }
}

async function chooseCompany(context: CommandContext, code: string | undefined): Promise<Companies> {
  const companies = await context.store.find('companies', { sort: 'createdAt' })
  if (companies.length === 0 && code === undefined) return setUpOwnCompany(context)
  const candidates = code === undefined ? companies : companies.filter((company) => company.code === code)
  const [company, more] = candidates
  if (!company) refuse(noCompany(code ?? '', companies))
  if (company.currency !== currency) refuse(otherCurrency(company))
  if (more) refuse(severalCompanies(companies))
  const known = await context.store.findOne('sites', { and: [{ company: { equals: company.id } }, { code: { equals: 'AW' } }] })
  const site = known?.id ?? (await context.create('sites', { values: { company: company.id, ...ownSite } }))
  await remember(context, { companies: [fixtures.company, company.id], sites: [fixtures.site, site] })
  return company
}

async function setUpOwnCompany(context: CommandContext): Promise<Companies> {
  const { company, site } = await setUpCompany(context, {
    company: { code: 'AW', name: 'Adventure Works Cycles', currency, timeZone, country: 'US', language: 'en', address: 'Bothell, Washington' },
    site: ownSite, template: internationalTemplate, firstMonth: `${context.now.slice(0, 4)}-01`, months: 12,
  })
  await remember(context, { companies: [fixtures.company, company], sites: [fixtures.site, site] })
  return context.store.require('companies', company)
}

/** Tax codes, payment term and price list; a company that is set up by the import uses them by itself. */
async function setUpCodes(context: CommandContext, company: Companies): Promise<void> {
  const purchaseTax = await ensure(context, 'tax-codes', { code: 'AW-TAX8', name: 'Purchase tax 8 % (AdventureWorks)', nameZh: '采购税 8%（AdventureWorks）', rate: purchaseTaxRate, taxKind: 'purchase' })
  const noTax = await ensure(context, 'tax-codes', { code: 'AW-NOTAX', name: 'No tax', nameZh: '免税', rate: 0, taxKind: 'both' })
  const paymentTerm = await ensure(context, 'payment-terms', { code: 'NET30', name: '30 days net', nameZh: '开票后 30 天', netDays: 30 })
  const priceList = await ensure(context, 'price-lists', { code: 'AW-LIST', name: 'AdventureWorks list prices', nameZh: 'AdventureWorks 标价' })
  await remember(context, { 'tax-codes': [fixtures.purchaseTax, purchaseTax], 'payment-terms': [fixtures.paymentTerm, paymentTerm], 'price-lists': [fixtures.priceList, priceList] })
  await remember(context, { 'tax-codes': [fixtures.noTax, noTax] })
  if (company.code !== 'AW') return
  await context.edit('companies', company.id, { values: { purchaseTaxCode: purchaseTax, salesTaxCode: noTax, paymentTerm, priceList } })
}

async function ensure(context: CommandContext, entity: string, values: { readonly code: string } & Readonly<Record<string, unknown>>): Promise<string> {
  const known = await context.store.findOne<string>(entity, { code: { equals: values.code } })
  return known?.id ?? context.create(entity, { values })
}

async function remember({ store }: CommandContext, keys: Readonly<Record<string, readonly [string, string]>>): Promise<void> {
  await store.insertMany('external-keys', Object.entries(keys).map(([entity, [externalId, documentId]]) => keyRow({ source, entity, externalId, documentId })))
}

const ownSite = { code: 'AW', name: 'Bothell plant', nameZh: '博塞尔工厂' }

function refuse(message: Text): never {
  failRefused([{ code: 'import.company', message }])
}

const codes = (companies: readonly Companies[]) => companies.map(({ code, currency: money }) => `${code} (${money})`).join(', ')
const freshDatabase = 'DATA_DIR=data/bikes npm run import -- <folder>'

const otherCurrency = (company: Companies): Text => ({
  en: `This database is kept by ${company.name} in ${company.currency}, AdventureWorks keeps its books in ${currency}: give it a database of its own with ${freshDatabase}, or name a company in ${currency} with --company.`,
  zh: `此数据库属于${company.nameZh ?? company.name}，本位币为 ${company.currency}，而 AdventureWorks 以 ${currency} 记账：请用 ${freshDatabase} 为其新建数据库，或用 --company 指定本位币为 ${currency} 的公司。`,
})
const severalCompanies = (companies: readonly Companies[]): Text => ({
  en: `This database has several companies: ${codes(companies)}. Name the one to import into with --company <code>.`,
  zh: `此数据库有多家公司：${codes(companies)}。请用 --company <代码> 指定导入到哪一家。`,
})
const noCompany = (code: string, companies: readonly Companies[]): Text => ({
  en: `There is no company "${code}". ${companies.length > 0 ? `Choose one of ${codes(companies)}.` : 'The database has none: leave --company out, and the import sets one up.'}`,
  zh: `没有公司“${code}”。${companies.length > 0 ? `可选：${codes(companies)}。` : '数据库中尚无公司：去掉 --company，导入时会自动建立。'}`,
})
const otherCompany = (company: Companies, code: string): Text => ({
  en: `AdventureWorks was imported into the company ${company.code} of this database, so it cannot go into ${code} too. Leave --company out.`,
  zh: `AdventureWorks 已导入此数据库的公司 ${company.code}，不能再导入 ${code}。请去掉 --company。`,
})
