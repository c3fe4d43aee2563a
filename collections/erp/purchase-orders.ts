import type { EntityDefinition } from '../../config/language/entity.ts'
import { counter, date, integer, quantity, readOnly, relation, required, text } from '../../config/language/fields.ts'
import { descriptionField, partField, paymentTermField, priceFields, quantityField, totals, unitFields } from '../core/document-fields.ts'
import { internalNote, note } from '../core/shared-fields.ts'
import { paymentProgress, progress, siteField } from './shared-fields.ts'

export const purchaseOrders = {
  slug: 'purchase-orders',
  system: 'erp',
  kind: 'document',
  label: { en: 'Purchase order', zh: '采购订单' },
  labels: { en: 'Purchase orders', zh: '采购订单' },
  titleField: 'number',
  fields: [
    relation('supplier', { en: 'Supplier', zh: '供应商' }, { to: 'suppliers', ...required }),
    relation('contact', { en: 'Contact', zh: '联系人' }, { to: 'contacts' }),
    text('supplierReference', { en: 'Supplier reference', zh: '供应商订单号' }, { index: true }),
    siteField,
    relation('location', { en: 'Receive at', zh: '收货库位' }, { to: 'locations' }),
    date('orderDate', { en: 'Order date', zh: '订单日期' }, { index: true }),
    date('requestedDate', { en: 'Requested date', zh: '要求到货日' }, { index: true }),
    date('promisedDate', { en: 'Promised date', zh: '承诺到货日' }, { index: true }),
    paymentTermField,
    relation('owner', { en: 'Buyer', zh: '采购员' }, { to: 'users' }),
    note,
    internalNote,
    ...totals,
    progress('receiptStatus', { en: 'Receipt', zh: '收货状态' }),
    progress('billingStatus', { en: 'Billing', zh: '收票状态' }),
    paymentProgress({ en: 'Payment', zh: '付款状态' }),
    integer('orderVersion', { en: 'Order version', zh: '订单版本' }, { ...readOnly, default: 1 }),
  ],
  lines: { entity: 'purchase-order-lines', parentField: 'purchaseOrder', label: { en: 'Lines', zh: '订单行' } },
  numbering: { prefix: 'PO' },
  workflow: 'purchase-order',
  mintsTrace: true,
  listColumns: ['number', 'supplier', 'orderDate', 'promisedDate', 'grandTotal', 'receiptStatus', 'billingStatus', 'paymentStatus'],
  searchFields: ['number', 'supplierReference'],
  defaultSort: '-number',
} satisfies EntityDefinition

/** All quantities of a line are in the unit of the line. Received counts what arrived; rejected of it went back. */
export const purchaseOrderLines = {
  slug: 'purchase-order-lines',
  system: 'erp',
  kind: 'line',
  label: { en: 'Purchase order line', zh: '采购订单行' },
  labels: { en: 'Purchase order lines', zh: '采购订单行' },
  titleField: 'description',
  parent: { entity: 'purchase-orders', field: 'purchaseOrder' },
  fields: [
    relation('purchaseOrder', { en: 'Purchase order', zh: '采购订单' }, { to: 'purchase-orders', ...required }),
    partField,
    text('supplierPartNumber', { en: 'Supplier part number', zh: '供应商料号' }),
    descriptionField,
    quantityField,
    ...unitFields,
    ...priceFields,
    date('requestedDate', { en: 'Requested date', zh: '要求到货日' }),
    date('promisedDate', { en: 'Promised date', zh: '承诺到货日' }),
    quantity('receivedQuantity', { en: 'Received', zh: '已收货' }, counter),
    quantity('rejectedQuantity', { en: 'Rejected', zh: '已拒收' }, counter),
    quantity('billedQuantity', { en: 'Billed', zh: '已收票' }, counter),
    quantity('cancelledQuantity', { en: 'Given up', zh: '已取消数量' }, counter),
  ],
  listColumns: [
    'part', 'description', 'quantity', 'unit', 'unitPrice', 'discountPercent', 'taxCode', 'netAmount',
    'receivedQuantity', 'rejectedQuantity', 'billedQuantity', 'cancelledQuantity',
  ],
  unlisted: true,
} satisfies EntityDefinition
