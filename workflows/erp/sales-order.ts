import { boolean, date, money, quantity, relation, unitPrice } from '../../config/language/fields.ts'
import {
  applyInput, compare, eachInput, everyLine, field, fieldRequired, hasLines, increment, setDefault, setField, someLine,
  sum, today,
} from '../../config/language/references.ts'
import type { WorkflowDefinition } from '../../config/language/workflow.ts'
import { paymentTakenBack } from './settlement.ts'

const sellable = { type: 'erp.partsUsable', params: { usage: 'sell' } }
const somethingToDeliver = someLine({
  left: sum('quantity', '-deliveredQuantity'), operator: '>', right: 0,
  refusal: { en: 'Every line is delivered. Change the order to deliver more.', zh: '所有订单行均已发货。如需增发，请先变更订单。' },
})
const nothingDelivered = everyLine({
  left: sum('deliveredQuantity', '-returnedQuantity'), operator: '=', right: 0,
  refusal: {
    en: 'Goods were delivered. Take them back with a return, or close the order instead.',
    zh: '已有发货，不能取消。请先办理退货，或关闭订单。',
  },
})
const deliveredIsBilled = everyLine({
  left: sum('deliveredQuantity', '-returnedQuantity', '-invoicedQuantity', 'creditedQuantity'), operator: '=', right: 0,
  refusal: { en: 'Delivered goods are not invoiced yet. Create the invoice first.', zh: '有已发货未开票的数量，请先开票。' },
})
/** An invoice was credited, and its goods stay with the customer: they are to be invoiced again. */
const deliveredNotBilled = someLine({
  left: sum('deliveredQuantity', '-returnedQuantity', '-invoicedQuantity', 'creditedQuantity'), operator: '>', right: 0,
  refusal: { en: 'All that was delivered is invoiced.', zh: '已发货数量均已开票。' },
})
const complete = (name: string, refusal: { en: string; zh: string }) =>
  compare({ left: field(name), operator: '=', right: 'complete', refusal })

/**
 * One life; delivery, billing and payment are folds of the lines, not states. Goods that come back are not delivered
 * again by themselves: a replacement is a change of the order.
 */
export const salesOrder = {
  slug: 'sales-order',
  version: 1,
  entity: 'sales-orders',
  label: { en: 'Sales order', zh: '销售订单' },
  initial: 'draft',
  events: {
    submit: {
      label: { en: 'Submit for approval', zh: '提交审批' }, past: 'submitted', primary: true,
      roles: ['salesRep', 'salesManager'],
    },
    approve: {
      label: { en: 'Confirm order', zh: '审批通过' }, past: 'confirmed', primary: true, tone: 'good',
      help: { en: 'Confirms the order and reserves what is in stock.', zh: '确认订单并预留现有库存。' },
      roles: ['salesManager'],
    },
    approveOverLimit: {
      label: { en: 'Confirm over the credit limit', zh: '超信用额度放行' }, past: 'confirmed', tone: 'warning', reason: 'required',
      roles: ['salesManager'],
    },
    sendBack: {
      label: { en: 'Send back', zh: '退回修改' }, past: 'sent-back', tone: 'warning', reason: 'required',
      roles: ['salesManager'],
    },
    deliver: {
      label: { en: 'Create delivery', zh: '生成发货单' }, past: 'delivery-requested', primary: true,
      help: { en: 'Without quantities: everything that is still open and reserved.', zh: '不填数量则按未发且已预留的数量生成。' },
      roles: ['salesRep', 'salesManager', 'storekeeper'],
      lineInput: [quantity('quantity', { en: 'To deliver', zh: '本次发货' }, { required: true, min: 0 })],
    },
    reserve: {
      label: { en: 'Reserve stock', zh: '预留库存' }, past: 'reserved',
      help: { en: 'Reserves what is missing, as far as stock is available.', zh: '在可用量范围内补足预留。' },
      roles: ['salesRep', 'salesManager', 'storekeeper', 'system'],
    },
    invoice: {
      label: { en: 'Create invoice', zh: '生成发票' }, past: 'invoice-requested',
      help: { en: 'Of everything delivered and not invoiced yet.', zh: '对所有已发货未开票的数量开票。' },
      roles: ['salesRep', 'salesManager', 'accountant', 'system'],
    },
    requestDeposit: {
      label: { en: 'Request deposit', zh: '开具订金发票' }, past: 'deposit-requested',
      help: { en: 'Without an amount: the share the payment term asks for.', zh: '不填金额则按付款条件的订金比例。' },
      roles: ['salesRep', 'salesManager', 'accountant'],
      input: [money('amount', { en: 'Net amount', zh: '未税订金' }, { min: 0 })],
    },
    change: {
      label: { en: 'Change order', zh: '变更订单' }, past: 'changed',
      help: {
        en: 'Makes the next version of the order. Below stands what it does to amounts, stock, credit, deposit and drafts.',
        zh: '生成订单的新版本。下方显示对金额、库存、信用、订金和草稿单据的影响。',
      },
      reason: 'required', preview: true,
      roles: ['salesRep', 'salesManager'],
      input: [
        date('promisedDate', { en: 'Promised date', zh: '承诺交期' }),
        relation('paymentTerm', { en: 'Payment term', zh: '付款条件' }, { to: 'payment-terms' }),
      ],
      lineInput: [
        quantity('quantity', { en: 'New quantity', zh: '新数量' }, { min: 0 }),
        unitPrice('unitPrice', { en: 'New unit price', zh: '新单价' }, { min: 0 }),
        date('requestedDate', { en: 'New requested date', zh: '新要求交期' }),
        boolean('cancelRest', { en: 'Cancel the open rest', zh: '取消未发数量' }),
      ],
      newLines: [
        relation('part', { en: 'Part', zh: '物料' }, { to: 'parts', required: true }),
        quantity('quantity', { en: 'Quantity', zh: '数量' }, { required: true, min: 0 }),
        unitPrice('unitPrice', { en: 'Unit price', zh: '单价' }, { min: 0, help: { en: 'Empty: from the price list.', zh: '留空则取价目表价格。' } }),
        date('requestedDate', { en: 'Requested date', zh: '要求交期' }),
      ],
    },
    close: {
      label: { en: 'Close short', zh: '提前关闭' }, past: 'closed', tone: 'warning', reason: 'required',
      help: { en: 'What is not delivered yet will not be.', zh: '未发货部分不再发货。' },
      roles: ['salesManager'],
    },
    settle: { label: { en: 'Settle', zh: '结案' }, past: 'settled', roles: ['system'] },
    reopen: { label: { en: 'Open again', zh: '恢复执行' }, past: 'reopened', roles: ['system'] },
    cancel: {
      label: { en: 'Cancel order', zh: '取消订单' }, past: 'cancelled', tone: 'bad', reason: 'required',
      roles: ['salesRep', 'salesManager'],
    },
  },
  states: {
    draft: {
      label: { en: 'Draft', zh: '草稿' }, tone: 'neutral', editable: true, discardable: true,
      on: {
        submit: { target: 'review', guards: [hasLines, fieldRequired('requestedDate'), sellable] },
        cancel: { target: 'cancelled' },
      },
    },
    review: {
      label: { en: 'In review', zh: '审批中' }, tone: 'waiting',
      on: {
        approve: {
          target: 'confirmed',
          guards: [sellable, { type: 'erp.creditAvailable', params: { expect: true } }],
          actions: [setField('confirmedDate', today), setDefault('promisedDate', field('requestedDate')), { type: 'erp.reserveStock' }],
        },
        approveOverLimit: {
          target: 'confirmed',
          guards: [sellable, { type: 'erp.creditAvailable', params: { expect: false } }],
          actions: [setField('confirmedDate', today), setDefault('promisedDate', field('requestedDate')), { type: 'erp.reserveStock' }],
        },
        sendBack: { target: 'draft' },
        cancel: { target: 'cancelled' },
      },
    },
    confirmed: {
      label: { en: 'Confirmed', zh: '已确认' }, tone: 'good',
      on: {
        deliver: {
          guards: [
            somethingToDeliver,
            { type: 'erp.depositReceived' },
            eachInput({
              left: field('quantity'), operator: '<=', right: sum('quantity', '-deliveredQuantity'),
              refusal: { en: 'More than is open on the line. Reduce it, or change the order first.', zh: '超过订单行未发数量。请减少，或先变更订单。' },
            }),
          ],
          actions: [{ type: 'erp.createDelivery' }],
        },
        reserve: { guards: [somethingToDeliver], actions: [{ type: 'erp.reserveStock' }] },
        invoice: {
          guards: [someLine({
            left: sum('deliveredQuantity', '-returnedQuantity', '-invoicedQuantity', 'creditedQuantity'), operator: '>', right: 0,
            refusal: { en: 'Nothing delivered waits for an invoice. Deliver first, or request a deposit.', zh: '没有已发货未开票的数量。请先发货，或开具订金发票。' },
          })],
          actions: [{ type: 'erp.createInvoice', params: { source: 'salesOrder' } }],
        },
        requestDeposit: {
          guards: [compare({
            left: field('billingStatus'), operator: '=', right: 'none',
            refusal: { en: 'The order is invoiced already. A deposit comes before the first invoice.', zh: '订单已开票。订金须在首张发票之前开具。' },
          })],
          actions: [{ type: 'erp.createDepositInvoice' }],
        },
        change: {
          guards: [{ type: 'erp.changeAllowed' }],
          actions: [applyInput('promisedDate', 'paymentTerm'), increment('orderVersion'), { type: 'erp.changeOrder' }],
        },
        close: {
          target: 'closed',
          guards: [{ type: 'erp.noOpenDocuments', params: { entities: ['deliveries', 'invoices'] } }, deliveredIsBilled],
          actions: [{ type: 'erp.giveUpOpen' }],
        },
        settle: {
          target: 'closed',
          guards: [
            complete('deliveryStatus', { en: 'Not everything is delivered yet.', zh: '尚未全部发货。' }),
            complete('billingStatus', { en: 'Not everything is invoiced yet.', zh: '尚未全部开票。' }),
            complete('paymentStatus', { en: 'Not everything is paid yet.', zh: '尚未全部收款。' }),
          ],
        },
        cancel: {
          target: 'cancelled',
          guards: [nothingDelivered, deliveredIsBilled, { type: 'erp.noOpenDocuments', params: { entities: ['deliveries', 'invoices'] } }],
          actions: [{ type: 'erp.giveUpOpen' }],
        },
      },
    },
    closed: {
      label: { en: 'Closed', zh: '已关闭' }, tone: 'neutral', resting: true,
      on: { reopen: [{ target: 'confirmed', guards: [deliveredNotBilled] }, { target: 'confirmed', guards: paymentTakenBack }] },
    },
    cancelled: { label: { en: 'Cancelled', zh: '已取消' }, tone: 'bad', type: 'final' },
  },
} satisfies WorkflowDefinition
