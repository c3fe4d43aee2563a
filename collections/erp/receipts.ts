import type { EntityDefinition } from '../../config/language/entity.ts'
import { counter, date, money, quantity, readOnly, relation, required, text } from '../../config/language/fields.ts'
import { descriptionField, partField, unitFields } from '../core/document-fields.ts'
import { internalNote } from '../core/shared-fields.ts'
import { journalEntryField, locationField, lotField, siteField, stockStatusField } from './shared-fields.ts'

export const receipts = {
  slug: 'receipts',
  system: 'erp',
  kind: 'document',
  label: { en: 'Goods receipt', zh: '收货单' },
  labels: { en: 'Goods receipts', zh: '收货单' },
  titleField: 'number',
  fields: [
    relation('purchaseOrder', { en: 'Purchase order', zh: '采购订单' }, { to: 'purchase-orders', ...required }),
    relation('supplier', { en: 'Supplier', zh: '供应商' }, { to: 'suppliers', ...readOnly }),
    { ...siteField, filledFrom: 'purchaseOrder' },
    date('receiptDate', { en: 'Receipt date', zh: '收货日期' }, { index: true }),
    text('deliveryNoteNumber', { en: 'Supplier delivery note', zh: '供应商送货单号' }, { index: true }),
    internalNote,
    money('costTotal', { en: 'Value received', zh: '入库金额' }, counter),
    journalEntryField,
  ],
  lines: { entity: 'receipt-lines', parentField: 'receipt', label: { en: 'Lines', zh: '收货行' } },
  numbering: { prefix: 'GR' },
  workflow: 'receipt',
  listColumns: ['number', 'supplier', 'purchaseOrder', 'site', 'receiptDate', 'deliveryNoteNumber'],
  searchFields: ['number', 'deliveryNoteNumber'],
  defaultSort: '-number',
} satisfies EntityDefinition

/** Received counts what arrived; rejected of it goes back at once; the difference goes to stock. */
export const receiptLines = {
  slug: 'receipt-lines',
  system: 'erp',
  kind: 'line',
  label: { en: 'Receipt line', zh: '收货行' },
  labels: { en: 'Receipt lines', zh: '收货行' },
  titleField: 'description',
  parent: { entity: 'receipts', field: 'receipt' },
  fields: [
    relation('receipt', { en: 'Goods receipt', zh: '收货单' }, { to: 'receipts', ...required }),
    relation('purchaseOrderLine', { en: 'Order line', zh: '订单行' }, { to: 'purchase-order-lines', ...required }),
    { ...partField, filledFrom: 'purchaseOrderLine' },
    descriptionField,
    quantity('receivedQuantity', { en: 'Received', zh: '到货数量' }, { ...required, min: 0 }),
    quantity('rejectedQuantity', { en: 'Rejected', zh: '拒收数量' }, { default: '0', min: 0 }),
    text('rejectionReason', { en: 'Rejection reason', zh: '拒收原因' }),
    ...unitFields,
    locationField,
    lotField,
    stockStatusField,
    quantity('billedQuantity', { en: 'Billed', zh: '已收票' }, counter),
    money('costAmount', { en: 'Value', zh: '入库金额' }, counter),
  ],
  listColumns: ['part', 'description', 'receivedQuantity', 'rejectedQuantity', 'unit', 'location', 'lot', 'stockStatus'],
  unlisted: true,
} satisfies EntityDefinition
