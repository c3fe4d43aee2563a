import type { EntityDefinition } from '../../config/language/entity.ts'
import { boolean, email, key, longText, money, phone, relation, required, text } from '../../config/language/fields.ts'
import { documentLanguage, internalNote, masterStatus } from './shared-fields.ts'

export const customers = {
  slug: 'customers',
  system: 'core',
  kind: 'master',
  label: { en: 'Customer', zh: '客户' },
  labels: { en: 'Customers', zh: '客户' },
  titleField: 'name',
  fields: [
    text('number', { en: 'Customer number', zh: '客户编号' }, { ...key, givenWhenEmpty: true, help: { en: 'Empty: the next free number.', zh: '留空则自动编号。' } }),
    text('name', { en: 'Name', zh: '名称' }, { ...required, index: true }),
    text('nameZh', { en: 'Chinese name', zh: '中文名称' }),
    longText('address', { en: 'Billing address', zh: '开票地址' }),
    longText('shipToAddress', { en: 'Ship-to address', zh: '收货地址' }),
    text('country', { en: 'Country', zh: '国家' }, { maxLength: 2, help: { en: 'Two letters, for example DE.', zh: '两位国家代码，例如 CN。' } }),
    email('email', { en: 'Email', zh: '邮箱' }),
    phone('phone', { en: 'Phone', zh: '电话' }),
    text('taxNumber', { en: 'Tax number', zh: '税号' }),
    relation('taxCode', { en: 'Tax code', zh: '税码' }, {
      to: 'tax-codes', help: { en: 'Goes before the part\'s tax code (export, exempt …).', zh: '优先于物料税码（出口、免税等）。' },
    }),
    relation('paymentTerm', { en: 'Payment term', zh: '付款条件' }, { to: 'payment-terms' }),
    relation('priceList', { en: 'Price list', zh: '价目表' }, { to: 'price-lists' }),
    money('creditLimit', { en: 'Credit limit', zh: '信用额度' }, {
      min: 0, help: { en: 'Empty: no limit. 0: prepayment only.', zh: '留空不限额；0 表示仅限预付。' },
    }),
    documentLanguage,
    relation('owner', { en: 'Owner', zh: '负责人' }, { to: 'users' }),
    internalNote,
    masterStatus,
  ],
  listColumns: ['number', 'name', 'country', 'owner', 'creditLimit', 'status'],
  searchFields: ['number', 'name', 'nameZh', 'email', 'phone', 'taxNumber'],
  defaultSort: 'number',
} satisfies EntityDefinition

export const contacts = {
  slug: 'contacts',
  system: 'core',
  kind: 'master',
  label: { en: 'Contact', zh: '联系人' },
  labels: { en: 'Contacts', zh: '联系人' },
  titleField: 'name',
  fields: [
    text('name', { en: 'Name', zh: '姓名' }, { ...required, index: true }),
    relation('customer', { en: 'Customer', zh: '客户' }, { to: 'customers' }),
    relation('supplier', { en: 'Supplier', zh: '供应商' }, { to: 'suppliers' }),
    text('jobTitle', { en: 'Job title', zh: '职务' }),
    email('email', { en: 'Email', zh: '邮箱' }),
    phone('phone', { en: 'Phone', zh: '电话' }),
    boolean('mainContact', { en: 'Main contact', zh: '主要联系人' }, { default: false }),
    internalNote,
    masterStatus,
  ],
  listColumns: ['name', 'customer', 'supplier', 'jobTitle', 'email', 'phone'],
  searchFields: ['name', 'email', 'phone'],
  defaultSort: 'name',
} satisfies EntityDefinition
