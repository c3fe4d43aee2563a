import type { EntityDefinition } from '../../config/language/entity.ts'
import { counter, date, longText, money, quantity, readOnly, relation, required, text } from '../../config/language/fields.ts'
import { descriptionField, partField, quantityField, unitFields } from '../core/document-fields.ts'
import { internalNote, note } from '../core/shared-fields.ts'
import { journalEntryField, locationField, lotField, siteField } from './shared-fields.ts'

export const deliveries = {
  slug: 'deliveries',
  system: 'erp',
  kind: 'document',
  label: { en: 'Delivery', zh: '发货单' },
  labels: { en: 'Deliveries', zh: '发货单' },
  titleField: 'number',
  fields: [
    relation('salesOrder', { en: 'Sales order', zh: '销售订单' }, { to: 'sales-orders', ...required }),
    relation('customer', { en: 'Customer', zh: '客户' }, { to: 'customers', ...readOnly }),
    { ...siteField, filledFrom: 'salesOrder' },
    date('deliveryDate', { en: 'Delivery date', zh: '发货日期' }, { index: true }),
    longText('shipToAddress', { en: 'Ship-to address', zh: '收货地址' }),
    text('carrier', { en: 'Carrier', zh: '承运商' }),
    text('trackingNumber', { en: 'Tracking number', zh: '运单号' }, { index: true }),
    date('receivedDate', { en: 'Received by the customer on', zh: '客户签收日期' }, readOnly),
    text('receivedBy', { en: 'Received by', zh: '签收人' }, readOnly),
    note,
    internalNote,
    money('costTotal', { en: 'Cost of goods', zh: '销售成本' }, counter),
    journalEntryField,
  ],
  lines: { entity: 'delivery-lines', parentField: 'delivery', label: { en: 'Lines', zh: '发货行' } },
  numbering: { prefix: 'DN' },
  workflow: 'delivery',
  listColumns: ['number', 'customer', 'salesOrder', 'site', 'deliveryDate', 'trackingNumber'],
  searchFields: ['number', 'trackingNumber'],
  defaultSort: '-number',
} satisfies EntityDefinition

export const deliveryLines = {
  slug: 'delivery-lines',
  system: 'erp',
  kind: 'line',
  label: { en: 'Delivery line', zh: '发货行' },
  labels: { en: 'Delivery lines', zh: '发货行' },
  titleField: 'description',
  parent: { entity: 'deliveries', field: 'delivery' },
  fields: [
    relation('delivery', { en: 'Delivery', zh: '发货单' }, { to: 'deliveries', ...required }),
    relation('salesOrderLine', { en: 'Order line', zh: '订单行' }, { to: 'sales-order-lines', ...required }),
    { ...partField, filledFrom: 'salesOrderLine' },
    descriptionField,
    quantityField,
    ...unitFields,
    locationField,
    lotField,
    quantity('returnedQuantity', { en: 'Returned', zh: '已退货' }, counter),
    money('costAmount', { en: 'Cost', zh: '成本' }, counter),
  ],
  listColumns: ['part', 'description', 'quantity', 'unit', 'location', 'lot', 'returnedQuantity'],
  unlisted: true,
} satisfies EntityDefinition
