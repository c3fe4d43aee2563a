import type { EntityDefinition } from '../../config/language/entity.ts'
import { date, relation, required } from '../../config/language/fields.ts'
import { descriptionField, quantityField, signedPriceFields, totals, unitFields } from '../core/document-fields.ts'
import { internalNote, note } from '../core/shared-fields.ts'
import { deductionText, depositText } from '../core/standard-texts.ts'
import { journalEntryField, openAmountField, reasonField } from './shared-fields.ts'

export const creditNotes = {
  slug: 'credit-notes',
  system: 'erp',
  kind: 'document',
  label: { en: 'Credit note', zh: '红字发票' },
  labels: { en: 'Credit notes', zh: '红字发票' },
  titleField: 'number',
  fields: [
    relation('customer', { en: 'Customer', zh: '客户' }, { to: 'customers', ...required, filledFrom: 'invoice' }),
    relation('invoice', { en: 'Invoice', zh: '销售发票' }, { to: 'invoices', ...required }),
    relation('salesReturn', { en: 'Sales return', zh: '销售退货单' }, { to: 'sales-returns' }),
    date('creditDate', { en: 'Credit date', zh: '红冲日期' }, { index: true }),
    reasonField,
    note,
    internalNote,
    ...totals,
    openAmountField,
    journalEntryField,
  ],
  lines: { entity: 'credit-note-lines', parentField: 'creditNote', label: { en: 'Lines', zh: '红冲行' } },
  numbering: { prefix: 'CN', gapless: true, at: 'posting', dateField: 'creditDate' },
  workflow: 'credit-note',
  takesBack: true,
  listColumns: ['number', 'customer', 'invoice', 'creditDate', 'grandTotal', 'openAmount'],
  searchFields: ['number'],
  defaultSort: '-creditDate',
} satisfies EntityDefinition

export const creditNoteLines = {
  slug: 'credit-note-lines',
  system: 'erp',
  kind: 'line',
  label: { en: 'Credit note line', zh: '红冲行' },
  labels: { en: 'Credit note lines', zh: '红冲行' },
  titleField: 'description',
  parent: { entity: 'credit-notes', field: 'creditNote' },
  fields: [
    relation('creditNote', { en: 'Credit note', zh: '红字发票' }, { to: 'credit-notes', ...required }),
    relation('invoiceLine', { en: 'Invoice line', zh: '发票行' }, { to: 'invoice-lines', ...required }),
    relation('salesReturnLine', { en: 'Return line', zh: '退货行' }, { to: 'sales-return-lines' }),
    relation('part', { en: 'Part', zh: '物料' }, { to: 'parts' }),
    { ...descriptionField, standardTexts: [deductionText, depositText] },
    quantityField,
    ...unitFields,
    ...signedPriceFields,
  ],
  listColumns: ['part', 'description', 'quantity', 'unit', 'unitPrice', 'discountPercent', 'taxCode', 'netAmount'],
  unlisted: true,
} satisfies EntityDefinition
