import type { Payments } from '../../../config/generated/entities.ts'
import type { CommandContext } from '../../core/commands/context.ts'
import { refreshPurchaseOrder } from '../purchasing/refresh-order.ts'
import { refreshSalesOrder } from '../sales/refresh-order.ts'
import { loadTargets, type Wanted } from './allocation-targets.ts'

/** Refreshes every order whose payment a payment changes: those it prepays, and those of the items it is allocated to. */
export async function refreshOrdersOf(
  context: CommandContext, { payment, parts }: { readonly payment: Payments; readonly parts: readonly Wanted[] },
): Promise<void> {
  const targets = [...(await loadTargets(context.store, parts)).values()]
  const invoices = await context.store.byIds('invoices', targets.map((target) => ('invoice' in target ? target.invoice : null)))
  const items = [...targets, ...invoices.values(), payment]
  const ordersBy = (field: 'salesOrder' | 'purchaseOrder') => new Set(items.flatMap((item) => (item as Partial<Payments>)[field] ?? []))
  for (const id of ordersBy('salesOrder')) await refreshSalesOrder(context, id)
  for (const id of ordersBy('purchaseOrder')) await refreshPurchaseOrder(context, id)
}
