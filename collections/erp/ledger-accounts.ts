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
        option('cash', { en: 'Cash on hand', zh: '库存现金' }),
        option('bank', { en: 'Bank', zh: '银行存款' }),
        option('accountsReceivable', { en: 'Accounts receivable', zh: '应收账款' }),
        option('supplierAdvances', { en: 'Advances to suppliers', zh: '预付账款' }),
        option('inventory', { en: 'Inventory', zh: '库存商品' }),
        option('accountsPayable', { en: 'Accounts payable', zh: '应付账款' }),
        option('grni', { en: 'Goods received, not invoiced', zh: '暂估应付款' }),
        option('customerDeposits', { en: 'Customer deposits', zh: '预收账款' }),
        option('inputTax', { en: 'Input tax', zh: '进项税额' }),
        option('outputTax', { en: 'Output tax', zh: '销项税额' }),
        option('capital', { en: 'Paid-in capital', zh: '实收资本' }),
        option('retainedEarnings', { en: 'Retained earnings', zh: '未分配利润' }),
        option('openingEquity', { en: 'Opening balances', zh: '期初余额结转' }),
        option('revenue', { en: 'Sales revenue', zh: '主营业务收入' }),
        option('salesReturns', { en: 'Sales returns and allowances', zh: '销售退回与折让' }),
        option('cogs', { en: 'Cost of goods sold', zh: '主营业务成本' }),
        option('purchaseVariance', { en: 'Purchase price variance', zh: '采购价差' }),
        option('inventoryAdjustment', { en: 'Inventory adjustments', zh: '存货盘盈盘亏' }),
        option('freightExpense', { en: 'Freight', zh: '运输费' }),
        option('generalExpense', { en: 'General expenses', zh: '管理费用' }),
        option('bankFees', { en: 'Bank fees', zh: '手续费' }),
        option('fxDifference', { en: 'Exchange differences', zh: '汇兑损益' }),
        option('rounding', { en: 'Rounding differences', zh: '尾差' }),
      ],
    }),
    boolean('control', { en: 'Mirrors a subledger', zh: '统驭科目' }, {
      default: false,
      help: { en: 'Stock, receivables, payables: never posted to by hand.', zh: '存货、应收、应付等：不可手工记账。' },
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
