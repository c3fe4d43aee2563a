import type { Language } from '../../config/language/text.ts'
import type { UnitQuantity } from '../../plugins/core/trace/quantities.ts'
import { formatDecimalText } from '../kit/format.ts'

/** "2 PCS + 10 KG": quantities of different units stand beside each other. Empty without any. */
export const quantitiesText = (quantities: readonly UnitQuantity[], language: Language): string =>
  quantities.map(({ quantity, unit }) => [formatDecimalText(quantity), unit?.[language] ?? ''].join(' ').trim()).join(' + ')
