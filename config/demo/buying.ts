import type { Desk, Values } from './desk.ts'
import type { Masters } from './masters.ts'
import type { SupplierKey } from './masters-data.ts'
import type { Scene } from './play-scenes.ts'

/** Purchasing in every state: paid, partly rejected, blocked, late, to approve, proposed. */
export function buyingScenes(desk: Desk, masters: Masters): Scene[] {
  return [paidPurchase(desk, masters), rejectedAndBlocked(desk, masters), advancePaid(desk, masters), latePurchase(desk, masters), aboveLimit(desk, masters), workshopRent(desk, masters), proposals(desk, masters)]
}

type Purchase = { readonly supplier: SupplierKey; readonly requested: number; readonly reference?: string; readonly lines: readonly Values[] }

async function submittedPurchase({ people: { buyer }, day }: Desk, { suppliers, base }: Masters, { supplier, requested, reference, lines }: Purchase): Promise<string> {
  const id = await buyer.create('purchase-orders', {
    supplier: suppliers[supplier], site: base.site, requestedDate: day(requested), ...(reference ? { supplierReference: reference } : {}),
  }, lines)
  await buyer.send('purchase-orders', id, 'submit')
  return id
}

async function arrived({ people: { storekeeper }, latest }: Desk, order: string, note: string, lines?: readonly Values[]): Promise<void> {
  await storekeeper.send('purchase-orders', order, 'receive', lines ? { lines } : {})
  const receipt = await latest('receipts', 'purchaseOrder', order)
  await storekeeper.edit('receipts', receipt, { deliveryNoteNumber: note })
  await storekeeper.send('receipts', receipt, 'post')
}

async function billed({ people: { accountant }, day, latest }: Desk, order: string, { reference, on }: { readonly reference: string; readonly on: number }): Promise<string> {
  await accountant.send('purchase-orders', order, 'bill', { input: { supplierReference: reference, billDate: day(on) } })
  return latest('supplier-bills', 'purchaseOrder', order)
}

/** Ordered, received, billed, paid: closed. */
async function* paidPurchase(desk: Desk, masters: Masters): Scene {
  const { people: { buyer, accountant }, day, store } = desk
  const { parts, suppliers } = masters
  yield -52
  const order = await submittedPurchase(desk, masters, { supplier: 'suzhou', requested: -47, reference: 'SP-30021', lines: [{ part: parts.carton, quantity: '100' }] })
  await buyer.send('purchase-orders', order, 'approve')
  yield -47
  await arrived(desk, order, 'SP-D-1180')
  yield -45
  const bill = await billed(desk, order, { reference: 'SP-26-0418', on: -45 })
  await accountant.send('supplier-bills', bill, 'post')
  yield -16
  const { openAmount } = await store.require('supplier-bills', bill)
  const amount = (Number(openAmount) / 100).toFixed(2)
  const payment = await accountant.create('payments', { direction: 'outgoing', supplier: suppliers.suzhou, amount, paymentDate: day(-16), reference: 'BOC 0419967' }, [{ supplierBill: bill, amount }])
  await accountant.send('payments', payment, 'post')
}

/** A part of the pumps was rejected, and the bill asks more than was ordered: it is blocked. */
async function* rejectedAndBlocked(desk: Desk, masters: Masters): Scene {
  const { people: { buyer, accountant }, store } = desk
  const { parts } = masters
  yield -27
  const order = await submittedPurchase(desk, masters, { supplier: 'ningbo', requested: -15, lines: [{ part: parts.pump, quantity: '50' }, { part: parts.gasket, quantity: '100' }] })
  await buyer.send('purchase-orders', order, 'approve')
  yield -15
  const [pumps, gaskets] = await store.find('purchase-order-lines', { where: { purchaseOrder: { equals: order } }, sort: 'position' })
  await arrived(desk, order, 'NB-66102', [
    { line: pumps?.id, received: '50', rejected: '6', rejectionReason: 'Noise above 62 dB 噪音超过 62 分贝' }, { line: gaskets?.id, received: '100', rejected: '0' },
  ])
  yield -7
  const bill = await billed(desk, order, { reference: 'NB-2611-07', on: -8 })
  const lines = await store.find('supplier-bill-lines', { where: { supplierBill: { equals: bill } }, sort: 'position' })
  await accountant.edit('supplier-bills', bill, {}, lines.map((line) => ({ id: line.id, ...(line.part === parts.pump ? { unitPrice: '92' } : {}) })))
  await accountant.send('supplier-bills', bill, 'post')
}

/** Group heads from Italy: paid in advance, still at sea, needed by the Berlin order. */
async function* advancePaid(desk: Desk, masters: Masters): Scene {
  const { people: { owner, buyer, accountant }, day, store } = desk
  yield -20
  const order = await submittedPurchase(desk, masters, { supplier: 'milano', requested: 8, reference: 'OV-2291', lines: [{ part: masters.parts.groupHead, quantity: '40' }] })
  await owner.send('purchase-orders', order, 'approveOverLimit', { reason: 'Lead time of four weeks, price agreed for the year 交期四周，年度协议价' })
  yield -19
  const { grandTotal } = await store.require('purchase-orders', order)
  const payment = await accountant.create('payments', {
    direction: 'outgoing', supplier: masters.suppliers.milano, amount: (Number(grandTotal) / 100).toFixed(2), paymentDate: day(-19), reference: 'SWIFT BOC 77120', purchaseOrder: order,
  })
  await accountant.send('payments', payment, 'post')
  yield -10
  await buyer.send('purchase-orders', order, 'change', { input: { promisedDate: day(11) }, reason: 'Ship left Genoa late 船期延误' })
}

/**
 * Knock boxes that a customer waits for: proposed by the shortage, ordered, pegged to his order. Ten came ahead, the rest
 * was promised for three days ago: the supplier has to be called.
 */
async function* latePurchase(desk: Desk, { parts }: Masters): Scene {
  const { people: { buyer }, day, store, latest } = desk
  yield -16
  const proposal = await latest('reorder-proposals', 'part', parts.knockBox)
  await buyer.send('reorder-proposals', proposal, 'order')
  const order = String((await store.require('reorder-proposals', proposal)).purchaseOrder)
  await buyer.edit('purchase-orders', order, { requestedDate: day(-3) })
  await buyer.send('purchase-orders', order, 'submit')
  await buyer.send('purchase-orders', order, 'approve')
  yield -6
  const [line] = await store.find('purchase-order-lines', { where: { purchaseOrder: { equals: order } } })
  await arrived(desk, order, 'FS-D-0917', [{ line: line?.id, received: '10', rejected: '0' }])
}

/** Above what a buyer may approve: it waits for the owner. */
async function* aboveLimit(desk: Desk, masters: Masters): Scene {
  yield -1
  await submittedPurchase(desk, masters, { supplier: 'shenzhen', requested: 16, lines: [{ part: masters.parts.board, quantity: '60' }] })
}

/** An expense without an order, to be paid next week. */
async function* workshopRent({ people: { accountant }, store, day }: Desk, { suppliers }: Masters): Scene {
  yield -4
  const expense = await store.findOne('ledger-accounts', { accountRole: { equals: 'freightExpense' } })
  const bill = await accountant.create('supplier-bills', { billKind: 'expense', supplier: suppliers.suzhou, supplierReference: 'SP-26-0533', billDate: day(-4), dueDate: day(6) }, [
    { description: 'Crating and freight to the port 装箱及至港口运费', quantity: '1', unitPrice: '1860', expenseLedgerAccount: expense?.id },
  ])
  await accountant.send('supplier-bills', bill, 'post')
}

/** This morning's proposals: what fell below its reorder point. One is already an order. */
async function* proposals({ people: { buyer }, latest }: Desk, { parts }: Masters): Scene {
  yield 0
  await buyer.operate('reorder-proposals', 'propose')
  await buyer.send('reorder-proposals', await latest('reorder-proposals', 'part', parts.boiler), 'order')
}
