import { date, quantity, text, unitPrice } from '../../config/language/fields.ts'
import {
  applyInput, compare, eachInput, everyLine, field, hasLines, increment, setDefault, someLine, sum, today,
} from '../../config/language/references.ts'
import type { WorkflowDefinition } from '../../config/language/workflow.ts'
import { paymentTakenBack } from './settlement.ts'

const buyable = { type: 'erp.partsUsable', params: { usage: 'buy' } }
/** What arrived and was not rejected; rejected goods are expected again. */
const stocked = ['receivedQuantity', '-rejectedQuantity'] as const
const stockedIsBilled = everyLine({
  left: sum(...stocked, '-billedQuantity'), operator: '=', right: 0,
  refusal: { en: 'Received goods are not billed yet. Create the supplier bill first.', zh: '有已收货未收票的数量，请先登记供应商账单。' },
})

export const purchaseOrder = {
  slug: 'purchase-order',
  version: 1,
  entity: 'purchase-orders',
  label: { en: 'Purchase order', zh: '采购订单' },
  initial: 'draft',
  events: {
    submit: {
      label: { en: 'Submit for approval', zh: '提交审批' }, past: 'submitted', primary: true,
      roles: ['buyer'],
    },
    approve: {
      label: { en: 'Approve', zh: '审批通过' }, past: 'approved', primary: true, tone: 'good',
      roles: ['buyer'],
    },
    approveOverLimit: {
      label: { en: 'Approve over the limit', zh: '超限额审批' }, past: 'approved', tone: 'warning', reason: 'required',
      roles: ['owner'],
    },
    sendBack: {
      label: { en: 'Send back', zh: '退回修改' }, past: 'sent-back', tone: 'warning', reason: 'required',
      roles: ['buyer'],
    },
    receive: {
      label: { en: 'Receive goods', zh: '生成收货单' }, past: 'receipt-requested', primary: true,
      help: { en: 'Without quantities: everything still expected.', zh: '不填数量则为全部未到数量。' },
      roles: ['storekeeper', 'buyer'],
      lineInput: [
        quantity('received', { en: 'Arrived now', zh: '本次到货' }, { required: true, min: 0 }),
        quantity('rejected', { en: 'Rejected now', zh: '本次拒收' }, { default: '0', min: 0 }),
        text('rejectionReason', { en: 'Why rejected', zh: '拒收原因' }),
      ],
    },
    bill: {
      label: { en: 'Enter supplier bill', zh: '登记供应商账单' }, past: 'bill-requested',
      help: { en: 'Of everything received and not billed yet.', zh: '对所有已收货未收票的数量登记。' },
      roles: ['accountant', 'buyer'],
      input: [
        text('supplierReference', { en: 'Supplier invoice number', zh: '供应商发票号' }),
        date('billDate', { en: 'Bill date', zh: '账单日期' }),
      ],
    },
    change: {
      label: { en: 'Change order', zh: '变更订单' }, past: 'changed', reason: 'required', preview: true,
      help: { en: 'Makes the next version of the order.', zh: '生成订单的新版本。' },
      roles: ['buyer'],
      input: [date('promisedDate', { en: 'Promised date', zh: '承诺到货日' })],
      lineInput: [
        quantity('quantity', { en: 'New quantity', zh: '新数量' }, { min: 0 }),
        unitPrice('unitPrice', { en: 'New unit price', zh: '新单价' }, { min: 0 }),
        date('promisedDate', { en: 'New promised date', zh: '新承诺到货日' }),
      ],
    },
    close: {
      label: { en: 'Close short', zh: '提前关闭' }, past: 'closed', tone: 'warning', reason: 'required',
      help: { en: 'What has not arrived is no longer expected.', zh: '未到货部分不再等待。' },
      roles: ['buyer'],
    },
    settle: { label: { en: 'Settle', zh: '结案' }, past: 'settled', roles: ['system'] },
    reopen: { label: { en: 'Open again', zh: '恢复执行' }, past: 'reopened', roles: ['system'] },
    cancel: {
      label: { en: 'Cancel order', zh: '取消订单' }, past: 'cancelled', tone: 'bad', reason: 'required',
      roles: ['buyer'],
    },
  },
  states: {
    draft: {
      label: { en: 'Draft', zh: '草稿' }, tone: 'neutral', editable: true, discardable: true,
      on: {
        submit: { target: 'submitted', guards: [hasLines, buyable] },
        cancel: { target: 'cancelled', actions: [{ type: 'erp.giveUpOpen' }] },
      },
    },
    submitted: {
      label: { en: 'Waiting for approval', zh: '待审批' }, tone: 'waiting',
      on: {
        approve: {
          target: 'approved',
          guards: [
            buyable,
            compare({
              left: field('netTotal'), operator: '<=', right: { company: 'purchaseApprovalLimit' },
              refusal: { en: 'Above the purchase approval limit. Ask the owner to approve it.', zh: '超过采购审批限额，请负责人审批。' },
            }),
          ],
          actions: [setDefault('orderDate', today), setDefault('promisedDate', field('requestedDate'))],
        },
        approveOverLimit: {
          target: 'approved',
          guards: [
            buyable,
            compare({
              left: field('netTotal'), operator: '>', right: { company: 'purchaseApprovalLimit' },
              refusal: { en: 'Within the purchase approval limit. Use “Approve”.', zh: '未超过采购审批限额，请直接审批通过。' },
            }),
          ],
          actions: [setDefault('orderDate', today), setDefault('promisedDate', field('requestedDate'))],
        },
        sendBack: { target: 'draft' },
        cancel: { target: 'cancelled', actions: [{ type: 'erp.giveUpOpen' }] },
      },
    },
    approved: {
      label: { en: 'Ordered', zh: '已下单' }, tone: 'good',
      on: {
        receive: {
          guards: [
            someLine({
              left: sum('quantity', '-receivedQuantity', 'rejectedQuantity'), operator: '>', right: 0,
              refusal: { en: 'Everything ordered has arrived. Change the order to receive more.', zh: '订购数量均已到货。如需多收，请先变更订单。' },
            }),
            eachInput({
              left: sum('received', '-rejected'), operator: '<=', right: sum('quantity', '-receivedQuantity', 'rejectedQuantity'),
              refusal: { en: 'More than is expected on the line. Reject the surplus, or change the order first.', zh: '超过订单行未到数量。请拒收多余部分，或先变更订单。' },
            }),
            eachInput({
              left: sum('received', '-rejected'), operator: '>=', right: 0,
              refusal: { en: 'More rejected than arrived. Correct the quantities.', zh: '拒收数量大于到货数量，请更正。' },
            }),
          ],
          actions: [{ type: 'erp.createReceipt' }],
        },
        bill: {
          guards: [someLine({
            left: sum(...stocked, '-billedQuantity'), operator: '>', right: 0,
            refusal: { en: 'Nothing received waits for a bill. Receive the goods first.', zh: '没有已收货未收票的数量，请先收货。' },
          })],
          actions: [{ type: 'erp.createBill' }],
        },
        change: {
          guards: [
            eachInput({
              left: field('quantity'), operator: '>=', right: sum(...stocked),
              refusal: { en: 'Less than was received. Keep at least the received quantity.', zh: '不能少于已收货数量。' },
            }),
            { type: 'erp.changeAllowed' },
          ],
          actions: [applyInput('promisedDate'), increment('orderVersion'), { type: 'erp.changeOrder' }],
        },
        close: {
          target: 'closed',
          guards: [{ type: 'erp.noOpenDocuments', params: { entities: ['receipts', 'supplier-bills'] } }, stockedIsBilled],
          actions: [{ type: 'erp.giveUpOpen' }],
        },
        settle: {
          target: 'closed',
          guards: [
            compare({
              left: field('receiptStatus'), operator: '=', right: 'complete',
              refusal: { en: 'Not everything has arrived yet.', zh: '尚未全部到货。' },
            }),
            compare({
              left: field('billingStatus'), operator: '=', right: 'complete',
              refusal: { en: 'Not everything is billed yet.', zh: '尚未全部收票。' },
            }),
            compare({
              left: field('paymentStatus'), operator: '=', right: 'complete',
              refusal: { en: 'Not everything is paid yet.', zh: '尚未全部付款。' },
            }),
          ],
        },
        cancel: {
          target: 'cancelled',
          guards: [
            everyLine({
              left: sum(...stocked), operator: '=', right: 0,
              refusal: { en: 'Goods were received. Close the order instead.', zh: '已有收货，不能取消，请改为关闭订单。' },
            }),
            { type: 'erp.noOpenDocuments', params: { entities: ['receipts', 'supplier-bills'] } },
          ],
          actions: [{ type: 'erp.giveUpOpen' }],
        },
      },
    },
    closed: {
      label: { en: 'Closed', zh: '已关闭' }, tone: 'neutral', resting: true,
      on: { reopen: { target: 'approved', guards: paymentTakenBack } },
    },
    cancelled: { label: { en: 'Cancelled', zh: '已取消' }, tone: 'bad', type: 'final' },
  },
} satisfies WorkflowDefinition
