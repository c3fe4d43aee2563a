import type { EntityDefinition } from '../../config/language/entity.ts'
import { counter, date, money, option, readOnly, relation, required, select, text } from '../../config/language/fields.ts'

/** Debits equal credits in every entry; a posted entry is reversed, never edited. */
export const journalEntries = {
  slug: 'journal-entries',
  system: 'erp',
  kind: 'document',
  label: { en: 'Journal entry', zh: '会计凭证' },
  labels: { en: 'Journal', zh: '会计凭证' },
  titleField: 'number',
  fields: [
    date('entryDate', { en: 'Date', zh: '凭证日期' }, { ...required, index: true, default: 'today' }),
    relation('period', { en: 'Period', zh: '会计期间' }, { to: 'periods', ...readOnly }),
    select('journalKind', { en: 'Kind', zh: '凭证类型' }, {
      ...required, default: 'manual', index: true,
      options: [
        option('manual', { en: 'Manual', zh: '手工' }),
        option('opening', { en: 'Opening balance', zh: '期初' }),
        option('sales', { en: 'Sales', zh: '销售' }),
        option('purchase', { en: 'Purchasing', zh: '采购' }),
        option('stock', { en: 'Stock', zh: '存货' }),
        option('payment', { en: 'Payment', zh: '收付款' }),
        option('reversal', { en: 'Reversal', zh: '冲销' }),
      ],
    }),
    text('sourceEntity', { en: 'Source type', zh: '来源类型' }, { ...readOnly, advanced: true }),
    text('sourceId', { en: 'Source', zh: '来源单据' }, { ...readOnly, index: true, advanced: true }),
    text('sourceNumber', { en: 'Source number', zh: '来源单号' }, { ...readOnly, index: true }),
    text('memo', { en: 'Memo', zh: '摘要' }),
    money('debitTotal', { en: 'Total', zh: '合计' }, counter),
    relation('reverses', { en: 'Reverses', zh: '冲销的凭证' }, { to: 'journal-entries', ...readOnly }),
    relation('reversedBy', { en: 'Reversed by', zh: '被冲销于' }, { to: 'journal-entries', ...readOnly }),
  ],
  lines: { entity: 'journal-lines', parentField: 'journalEntry', label: { en: 'Lines', zh: '分录' } },
  numbering: { prefix: 'JE', gapless: true, at: 'posting', dateField: 'entryDate' },
  workflow: 'journal-entry',
  listColumns: ['number', 'entryDate', 'journalKind', 'sourceNumber', 'memo', 'debitTotal'],
  searchFields: ['number', 'memo', 'sourceNumber'],
  defaultSort: '-entryDate',
} satisfies EntityDefinition

/** Exactly one of debit and credit is above zero. */
export const journalLines = {
  slug: 'journal-lines',
  system: 'erp',
  kind: 'line',
  label: { en: 'Journal line', zh: '分录' },
  labels: { en: 'Journal lines', zh: '分录' },
  titleField: 'memo',
  parent: { entity: 'journal-entries', field: 'journalEntry' },
  fields: [
    relation('journalEntry', { en: 'Journal entry', zh: '会计凭证' }, { to: 'journal-entries', ...required }),
    relation('account', { en: 'Account', zh: '科目' }, { to: 'ledger-accounts', ...required }),
    money('debit', { en: 'Debit', zh: '借方' }, { default: '0', min: 0 }),
    money('credit', { en: 'Credit', zh: '贷方' }, { default: '0', min: 0 }),
    relation('taxCode', { en: 'Tax code', zh: '税码' }, { to: 'tax-codes' }),
    relation('customer', { en: 'Customer', zh: '客户' }, { to: 'customers' }),
    relation('supplier', { en: 'Supplier', zh: '供应商' }, { to: 'suppliers' }),
    text('memo', { en: 'Memo', zh: '摘要' }),
  ],
  listColumns: ['account', 'debit', 'credit', 'taxCode', 'customer', 'supplier', 'memo'],
  unlisted: true,
} satisfies EntityDefinition
