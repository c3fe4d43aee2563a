import { everyLine, field, hasLines, setDefault, sum, today, withinSource } from '../../config/language/references.ts'
import type { WorkflowDefinition } from '../../config/language/workflow.ts'

export const receipt = {
  slug: 'receipt',
  version: 1,
  entity: 'receipts',
  label: { en: 'Goods receipt', zh: '收货单' },
  initial: 'draft',
  events: {
    post: {
      label: { en: 'Post goods receipt', zh: '收货过账' }, past: 'posted', primary: true, tone: 'good',
      help: { en: 'Puts the accepted quantity into stock at the order price.', zh: '按订单价将合格数量入库。' },
      roles: ['storekeeper'],
    },
  },
  states: {
    draft: {
      label: { en: 'Draft', zh: '待入库' }, tone: 'waiting', editable: true, discardable: true,
      on: {
        post: {
          target: 'posted',
          guards: [
            hasLines,
            everyLine({
              left: field('rejectedQuantity'), operator: '<=', right: field('receivedQuantity'),
              refusal: { en: 'More rejected than arrived. Correct the quantities.', zh: '拒收数量大于到货数量，请更正。' },
            }),
            withinSource({
              relation: 'purchaseOrderLine', left: sum('receivedQuantity', '-rejectedQuantity'), operator: '<=',
              right: sum('quantity', '-receivedQuantity', 'rejectedQuantity'),
              refusal: { en: 'More than is expected on the order line. Reject the surplus, or change the order.', zh: '超过订单行未到数量。请拒收多余部分，或变更订单。' },
            }),
            { type: 'erp.stockPlaced' },
            { type: 'erp.periodOpen', params: { field: 'receiptDate' } },
          ],
          actions: [setDefault('receiptDate', today), { type: 'erp.postReceipt' }],
        },
      },
    },
    posted: { label: { en: 'Received', zh: '已入库' }, tone: 'good', type: 'final' },
  },
} satisfies WorkflowDefinition
