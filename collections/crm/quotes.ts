import type { EntityDefinition } from '../../config/language/entity.ts'
import { date, integer, longText, money, readOnly, relation, required } from '../../config/language/fields.ts'
import {
  descriptionField, partField, paymentTermField, priceFields, quantityField, totals, unitFields,
} from '../core/document-fields.ts'
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
    date('quoteDate', { en: 'Quote date', zh: '报价日期' }, { index: true, default: 'today' }),
    date('validUntil', { en: 'Valid until', zh: '有效期至' }, { index: true }),
    relation('priceList', { en: 'Price list', zh: '价目表' }, { to: 'price-lists' }),
    paymentTermField,
    date('requestedDate', { en: 'Requested date', zh: '要求交期' }),
    longText('terms', { en: 'Terms', zh: '商务条款' }),
    relation('owner', { en: 'Owner', zh: '负责人' }, { to: 'users' }),
    note,
    internalNote,
    ...totals,
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
    partField,
    descriptionField,
    quantityField,
    ...unitFields,
    ...priceFields,
    date('requestedDate', { en: 'Requested date', zh: '要求交期' }),
  ],
  listColumns: ['part', 'description', 'quantity', 'unit', 'unitPrice', 'discountPercent', 'taxCode', 'netAmount'],
  unlisted: true,
} satisfies EntityDefinition
