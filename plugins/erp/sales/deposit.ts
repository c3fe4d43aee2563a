import type { GuardType } from '../../../workflows/engine/registry.ts'
import { mulDiv } from '../../core/engine/decimal.ts'
import type { FactLoader } from '../../core/platform/plugin.ts'
import { textOf } from '../stock/lines-of.ts'

/** The share of an order's total that its payment term asks for before delivery, and what was paid for it; minor units. */
export type DepositFact = { readonly asked: number; readonly received: number }

export const depositFacts: readonly FactLoader[] = [{
  name: 'erp.deposit',
  async load(store, { documents }) {
    const terms = await store.byIds('payment-terms', documents.map((document) => textOf(document, 'paymentTerm')))
    return new Map(documents.map((document) => {
      const share = terms.get(textOf(document, 'paymentTerm') ?? '')?.depositPercent ?? 0
      // The order's paid amount is the fold of its settled invoices and prepayments.
      return [document.id, { asked: mulDiv(Number(document.grandTotal ?? 0), share, wholePercent), received: Number(document.paidAmount ?? 0) }]
    }))
  },
}]

export const depositGuards: readonly GuardType[] = [{
  type: 'erp.depositReceived',
  label: { en: 'The deposit is paid', zh: '订金已收' },
  facts: ['erp.deposit'],
  check({ facts }) {
    const { asked, received } = facts['erp.deposit'] as DepositFact
    if (received >= asked) return true
    // Without figures: who delivers may not be allowed to see the amounts of the order.
    return {
      code: 'deposit.missing',
      message: {
        en: 'The payment term asks for a deposit before delivery, and it is not paid in full yet. Request the deposit and record its payment (once the order is invoiced: record a payment for this order), or change the payment term.',
        zh: '付款条件要求发货前支付订金，订金尚未收齐。请开具订金发票并登记收款（订单已开票时，请直接登记该订单的收款），或更改付款条件。',
      },
    }
  },
}]

const wholePercent = 100_000_000
