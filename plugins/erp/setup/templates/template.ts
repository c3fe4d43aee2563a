import type { Text } from '../../../../config/language/text.ts'
import type { AccountRole, AccountType } from '../../engine/chart.ts'

/** Accounts and tax codes that a firm starts with: data only, one file a template. */
export type FirmTemplate = {
  readonly slug: string
  readonly label: Text
  /** One a role. */
  readonly accounts: readonly TemplateAccount[]
  readonly taxCodes: readonly TemplateTaxCode[]
  /** The template knows no rate of its own: the one who starts the firm states it, and its code is the usual one. */
  readonly asksRate: boolean
  /** The code that sales and purchases take by themselves, where no rate is asked or none was given. */
  readonly usualTaxCode: string
}

export type TemplateAccount = { readonly role: AccountRole; readonly number: string; readonly name: Text; readonly type: AccountType }

/** `rate`: percent at 10^-6. */
export type TemplateTaxCode = { readonly code: string; readonly name: Text; readonly rate: number }
