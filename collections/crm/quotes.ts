import type { EntityDefinition } from '../../config/language/entity.ts'
import {
  counter, date, integer, json, longText, money, percent, quantity, readOnly, relation, required, text, unitPrice,
} from '../../config/language/fields.ts'
import { internalNote, note } from '../core/shared-fields.ts'

export const quotes = {
  slug: 'quotes',
  system: 'crm',
  kind: 'document',
  label: { en: 'Quote', zh: '报价单' },
  labels: { en: 'Quotes', zh: '报价单' },
  titleField: 'number',
  fields: [
    relation('opportunity', { en: 'Opportunity', zh: '商机' }, { to: 'opportunities' }),
    relation('customer', { en: 'Customer', zh: '客户' }, { to: 'customers', ...required }),
    relation('contact', { en: 'Contact', zh: '联系人' }, { to: 'contacts' }),
    integer('quoteVersion', { en: 'Version', zh: '报价版本' }, { ...readOnly, default: 1 }),
    relation('revises', { en: 'Revises', zh: '修订自' }, { to: 'quotes', ...readOnly }),
    date('quoteDate', { en: 'Quote date', zh: '报价日期' }, { index: true }),
    date('validUntil', { en: 'Valid until', zh: '有效期至' }, { index: true }),
    relation('priceList', { en: 'Price list', zh: '价目表' }, { to: 'price-lists' }),
    relation('paymentTerm', { en: 'Payment term', zh: '付款条件' }, { to: 'payment-terms' }),
    date('requestedDate', { en: 'Requested date', zh: '要求交期' }),
    longText('terms', { en: 'Terms', zh: '商务条款' }),
    relation('owner', { en: 'Owner', zh: '负责人' }, { to: 'users' }),
    note,
    internalNote,
    money('netTotal', { en: 'Net total', zh: '未税金额' }, counter),
    money('taxTotal', { en: 'Tax', zh: '税额' }, counter),
    money('grandTotal', { en: 'Total', zh: '价税合计' }, counter),
    json('taxLines', { en: 'Tax lines', zh: '税额明细' }, readOnly),
    money('marginAmount', { en: 'Margin', zh: '毛利' }, readOnly),
    longText('rejectionReason', { en: 'Why rejected', zh: '拒绝原因' }, readOnly),
  ],
  lines: { entity: 'quote-lines', parentField: 'quote', label: { en: 'Lines', zh: '报价行' } },
  numbering: { prefix: 'QU' },
  workflow: 'quote',
  mintsTrace: true,
  listColumns: ['number', 'quoteVersion', 'customer', 'opportunity', 'validUntil', 'grandTotal', 'owner'],
  searchFields: ['number'],
  defaultSort: '-number',
} satisfies EntityDefinition

/** The unit ratio is copied when the line is written: 1 line unit is numerator ÷ denominator stock units. */
export const quoteLines = {
  slug: 'quote-lines',
  system: 'crm',
  kind: 'line',
  label: { en: 'Quote line', zh: '报价行' },
  labels: { en: 'Quote lines', zh: '报价行' },
  titleField: 'description',
  parent: { entity: 'quotes', field: 'quote' },
  fields: [
    relation('quote', { en: 'Quote', zh: '报价单' }, { to: 'quotes', ...required }),
    relation('part', { en: 'Part', zh: '物料' }, { to: 'parts', ...required }),
    text('description', { en: 'Description', zh: '描述' }),
    quantity('quantity', { en: 'Quantity', zh: '数量' }, { ...required, min: 0 }),
    relation('unit', { en: 'Unit', zh: '单位' }, { to: 'units' }),
    integer('unitNumerator', { en: 'Unit numerator', zh: '换算分子' }, { ...readOnly, default: 1, min: 1, advanced: true }),
    integer('unitDenominator', { en: 'Unit denominator', zh: '换算分母' }, { ...readOnly, default: 1, min: 1, advanced: true }),
    unitPrice('unitPrice', { en: 'Unit price', zh: '单价' }, {
      min: 0, help: { en: 'Empty: from the price list.', zh: '留空则取价目表价格。' },
    }),
    percent('discountPercent', { en: 'Discount', zh: '折扣' }, { default: '0', min: 0, max: 100 }),
    relation('taxCode', { en: 'Tax code', zh: '税码' }, { to: 'tax-codes' }),
    date('requestedDate', { en: 'Requested date', zh: '要求交期' }),
    money('netAmount', { en: 'Net amount', zh: '未税金额' }, counter),
  ],
  listColumns: ['part', 'description', 'quantity', 'unit', 'unitPrice', 'discountPercent', 'taxCode', 'netAmount'],
  unlisted: true,
} satisfies EntityDefinition
