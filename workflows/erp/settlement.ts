import { date, money } from '../../config/language/fields.ts'
import { compare, field } from '../../config/language/references.ts'
import type { EventDefinition, Reference, TransitionDefinition } from '../../config/language/workflow.ts'

/** Invoices, credit notes and bills settle and open again by themselves, as their open amount reaches and leaves zero. */
export const settleEvent: EventDefinition = { label: { en: 'Settle', zh: '结清' }, past: 'settled', roles: ['system'] }
export const reopenEvent: EventDefinition = { label: { en: 'Open again', zh: '恢复未结' }, past: 'reopened', roles: ['system'] }

export const nothingOpen: Reference = compare({
  left: field('openAmount'), operator: '=', right: 0, refusal: { en: 'An amount is still open.', zh: '仍有未结金额。' },
})

export const somethingOpen: Reference = compare({
  left: field('openAmount'), operator: '>', right: 0, refusal: { en: 'Nothing is open any more.', zh: '已无未结金额。' },
})

const stillPaid = { en: 'The order is still paid in full.', zh: '订单款项仍已付清。' }

/** A closed order opens again when its payment is reversed; money that waits for an invoice counts as paid. */
export const paymentTakenBack: readonly Reference[] = ['complete', 'prepaid'].map((status) =>
  compare({ left: field('paymentStatus'), operator: '!=', right: status, refusal: stillPaid }))

const payInput = [
  money('amount', { en: 'Amount', zh: '金额' }, { min: 0, help: { en: 'Empty: everything that is open.', zh: '留空则为全部未结金额。' } }),
  date('paymentDate', { en: 'Payment date', zh: '收付日期' }, { default: 'today' }),
]

/** Drafts the payment, allocated to the invoice or bill, so that nobody types a party or an amount twice. */
export const receiveEvent: EventDefinition = {
  label: { en: 'Register payment', zh: '登记收款' }, past: 'payment-registered', primary: true, roles: ['accountant'], input: payInput,
  help: { en: 'Drafts the payment for it. Post it when the money has arrived.', zh: '生成收款单草稿，款项到账后过账。' },
}
export const payEvent: EventDefinition = {
  label: { en: 'Register payment', zh: '登记付款' }, past: 'payment-registered', primary: true, roles: ['accountant'], input: payInput,
  help: { en: 'Drafts the payment for it. Post it when the money has left.', zh: '生成付款单草稿，款项付出后过账。' },
}
export const pay: TransitionDefinition = { guards: [somethingOpen], actions: [{ type: 'erp.createPayment' }] }
