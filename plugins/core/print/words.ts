import type { Text } from '../../../config/language/text.ts'

/** What every paper says, whatever it is. */
export const words = {
  position: { en: 'No.', zh: '序号' },
  number: { en: 'Number', zh: '单据编号' },
  draft: { en: 'Draft', zh: '草稿' },
  net: { en: 'Net total', zh: '未税金额' },
  tax: { en: 'Tax {rate} on {base}', zh: '税额（税率 {rate}，计税金额 {base}）' },
  taxTotal: { en: 'Tax', zh: '税额' },
  total: { en: 'Total {currency}', zh: '价税合计（{currency}）' },
  inWords: { en: 'Amount in words', zh: '人民币（大写）' },
  payment: { en: 'Payment', zh: '付款方式' },
  deposit: { en: 'Deposit of {percent} before delivery: {amount} {currency}.', zh: '发货前支付订金 {percent}：{amount} {currency}。' },
  bank: { en: 'Bank account', zh: '收款账户' },
  quoting: { en: 'Please quote {number} with your payment.', zh: '付款时请注明单号 {number}。' },
  taxNumber: { en: 'Tax number {value}', zh: '税号：{value}' },
  phone: { en: 'Phone {value}', zh: '电话：{value}' },
  page: { en: 'Page {page} of {pages}', zh: '第 {page} 页，共 {pages} 页' },
} as const satisfies Record<string, Text>
