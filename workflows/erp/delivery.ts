import { date, quantity, text } from '../../config/language/fields.ts'
import {
  applyInput, eachInput, field, hasLines, setDefault, sum, someLine, today, withinSource,
} from '../../config/language/references.ts'
import type { TransitionDefinition, WorkflowDefinition } from '../../config/language/workflow.ts'

const returnGoods: TransitionDefinition = {
  guards: [
    someLine({
      left: sum('quantity', '-returnedQuantity'), operator: '>', right: 0,
      refusal: { en: 'Everything of this delivery came back already.', zh: '该发货单已全部退货。' },
    }),
    eachInput({
      left: field('quantity'), operator: '<=', right: sum('quantity', '-returnedQuantity'),
      refusal: { en: 'More than was delivered and not returned yet. Reduce the quantity.', zh: '超过已发未退数量，请减少退货数量。' },
    }),
  ],
  actions: [{ type: 'erp.createReturn' }],
}

const track: TransitionDefinition = { actions: [applyInput('carrier', 'trackingNumber')] }

export const delivery = {
  slug: 'delivery',
  version: 1,
  entity: 'deliveries',
  label: { en: 'Delivery', zh: '发货单' },
  initial: 'draft',
  events: {
    post: {
      label: { en: 'Post goods issue', zh: '发货过账' }, past: 'posted', primary: true, tone: 'good',
      help: { en: 'Takes the goods out of stock and books their cost.', zh: '扣减库存并结转销售成本。' },
      roles: ['storekeeper'],
    },
    track: {
      label: { en: 'Record shipment', zh: '登记物流' }, past: 'tracked',
      roles: ['storekeeper', 'salesRep', 'salesManager'],
      input: [
        text('carrier', { en: 'Carrier', zh: '承运商' }),
        text('trackingNumber', { en: 'Tracking number', zh: '运单号' }),
      ],
    },
    confirm: {
      label: { en: 'Customer received', zh: '客户签收' }, past: 'confirmed', primary: true,
      roles: ['storekeeper', 'salesRep', 'salesManager', 'system'],
      input: [
        date('receivedDate', { en: 'Received on', zh: '签收日期' }, { default: 'today' }),
        text('receivedBy', { en: 'Received by', zh: '签收人' }),
      ],
    },
    returnGoods: {
      label: { en: 'Take goods back', zh: '销售退货' }, past: 'return-requested', tone: 'warning', reason: 'required',
      help: { en: 'Without quantities: everything not returned yet.', zh: '不填数量则为全部未退数量。' },
      roles: ['storekeeper', 'salesRep', 'salesManager'],
      lineInput: [quantity('quantity', { en: 'To take back', zh: '本次退货' }, { required: true, min: 0 })],
    },
    cancel: {
      label: { en: 'Cancel delivery', zh: '取消发货' }, past: 'cancelled', tone: 'bad', reason: 'optional',
      roles: ['storekeeper', 'salesRep', 'salesManager'],
    },
  },
  states: {
    draft: {
      label: { en: 'Draft', zh: '待发货' }, tone: 'waiting', editable: true,
      on: {
        post: {
          target: 'posted',
          guards: [
            hasLines,
            withinSource({
              relation: 'salesOrderLine', left: field('quantity'), operator: '<=',
              right: sum('quantity', '-deliveredQuantity'),
              refusal: { en: 'More than is open on the order line. Reduce it, or change the order.', zh: '超过订单行未发数量。请减少，或变更订单。' },
            }),
            { type: 'erp.stockPlaced' },
            { type: 'erp.stockAvailable' },
            { type: 'erp.periodOpen', params: { field: 'deliveryDate' } },
          ],
          actions: [setDefault('deliveryDate', today), { type: 'erp.postDelivery' }],
        },
        track,
        cancel: { target: 'cancelled' },
      },
    },
    posted: {
      label: { en: 'Shipped', zh: '已发货' }, tone: 'good',
      on: {
        track,
        confirm: {
          target: 'confirmed',
          actions: [applyInput('receivedDate', 'receivedBy'), setDefault('receivedDate', today)],
        },
        returnGoods,
      },
    },
    confirmed: { label: { en: 'Received by customer', zh: '客户已签收' }, tone: 'good', resting: true, on: { returnGoods } },
    cancelled: { label: { en: 'Cancelled', zh: '已取消' }, tone: 'bad', type: 'final' },
  },
} satisfies WorkflowDefinition
