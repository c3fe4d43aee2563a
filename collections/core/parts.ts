import type { EntityDefinition } from '../../config/language/entity.ts'
import {
  boolean, integer, key, longText, option, quantity, relation, required, select, text, unitPrice,
} from '../../config/language/fields.ts'
import { masterStatus } from './shared-fields.ts'

export const partCategories = {
  slug: 'part-categories',
  system: 'core',
  kind: 'master',
  label: { en: 'Part category', zh: '物料分类' },
  labels: { en: 'Part categories', zh: '物料分类' },
  titleField: 'name',
  fields: [
    text('code', { en: 'Code', zh: '分类代码' }, key),
    text('name', { en: 'Name', zh: '名称' }, required),
    text('nameZh', { en: 'Chinese name', zh: '中文名称' }),
    relation('parent', { en: 'Belongs to', zh: '上级分类' }, { to: 'part-categories' }),
    masterStatus,
  ],
  listColumns: ['code', 'name', 'nameZh', 'parent', 'status'],
  searchFields: ['code', 'name', 'nameZh'],
  defaultSort: 'code',
} satisfies EntityDefinition

export const parts = {
  slug: 'parts',
  system: 'core',
  kind: 'master',
  label: { en: 'Part', zh: '物料' },
  labels: { en: 'Parts', zh: '物料' },
  help: {
    en: 'Anything made, bought, stored or sold; services too (not stocked).',
    zh: '生产、采购、存储或销售的一切，包括服务（不计库存）。',
  },
  titleField: 'partNumber',
  fields: [
    text('partNumber', { en: 'Part number', zh: '物料编码' }, { ...key, givenWhenEmpty: true, help: { en: 'Empty: the next free number.', zh: '留空则自动编号。' } }),
    text('name', { en: 'Name', zh: '名称' }, { ...required, index: true }),
    text('nameZh', { en: 'Chinese name', zh: '中文名称' }),
    longText('description', { en: 'Description', zh: '规格描述' }),
    relation('category', { en: 'Category', zh: '物料分类' }, { to: 'part-categories' }),
    relation('unit', { en: 'Stock unit', zh: '库存单位' }, {
      to: 'units', required: true, help: { en: 'Fixed once stock has moved.', zh: '发生库存交易后不可更改。' },
    }),
    select('makeOrBuy', { en: 'Make or buy', zh: '自制/外购' }, {
      required: true, default: 'buy',
      options: [option('make', { en: 'Make', zh: '自制' }), option('buy', { en: 'Buy', zh: '外购' })],
    }),
    boolean('stocked', { en: 'Kept in stock', zh: '管理库存' }, { default: true, index: true }),
    boolean('sellable', { en: 'May be sold', zh: '可销售' }, { default: true }),
    boolean('purchasable', { en: 'May be bought', zh: '可采购' }, { default: true }),
    select('tracking', { en: 'Tracking', zh: '批次管理' }, {
      required: true, default: 'none',
      options: [option('none', { en: 'None', zh: '不管理' }), option('lot', { en: 'By lot', zh: '按批次' })],
    }),
    relation('salesTaxCode', { en: 'Sales tax code', zh: '销项税码' }, { to: 'tax-codes' }),
    relation('purchaseTaxCode', { en: 'Purchase tax code', zh: '进项税码' }, { to: 'tax-codes' }),
    unitPrice('listPrice', { en: 'List price', zh: '标价' }, { min: 0 }),
    unitPrice('standardCost', { en: 'Standard cost', zh: '标准成本' }, {
      min: 0, help: { en: 'Values opening stock and returns when no average cost exists.', zh: '没有移动平均成本时，用于期初库存和退货计价。' },
    }),
    quantity('safetyStock', { en: 'Safety stock', zh: '安全库存' }, { default: '0', min: 0 }),
    quantity('reorderPoint', { en: 'Reorder point', zh: '再订货点' }, {
      min: 0, help: { en: 'Empty: never proposed for reorder.', zh: '留空则不产生补货建议。' },
    }),
    quantity('reorderQuantity', { en: 'Reorder quantity', zh: '再订货量' }, { min: 0 }),
    integer('leadTimeDays', { en: 'Lead time (days)', zh: '提前期（天）' }, { default: 0, min: 0, max: 3650 }),
    relation('preferredSupplier', { en: 'Preferred supplier', zh: '首选供应商' }, { to: 'suppliers' }),
    text('barcode', { en: 'Barcode', zh: '条码' }, { index: true }),
    masterStatus,
  ],
  listColumns: ['partNumber', 'name', 'category', 'unit', 'makeOrBuy', 'listPrice', 'status'],
  searchFields: ['partNumber', 'name', 'nameZh', 'barcode'],
  defaultSort: 'partNumber',
} satisfies EntityDefinition
