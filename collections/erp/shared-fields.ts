import type { FieldDefinition } from '../../config/language/entity.ts'
import {
  counter, integer, json, longText, money, option, percent, quantity, readOnly, relation, select, text, unitPrice,
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

export const locationField = relation('location', { en: 'Location', zh: '库位' }, { to: 'locations' })
/** Empty text, never absent, for parts not tracked by lot: the key of a balance must compare equal on both databases. */
export const lotField = text('lot', { en: 'Lot', zh: '批次' }, { default: '', index: true, maxLength: 64 })
export const siteField = relation('site', { en: 'Site', zh: '地点' }, { to: 'sites', required: true })
export const paymentTermField = relation('paymentTerm', { en: 'Payment term', zh: '付款条件' }, { to: 'payment-terms' })

/** How much of a document is done: the fold of its lines, written by commands. */
export const progress = (name: string, label: FieldDefinition['label']): FieldDefinition => select(name, label, {
  ...readOnly, default: 'none', index: true,
  options: [
    option('none', { en: 'None', zh: '未开始' }, 'neutral'),
    option('partial', { en: 'Partial', zh: '部分' }, 'waiting'),
    option('complete', { en: 'Complete', zh: '完成' }, 'good'),
  ],
})

export const paymentProgress = (label: FieldDefinition['label']): FieldDefinition => select('paymentStatus', label, {
  ...readOnly, default: 'none', index: true,
  options: [
    option('none', { en: 'None', zh: '未付' }, 'neutral'),
    option('prepaid', { en: 'Prepaid', zh: '已预付' }, 'good'),
    option('partial', { en: 'Partial', zh: '部分付款' }, 'waiting'),
    option('complete', { en: 'Complete', zh: '已付清' }, 'good'),
  ],
})

export const stockStatusField = select('stockStatus', { en: 'Stock status', zh: '库存状态' }, {
  required: true, default: 'usable',
  options: [
    option('usable', { en: 'Usable', zh: '可用' }, 'good'),
    option('quarantine', { en: 'Quarantine', zh: '待检' }, 'warning'),
    option('blocked', { en: 'Blocked', zh: '冻结' }, 'bad'),
  ],
})

/** Whose stock it is: `own`, or the number of the partner whose goods we hold. */
export const stockOwnerField = text('stockOwner', { en: 'Owner', zh: '货主' }, { required: true, default: 'own', maxLength: 64 })

export const journalEntryField = relation('journalEntry', { en: 'Journal entry', zh: '会计凭证' }, {
  ...readOnly, to: 'journal-entries', advanced: true,
})

export const openAmountField = money('openAmount', { en: 'Open', zh: '未结金额' }, { ...counter, index: true })
export const reasonField = longText('reason', { en: 'Reason', zh: '原因' })

/** Platform keys that an entity without them (`ledger`, `record`) states itself. */
export const companyField = relation('company', { en: 'Company', zh: '公司' }, { to: 'companies', required: true })
export const traceField = text('traceId', { en: 'Trace', zh: '追溯号' }, { index: true, advanced: true })
