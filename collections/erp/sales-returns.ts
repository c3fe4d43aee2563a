import type { EntityDefinition } from '../../config/language/entity.ts'
import { counter, date, money, quantity, readOnly, relation, required } from '../../config/language/fields.ts'
import { descriptionField, partField, quantityField, unitFields } from '../core/document-fields.ts'
import { note } from '../core/shared-fields.ts'
import { journalEntryField, locationField, lotField, reasonField, siteField, stockStatusField } from './shared-fields.ts'

export const salesReturns = {
  slug: 'sales-returns',
  system: 'erp',
  kind: 'document',
  label: { en: 'Sales return', zh: '销售退货单' },
  labels: { en: 'Sales returns', zh: '销售退货单' },
  titleField: 'number',
  fields: [
    relation('delivery', { en: 'Delivery', zh: '发货单' }, { to: 'deliveries', ...required }),
    relation('salesOrder', { en: 'Sales order', zh: '销售订单' }, { to: 'sales-orders', ...readOnly }),
    relation('customer', { en: 'Customer', zh: '客户' }, { to: 'customers', ...readOnly }),
    { ...siteField, filledFrom: 'delivery' },
    date('returnDate', { en: 'Returned on', zh: '退货日期' }, { index: true }),
    reasonField,
    note,
    money('costTotal', { en: 'Cost taken back', zh: '退回成本' }, counter),
    journalEntryField,
  ],
  lines: { entity: 'sales-return-lines', parentField: 'salesReturn', label: { en: 'Lines', zh: '退货行' } },
  numbering: { prefix: 'SR' },
  workflow: 'sales-return',
  takesBack: true,
  listColumns: ['number', 'customer', 'delivery', 'returnDate', 'reason'],
  searchFields: ['number'],
  defaultSort: '-number',
} satisfies EntityDefinition

export const salesReturnLines = {
  slug: 'sales-return-lines',
  system: 'erp',
  kind: 'line',
  label: { en: 'Sales return line', zh: '退货行' },
  labels: { en: 'Sales return lines', zh: '退货行' },
  titleField: 'description',
  parent: { entity: 'sales-returns', field: 'salesReturn' },
  fields: [
    relation('salesReturn', { en: 'Sales return', zh: '销售退货单' }, { to: 'sales-returns', ...required }),
    relation('deliveryLine', { en: 'Delivery line', zh: '发货行' }, { to: 'delivery-lines', ...required }),
    { ...partField, filledFrom: 'deliveryLine' },
    descriptionField,
    quantityField,
    ...unitFields,
    locationField,
    lotField,
    stockStatusField,
    quantity('creditedQuantity', { en: 'Credited', zh: '已红冲' }, counter),
    money('costAmount', { en: 'Cost', zh: '成本' }, counter),
  ],
  listColumns: ['part', 'description', 'quantity', 'unit', 'location', 'lot', 'stockStatus'],
  unlisted: true,
} satisfies EntityDefinition
