import { compare, field, hasLines } from '../../config/language/references.ts'
import type { WorkflowDefinition } from '../../config/language/workflow.ts'

/** Control of nonconforming output: ISO 9001:2015, 8.7. */
export const nonconformance = {
  slug: 'nonconformance',
  version: 1,
  entity: 'nonconformances',
  label: { en: 'Nonconformance', zh: '不合格品处理' },
  initial: 'open',
  events: {
    contain: {
      label: { en: 'Contain', zh: '隔离' }, past: 'contained', primary: true, roles: ['inspector', 'qualityManager'],
      help: { en: 'Blocks the stock, if it is not blocked yet.', zh: '冻结相关库存（尚未冻结时）。' },
    },
    decide: {
      label: { en: 'Carry out dispositions', zh: '执行处置' }, past: 'decided', primary: true, roles: ['qualityManager'],
      help: { en: 'Posts what becomes of the goods; rework is inspected again.', zh: '按处置登记库存和凭证；返工后重新检验。' },
    },
    close: { label: { en: 'Close', zh: '关闭' }, past: 'closed', primary: true, tone: 'good', roles: ['qualityManager'] },
  },
  states: {
    open: {
      label: { en: 'Open', zh: '待处理' }, tone: 'bad', editable: true,
      on: {
        contain: {
          target: 'contained',
          guards: [compare({
            left: field('quantity'), operator: '>', right: 0,
            refusal: { en: 'How much does not conform? Enter a quantity above zero.', zh: '请填写大于零的不合格数量。' },
          })],
          actions: [{ type: 'qms.containStock' }],
        },
      },
    },
    contained: {
      label: { en: 'Contained', zh: '已隔离' }, tone: 'warning', editable: true,
      on: { decide: { target: 'decided', guards: [hasLines, { type: 'qms.dispositionsAddUp' }], actions: [{ type: 'qms.carryOut' }] } },
    },
    decided: {
      label: { en: 'Disposed', zh: '已处置' }, tone: 'waiting',
      on: { close: { target: 'closed', guards: [{ type: 'qms.reworkInspected' }] } },
    },
    closed: { label: { en: 'Closed', zh: '已关闭' }, tone: 'good', type: 'final' },
  },
} satisfies WorkflowDefinition
