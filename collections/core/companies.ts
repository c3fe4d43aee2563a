import type { EntityDefinition } from '../../config/language/entity.ts'
import {
  boolean, email, key, longText, money, notNegative, percent, phone, relation, required, text, url,
} from '../../config/language/fields.ts'
import { documentLanguage, masterStatus } from './shared-fields.ts'

export const companies = {
  slug: 'companies',
  system: 'core',
  kind: 'master',
  label: { en: 'Company', zh: '公司' },
  labels: { en: 'Companies', zh: '公司' },
  help: {
    en: 'A legal entity with books of its own. Currency and time zone are fixed once something is posted.',
    zh: '独立核算的法人主体。一旦有单据过账，币种和时区不可再改。',
  },
  titleField: 'name',
  fields: [
    text('code', { en: 'Code', zh: '公司代码' }, key),
    text('name', { en: 'Name', zh: '公司名称' }, required),
    text('nameZh', { en: 'Chinese name', zh: '中文名称' }),
    text('currency', { en: 'Currency', zh: '本位币' }, {
      required: true, maxLength: 3, help: { en: 'ISO 4217, for example EUR.', zh: 'ISO 4217 代码，例如 CNY。' },
    }),
    text('timeZone', { en: 'Time zone', zh: '时区' }, {
      required: true, default: 'UTC', help: { en: 'IANA name, for example Europe/Berlin.', zh: 'IANA 名称，例如 Asia/Shanghai。' },
    }),
    relation('workingCalendar', { en: 'Working calendar', zh: '工作日历' }, {
      to: 'working-calendars', help: { en: 'Deadlines of its documents are counted on it. Empty: all time counts.', zh: '本公司单据的时限按此日历计算；留空则按自然时间计算。' },
    }),
    text('country', { en: 'Country', zh: '国家' }, {
      required: true, maxLength: 2, help: { en: 'ISO 3166, for example DE.', zh: 'ISO 3166 代码，例如 CN。' },
    }),
    text('taxNumber', { en: 'Tax number', zh: '税号' }),
    longText('address', { en: 'Address', zh: '地址' }, { help: { en: 'On papers in English; on Chinese ones too when there is no Chinese address.', zh: '印在英文单据上；未填中文地址时，中文单据也用此地址。' } }),
    longText('addressZh', { en: 'Chinese address', zh: '中文地址' }, { help: { en: 'On papers in Chinese.', zh: '印在中文单据上。' } }),
    email('email', { en: 'Email', zh: '邮箱' }),
    phone('phone', { en: 'Phone', zh: '电话' }),
    url('website', { en: 'Website', zh: '网址' }),
    text('bankName', { en: 'Bank', zh: '开户行' }),
    text('bankNameZh', { en: 'Chinese name of the bank', zh: '开户行中文名称' }),
    text('bankAccount', { en: 'Bank account', zh: '银行账号' }),
    documentLanguage,
    percent('priceTolerancePercent', { en: 'Price tolerance of bills', zh: '账单价格容差' }, {
      required: true, default: '2', min: 0, max: 100,
      help: {
        en: 'A supplier bill above the order price by more than this is blocked by the three-way match.',
        zh: '供应商账单单价超出订单价此比例以上时，三单匹配不通过，账单被冻结。',
      },
    }),
    money('purchaseApprovalLimit', { en: 'Purchase approval limit', zh: '采购审批限额' }, {
      required: true, default: '5000', min: 0,
      help: {
        en: 'A buyer approves orders up to this net total; above it the owner does.',
        zh: '未税总额不超过此数的采购订单由采购员审批，超过由负责人审批。',
      },
    }),
    percent('minimumMarginPercent', { en: 'Minimum margin', zh: '最低毛利率' }, {
      min: -100, max: 100, help: { en: 'Orders below it are marked.', zh: '低于此毛利率的订单会被标出。' },
    }),
    boolean('allowNegativeStock', { en: 'Allow negative stock', zh: '允许负库存' }, {
      default: false,
      help: {
        en: 'Must be on before a single location may allow it.',
        zh: '开启后才可在单个库位上允许负库存。',
      },
    }),
    percent('defaultDepositPercent', { en: 'Usual deposit', zh: '默认订金比例' }, { ...notNegative, max: 100 }),
    relation('salesTaxCode', { en: 'Usual sales tax code', zh: '默认销项税码' }, { to: 'tax-codes' }),
    relation('purchaseTaxCode', { en: 'Usual purchase tax code', zh: '默认进项税码' }, { to: 'tax-codes' }),
    relation('priceList', { en: 'Usual price list', zh: '默认价目表' }, { to: 'price-lists' }),
    relation('paymentTerm', { en: 'Usual payment term', zh: '默认付款条件' }, { to: 'payment-terms' }),
    masterStatus,
  ],
  listColumns: ['code', 'name', 'currency', 'country', 'status'],
  searchFields: ['code', 'name', 'nameZh', 'taxNumber'],
  defaultSort: 'code',
} satisfies EntityDefinition
