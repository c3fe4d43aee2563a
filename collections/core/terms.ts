import type { EntityDefinition } from '../../config/language/entity.ts'
import {
  boolean, date, integer, key, option, percent, quantity, relation, required, select, text, unitPrice,
} from '../../config/language/fields.ts'
import { masterStatus } from './shared-fields.ts'

export const paymentTerms = {
  slug: 'payment-terms',
  system: 'core',
  kind: 'master',
  label: { en: 'Payment term', zh: '付款条件' },
  labels: { en: 'Payment terms', zh: '付款条件' },
  help: {
    en: 'Due date = document date, moved to the end of its month if so marked, plus the net days.',
    zh: '到期日 = 单据日期（勾选月结则推至当月月末）+ 账期天数。',
  },
  titleField: 'name',
  fields: [
    text('code', { en: 'Code', zh: '代码' }, key),
    text('name', { en: 'Name', zh: '名称' }, required),
    text('nameZh', { en: 'Chinese name', zh: '中文名称' }),
    integer('netDays', { en: 'Net days', zh: '账期（天）' }, { required: true, default: 30, min: 0, max: 365 }),
    boolean('endOfMonth', { en: 'From the end of the month', zh: '月结' }, { default: false }),
    percent('depositPercent', { en: 'Deposit', zh: '订金比例' }, {
      default: '0', min: 0, max: 100,
      help: { en: 'Share to be paid before delivery.', zh: '发货前须支付的比例。' },
    }),
    masterStatus,
  ],
  listColumns: ['code', 'name', 'netDays', 'endOfMonth', 'depositPercent', 'status'],
  searchFields: ['code', 'name', 'nameZh'],
  defaultSort: 'code',
} satisfies EntityDefinition

export const taxCodes = {
  slug: 'tax-codes',
  system: 'core',
  kind: 'master',
  label: { en: 'Tax code', zh: '税码' },
  labels: { en: 'Tax codes', zh: '税码' },
  help: {
    en: 'The rate of a code used on a posted document stays; a new rate is a new code.',
    zh: '已过账单据用过的税率不可更改；税率变化请新建税码。',
  },
  titleField: 'code',
  fields: [
    text('code', { en: 'Code', zh: '税码' }, key),
    text('name', { en: 'Name', zh: '名称' }, required),
    text('nameZh', { en: 'Chinese name', zh: '中文名称' }),
    percent('rate', { en: 'Rate', zh: '税率' }, { required: true, min: 0, max: 100 }),
    select('taxKind', { en: 'Kind', zh: '类型' }, {
      required: true, default: 'sales', index: true,
      options: [
        option('sales', { en: 'Sales', zh: '销项' }),
        option('purchase', { en: 'Purchase', zh: '进项' }),
        option('both', { en: 'Both', zh: '销项和进项' }),
      ],
    }),
    masterStatus,
  ],
  listColumns: ['code', 'name', 'rate', 'taxKind', 'status'],
  searchFields: ['code', 'name', 'nameZh'],
  defaultSort: 'code',
} satisfies EntityDefinition

export const priceLists = {
  slug: 'price-lists',
  system: 'core',
  kind: 'master',
  label: { en: 'Price list', zh: '价目表' },
  labels: { en: 'Price lists', zh: '价目表' },
  titleField: 'name',
  fields: [
    text('code', { en: 'Code', zh: '代码' }, key),
    text('name', { en: 'Name', zh: '名称' }, required),
    text('nameZh', { en: 'Chinese name', zh: '中文名称' }),
    date('validFrom', { en: 'Valid from', zh: '生效日期' }),
    date('validTo', { en: 'Valid to', zh: '失效日期' }),
    masterStatus,
  ],
  listColumns: ['code', 'name', 'validFrom', 'validTo', 'status'],
  searchFields: ['code', 'name', 'nameZh'],
  defaultSort: 'code',
} satisfies EntityDefinition

export const prices = {
  slug: 'prices',
  system: 'core',
  kind: 'master',
  label: { en: 'Price', zh: '价格' },
  labels: { en: 'Prices', zh: '价格' },
  help: {
    en: 'Of the rows valid that day, the largest minimum quantity not above the ordered one counts, then the latest start; without a row, the list price.',
    zh: '在当日有效的价格中取起订量不超过订购数量的最大一档，同档取生效最晚者；没有则取标价。',
  },
  titleField: 'id',
  fields: [
    relation('priceList', { en: 'Price list', zh: '价目表' }, { to: 'price-lists', required: true }),
    relation('part', { en: 'Part', zh: '物料' }, { to: 'parts', required: true }),
    relation('unit', { en: 'Unit', zh: '单位' }, { to: 'units', required: true }),
    quantity('minimumQuantity', { en: 'From quantity', zh: '起订量' }, { required: true, default: '0', min: 0 }),
    unitPrice('price', { en: 'Price', zh: '单价' }, { required: true, min: 0 }),
    date('validFrom', { en: 'Valid from', zh: '生效日期' }),
    date('validTo', { en: 'Valid to', zh: '失效日期' }),
  ],
  listColumns: ['priceList', 'part', 'minimumQuantity', 'unit', 'price', 'validFrom', 'validTo'],
  indexes: [{ fields: ['priceList', 'part', 'unit', 'minimumQuantity', 'validFrom'] }],
} satisfies EntityDefinition
