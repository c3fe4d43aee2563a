import { companies } from '../../../collections/core/companies.ts'
import type { Companies } from '../../../config/generated/entities.ts'
import { date, text } from '../../../config/language/fields.ts'
import type { Operation } from '../../core/platform/plugin.ts'
import { setUpCompany } from './set-up-company.ts'

const companyFields = [
  'code', 'name', 'nameZh', 'currency', 'timeZone', 'country', 'language', 'taxNumber', 'address', 'email', 'phone', 'website', 'bankName', 'bankAccount',
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
    ...companies.fields.filter(({ name }) => companyFields.includes(name)),
    text('siteName', { en: 'Name of the first site', zh: '首个地点名称' }),
    date('booksFrom', { en: 'Books begin on', zh: '建账日期' }),
  ],
  async run(context, { siteName, booksFrom, ...input }) {
    const company = input as Pick<Companies, 'code' | 'name' | 'currency' | 'timeZone' | 'country' | 'language'>
    const year = String(booksFrom ?? context.now).slice(0, 4)
    const { company: id } = await setUpCompany(context, {
      company, site: { code: 'MAIN', name: typeof siteName === 'string' ? siteName : company.name }, firstMonth: `${year}-01`, months,
    })
    return {
      message: { en: `${company.name} is set up: chart of accounts, periods and codes are ready.`, zh: `${company.name}已建立，会计科目、期间和各项代码均已就绪。` },
      documents: [{ entity: 'companies', id }],
    }
  },
}
