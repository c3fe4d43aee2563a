import type { EntityDefinition } from '../../config/language/entity.ts'
import {
  email, integer, key, longText, phone, quantity, relation, required, text, unitPrice,
} from '../../config/language/fields.ts'
import { documentLanguage, internalNote, masterStatus } from './shared-fields.ts'

export const suppliers = {
  slug: 'suppliers',
  system: 'core',
  kind: 'master',
  label: { en: 'Supplier', zh: '供应商' },
  labels: { en: 'Suppliers', zh: '供应商' },
  titleField: 'name',
  fields: [
    text('number', { en: 'Supplier number', zh: '供应商编号' }, { ...key, givenWhenEmpty: true, help: { en: 'Empty: the next free number.', zh: '留空则自动编号。' } }),
    text('name', { en: 'Name', zh: '名称' }, { ...required, index: true }),
    text('nameZh', { en: 'Chinese name', zh: '中文名称' }),
    longText('address', { en: 'Address', zh: '地址' }),
    text('country', { en: 'Country', zh: '国家' }, { maxLength: 2, help: { en: 'Two letters, for example DE.', zh: '两位国家代码，例如 CN。' } }),
    email('email', { en: 'Email', zh: '邮箱' }),
    phone('phone', { en: 'Phone', zh: '电话' }),
    text('taxNumber', { en: 'Tax number', zh: '税号' }),
    relation('taxCode', { en: 'Tax code', zh: '税码' }, { to: 'tax-codes' }),
    relation('paymentTerm', { en: 'Payment term', zh: '付款条件' }, { to: 'payment-terms' }),
    text('bankName', { en: 'Bank', zh: '开户行' }),
    text('bankAccount', { en: 'Bank account', zh: '银行账号' }),
    documentLanguage,
    internalNote,
    masterStatus,
  ],
  listColumns: ['number', 'name', 'country', 'paymentTerm', 'status'],
  searchFields: ['number', 'name', 'nameZh', 'email', 'phone', 'taxNumber'],
  defaultSort: 'number',
} satisfies EntityDefinition

export const supplierParts = {
  slug: 'supplier-parts',
  system: 'core',
  kind: 'master',
  label: { en: 'Supplier part', zh: '供应商物料' },
  labels: { en: 'Supplier parts', zh: '供应商物料' },
  help: { en: 'Who supplies a part, at what price and how soon.', zh: '谁供应该物料、价格多少、多久到货。' },
  titleField: 'supplierPartNumber',
  fields: [
    relation('supplier', { en: 'Supplier', zh: '供应商' }, { to: 'suppliers', required: true }),
    relation('part', { en: 'Part', zh: '物料' }, { to: 'parts', required: true }),
    text('supplierPartNumber', { en: 'Supplier part number', zh: '供应商料号' }, { index: true }),
    relation('unit', { en: 'Purchase unit', zh: '采购单位' }, { to: 'units', required: true }),
    unitPrice('price', { en: 'Price', zh: '单价' }, { required: true, min: 0 }),
    integer('leadTimeDays', { en: 'Lead time (days)', zh: '提前期（天）' }, { default: 0, min: 0, max: 3650 }),
    quantity('minimum', { en: 'Minimum order', zh: '最小订购量' }, { default: '0', min: 0 }),
    quantity('maximum', { en: 'Maximum order', zh: '最大订购量' }, { min: 0 }),
    quantity('multiple', { en: 'Order multiple', zh: '订购倍数' }, { default: '0', min: 0 }),
    masterStatus,
  ],
  listColumns: ['supplier', 'part', 'supplierPartNumber', 'price', 'unit', 'leadTimeDays', 'minimum'],
  searchFields: ['supplierPartNumber'],
  indexes: [{ fields: ['supplier', 'part', 'unit'], unique: true }],
} satisfies EntityDefinition
