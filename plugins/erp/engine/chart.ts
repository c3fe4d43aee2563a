import type { Text } from '../../../config/language/text.ts'

export type AccountType = 'asset' | 'liability' | 'equity' | 'income' | 'expense'

/**
 * What accounts are for. Posting names roles, never account numbers, so a firm may renumber and split its chart; numbers
 * and local names come from the template it starts with. `control` accounts mirror a subledger (stock, receivables,
 * payables): only commands post to them, never a hand-written journal, since otherwise the subledger and the books would part.
 */
export const accountUses = [
  { role: 'cash', name: { en: 'Cash on hand', zh: '库存现金' }, control: false },
  { role: 'bank', name: { en: 'Bank', zh: '银行存款' }, control: false },
  { role: 'accountsReceivable', name: { en: 'Accounts receivable', zh: '应收账款' }, control: true },
  { role: 'supplierAdvances', name: { en: 'Advances to suppliers', zh: '预付账款' }, control: true },
  { role: 'inventory', name: { en: 'Inventory', zh: '库存商品' }, control: true },
  { role: 'accountsPayable', name: { en: 'Accounts payable', zh: '应付账款' }, control: true },
  { role: 'grni', name: { en: 'Goods received, not invoiced', zh: '暂估应付款' }, control: true },
  { role: 'customerDeposits', name: { en: 'Customer deposits', zh: '预收账款' }, control: true },
  { role: 'inputTax', name: { en: 'Input tax', zh: '进项税额' }, control: false },
  { role: 'outputTax', name: { en: 'Output tax', zh: '销项税额' }, control: false },
  { role: 'capital', name: { en: 'Paid-in capital', zh: '实收资本' }, control: false },
  { role: 'retainedEarnings', name: { en: 'Retained earnings', zh: '未分配利润' }, control: false },
  { role: 'openingEquity', name: { en: 'Opening balances', zh: '期初余额结转' }, control: false },
  { role: 'revenue', name: { en: 'Sales revenue', zh: '主营业务收入' }, control: false },
  { role: 'salesReturns', name: { en: 'Sales returns and allowances', zh: '销售退回与折让' }, control: false },
  { role: 'cogs', name: { en: 'Cost of goods sold', zh: '主营业务成本' }, control: false },
  { role: 'purchaseVariance', name: { en: 'Purchase price variance', zh: '采购价差' }, control: false },
  { role: 'inventoryAdjustment', name: { en: 'Inventory adjustments', zh: '存货盘盈盘亏' }, control: false },
  { role: 'freightExpense', name: { en: 'Freight', zh: '运输费' }, control: false },
  { role: 'generalExpense', name: { en: 'General expenses', zh: '管理费用' }, control: false },
  { role: 'bankFees', name: { en: 'Bank fees', zh: '手续费' }, control: false },
  { role: 'fxDifference', name: { en: 'Exchange differences', zh: '汇兑损益' }, control: false },
  { role: 'rounding', name: { en: 'Rounding differences', zh: '尾差' }, control: false },
] as const satisfies readonly { readonly role: string; readonly name: Text; readonly control: boolean }[]

export type AccountRole = (typeof accountUses)[number]['role']

export const accountRoles: readonly AccountRole[] = accountUses.map(({ role }) => role)

/** What a role is called, and whether its account mirrors a subledger. */
export function accountUse(role: AccountRole): { readonly name: Text; readonly control: boolean } {
  const use = accountUses.find((candidate) => candidate.role === role)
  if (!use) throw new RangeError(`No account has the role ${role}`)
  return use
}

export function isAccountRole(text: string): text is AccountRole {
  return accountUses.some((use) => use.role === text)
}

/** Whether a rise of the account stands on the debit side (assets and expenses) or on the credit side. */
export function normalSide(type: AccountType): 'debit' | 'credit' {
  return type === 'asset' || type === 'expense' ? 'debit' : 'credit'
}
