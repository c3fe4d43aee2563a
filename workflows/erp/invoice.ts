import { quantity } from '../../config/language/fields.ts'
import { assignNumber, compare, eachInput, field, hasLines, setDefault, sum, someLine, today } from '../../config/language/references.ts'
import type { TransitionDefinition, WorkflowDefinition } from '../../config/language/workflow.ts'
import { nothingOpen, pay, receiveEvent, reopenEvent, settleEvent, somethingOpen } from './settlement.ts'

const credit: TransitionDefinition = {
  guards: [
    someLine({
      left: sum('quantity', '-creditedQuantity'), operator: '>', right: 0,
      refusal: { en: 'The invoice is credited in full.', zh: '该发票已全部红冲。' },
    }),
    eachInput({
      left: field('quantity'), operator: '<=', right: sum('quantity', '-creditedQuantity'),
      refusal: { en: 'More than was invoiced and not credited yet. Reduce the quantity.', zh: '超过已开票未红冲数量，请减少。' },
    }),
  ],
  actions: [{ type: 'erp.createCreditNote', params: { source: 'invoice' } }],
}

export const invoice = {
  slug: 'invoice',
  version: 1,
  entity: 'invoices',
  label: { en: 'Invoice', zh: '销售发票' },
  initial: 'draft',
  events: {
    post: {
      label: { en: 'Post invoice', zh: '开票过账' }, past: 'posted', primary: true, tone: 'good',
      help: { en: 'Gives the invoice its number and books receivable, revenue and tax. It cannot be edited afterwards.', zh: '赋予发票号码，登记应收、收入和税额。过账后不可修改。' },
      roles: ['accountant'],
    },
    pay: receiveEvent,
    credit: {
      label: { en: 'Credit', zh: '红冲' }, past: 'credit-requested', tone: 'warning', reason: 'required',
      help: { en: 'Without quantities: everything not credited yet.', zh: '不填数量则为全部未红冲数量。' },
      roles: ['accountant', 'salesManager'],
      lineInput: [quantity('quantity', { en: 'To credit', zh: '本次红冲' }, { required: true, min: 0 })],
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
            compare({
              left: field('grandTotal'), operator: '>=', right: 0,
              refusal: { en: 'The deposit deducted is more than the goods. Reduce the deduction.', zh: '订金抵扣超过货款，请减少抵扣。' },
            }),
            { type: 'erp.invoiceable' },
            { type: 'erp.periodOpen', params: { field: 'invoiceDate' } },
          ],
          actions: [setDefault('invoiceDate', today), assignNumber, { type: 'erp.postInvoice' }],
        },
      },
    },
    posted: {
      label: { en: 'Open', zh: '未结清' }, tone: 'waiting',
      on: { pay, credit, settle: { target: 'settled', guards: [nothingOpen] } },
    },
    settled: {
      label: { en: 'Settled', zh: '已结清' }, tone: 'good', resting: true,
      on: { credit, reopen: { target: 'posted', guards: [somethingOpen] } },
    },
  },
} satisfies WorkflowDefinition
