import type { FirmTemplate } from './template.ts'

/**
 * Account numbers of China's Accounting Standards for Small Business Enterprises (小企业会计准则, Ministry of Finance 2011,
 * appendix); digits past the fourth are our sub-accounts. There input and output VAT are two sides of the one tax liability
 * (2221), so input tax is a liability account with a debit balance; income and expenses are class 5. VAT rates since April
 * 2019 (Announcement 39/2019 of the Ministry of Finance); 0 % is export.
 */
export const chinaTemplate = {
  slug: 'china',
  label: { en: 'China, VAT 13/9/6/0 %', zh: '中国，增值税 13/9/6/0%' },
  asksRate: false,
  usualTaxCode: 'VAT13',
  taxCodes: [
    { code: 'VAT13', name: { en: 'VAT 13 %', zh: '增值税 13%' }, rate: 13_000_000 },
    { code: 'VAT9', name: { en: 'VAT 9 %', zh: '增值税 9%' }, rate: 9_000_000 },
    { code: 'VAT6', name: { en: 'VAT 6 %', zh: '增值税 6%' }, rate: 6_000_000 },
    { code: 'VAT0', name: { en: 'VAT 0 % (export)', zh: '增值税 0%（出口）' }, rate: 0 },
  ],
  accounts: [
    { role: 'cash', number: '1001', name: { en: 'Cash on hand', zh: '库存现金' }, type: 'asset' },
    { role: 'bank', number: '1002', name: { en: 'Bank', zh: '银行存款' }, type: 'asset' },
    { role: 'accountsReceivable', number: '1122', name: { en: 'Accounts receivable', zh: '应收账款' }, type: 'asset' },
    { role: 'supplierAdvances', number: '1123', name: { en: 'Advances to suppliers', zh: '预付账款' }, type: 'asset' },
    { role: 'inventory', number: '1405', name: { en: 'Inventory', zh: '库存商品' }, type: 'asset' },
    { role: 'accountsPayable', number: '2202', name: { en: 'Accounts payable', zh: '应付账款' }, type: 'liability' },
    { role: 'grni', number: '220299', name: { en: 'Goods received, not invoiced', zh: '应付账款——暂估应付款' }, type: 'liability' },
    { role: 'customerDeposits', number: '2203', name: { en: 'Customer deposits', zh: '预收账款' }, type: 'liability' },
    { role: 'inputTax', number: '22210101', name: { en: 'Input tax', zh: '应交税费——应交增值税（进项税额）' }, type: 'liability' },
    { role: 'outputTax', number: '22210102', name: { en: 'Output tax', zh: '应交税费——应交增值税（销项税额）' }, type: 'liability' },
    { role: 'capital', number: '3001', name: { en: 'Paid-in capital', zh: '实收资本' }, type: 'equity' },
    { role: 'retainedEarnings', number: '3104', name: { en: 'Retained earnings', zh: '利润分配——未分配利润' }, type: 'equity' },
    { role: 'openingEquity', number: '3999', name: { en: 'Opening balances', zh: '期初余额结转' }, type: 'equity' },
    { role: 'revenue', number: '5001', name: { en: 'Sales revenue', zh: '主营业务收入' }, type: 'income' },
    { role: 'salesReturns', number: '500199', name: { en: 'Sales returns and allowances', zh: '主营业务收入——销售退回与折让' }, type: 'income' },
    { role: 'cogs', number: '5401', name: { en: 'Cost of goods sold', zh: '主营业务成本' }, type: 'expense' },
    { role: 'purchaseVariance', number: '540102', name: { en: 'Purchase price variance', zh: '主营业务成本——采购价差' }, type: 'expense' },
    { role: 'inventoryAdjustment', number: '540103', name: { en: 'Inventory adjustments', zh: '主营业务成本——存货盘盈盘亏' }, type: 'expense' },
    { role: 'freightExpense', number: '560101', name: { en: 'Freight', zh: '销售费用——运输费' }, type: 'expense' },
    { role: 'generalExpense', number: '5602', name: { en: 'General expenses', zh: '管理费用' }, type: 'expense' },
    { role: 'bankFees', number: '560301', name: { en: 'Bank fees', zh: '财务费用——手续费' }, type: 'expense' },
    { role: 'fxDifference', number: '560302', name: { en: 'Exchange differences', zh: '财务费用——汇兑损益' }, type: 'expense' },
    { role: 'rounding', number: '560399', name: { en: 'Rounding differences', zh: '财务费用——尾差' }, type: 'expense' },
  ],
} as const satisfies FirmTemplate
