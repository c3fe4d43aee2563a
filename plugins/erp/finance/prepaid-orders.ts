import type { Payments, PurchaseOrders, SalesOrders } from '../../../config/generated/entities.ts'
import type { Refusal } from '../../../config/language/refusal.ts'
import type { Store } from '../../core/data/store.ts'

/** The orders that a payment pays ahead. */
export type PrepaidOrders = { readonly salesOrder?: SalesOrders; readonly purchaseOrder?: PurchaseOrders }

/** By payment; two queries for all. */
export async function loadPrepaid(
  store: Store, payments: readonly Pick<Payments, 'id' | 'salesOrder' | 'purchaseOrder'>[],
): Promise<Map<string, PrepaidOrders>> {
  const sales = await store.byIds('sales-orders', payments.map(({ salesOrder }) => salesOrder))
  const purchases = await store.byIds('purchase-orders', payments.map(({ purchaseOrder }) => purchaseOrder))
  return new Map(payments.map((payment) => {
    const [salesOrder, purchaseOrder] = [sales.get(payment.salesOrder ?? ''), purchases.get(payment.purchaseOrder ?? '')]
    return [payment.id, { ...(salesOrder ? { salesOrder } : {}), ...(purchaseOrder ? { purchaseOrder } : {}) }]
  }))
}

/** A prepayment settles the invoices of its order: an order of another party would count money that can never reach them. */
export function foreignOrders(payment: Pick<Payments, 'customer' | 'supplier'>, { salesOrder, purchaseOrder }: PrepaidOrders): (Refusal & { readonly path: string })[] {
  return [
    ...(salesOrder && salesOrder.customer !== payment.customer
      ? [{ code: 'payment.foreignOrder', path: 'salesOrder', message: foreignSalesOrder(salesOrder.number ?? '') }] : []),
    ...(purchaseOrder && purchaseOrder.supplier !== payment.supplier
      ? [{ code: 'payment.foreignOrder', path: 'purchaseOrder', message: foreignPurchaseOrder(purchaseOrder.number ?? '') }] : []),
  ]
}

const foreignSalesOrder = (number: string) => ({
  en: `Sales order ${number} is of another customer. Choose an order of the customer who pays, or leave it empty.`,
  zh: `销售订单 ${number} 属于其他客户。请选择付款客户的订单，或留空。`,
})
const foreignPurchaseOrder = (number: string) => ({
  en: `Purchase order ${number} is of another supplier. Choose an order of the supplier who is paid, or leave it empty.`,
  zh: `采购订单 ${number} 属于其他供应商。请选择收款供应商的订单，或留空。`,
})
