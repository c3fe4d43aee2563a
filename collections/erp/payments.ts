import type { EntityDefinition } from '../../config/language/entity.ts'
import { counter, date, money, option, readOnly, relation, required, select, text } from '../../config/language/fields.ts'
import { internalNote } from '../core/shared-fields.ts'
import { journalEntryField } from './shared-fields.ts'

export const payments = {
  slug: 'payments',
  system: 'erp',
  kind: 'document',
  label: { en: 'Payment', zh: '收付款单' },
  labels: { en: 'Payments', zh: '收付款单' },
  help: {
    en: 'Money in from a customer or out to a supplier. What is not allocated is a prepayment.',
    zh: '客户来款或向供应商付款。未核销部分作为预收/预付。',
  },
  titleField: 'number',
  fields: [
    select('direction', { en: 'Direction', zh: '方向' }, {
      ...required, default: 'incoming', index: true,
      options: [
        option('incoming', { en: 'Incoming', zh: '收款' }),
        option('outgoing', { en: 'Outgoing', zh: '付款' }),
      ],
    }),
    relation('customer', { en: 'Customer', zh: '客户' }, { to: 'customers' }),
    relation('supplier', { en: 'Supplier', zh: '供应商' }, { to: 'suppliers' }),
    money('amount', { en: 'Amount', zh: '金额' }, { ...required, min: 0 }),
    select('method', { en: 'Method', zh: '结算方式' }, {
      ...required, default: 'transfer',
      options: [
        option('transfer', { en: 'Bank transfer', zh: '银行转账' }),
        option('cash', { en: 'Cash', zh: '现金' }),
        option('card', { en: 'Card', zh: '刷卡' }),
        option('wallet', { en: 'Mobile wallet', zh: '移动支付' }),
        option('bill', { en: 'Bill of exchange', zh: '承兑汇票' }),
      ],
    }),
    date('paymentDate', { en: 'Payment date', zh: '收付日期' }, { ...required, index: true, default: 'today' }),
    text('reference', { en: 'Bank reference', zh: '银行流水号' }, { index: true }),
    relation('salesOrder', { en: 'Prepays sales order', zh: '预收对应销售订单' }, { to: 'sales-orders' }),
    relation('purchaseOrder', { en: 'Prepays purchase order', zh: '预付对应采购订单' }, { to: 'purchase-orders' }),
    relation('bankLedgerAccount', { en: 'Bank account', zh: '资金科目' }, {
      to: 'ledger-accounts', help: { en: 'Empty: the bank account, or cash for cash.', zh: '留空则取银行存款科目，现金结算取库存现金。' },
    }),
    internalNote,
    money('unallocatedAmount', { en: 'Not allocated', zh: '未核销金额' }, { ...counter, index: true }),
    journalEntryField,
  ],
  lines: { entity: 'payment-allocations', parentField: 'payment', label: { en: 'Allocations', zh: '核销明细' } },
  numbering: { prefix: 'PAY' },
  workflow: 'payment',
  listColumns: ['number', 'direction', 'customer', 'supplier', 'paymentDate', 'amount', 'unallocatedAmount'],
  searchFields: ['number', 'reference'],
  defaultSort: '-paymentDate',
} satisfies EntityDefinition

/** Exactly one of invoice, supplier bill and credit note is given. */
export const paymentAllocations = {
  slug: 'payment-allocations',
  system: 'erp',
  kind: 'line',
  label: { en: 'Allocation', zh: '核销' },
  labels: { en: 'Allocations', zh: '核销' },
  titleField: 'id',
  parent: { entity: 'payments', field: 'payment' },
  fields: [
    relation('payment', { en: 'Payment', zh: '收付款单' }, { to: 'payments', ...required }),
    relation('invoice', { en: 'Invoice', zh: '销售发票' }, { to: 'invoices' }),
    relation('supplierBill', { en: 'Supplier bill', zh: '供应商账单' }, { to: 'supplier-bills' }),
    relation('creditNote', { en: 'Credit note', zh: '红字发票' }, {
      to: 'credit-notes', help: { en: 'A refund to the customer.', zh: '向客户退款。' },
    }),
    money('amount', { en: 'Amount', zh: '核销金额' }, { ...required, min: 0 }),
    date('allocatedDate', { en: 'Allocated on', zh: '核销日期' }, readOnly),
  ],
  listColumns: ['invoice', 'supplierBill', 'creditNote', 'amount', 'allocatedDate'],
  unlisted: true,
} satisfies EntityDefinition
