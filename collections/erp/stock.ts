import type { EntityDefinition } from '../../config/language/entity.ts'
import { counter, date, money, quantity, relation, required, text, unitPrice } from '../../config/language/fields.ts'
import { companyField, lotField, stockOwnerField, stockStatusField, traceField } from './shared-fields.ts'

const part = relation('part', { en: 'Part', zh: '物料' }, { to: 'parts', ...required })
const location = relation('location', { en: 'Location', zh: '库位' }, { to: 'locations', ...required })

/** Append-only. Quantities in the stock unit of the part; a correction is a new dated entry. */
export const stockEntries = {
  slug: 'stock-entries',
  system: 'erp',
  kind: 'ledger',
  label: { en: 'Stock entry', zh: '库存流水' },
  labels: { en: 'Stock ledger', zh: '库存台账' },
  titleField: 'id',
  fields: [
    companyField,
    part,
    location,
    lotField,
    stockStatusField,
    stockOwnerField,
    quantity('quantity', { en: 'Quantity', zh: '数量' }, { ...required, help: { en: 'In +, out −.', zh: '入库为正，出库为负。' } }),
    money('value', { en: 'Value', zh: '金额' }, required),
    unitPrice('unitCost', { en: 'Unit cost', zh: '单位成本' }, required),
    date('date', { en: 'Date', zh: '日期' }, { ...required, index: true }),
    text('sourceEntity', { en: 'Source type', zh: '来源类型' }, { ...required, advanced: true }),
    text('sourceId', { en: 'Source', zh: '来源单据' }, { ...required, index: true, advanced: true }),
    text('sourceNumber', { en: 'Source number', zh: '来源单号' }),
    text('sourceLineId', { en: 'Source line', zh: '来源行' }, { index: true, advanced: true }),
    traceField,
  ],
  listColumns: ['date', 'part', 'location', 'lot', 'quantity', 'value', 'unitCost', 'sourceNumber'],
  searchFields: ['sourceNumber', 'lot'],
  defaultSort: '-date',
  indexes: [{ fields: ['company', 'part', 'date'] }, { fields: ['sourceEntity', 'sourceId'] }],
} satisfies EntityDefinition

/** Fold of the stock entries per key. available = onHand − reserved, kept by conditional atomic writes. */
export const stockBalances = {
  slug: 'stock-balances',
  system: 'erp',
  kind: 'record',
  label: { en: 'Stock balance', zh: '库存余额' },
  labels: { en: 'Stock', zh: '现存量' },
  titleField: 'id',
  fields: [
    companyField,
    part,
    location,
    lotField,
    stockStatusField,
    stockOwnerField,
    quantity('onHand', { en: 'On hand', zh: '现存量' }, counter),
    quantity('reserved', { en: 'Reserved', zh: '预留量' }, counter),
    quantity('available', { en: 'Available', zh: '可用量' }, { ...counter, index: true }),
  ],
  listColumns: ['part', 'location', 'lot', 'stockStatus', 'onHand', 'reserved', 'available'],
  searchFields: ['lot'],
  indexes: [{ fields: ['company', 'part', 'location', 'lot', 'stockStatus', 'stockOwner'], unique: true }],
} satisfies EntityDefinition

/** Quantity and value of the firm's own stock of a part; moving average = value ÷ quantity, written by compare-and-set. */
export const stockValues = {
  slug: 'stock-values',
  system: 'erp',
  kind: 'record',
  label: { en: 'Stock value', zh: '库存金额' },
  labels: { en: 'Stock values', zh: '库存金额' },
  titleField: 'id',
  fields: [
    companyField,
    part,
    quantity('quantity', { en: 'Quantity', zh: '数量' }, counter),
    money('value', { en: 'Value', zh: '金额' }, counter),
  ],
  listColumns: ['part', 'quantity', 'value'],
  indexes: [{ fields: ['company', 'part'], unique: true }],
} satisfies EntityDefinition
