import type { Addressee, PrintColumn, PrintDefinition } from '../core/print/print-definition.ts'

const partColumns: readonly PrintColumn[] = [
  { field: 'position' },
  { field: 'part', label: { en: 'Part number', zh: '物料编码' } },
  { field: 'description', label: { en: 'Description', zh: '品名规格' } },
]
const priceColumns: readonly PrintColumn[] = [
  { field: 'quantity' },
  { field: 'unitPrice' },
  { field: 'discountPercent', optional: true },
  { field: 'taxCode', label: { en: 'Tax', zh: '税率' }, optional: true },
  { field: 'netAmount', label: { en: 'Net', zh: '未税金额' } },
]
const buyer: Addressee = {
  label: { en: 'Bill to', zh: '购买方' }, field: 'customer',
  address: [{ of: 'document', field: 'billToAddress' }, { of: 'partner', field: 'address' }],
}
const shipTo = {
  label: { en: 'Ship to', zh: '收货地址' },
  fields: [{ of: 'document', field: 'shipToAddress' }, { of: 'partner', field: 'shipToAddress' }],
} as const

const orderConfirmation: PrintDefinition = {
  entity: 'sales-orders',
  title: { en: 'Order confirmation', zh: '销售订单确认书' },
  addressee: { label: { en: 'Customer', zh: '客户' }, field: 'customer', address: [{ of: 'partner', field: 'address' }] },
  otherAddress: shipTo,
  facts: [
    { field: 'confirmedDate', label: { en: 'Date', zh: '确认日期' } },
    { field: 'customerReference', label: { en: 'Your reference', zh: '贵司订单号' } },
    { field: 'quote' },
    { field: 'contact', label: { en: 'Attention', zh: '联系人' } },
    { field: 'promisedDate', label: { en: 'Delivery', zh: '承诺交期' } },
    { field: 'orderVersion', label: { en: 'Version', zh: '版本' } },
  ],
  columns: [...partColumns, { field: 'promisedDate', label: { en: 'Delivery', zh: '交期' }, under: true }, ...priceColumns],
  priced: true,
  amounts: [{ field: 'depositAmount', label: { en: 'Deposit requested', zh: '应付订金' } }],
  payment: { deposit: true },
  texts: ['note'],
  closing: { en: 'Thank you for your order.', zh: '感谢贵司的订单。' },
  stampedIn: ['draft', 'review', 'cancelled'],
}

/** Without a single price: it travels with the goods. */
const deliveryNote: PrintDefinition = {
  entity: 'deliveries',
  title: { en: 'Delivery note', zh: '送货单' },
  addressee: {
    label: { en: 'Ship to', zh: '收货单位' }, field: 'customer',
    address: [{ of: 'document', field: 'shipToAddress' }, { of: 'partner', field: 'shipToAddress' }, { of: 'partner', field: 'address' }],
  },
  facts: [
    { field: 'deliveryDate', label: { en: 'Date', zh: '发货日期' } },
    { field: 'salesOrder', label: { en: 'Our order', zh: '销售订单' } },
    { field: 'carrier' },
    { field: 'trackingNumber' },
  ],
  columns: [...partColumns, { field: 'lot', under: true }, { field: 'quantity' }],
  priced: false,
  texts: ['note'],
  closing: {
    en: 'Please check the goods on arrival and report shortages or damage in writing without delay.',
    zh: '请当面清点验收，如有短缺或损坏，请及时书面告知。',
  },
  signatures: [{ en: 'Handed over by, date', zh: '发货人（签字）、日期' }, { en: 'Received by, date', zh: '收货人（签字盖章）、日期' }],
  stampedIn: ['draft', 'cancelled'],
}

const invoice: PrintDefinition = {
  entity: 'invoices',
  title: { en: 'Invoice', zh: '销售发票' },
  titleBy: { field: 'invoiceKind', titles: { deposit: { en: 'Deposit invoice', zh: '订金发票' } } },
  addressee: buyer,
  facts: [
    { field: 'invoiceDate', label: { en: 'Date', zh: '开票日期' } },
    { field: 'dueDate', label: { en: 'Due', zh: '付款到期日' } },
    { field: 'salesOrder', label: { en: 'Our order', zh: '销售订单' } },
    { field: 'customerReference', label: { en: 'Your reference', zh: '贵司订单号' } },
  ],
  columns: [...partColumns, ...priceColumns],
  priced: true,
  payment: { deposit: false },
  bank: true,
  texts: ['note'],
  stampedIn: ['draft'],
}

const creditNote: PrintDefinition = {
  entity: 'credit-notes',
  title: { en: 'Credit note', zh: '红字发票' },
  addressee: { ...buyer, address: [{ of: 'partner', field: 'address' }] },
  facts: [
    { field: 'creditDate', label: { en: 'Date', zh: '红冲日期' } },
    { field: 'invoice', label: { en: 'For invoice', zh: '对应蓝字发票' } },
    { field: 'salesReturn', label: { en: 'Return', zh: '退货单' } },
  ],
  columns: [...partColumns, ...priceColumns],
  priced: true,
  texts: ['reason', 'note'],
  stampedIn: ['draft'],
}

const purchaseOrder: PrintDefinition = {
  entity: 'purchase-orders',
  title: { en: 'Purchase order', zh: '采购订单' },
  addressee: { label: { en: 'Supplier', zh: '供应商' }, field: 'supplier', address: [{ of: 'partner', field: 'address' }] },
  facts: [
    { field: 'orderDate', label: { en: 'Date', zh: '订单日期' } },
    { field: 'requestedDate', label: { en: 'Deliver by', zh: '要求到货日' } },
    { field: 'supplierReference', label: { en: 'Your reference', zh: '贵司单号' } },
    { field: 'contact', label: { en: 'Attention', zh: '联系人' } },
    { field: 'site', label: { en: 'Deliver to', zh: '收货地点' } },
    { field: 'orderVersion', label: { en: 'Version', zh: '版本' } },
  ],
  columns: [
    ...partColumns,
    { field: 'supplierPartNumber', label: { en: 'Your part', zh: '供方料号' }, under: true },
    { field: 'requestedDate', label: { en: 'Deliver by', zh: '到货日' }, under: true },
    ...priceColumns,
  ],
  priced: true,
  payment: { deposit: false },
  texts: ['note'],
  closing: {
    en: 'Please confirm this order and state its number on all papers.',
    zh: '请签章确认并回传，送货单及发票请注明本订单号。',
  },
  signatures: [{ en: 'For the buyer, date', zh: '采购方（签字盖章）、日期' }, { en: 'Confirmed by the supplier, date', zh: '供应商确认（签字盖章）、日期' }],
  stampedIn: ['draft', 'submitted', 'cancelled'],
}

/** ERP on paper. */
export const erpPrints: readonly PrintDefinition[] = [
  orderConfirmation, deliveryNote, invoice, creditNote, purchaseOrder,
]
