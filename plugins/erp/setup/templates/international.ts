import type { FirmTemplate } from './template.ts'

/**
 * A neutral chart in four digits: 1 assets, 2 liabilities, 3 equity, 4 income, 5 cost of sales, 6 other expenses, with the
 * names that IFRS and US accounts use. Input tax is a claim on the tax office here. Of taxes only what every country has is
 * given; the standard rate is stated by whoever starts the firm.
 */
export const internationalTemplate = {
  slug: 'international',
  label: { en: 'International, your tax rate', zh: '国际通用，自定税率' },
  asksRate: true,
  usualTaxCode: 'ZERO',
  taxCodes: [
    { code: 'ZERO', name: { en: 'Zero rate (exports)', zh: '零税率（出口）' }, rate: 0 },
    { code: 'EXEMPT', name: { en: 'Exempt from tax', zh: '免税' }, rate: 0 },
  ],
  accounts: [
    { role: 'cash', number: '1000', name: { en: 'Cash on hand', zh: '库存现金' }, type: 'asset' },
    { role: 'bank', number: '1010', name: { en: 'Bank', zh: '银行存款' }, type: 'asset' },
    { role: 'accountsReceivable', number: '1100', name: { en: 'Trade receivables', zh: '应收账款' }, type: 'asset' },
    { role: 'supplierAdvances', number: '1150', name: { en: 'Advances to suppliers', zh: '预付账款' }, type: 'asset' },
    { role: 'inventory', number: '1200', name: { en: 'Inventories', zh: '存货' }, type: 'asset' },
    { role: 'inputTax', number: '1300', name: { en: 'Recoverable input tax', zh: '可抵扣进项税额' }, type: 'asset' },
    { role: 'accountsPayable', number: '2000', name: { en: 'Trade payables', zh: '应付账款' }, type: 'liability' },
    { role: 'grni', number: '2050', name: { en: 'Goods received, not invoiced', zh: '暂估应付款' }, type: 'liability' },
    { role: 'customerDeposits', number: '2100', name: { en: 'Customer deposits', zh: '预收账款' }, type: 'liability' },
    { role: 'outputTax', number: '2200', name: { en: 'Output tax payable', zh: '应交销项税额' }, type: 'liability' },
    { role: 'capital', number: '3000', name: { en: 'Share capital', zh: '实收资本' }, type: 'equity' },
    { role: 'retainedEarnings', number: '3100', name: { en: 'Retained earnings', zh: '未分配利润' }, type: 'equity' },
    { role: 'openingEquity', number: '3900', name: { en: 'Opening balances', zh: '期初余额结转' }, type: 'equity' },
    { role: 'revenue', number: '4000', name: { en: 'Sales revenue', zh: '销售收入' }, type: 'income' },
    { role: 'salesReturns', number: '4100', name: { en: 'Sales returns and allowances', zh: '销售退回与折让' }, type: 'income' },
    { role: 'cogs', number: '5000', name: { en: 'Cost of goods sold', zh: '销售成本' }, type: 'expense' },
    { role: 'purchaseVariance', number: '5100', name: { en: 'Purchase price variance', zh: '采购价差' }, type: 'expense' },
    { role: 'inventoryAdjustment', number: '5200', name: { en: 'Inventory adjustments', zh: '存货盘盈盘亏' }, type: 'expense' },
    { role: 'freightExpense', number: '6000', name: { en: 'Freight', zh: '运输费' }, type: 'expense' },
    { role: 'generalExpense', number: '6100', name: { en: 'General and administrative expenses', zh: '管理费用' }, type: 'expense' },
    { role: 'bankFees', number: '6200', name: { en: 'Bank fees', zh: '银行手续费' }, type: 'expense' },
    { role: 'fxDifference', number: '6300', name: { en: 'Foreign exchange differences', zh: '汇兑损益' }, type: 'expense' },
    { role: 'rounding', number: '6900', name: { en: 'Rounding differences', zh: '尾差' }, type: 'expense' },
  ],
} as const satisfies FirmTemplate
