import type { Payload } from 'payload'
import { WalkError } from '../../core/workflow/walks/walk-error.ts'
import type { ScratchFirm } from '../../core/workflow/walks/arranger.ts'
import type { Desk } from '../../core/workflow/walks/desk.ts'
import { makeScratchShop, type ScratchShop } from './scratch-firm.ts'

const shops = new WeakMap<Payload, ScratchShop>()

export const openShop: ScratchFirm = async (payload) => {
  shops.set(payload, await makeScratchShop(payload))
}

/** The firm of the scratch database. */
export function shopOf({ payload }: Desk): ScratchShop {
  const shop = shops.get(payload)
  if (!shop) throw new Error('The scratch database has no firm.')
  return shop
}

/** What must have come about. @throws WalkError where it has not */
export function there<Found>(found: Found | undefined, en: string, zh: string): Found {
  if (found === undefined) throw new WalkError({ en: `What comes before did not bring about ${en}.`, zh: `前序步骤未生成${zh}。` })
  return found
}

let references = 0
/** A text that no other document carries. */
export const newReference = (): string => `W-${(references += 1)}`

/** A confirmed order of one helmet. @returns its id */
export async function confirmedOrder(desk: Desk): Promise<string> {
  const { customers, parts } = shopOf(desk)
  const id = await desk.make('sales-orders', { customer: customers.shop, requestedDate: desk.today() }, [{ part: parts.helmet, quantity: '1' }])
  await desk.send('sales-orders', id, 'submit')
  await desk.send('sales-orders', id, 'approve')
  return id
}

/** A delivery of all of the order, drafted. */
export async function draftedDelivery(desk: Desk, order: string): Promise<string> {
  await desk.send('sales-orders', order, 'deliver')
  const drafts = await desk.from('deliveries', 'salesOrder', order)
  return there(drafts.at(-1), 'a delivery', '发货单').id
}

/** All of the order is shipped. @returns the delivery */
export async function delivered(desk: Desk, order: string): Promise<string> {
  const delivery = await draftedDelivery(desk, order)
  await desk.send('deliveries', delivery, 'post')
  await desk.drain()
  return delivery
}

/** The invoice that is drafted once goods were shipped. */
export async function draftedInvoice(desk: Desk, order: string): Promise<string> {
  await delivered(desk, order)
  const known = await desk.from('invoices', 'salesOrder', order)
  if (known.length === 0) await desk.send('sales-orders', order, 'invoice')
  const [invoice] = await desk.from('invoices', 'salesOrder', order)
  return there(invoice, 'an invoice', '销售发票').id
}

/** An invoice of a helmet, posted. */
export async function postedInvoice(desk: Desk, order?: string): Promise<string> {
  const invoice = await draftedInvoice(desk, order ?? await confirmedOrder(desk))
  await desk.send('invoices', invoice, 'post')
  await desk.drain()
  return invoice
}

type Payable = { readonly entity: 'invoices' | 'supplier-bills' | 'credit-notes'; readonly id: string }
const payableFields = { 'invoices': 'invoice', 'supplier-bills': 'supplierBill', 'credit-notes': 'creditNote' } as const

/** Pays all that is open. @returns the payment */
export async function paid(desk: Desk, { entity, id }: Payable): Promise<string> {
  const document = await desk.get(entity, id)
  const amount = String(desk.speak([{ name: 'amount', type: 'money', label: { en: '', zh: '' } }], { amount: document.openAmount }).amount)
  const party = 'supplier' in document ? { supplier: document.supplier } : { customer: document.customer }
  const payment = await desk.make('payments', { direction: entity === 'invoices' ? 'incoming' : 'outgoing', ...party, amount, paymentDate: desk.today() }, [{ [payableFields[entity]]: id, amount }])
  await desk.send('payments', payment, 'post')
  await desk.drain()
  return payment
}

/** Takes the payments of it back. */
export async function unpaid(desk: Desk, { entity, id }: Payable): Promise<void> {
  for (const { payment } of await desk.from('payment-allocations', payableFields[entity], id)) await desk.send('payments', payment, 'reverse', { reason: 'Tried out' })
  await desk.drain()
}

/** An order to a supplier for one helmet, approved. @returns its id */
export async function approvedPurchase(desk: Desk): Promise<string> {
  const { suppliers, parts } = shopOf(desk)
  const id = await desk.make('purchase-orders', { supplier: suppliers.safety }, [{ part: parts.helmet, quantity: '1', unitPrice: '40' }])
  await desk.send('purchase-orders', id, 'submit')
  await desk.send('purchase-orders', id, 'approve')
  return id
}

export async function draftedReceipt(desk: Desk, purchase: string): Promise<string> {
  await desk.send('purchase-orders', purchase, 'receive')
  const [receipt] = await desk.from('receipts', 'purchaseOrder', purchase)
  return there(receipt, 'a goods receipt', '收货单').id
}

export async function received(desk: Desk, purchase: string): Promise<void> {
  await desk.send('receipts', await draftedReceipt(desk, purchase), 'post')
  await desk.drain()
}

/** The supplier's bill for what was received, drafted. */
export async function draftedBill(desk: Desk, purchase: string): Promise<string> {
  await desk.send('purchase-orders', purchase, 'bill', { input: { supplierReference: newReference(), billDate: desk.today() } })
  const [bill] = await desk.from('supplier-bills', 'purchaseOrder', purchase)
  return there(bill, 'a supplier bill', '供应商账单').id
}
