import { date, relation } from '../../config/language/fields.ts'
import { reportTexts } from '../locales/operations-texts.ts'

export type ReportName = 'trial' | 'receivables' | 'payables'

const company = relation('company', reportTexts.company, { to: 'companies' })
const asOf = date('asOf', reportTexts.asOf)

/** The reports, as the operations that compute them. */
export const reports = [
  { name: 'trial', entity: 'ledger-accounts', operation: 'trialBalance', label: { en: 'Trial balance', zh: '科目余额表' }, fields: [company, relation('period', reportTexts.period, { to: 'periods', help: reportTexts.periodHelp })] },
  { name: 'receivables', entity: 'invoices', operation: 'aging', label: { en: 'Aged receivables', zh: '应收账龄' }, fields: [company, asOf] },
  { name: 'payables', entity: 'supplier-bills', operation: 'aging', label: { en: 'Aged payables', zh: '应付账龄' }, fields: [company, asOf] },
] as const

export type TrialData = {
  readonly debit: string
  readonly credit: string
  readonly rows: readonly { readonly account: string; readonly number: string; readonly name: string; readonly nameZh: string; readonly opening: string; readonly debit: string; readonly credit: string; readonly closing: string }[]
}
type Aged = { readonly total: string; readonly overdue: string; readonly buckets: readonly { readonly from: number | null; readonly to: number | null; readonly amount: string }[] }
export type AgingData = Aged & { readonly asOf: string; readonly parties: readonly (Aged & { readonly party: string; readonly number: string; readonly name: string })[] }
