import type { EntityDefinition } from '../../config/language/entity.ts'
import {
  counter, date, integer, longText, money, option, quantity, readOnly, relation, required, select, text, unitPrice,
} from '../../config/language/fields.ts'
import { descriptionField, partField, paymentTermField, priceFields, quantityField, totals, unitFields } from '../core/document-fields.ts'
import { internalNote, note } from '../core/shared-fields.ts'
import { paymentProgress, progress, siteField } from './shared-fields.ts'

export const salesOrders = {
  slug: 'sales-orders',
  system: 'erp',
  kind: 'document',
  label: { en: 'Sales order', zh: '销售订单' },
  labels: { en: 'Sales orders', zh: '销售订单' },
  titleField: 'number',
  fields: [
    relation('customer', { en: 'Customer', zh: '客户' }, { to: 'customers', required: true }),
    relation('contact', { en: 'Contact', zh: '联系人' }, { to: 'contacts' }),
    text('customerReference', { en: 'Customer reference', zh: '客户订单号' }, { index: true }),
    relation('quote', { en: 'Quote', zh: '报价单' }, {
      ...readOnly, to: 'quotes', help: { en: 'One accepted quote makes one order.', zh: '一份已接受的报价只生成一张订单。' },
    }),
    siteField,
    relation('priceList', { en: 'Price list', zh: '价目表' }, { to: 'price-lists' }),
    paymentTermField,
    date('requestedDate', { en: 'Requested date', zh: '要求交期' }, { index: true }),
    date('promisedDate', { en: 'Promised date', zh: '承诺交期' }, { index: true }),
    date('confirmedDate', { en: 'Confirmed on', zh: '确认日期' }, { ...readOnly, index: true }),
    longText('shipToAddress', { en: 'Ship-to address', zh: '收货地址' }),
    relation('owner', { en: 'Owner', zh: '负责人' }, { to: 'users' }),
    note,
    internalNote,
    ...totals,
    money('marginAmount', { en: 'Margin', zh: '毛利' }, {
      ...readOnly,
      help: {
        en: 'Net value of what the customer keeps less its cost: what the goods issues booked, less returns; the open rest at the planned unit cost of its line.',
        zh: '客户保留货物的未税金额减成本：已发货部分按出库实际成本（扣除退货），未发货部分按订单行的计划单位成本。',
      },
    }),
    select('marginBasis', { en: 'Margin is', zh: '毛利口径' }, {
      ...readOnly, default: 'expected',
      help: {
        en: 'Expected: before delivery, an estimate at planned cost. Partly actual: some is delivered. Actual: all is delivered.',
        zh: '预计：尚未发货，按计划成本估算。部分实际：部分已发货。实际：已全部发货。',
      },
      options: [
        option('expected', { en: 'Expected margin', zh: '预计毛利' }, 'neutral'),
        option('partly', { en: 'Partly actual margin', zh: '部分实际毛利' }, 'neutral'),
        option('actual', { en: 'Actual margin', zh: '实际毛利' }, 'good'),
      ],
    }),
    money('depositAmount', { en: 'Deposit requested', zh: '订金金额' }, counter),
    money('paidAmount', { en: 'Paid', zh: '已收金额' }, counter),
    money('openCreditAmount', { en: 'Credit open', zh: '客户贷项未用' }, {
      ...counter,
      help: {
        en: 'Left on credit notes for this order: the firm owes it to the customer. Refund it, or apply it to another invoice.',
        zh: '本订单红字发票尚未使用的余额，属于应退客户款项。请退款，或抵扣其他发票。',
      },
    }),
    progress('deliveryStatus', { en: 'Delivery', zh: '发货状态' }),
    progress('billingStatus', { en: 'Billing', zh: '开票状态' }),
    paymentProgress({ en: 'Payment', zh: '收款状态' }),
    integer('orderVersion', { en: 'Order version', zh: '订单版本' }, { ...readOnly, default: 1 }),
  ],
  lines: { entity: 'sales-order-lines', parentField: 'salesOrder', label: { en: 'Lines', zh: '订单行' } },
  numbering: { prefix: 'SO' },
  workflow: 'sales-order',
  mintsTrace: true,
  listColumns: [
    'number', 'customer', 'customerReference', 'requestedDate', 'grandTotal', 'deliveryStatus', 'billingStatus', 'paymentStatus',
  ],
  searchFields: ['number', 'customerReference'],
  defaultSort: '-number',
} satisfies EntityDefinition

/** All quantities of a line are in the unit of the line. */
export const salesOrderLines = {
  slug: 'sales-order-lines',
  system: 'erp',
  kind: 'line',
  label: { en: 'Sales order line', zh: '销售订单行' },
  labels: { en: 'Sales order lines', zh: '销售订单行' },
  titleField: 'description',
  parent: { entity: 'sales-orders', field: 'salesOrder' },
  fields: [
    relation('salesOrder', { en: 'Sales order', zh: '销售订单' }, { to: 'sales-orders', ...required }),
    partField,
    descriptionField,
    quantityField,
    ...unitFields,
    ...priceFields,
    date('requestedDate', { en: 'Requested date', zh: '要求交期' }),
    date('promisedDate', { en: 'Promised date', zh: '承诺交期' }),
    unitPrice('unitCost', { en: 'Planned unit cost', zh: '计划单位成本' }, {
      ...readOnly, advanced: true,
      help: { en: 'Average, else standard cost at confirmation or change. What is delivered counts with what it really cost.', zh: '确认或变更时的移动平均成本，无库存则取标准成本。已发货部分按实际成本计算。' },
    }),
    quantity('reservedQuantity', { en: 'Reserved', zh: '已预留' }, counter),
    quantity('deliveredQuantity', { en: 'Delivered', zh: '已发货' }, counter),
    quantity('returnedQuantity', { en: 'Returned', zh: '已退货' }, counter),
    quantity('invoicedQuantity', { en: 'Invoiced', zh: '已开票' }, counter),
    quantity('creditedQuantity', { en: 'Credited', zh: '已红冲' }, counter),
    quantity('cancelledQuantity', { en: 'Given up', zh: '已取消数量' }, counter),
  ],
  listColumns: [
    'part', 'description', 'quantity', 'unit', 'unitPrice', 'discountPercent', 'taxCode', 'netAmount',
    'reservedQuantity', 'deliveredQuantity', 'returnedQuantity', 'invoicedQuantity', 'creditedQuantity', 'cancelledQuantity',
  ],
  unlisted: true,
} satisfies EntityDefinition
