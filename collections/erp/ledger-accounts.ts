import type { EntityDefinition } from '../../config/language/entity.ts'
import { boolean, counter, key, money, option, relation, required, select, text } from '../../config/language/fields.ts'
import { companyField } from './shared-fields.ts'

/** One chart of accounts for all companies of the firm; balances are kept a company. */
export const ledgerAccounts = {
  slug: 'ledger-accounts',
  system: 'erp',
  kind: 'master',
  label: { en: 'Ledger account', zh: '会计科目' },
  labels: { en: 'Ledger accounts', zh: '会计科目' },
  titleField: 'name',
  fields: [
    text('number', { en: 'Account number', zh: '科目编码' }, key),
    text('name', { en: 'Name', zh: '科目名称' }, required),
    text('nameZh', { en: 'Chinese name', zh: '中文名称' }),
    select('accountType', { en: 'Type', zh: '科目类别' }, {
      ...required, index: true,
      options: [
        option('asset', { en: 'Asset', zh: '资产' }),
        option('liability', { en: 'Liability', zh: '负债' }),
        option('equity', { en: 'Equity', zh: '所有者权益' }),
        option('income', { en: 'Income', zh: '收入' }),
        option('expense', { en: 'Expense', zh: '费用' }),
      ],
    }),
    select('accountRole', { en: 'Used by the platform for', zh: '系统用途' }, {
      index: true,
      help: { en: 'Automatic entries find their account by it; one active account a use.', zh: '自动凭证按用途取科目；每种用途只能有一个启用科目。' },
      options: [
        option('bank', { en: 'Bank', zh: '银行存款' }),
        option('cash', { en: 'Cash', zh: '库存现金' }),
        option('receivable', { en: 'Trade receivables', zh: '应收账款' }),
        option('supplierPrepayment', { en: 'Prepayments to suppliers', zh: '预付账款' }),
        option('inventory', { en: 'Inventory', zh: '库存商品' }),
        option('inputTax', { en: 'Input tax', zh: '应交税费-进项税额' }),
        option('payable', { en: 'Trade payables', zh: '应付账款' }),
        option('goodsReceivedNotBilled', { en: 'Goods received not billed', zh: '暂估应付账款' }),
        option('customerPrepayment', { en: 'Prepayments from customers', zh: '预收账款' }),
        option('outputTax', { en: 'Output tax', zh: '应交税费-销项税额' }),
        option('openingBalance', { en: 'Opening balances', zh: '期初余额' }),
        option('revenue', { en: 'Sales revenue', zh: '主营业务收入' }),
        option('costOfSales', { en: 'Cost of sales', zh: '主营业务成本' }),
        option('purchaseVariance', { en: 'Purchase price variance', zh: '采购价格差异' }),
        option('stockDifference', { en: 'Stock differences', zh: '存货盘盈盘亏' }),
        option('expense', { en: 'Other expense', zh: '其他费用' }),
        option('rounding', { en: 'Rounding', zh: '尾差' }),
      ],
    }),
    boolean('active', { en: 'Active', zh: '启用' }, { default: true }),
  ],
  listColumns: ['number', 'name', 'accountType', 'accountRole', 'active'],
  searchFields: ['number', 'name', 'nameZh'],
  defaultSort: 'number',
} satisfies EntityDefinition

/** Fold of the posted journal lines; debit and credit are sums, the balance is their difference. */
export const accountBalances = {
  slug: 'account-balances',
  system: 'erp',
  kind: 'record',
  label: { en: 'Account balance', zh: '科目余额' },
  labels: { en: 'Trial balance', zh: '科目余额表' },
  titleField: 'id',
  fields: [
    companyField,
    relation('account', { en: 'Account', zh: '科目' }, { to: 'ledger-accounts', ...required }),
    relation('period', { en: 'Period', zh: '会计期间' }, { to: 'periods', ...required }),
    money('debit', { en: 'Debit', zh: '借方' }, counter),
    money('credit', { en: 'Credit', zh: '贷方' }, counter),
  ],
  listColumns: ['period', 'account', 'debit', 'credit'],
  indexes: [{ fields: ['company', 'account', 'period'], unique: true }],
} satisfies EntityDefinition
