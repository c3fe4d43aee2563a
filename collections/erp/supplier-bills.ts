import type { EntityDefinition } from '../../config/language/entity.ts'
import { date, json, longText, option, readOnly, relation, required, select, text } from '../../config/language/fields.ts'
import { descriptionField, paymentTermField, priceFields, quantityField, totals, unitFields } from '../core/document-fields.ts'
import { internalNote } from '../core/shared-fields.ts'
import { journalEntryField, openAmountField } from './shared-fields.ts'

export const supplierBills = {
  slug: 'supplier-bills',
  system: 'erp',
  kind: 'document',
  label: { en: 'Supplier bill', zh: '供应商账单' },
  labels: { en: 'Supplier bills', zh: '供应商账单' },
  titleField: 'number',
  fields: [
    select('billKind', { en: 'Kind', zh: '账单类型' }, {
      ...required, default: 'goods', index: true,
      options: [
        option('goods', { en: 'For an order', zh: '采购账单' }),
        option('expense', { en: 'Expense without order', zh: '费用账单' }),
        option('opening', { en: 'Opening balance', zh: '期初应付' }),
      ],
    }),
    relation('supplier', { en: 'Supplier', zh: '供应商' }, { to: 'suppliers', ...required }),
    relation('purchaseOrder', { en: 'Purchase order', zh: '采购订单' }, { to: 'purchase-orders' }),
    text('supplierReference', { en: 'Supplier invoice number', zh: '供应商发票号' }, {
      index: true, help: { en: 'May be booked once a supplier.', zh: '同一供应商的发票号不可重复入账。' },
    }),
    date('billDate', { en: 'Bill date', zh: '账单日期' }, { index: true }),
    paymentTermField,
    date('dueDate', { en: 'Due date', zh: '到期日' }, { index: true }),
    internalNote,
    ...totals,
    openAmountField,
    json('matchReasons', { en: 'Match findings', zh: '匹配差异' }, readOnly),
    longText('overrideReason', { en: 'Override reason', zh: '放行原因' }, readOnly),
    journalEntryField,
  ],
  lines: { entity: 'supplier-bill-lines', parentField: 'supplierBill', label: { en: 'Lines', zh: '账单行' } },
  numbering: { prefix: 'BILL' },
  workflow: 'supplier-bill',
  listColumns: ['number', 'supplier', 'supplierReference', 'purchaseOrder', 'billDate', 'dueDate', 'grandTotal', 'openAmount'],
  searchFields: ['number', 'supplierReference'],
  defaultSort: '-billDate',
  indexes: [{ fields: ['supplier', 'supplierReference'] }],
} satisfies EntityDefinition

export const supplierBillLines = {
  slug: 'supplier-bill-lines',
  system: 'erp',
  kind: 'line',
  label: { en: 'Bill line', zh: '账单行' },
  labels: { en: 'Bill lines', zh: '账单行' },
  titleField: 'description',
  parent: { entity: 'supplier-bills', field: 'supplierBill' },
  fields: [
    relation('supplierBill', { en: 'Supplier bill', zh: '供应商账单' }, { to: 'supplier-bills', ...required }),
    relation('purchaseOrderLine', { en: 'Order line', zh: '订单行' }, { to: 'purchase-order-lines' }),
    relation('receiptLine', { en: 'Receipt line', zh: '收货行' }, { to: 'receipt-lines' }),
    relation('part', { en: 'Part', zh: '物料' }, { to: 'parts' }),
    descriptionField,
    quantityField,
    ...unitFields,
    ...priceFields,
    relation('expenseLedgerAccount', { en: 'Expense account', zh: '费用科目' }, {
      to: 'ledger-accounts', help: { en: 'For lines without an order line.', zh: '用于无订单行的账单行。' },
    }),
  ],
  listColumns: ['part', 'description', 'quantity', 'unit', 'unitPrice', 'discountPercent', 'taxCode', 'netAmount'],
  unlisted: true,
} satisfies EntityDefinition
