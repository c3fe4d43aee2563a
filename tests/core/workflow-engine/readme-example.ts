import type { WorkflowDefinition } from '../../../config/language/workflow.ts'
import { availableEvents, requiredFacts } from '../../../workflows/engine/available.ts'
import { compileWorkflow } from '../../../workflows/engine/compile.ts'
import { createRegistry } from '../../../workflows/engine/registry.ts'
import { startWorkflow, transition } from '../../../workflows/engine/transition.ts'

const registry = createRegistry({
  guards: [{
    type: 'allReceived',
    label: { en: 'Everything received', zh: '已全部收货' },
    facts: ['openQuantity'],
    check: ({ facts }) => facts.openQuantity === 0 || {
      code: 'purchase-order.open-quantity',
      message: { en: 'Not everything was received. Post the receipts or reduce the order.', zh: '尚未全部收货，请先登记收货或减少订单数量。' },
    },
  }],
  actions: [{ type: 'expectReceipt', label: { en: 'Expect a receipt', zh: '生成待收货' } }],
  roles: [{ slug: 'buyer', label: { en: 'Buyer', zh: '采购员' } }],
})

const purchaseOrder = {
  slug: 'purchase-order',
  version: 1,
  entity: 'purchase-orders',
  label: { en: 'Purchase order', zh: '采购订单' },
  initial: 'draft',
  events: {
    order: { label: { en: 'Order', zh: '下单' }, roles: ['buyer'], primary: true },
    close: { label: { en: 'Close', zh: '关闭' }, roles: ['buyer', 'system'], primary: true },
    remind: { label: { en: 'Remind', zh: '催交' }, roles: ['system'] },
  },
  states: {
    draft: { label: { en: 'Draft', zh: '草稿' }, editable: true, discardable: true, on: { order: { target: 'ordered', actions: [{ type: 'expectReceipt' }] } } },
    ordered: {
      label: { en: 'Ordered', zh: '已下单' },
      tone: 'waiting',
      after: { P14D: 'remind' },
      on: { close: { target: 'closed', guards: [{ type: 'allReceived' }] }, remind: {} },
    },
    closed: { label: { en: 'Closed', zh: '已关闭' }, tone: 'good', type: 'final' },
  },
} satisfies WorkflowDefinition

const compiled = compileWorkflow(purchaseOrder, registry)
const { snapshot } = startWorkflow(compiled)
const roles = ['buyer']

// The runtime stores state and snapshot, runs the actions and starts the timers, in one transaction.
export const ordered = transition(compiled, { snapshot, event: 'order', document: {}, facts: {}, roles })

// What may happen now, and why not.
export const needed = requiredFacts(compiled, { state: 'ordered' })
export const offered = availableEvents(compiled, { state: 'ordered', document: {}, facts: { openQuantity: 3_000_000 }, roles })
