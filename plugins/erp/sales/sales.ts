import { text } from '../../../config/language/fields.ts'
import type { ActionHandler, TrellisPlugin } from '../../core/platform/plugin.ts'
import { changeConsequences } from './change-consequences.ts'
import { creditFacts, creditGuards } from './credit.ts'
import { applyCredit, creditNoteBehaviour, postCreditNote } from './credit-notes.ts'
import { createCreditNote } from './create-credit-note.ts'
import { createDelivery } from './create-delivery.ts'
import { createDepositInvoice, createOrderInvoice } from './create-invoice.ts'
import { depositFacts, depositGuards } from './deposit.ts'
import { salesHandlers } from './handlers.ts'
import { orderBillingFacts } from './order-billing.ts'
import { postDelivery } from './post-delivery.ts'
import { invoiceGuards, postInvoice } from './post-invoice.ts'
import { deliveryBehaviour } from './prepare-delivery.ts'
import { invoiceBehaviour } from './prepare-invoice.ts'
import { salesOrderBehaviour } from './prepare-order.ts'
import { reserveOrder } from './reserve-order.ts'
import { createReturn, postReturn, salesReturnBehaviour } from './returns.ts'
import { salesWork } from './work.ts'

const reserveStock: ActionHandler = {
  type: 'erp.reserveStock', label: { en: 'Reserve stock', zh: '预留库存' }, run: reserveOrder,
}

const createInvoice: ActionHandler = {
  type: 'erp.createInvoice', label: { en: 'Create an invoice', zh: '生成发票' },
  params: [text('source', { en: 'Source', zh: '来源' }, { required: true })],
  run: createOrderInvoice,
}

/** Selling: orders, deliveries, returns, invoices and credit notes. */
export const salesPart = {
  guards: [...creditGuards, ...depositGuards, ...invoiceGuards],
  facts: [...creditFacts, ...depositFacts, ...orderBillingFacts],
  actions: [
    reserveStock, createDelivery, createInvoice, createDepositInvoice, postDelivery, createReturn, postReturn, postInvoice,
    createCreditNote, postCreditNote, applyCredit,
  ],
  behaviours: {
    'sales-orders': salesOrderBehaviour, deliveries: deliveryBehaviour, 'sales-returns': salesReturnBehaviour,
    invoices: invoiceBehaviour, 'credit-notes': creditNoteBehaviour,
  },
  handlers: salesHandlers,
  consequences: [changeConsequences],
  work: salesWork,
} satisfies Partial<TrellisPlugin>
