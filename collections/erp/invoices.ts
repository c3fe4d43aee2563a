import type { EntityDefinition } from '../../config/language/entity.ts'
import { counter, date, longText, option, quantity, readOnly, relation, required, select, text } from '../../config/language/fields.ts'
import { descriptionField, paymentTermField, quantityField, signedPriceFields, totals, unitFields } from '../core/document-fields.ts'
import { internalNote, note } from '../core/shared-fields.ts'
import { deductionText, depositText } from '../core/standard-texts.ts'
import { journalEntryField, openAmountField } from './shared-fields.ts'

export const invoices = {
  slug: 'invoices',
  system: 'erp',
  kind: 'document',
  label: { en: 'Invoice', zh: '销售发票' },
  labels: { en: 'Invoices', zh: '销售发票' },
  titleField: 'number',
  fields: [
    select('invoiceKind', { en: 'Kind', zh: '发票类型' }, {
      ...required, default: 'invoice', index: true,
      options: [
        option('invoice', { en: 'Invoice', zh: '销售发票' }),
        option('deposit', { en: 'Deposit', zh: '订金发票' }),
        option('opening', { en: 'Opening balance', zh: '期初应收' }),
      ],
    }),
    relation('customer', { en: 'Customer', zh: '客户' }, { to: 'customers', ...required }),
    relation('salesOrder', { en: 'Sales order', zh: '销售订单' }, { to: 'sales-orders' }),
    text('customerReference', { en: 'Customer reference', zh: '客户订单号' }),
    date('invoiceDate', { en: 'Invoice date', zh: '开票日期' }, { index: true }),
    paymentTermField,
    date('dueDate', { en: 'Due date', zh: '到期日' }, {
      index: true, help: { en: 'Empty: from the payment term at posting.', zh: '留空则过账时按付款条件计算。' },
    }),
    longText('billToAddress', { en: 'Bill-to address', zh: '开票地址' }),
    note,
    internalNote,
    ...totals,
    openAmountField,
    journalEntryField,
  ],
  lines: { entity: 'invoice-lines', parentField: 'invoice', label: { en: 'Lines', zh: '发票行' } },
  numbering: { prefix: 'INV', gapless: true, at: 'posting', dateField: 'invoiceDate' },
  workflow: 'invoice',
  listColumns: ['number', 'customer', 'salesOrder', 'invoiceKind', 'invoiceDate', 'dueDate', 'grandTotal', 'openAmount'],
  searchFields: ['number', 'customerReference'],
  defaultSort: '-invoiceDate',
} satisfies EntityDefinition

export const invoiceLines = {
  slug: 'invoice-lines',
  system: 'erp',
  kind: 'line',
  label: { en: 'Invoice line', zh: '发票行' },
  labels: { en: 'Invoice lines', zh: '发票行' },
  titleField: 'description',
  parent: { entity: 'invoices', field: 'invoice' },
  fields: [
    relation('invoice', { en: 'Invoice', zh: '销售发票' }, { to: 'invoices', ...required }),
    select('lineKind', { en: 'Kind', zh: '行类型' }, {
      ...readOnly, default: 'goods',
      options: [
        option('goods', { en: 'Goods or service', zh: '商品或服务' }),
        option('deposit', { en: 'Deposit', zh: '订金' }),
        option('deduction', { en: 'Deposit deducted', zh: '订金抵扣' }),
        option('opening', { en: 'Opening balance', zh: '期初余额' }),
      ],
    }),
    relation('salesOrderLine', { en: 'Order line', zh: '订单行' }, { to: 'sales-order-lines', ...readOnly }),
    relation('depositInvoice', { en: 'Deposit invoice', zh: '订金发票' }, {
      to: 'invoices', ...readOnly, advanced: true,
      help: { en: 'Of a deduction: the deposit it takes back.', zh: '抵扣行所对应的订金发票。' },
    }),
    relation('part', { en: 'Part', zh: '物料' }, { to: 'parts' }),
    { ...descriptionField, standardTexts: [deductionText, depositText] },
    quantityField,
    ...unitFields,
    ...signedPriceFields,
    quantity('creditedQuantity', { en: 'Credited', zh: '已红冲' }, counter),
  ],
  listColumns: ['part', 'description', 'quantity', 'unit', 'unitPrice', 'discountPercent', 'taxCode', 'netAmount', 'creditedQuantity'],
  unlisted: true,
} satisfies EntityDefinition
