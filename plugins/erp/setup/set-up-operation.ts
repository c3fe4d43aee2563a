import { companies } from '../../../collections/core/companies.ts'
import type { Companies } from '../../../config/generated/entities.ts'
import { date, option, percent, select, text } from '../../../config/language/fields.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import type { Text } from '../../../config/language/text.ts'
import type { Operation } from '../../core/platform/plugin.ts'
import { setUpCompany } from './set-up-company.ts'
import { findTemplate, firmTemplates } from './templates/templates.ts'

const companyFields = [
  'code', 'name', 'nameZh', 'country', 'currency', 'timeZone', 'language', 'taxNumber', 'address', 'addressZh', 'email', 'phone', 'website',
  'bankName', 'bankNameZh', 'bankAccount',
]
/** Periods from January of the year in which the books begin. */
const months = 24

/** A company with all it needs before its first document. */
export const setUpOperation: Operation = {
  name: 'setUp', entity: 'companies',
  label: { en: 'Set up a company', zh: '建立公司' },
  help: {
    en: 'Company with chart of accounts, periods, tax codes, payment terms, units, a site and its locations.',
    zh: '一次建立公司及其会计科目、会计期间、税码、付款条件、计量单位、地点和库位。',
  },
  roles: ['owner'],
  input: [
    select('template', { en: 'Accounts and tax codes', zh: '科目和税码模板' }, {
      required: true, options: firmTemplates.map(({ slug, label }) => option(slug, label)),
      help: {
        en: 'China: account numbers of its Small Business standard. International: a neutral four-digit chart. Both can be changed until something is posted; a second company keeps the accounts that are there.',
        zh: '中国模板采用小企业会计准则科目编码；国际模板采用通用四位编码。过账前均可修改；再建公司时沿用已有科目。',
      },
    }),
    percent('standardTaxRate', { en: 'Standard tax rate', zh: '标准税率' }, {
      min: 0, max: 100,
      help: {
        en: 'With the international template: VAT, GST or sales tax of your country; 0 if you charge none. Leave it empty with the Chinese one.',
        zh: '用于国际通用模板：贵国增值税（VAT、GST 等）标准税率，不征税填 0。选用中国模板时留空。',
      },
    }),
    ...companyFields.flatMap((name) => companies.fields.filter((field) => field.name === name)),
    date('booksFrom', { en: 'Books begin on', zh: '建账日期' }, {
      help: {
        en: 'Date opening balances on this day. Periods are open from January of this year, for two years; before them nothing can be dated. Empty: today.',
        zh: '期初余额记在这一天。会计期间自当年 1 月起开设两年，更早的日期不能入账。留空为今天。',
      },
    }),
    text('siteName', { en: 'Name of the first site', zh: '首个地点名称' }, {
      help: { en: 'Warehouse or workshop. Empty: the name of the firm.', zh: '仓库或车间；留空则用公司名称。' },
    }),
  ],
  check: ({ template, standardTaxRate }) => templateFindings(template, standardTaxRate ?? null),
  async run(context, { template: slug, standardTaxRate, siteName, booksFrom, ...input }) {
    const company = input as Pick<Companies, 'code' | 'name' | 'currency' | 'timeZone' | 'country' | 'language'>
    const year = String(booksFrom ?? context.now).slice(0, 4)
    const { company: id } = await setUpCompany(context, {
      company, site: { code: 'MAIN', name: typeof siteName === 'string' ? siteName : company.name }, firstMonth: `${year}-01`, months,
      template: findTemplate(slug) ?? firmTemplates[0], ...(typeof standardTaxRate === 'number' ? { standardTaxRate } : {}),
    })
    return {
      message: { en: `${company.name} is set up: chart of accounts, periods and codes are ready.`, zh: `${company.name}已建立，会计科目、期间和各项代码均已就绪。` },
      documents: [{ entity: 'companies', id }],
    }
  },
}

/** A rate is stated exactly where the template asks for one; a missing template is told as every missing field. */
function templateFindings(slug: unknown, rate: unknown): Finding[] {
  const template = findTemplate(slug)
  if (!template || template.asksRate === (rate !== null)) return []
  return [{ code: 'template.rate', path: 'standardTaxRate', severity: 'error', message: template.asksRate ? rateMissing : rateUnused }]
}

const rateMissing: Text = {
  en: 'Enter the standard tax rate of your country; 0 if you charge no tax.',
  zh: '请填写贵国的标准税率；不征税填 0。',
}
const rateUnused: Text = {
  en: 'The Chinese template brings its own VAT rates. Leave the standard tax rate empty, or choose the international template.',
  zh: '中国模板自带增值税税率。请将标准税率留空，或改选国际通用模板。',
}
