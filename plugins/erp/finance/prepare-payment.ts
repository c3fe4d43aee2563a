import type { Payments } from '../../../config/generated/entities.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import type { CommandContext } from '../../core/commands/context.ts'
import { sumExact } from '../../core/engine/decimal.ts'
import { failInput } from '../../core/errors.ts'
import type { EntityBehaviour } from '../../core/platform/plugin.ts'
import { checkNamedAccounts } from '../ledger/named-accounts.ts'
import { typed, typedRows } from '../../core/data/typed-rows.ts'
import { loadTargets, type Wanted } from './allocation-targets.ts'
import { foreignOrders, loadPrepaid } from './prepaid-orders.ts'

/** What is not allocated yet is computed; a new payment continues the trace of what it pays. */
export const paymentBehaviour: EntityBehaviour = {
  async prepare(context, draft) {
    const payment = typed<'payments'>(draft.document)
    const lines = typedRows<'payment-allocations'>(draft.lines)
    const findings = await checkNamedAccounts(context.store, { use: 'money', named: [{ account: payment.bankLedgerAccount, path: 'bankLedgerAccount' }] })
    const foreign = payment.customer || payment.supplier ? await foreignOrdersOf(context, payment) : []
    if (findings.length + foreign.length > 0) failInput([...findings, ...foreign])
    payment.unallocatedAmount = (payment.amount ?? 0) - sumExact(lines.map(({ amount }) => amount ?? 0))
    payment.paymentDate ||= await context.today()
    if (!draft.previous) payment.traceId = (await tracePaid(context, { payment, lines })) ?? payment.traceId
  },
}

async function foreignOrdersOf({ store }: CommandContext, payment: Payments): Promise<Finding[]> {
  const [prepaid] = (await loadPrepaid(store, [payment])).values()
  return foreignOrders(payment, prepaid ?? {}).map((refusal) => ({ ...refusal, severity: 'error' }))
}

/** The trace of the order that is prepaid, else of the first item allocated to. */
async function tracePaid(
  { store }: CommandContext, { payment, lines }: { readonly payment: Payments; readonly lines: readonly Wanted[] },
): Promise<string | undefined> {
  if (payment.salesOrder) return (await store.get('sales-orders', payment.salesOrder))?.traceId
  if (payment.purchaseOrder) return (await store.get('purchase-orders', payment.purchaseOrder))?.traceId
  const [first] = await loadTargets(store, lines.slice(0, 1)).then((targets) => [...targets.values()])
  return first?.traceId
}
