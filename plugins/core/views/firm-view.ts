import type { Store } from '../data/store.ts'
import { currencyExponent } from '../engine/currency.ts'

/** What every screen must know of the firm to write amounts and times. */
export type FirmView = { readonly name: string; readonly nameZh: string; readonly currency: string; readonly exponent: number; readonly timeZone: string }

/** The firm's first company; before it is set up, two digits without a currency. */
export async function firmView(store: Store): Promise<FirmView> {
  const [company] = await store.find('companies', { sort: 'createdAt', limit: 1 })
  if (!company) return { name: 'Trellis', nameZh: 'Trellis', currency: '', exponent: 2, timeZone: 'UTC' }
  return {
    name: company.name, nameZh: company.nameZh ?? company.name, currency: company.currency,
    exponent: currencyExponent(company.currency), timeZone: company.timeZone,
  }
}
