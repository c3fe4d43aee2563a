import type { FieldDefinition } from '../../config/language/entity.ts'
import {
  counter, integer, json, money, percent, quantity, readOnly, relation, text, unitPrice,
} from '../../config/language/fields.ts'

/** Totals of a priced document, written whenever its lines change. */
export const totals: readonly FieldDefinition[] = [
  money('netTotal', { en: 'Net total', zh: '未税金额' }, counter),
  money('taxTotal', { en: 'Tax', zh: '税额' }, counter),
  money('grandTotal', { en: 'Total', zh: '价税合计' }, counter),
  json('taxLines', { en: 'Tax lines', zh: '税额明细' }, {
    ...readOnly,
    help: {
      en: 'Per tax code: code, rate, taxable amount, tax. The tax is rounded once a code, never a line.',
      zh: '按税码汇总：税码、税率、计税金额、税额。税额按税码舍入一次，不按行舍入。',
    },
  }),
]

/** Part, quantity and unit of a line. Names which may differ (`receivedQuantity` …) are given by the entity itself. */
export const partField = relation('part', { en: 'Part', zh: '物料' }, { to: 'parts', required: true })
export const descriptionField = text('description', { en: 'Description', zh: '描述' }, {
  help: { en: 'Empty: the name of the part in the language of the document.', zh: '留空则按单据语言取物料名称。' },
})
export const quantityField = quantity('quantity', { en: 'Quantity', zh: '数量' }, { required: true, min: 0 })

/**
 * The unit of a line and its ratio to the part's stock unit, copied when the line is written: 1 line unit is
 * numerator ÷ denominator stock units. A later change of the conversion never changes what was agreed.
 */
export const unitFields: readonly FieldDefinition[] = [
  relation('unit', { en: 'Unit', zh: '单位' }, {
    to: 'units', help: { en: 'Empty: the stock unit of the part.', zh: '留空则取物料的库存单位。' },
  }),
  integer('unitNumerator', { en: 'Unit numerator', zh: '换算分子' }, { ...readOnly, default: 1, min: 1, advanced: true }),
  integer('unitDenominator', { en: 'Unit denominator', zh: '换算分母' }, { ...readOnly, default: 1, min: 1, advanced: true }),
]

/** Price, discount and tax of a line; the net amount is rounded once. */
export const priceFields: readonly FieldDefinition[] = [
  unitPrice('unitPrice', { en: 'Unit price', zh: '单价' }, {
    min: 0, help: { en: 'Empty: from the price list.', zh: '留空则取价目表价格。' },
  }),
  percent('discountPercent', { en: 'Discount', zh: '折扣' }, { default: '0', min: 0, max: 100 }),
  relation('taxCode', { en: 'Tax code', zh: '税码' }, { to: 'tax-codes' }),
  money('netAmount', { en: 'Net amount', zh: '未税金额' }, counter),
]

/** The same where a line may take something off: the behaviour of the document says which one may cost less than nothing. */
export const signedPriceFields: readonly FieldDefinition[] = priceFields.map((field) => {
  const { min, ...signed } = field
  return field.name === 'unitPrice' && min === 0 ? signed : field
})

export const paymentTermField = relation('paymentTerm', { en: 'Payment term', zh: '付款条件' }, { to: 'payment-terms' })
