import { everyLine, field, hasLines, setDefault, sum, today, withinSource } from '../../config/language/references.ts'
import type { WorkflowDefinition } from '../../config/language/workflow.ts'

export const salesReturn = {
  slug: 'sales-return',
  version: 1,
  entity: 'sales-returns',
  label: { en: 'Sales return', zh: '销售退货单' },
  initial: 'draft',
  events: {
    receive: {
      label: { en: 'Receive goods', zh: '退货入库' }, past: 'received', primary: true, tone: 'good',
      help: { en: 'Takes the goods back at the cost they left with, and drafts the credit note.', zh: '按原发货成本退回入库，并生成红字发票草稿。' },
      roles: ['storekeeper'],
    },
    close: {
      label: { en: 'Close without credit', zh: '不红冲关闭' }, past: 'closed', reason: 'required',
      roles: ['accountant', 'salesManager'],
    },
    settle: { label: { en: 'Settle', zh: '结案' }, past: 'settled', roles: ['system'] },
  },
  states: {
    draft: {
      label: { en: 'Expected', zh: '待退回' }, tone: 'waiting', editable: true, discardable: true,
      on: {
        receive: {
          target: 'received',
          guards: [
            hasLines,
            withinSource({
              relation: 'deliveryLine', left: field('quantity'), operator: '<=', right: sum('quantity', '-returnedQuantity'),
              refusal: { en: 'More than was delivered and not returned yet. Reduce the quantity.', zh: '超过已发未退数量，请减少退货数量。' },
            }),
            { type: 'erp.stockPlaced' },
            { type: 'erp.periodOpen', params: { field: 'returnDate' } },
          ],
          actions: [
            setDefault('returnDate', today),
            { type: 'erp.postReturn' },
            { type: 'erp.createCreditNote', params: { source: 'salesReturn' } },
          ],
        },
      },
    },
    received: {
      label: { en: 'Received', zh: '已入库' }, tone: 'good',
      on: {
        close: {
          target: 'closed',
          guards: [{ type: 'erp.noOpenDocuments', params: { entities: ['credit-notes'] } }],
        },
        settle: {
          target: 'closed',
          guards: [everyLine({
            left: sum('quantity', '-creditedQuantity'), operator: '<=', right: 0,
            refusal: { en: 'Not everything is credited yet.', zh: '尚未全部红冲。' },
          })],
        },
      },
    },
    closed: { label: { en: 'Closed', zh: '已关闭' }, tone: 'neutral', type: 'final' },
  },
} satisfies WorkflowDefinition
