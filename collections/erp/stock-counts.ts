import type { EntityDefinition } from '../../config/language/entity.ts'
import { counter, date, money, option, quantity, readOnly, relation, required, select, unitPrice } from '../../config/language/fields.ts'
import { partField } from '../core/document-fields.ts'
import { note } from '../core/shared-fields.ts'
import { journalEntryField, lotField, siteField, stockStatusField } from './shared-fields.ts'

export const stockCounts = {
  slug: 'stock-counts',
  system: 'erp',
  kind: 'document',
  label: { en: 'Stock count', zh: '盘点单' },
  labels: { en: 'Stock counts', zh: '盘点单' },
  help: {
    en: 'Brings stock to what was counted. An opening count books against the opening balance account.',
    zh: '将账面库存调整为实盘数。期初盘点对应期初余额科目。',
  },
  titleField: 'number',
  fields: [
    select('countKind', { en: 'Kind', zh: '盘点类型' }, {
      ...required, default: 'count',
      options: [
        option('count', { en: 'Count', zh: '盘点' }),
        option('opening', { en: 'Opening stock', zh: '期初库存' }),
      ],
    }),
    siteField,
    date('countDate', { en: 'Counted on', zh: '盘点日期' }, { ...required, index: true, default: 'today' }),
    note,
    money('valueDifference', { en: 'Value difference', zh: '差异金额' }, counter),
    journalEntryField,
  ],
  lines: { entity: 'stock-count-lines', parentField: 'stockCount', label: { en: 'Lines', zh: '盘点行' } },
  numbering: { prefix: 'SC' },
  workflow: 'stock-count',
  listColumns: ['number', 'countKind', 'site', 'countDate', 'valueDifference'],
  searchFields: ['number'],
  defaultSort: '-number',
} satisfies EntityDefinition

/** Quantities in the stock unit. Book quantity and differences are taken at posting, in the same transaction. */
export const stockCountLines = {
  slug: 'stock-count-lines',
  system: 'erp',
  kind: 'line',
  label: { en: 'Count line', zh: '盘点行' },
  labels: { en: 'Count lines', zh: '盘点行' },
  titleField: 'id',
  parent: { entity: 'stock-counts', field: 'stockCount' },
  fields: [
    relation('stockCount', { en: 'Stock count', zh: '盘点单' }, { to: 'stock-counts', ...required }),
    partField,
    relation('location', { en: 'Location', zh: '库位' }, { to: 'locations', ...required }),
    lotField,
    stockStatusField,
    quantity('countedQuantity', { en: 'Counted', zh: '实盘数量' }, { ...required, min: 0 }),
    unitPrice('unitCost', { en: 'Unit cost', zh: '单位成本' }, {
      min: 0, help: { en: 'For quantities found: empty means the average, else the standard cost.', zh: '盘盈计价：留空取移动平均成本，无则取标准成本。' },
    }),
    quantity('bookQuantity', { en: 'Book quantity', zh: '账面数量' }, readOnly),
    quantity('differenceQuantity', { en: 'Difference', zh: '差异数量' }, readOnly),
    money('differenceValue', { en: 'Value difference', zh: '差异金额' }, readOnly),
  ],
  listColumns: ['part', 'location', 'lot', 'countedQuantity', 'unitCost', 'bookQuantity', 'differenceQuantity', 'differenceValue'],
  unlisted: true,
} satisfies EntityDefinition
