import type { Text } from '../../config/language/text.ts'

/**
 * Texts that commands write into fields which people may change. They are stored in one language and shown in the reader's
 * (see `standardTexts` of a field). A parameter is a number or a date: it has no spaces.
 */
export const depositText: Text = { en: 'Deposit for order {order}', zh: '订单 {order} 的订金' }
export const deductionText: Text = { en: 'Less deposit {invoice} of {date}', zh: '抵扣 {date} 订金发票 {invoice}' }
export const deliveryFollowUpText: Text = { en: 'Delivery {number} has arrived: ask how it went', zh: '发货单 {number} 已签收：回访客户' }
/** As the shipped workflow of opportunities plans it. */
export const noNextStepText: Text = { en: 'Opportunity without a next step: call the customer', zh: '商机无后续计划：请联系客户' }
