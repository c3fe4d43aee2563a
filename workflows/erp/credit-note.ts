import { money, relation } from '../../config/language/fields.ts'
import {
  assignNumber, compare, field, fieldRequired, hasLines, input, setDefault, sum, today, withinSource,
} from '../../config/language/references.ts'
import type { WorkflowDefinition } from '../../config/language/workflow.ts'
import { nothingOpen, reopenEvent, settleEvent, somethingOpen } from './settlement.ts'

export const creditNote = {
  slug: 'credit-note',
  version: 1,
  entity: 'credit-notes',
  label: { en: 'Credit note', zh: '红字发票' },
  initial: 'draft',
  events: {
    post: {
      label: { en: 'Post credit note', zh: '红冲过账' }, past: 'posted', primary: true, tone: 'good',
      help: { en: 'Reduces what is open on the invoice; the rest stays open for a refund or another invoice.', zh: '冲减原发票未结金额，余额可退款或抵扣其他发票。' },
      roles: ['accountant'],
    },
    apply: {
      label: { en: 'Apply to invoice', zh: '抵扣发票' }, past: 'applied',
      roles: ['accountant'],
      input: [
        relation('invoice', { en: 'Invoice', zh: '销售发票' }, { to: 'invoices', required: true }),
        money('amount', { en: 'Amount', zh: '金额' }, { required: true, min: 0 }),
      ],
    },
    settle: settleEvent,
    reopen: reopenEvent,
  },
  states: {
    draft: {
      label: { en: 'Draft', zh: '草稿' }, tone: 'neutral', editable: true, discardable: true,
      on: {
        post: {
          target: 'posted',
          guards: [
            hasLines,
            fieldRequired('reason'),
            withinSource({
              relation: 'invoiceLine', left: field('quantity'), operator: '<=', right: sum('quantity', '-creditedQuantity'),
              refusal: { en: 'More than was invoiced and not credited yet. Reduce the quantity.', zh: '超过已开票未红冲数量，请减少。' },
            }),
            { type: 'erp.periodOpen', params: { field: 'creditDate' } },
          ],
          actions: [setDefault('creditDate', today), assignNumber, { type: 'erp.postCreditNote' }],
        },
      },
    },
    posted: {
      label: { en: 'Open', zh: '未结清' }, tone: 'waiting',
      on: {
        apply: {
          guards: [
            somethingOpen,
            compare({
              left: input('amount'), operator: '<=', right: field('openAmount'),
              refusal: { en: 'More than is open on the credit note. Reduce the amount.', zh: '超过红字发票未结金额，请减少。' },
            }),
            { type: 'erp.allocationsValid' },
          ],
          actions: [{ type: 'erp.applyCredit' }],
        },
        settle: { target: 'settled', guards: [nothingOpen] },
      },
    },
    settled: {
      label: { en: 'Settled', zh: '已结清' }, tone: 'good', resting: true,
      on: { reopen: { target: 'posted', guards: [somethingOpen] } },
    },
  },
} satisfies WorkflowDefinition
