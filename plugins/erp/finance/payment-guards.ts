import type { PaymentAllocations, Payments } from '../../../config/generated/entities.ts'
import type { Refusal } from '../../../config/language/refusal.ts'
import type { GuardType } from '../../../workflows/engine/registry.ts'
import type { Store } from '../../core/data/store.ts'
import type { FactLoader, FactQuestion } from '../../core/platform/plugin.ts'
import { stateOf } from '../../core/workflow/pinned.ts'
import { checkAllocations, loadTargets, type Target } from './allocation-targets.ts'
import { foreignOrders, loadPrepaid, type PrepaidOrders } from './prepaid-orders.ts'

export const paymentFacts: readonly FactLoader[] = [
  { name: 'erp.allocationTargets', load: loadAllocationTargets },
  { name: 'erp.prepaidOrders', load: async (store, { entity, documents }) => (entity === 'payments' ? loadPrepaid(store, documents as unknown as readonly Payments[]) : new Map()) },
]

export const paymentGuards: readonly GuardType[] = [{
  type: 'erp.allocationsValid',
  label: { en: 'Allocated to open items of the same party', zh: '核销的是同一往来单位的未结单据' },
  facts: ['core.lines', 'erp.allocationTargets', 'erp.prepaidOrders'],
  check({ facts, document }) {
    // A credit note is allocated by input alone, which its action checks; posted allocations were checked when they were made.
    if (!('direction' in document) || stateOf(document) !== 'draft') return true
    const payment = document as unknown as Payments
    const wanted = facts['core.lines'] as readonly PaymentAllocations[]
    const allocated = wanted.reduce((sum, { amount }) => sum + amount, 0)
    return checkParty(payment, allocated) ?? foreignOrders(payment, (facts['erp.prepaidOrders'] ?? {}) as PrepaidOrders)[0] ?? firstOf(checkAllocations({
      payment, wanted, targets: (facts['erp.allocationTargets'] ?? new Map()) as ReadonlyMap<string, Target>, available: payment.amount,
    })) ?? true
  },
}]

/** Money comes in from customers and goes out to suppliers; money to a customer pays credit notes back and nothing else. */
function checkParty({ direction, customer, supplier, amount }: Payments, allocated: number): Refusal | undefined {
  if (direction === 'incoming' && supplier && !customer) {
    return {
      code: 'payment.party', path: 'supplier',
      message: { en: 'Money in comes from a customer. Choose the customer, or the direction “Outgoing”.', zh: '收款须来自客户，请选择客户，或将方向改为付款。' },
    }
  }
  if (direction !== 'outgoing' || !customer || allocated === amount) return undefined
  return {
    code: 'payment.refund', path: 'lines',
    message: {
      en: 'A refund pays credit notes back in full. Allocate the whole amount to credit notes; a prepayment is returned by reversing its payment.',
      zh: '向客户退款须全额对应红字发票，请将全部金额核销到红字发票；退还预收款请冲销原收款单。',
    },
  }
}

/** Several faults are one refusal: each names its line. */
function firstOf(refusals: readonly Refusal[]): Refusal | undefined {
  const [first] = refusals
  if (!first || refusals.length === 1) return first
  const listed = (language: 'en' | 'zh') => refusals.map(({ message }) => message[language]).filter((text, index, all) => all.indexOf(text) === index).join(language === 'en' ? ' ' : '')
  return { ...first, message: { en: listed('en'), zh: listed('zh') } }
}

async function loadAllocationTargets(store: Store, { entity, documents }: FactQuestion): Promise<Map<string, ReadonlyMap<string, Target>>> {
  if (entity !== 'payments' || documents.length === 0) return new Map()
  const lines = await store.find('payment-allocations', { where: { payment: { in: documents.map(({ id }) => id) } } })
  const targets = await loadTargets(store, lines)
  return new Map(documents.map(({ id }) => [id, targets]))
}
