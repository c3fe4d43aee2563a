import type { EntityDefinition } from '../../config/language/entity.ts'
import { date, json, quantity, readOnly, relation, required, unitPrice } from '../../config/language/fields.ts'
import { unitFields } from '../core/document-fields.ts'
import { siteField } from './shared-fields.ts'

export const reorderProposals = {
  slug: 'reorder-proposals',
  system: 'erp',
  kind: 'document',
  label: { en: 'Reorder proposal', zh: '补货建议' },
  labels: { en: 'Reorder proposals', zh: '补货建议' },
  titleField: 'number',
  fields: [
    relation('part', { en: 'Part', zh: '物料' }, { to: 'parts', ...required }),
    siteField,
    relation('supplier', { en: 'Supplier', zh: '供应商' }, { to: 'suppliers' }),
    quantity('quantity', { en: 'Quantity', zh: '建议数量' }, { ...required, min: 0 }),
    ...unitFields,
    unitPrice('unitPrice', { en: 'Unit price', zh: '单价' }, { min: 0 }),
    date('orderBy', { en: 'Order by', zh: '最迟下单日' }, { index: true }),
    date('neededDate', { en: 'Needed on', zh: '需求日期' }, { index: true }),
    json('explanation', { en: 'Why', zh: '建议依据' }, {
      ...readOnly,
      help: {
        en: 'On hand, reserved, on order, reorder point, lot rule: the figures the proposal was computed from.',
        zh: '现存量、预留量、在途量、再订货点、批量规则：计算所用的数字。',
      },
    }),
    relation('purchaseOrder', { en: 'Purchase order', zh: '采购订单' }, { to: 'purchase-orders', ...readOnly }),
  ],
  numbering: { prefix: 'RP' },
  workflow: 'reorder-proposal',
  mintsTrace: true,
  listColumns: ['number', 'part', 'supplier', 'quantity', 'unit', 'orderBy', 'neededDate', 'purchaseOrder'],
  searchFields: ['number'],
  defaultSort: 'orderBy',
} satisfies EntityDefinition
