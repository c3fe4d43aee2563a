import type { Where } from 'payload'
import type { EntityDefinition, FieldDefinition } from '../../../../config/language/entity.ts'
import { currencyExponent } from '../../engine/currency.ts'
import type { Store } from '../../data/store.ts'
import { allFields } from '../../entities/system-fields.ts'
import type { ConversionForm } from './convert-value.ts'

/** A field that takes over the values of another one, and that one. */
export type Conversion = { readonly from: FieldDefinition; readonly to: FieldDefinition }

/** The conversion that was published with this field; undefined where it takes nothing over. */
export function conversionOf(entity: EntityDefinition, name: string): Conversion | undefined {
  const fields = allFields(entity)
  const to = fields.find((field) => field.name === name)
  const from = to?.convertedFrom === undefined ? undefined : fields.find((field) => field.name === to.convertedFrom)
  return to && from ? { from, to } : undefined
}

/** Rows whose value has not been taken over. */
export const leftRows = ({ from, to }: Conversion): Where => ({ and: [{ [from.name]: { exists: true } }, { [to.name]: { exists: false } }] })

/** How the firm writes; before it is founded, as English is written. */
export async function conversionForm(store: Store): Promise<ConversionForm> {
  const [company] = await store.find('companies', { sort: 'createdAt', limit: 1 })
  const isChinese = company?.country === 'CN'
  return {
    language: isChinese ? 'zh' : 'en', exponent: currencyExponent(company?.currency ?? 'EUR'),
    cells: { decimalMark: '.', dateOrder: company?.country === 'US' ? 'mdy' : isChinese ? 'ymd' : 'dmy', from1904: false, zone: company?.timeZone ?? 'UTC', ...(company && { currency: company.currency }) },
  }
}
