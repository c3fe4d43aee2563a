import type { PrintDefinition } from '../core/print/print-definition.ts'

/** CRM on paper. */
export const crmPrints: readonly PrintDefinition[] = [
  {
    entity: 'quotes',
    title: { en: 'Quote', zh: '报价单' },
    addressee: { label: { en: 'To', zh: '客户' }, field: 'customer', address: [{ of: 'partner', field: 'address' }] },
    facts: [
      { field: 'quoteDate', label: { en: 'Date', zh: '报价日期' } },
      { field: 'validUntil' },
      { field: 'quoteVersion' },
      { field: 'contact', label: { en: 'Attention', zh: '联系人' } },
      { field: 'requestedDate' },
    ],
    columns: [
      { field: 'position' },
      { field: 'part', label: { en: 'Part number', zh: '物料编码' } },
      { field: 'description', label: { en: 'Description', zh: '品名规格' } },
      { field: 'requestedDate', label: { en: 'Delivery', zh: '交期' }, under: true },
      { field: 'quantity' },
      { field: 'unitPrice' },
      { field: 'discountPercent', optional: true },
      { field: 'taxCode', label: { en: 'Tax', zh: '税率' }, optional: true },
      { field: 'netAmount', label: { en: 'Net', zh: '未税金额' } },
    ],
    priced: true,
    payment: { deposit: true },
    texts: ['terms', 'note'],
    closing: {
      en: 'We look forward to your order.',
      zh: '以上报价敬请审阅，期待与贵司合作。',
    },
    stampedIn: ['draft', 'rejected', 'expired', 'superseded'],
  },
]
