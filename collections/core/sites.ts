import type { EntityDefinition } from '../../config/language/entity.ts'
import { boolean, longText, option, relation, required, select, text } from '../../config/language/fields.ts'
import { masterStatus } from './shared-fields.ts'

export const sites = {
  slug: 'sites',
  system: 'core',
  kind: 'master',
  label: { en: 'Site', zh: '地点' },
  labels: { en: 'Sites', zh: '地点' },
  help: { en: 'A plant, shop or warehouse of a company.', zh: '公司的工厂、门店或仓库。' },
  titleField: 'name',
  fields: [
    relation('company', { en: 'Company', zh: '公司' }, { to: 'companies', required: true }),
    text('code', { en: 'Code', zh: '地点代码' }, { ...required, index: true }),
    text('name', { en: 'Name', zh: '名称' }, required),
    text('nameZh', { en: 'Chinese name', zh: '中文名称' }),
    longText('address', { en: 'Address', zh: '地址' }),
    masterStatus,
  ],
  listColumns: ['code', 'name', 'company', 'status'],
  searchFields: ['code', 'name', 'nameZh'],
  defaultSort: 'code',
  indexes: [{ fields: ['company', 'code'], unique: true }],
} satisfies EntityDefinition

export const locations = {
  slug: 'locations',
  system: 'core',
  kind: 'master',
  label: { en: 'Location', zh: '库位' },
  labels: { en: 'Locations', zh: '库位' },
  help: {
    en: 'A place where stock is kept. Only stock and shipping locations are reserved and delivered from.',
    zh: '存放库存的位置。只有存储和发货库位可预留和发货。',
  },
  titleField: 'code',
  fields: [
    relation('site', { en: 'Site', zh: '地点' }, { to: 'sites', required: true }),
    text('code', { en: 'Code', zh: '库位编码' }, { ...required, index: true }),
    text('name', { en: 'Name', zh: '名称' }, required),
    select('locationType', { en: 'Type', zh: '库位类型' }, {
      required: true, default: 'stock', index: true,
      options: [
        option('stock', { en: 'Stock', zh: '存储' }),
        option('receiving', { en: 'Receiving', zh: '收货' }),
        option('shipping', { en: 'Shipping', zh: '发货' }),
        option('quarantine', { en: 'Quarantine', zh: '待检隔离' }, 'warning'),
        option('scrap', { en: 'Scrap', zh: '报废' }, 'bad'),
      ],
    }),
    boolean('allowNegative', { en: 'Allow negative stock', zh: '允许负库存' }, { default: false }),
    masterStatus,
  ],
  listColumns: ['code', 'name', 'site', 'locationType', 'status'],
  searchFields: ['code', 'name'],
  defaultSort: 'code',
  indexes: [{ fields: ['site', 'code'], unique: true }],
} satisfies EntityDefinition
