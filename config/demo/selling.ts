import type { Desk, Values } from './desk.ts'
import type { CustomerKey } from './masters-data.ts'
import type { Masters } from './masters.ts'
import type { Scene } from './play-scenes.ts'

/** Orders in every state, from the draft to the closed one, with what was delivered, billed and paid of them. */
export function sellingScenes(desk: Desk, masters: Masters): Scene[] {
  return [
    wholeLoop(desk, masters), overdueInvoice(desk, masters), depositAndPart(desk, masters), acceptedToday(desk, masters), overLimit(desk, masters),
    lateOrder(desk, masters), returned(desk, masters), cancelled(desk, masters), prepaid(desk, masters), onItsWay(desk, masters),
  ]
}

type Order = { readonly customer: CustomerKey; readonly requested: number; readonly reference: string; readonly lines: readonly Values[] }

/** A confirmed order entered by hand. @returns its id */
async function confirmedOrder({ people: { salesRep, salesManager }, day }: Desk, { customers, contacts, base }: Masters, order: Order): Promise<string> {
  const id = await salesRep.create('sales-orders', {
    customer: customers[order.customer], contact: contacts[order.customer], site: base.site, customerReference: order.reference, requestedDate: day(order.requested),
  }, order.lines)
  await salesRep.send('sales-orders', id, 'submit')
  await salesManager.send('sales-orders', id, 'approve')
  return id
}

/** Delivers what is reserved (or the given quantities) and posts the goods issue. @returns the delivery */
async function deliver({ people: { storekeeper }, latest }: Desk, order: string, carrier: Values, lines?: readonly Values[]): Promise<string> {
  await storekeeper.send('sales-orders', order, 'deliver', lines ? { lines } : {})
  const delivery = await latest('deliveries', 'salesOrder', order)
  await storekeeper.send('deliveries', delivery, 'track', { input: carrier })
  await storekeeper.send('deliveries', delivery, 'post')
  return delivery
}

async function postInvoice({ people: { accountant }, latest }: Desk, order: string): Promise<string> {
  const invoice = await latest('invoices', 'salesOrder', order)
  await accountant.send('invoices', invoice, 'post')
  return invoice
}

/** The customer pays: the whole open amount, or the given one. */
async function receive({ people: { accountant }, store, day }: Desk, { invoice, on, reference, amount }: { invoice: string; on: number; reference: string; amount?: string }): Promise<void> {
  const { customer, openAmount } = await store.require('invoices', invoice)
  const paid = amount ?? (Number(openAmount) / 100).toFixed(2)
  const payment = await accountant.create('payments', { direction: 'incoming', customer, amount: paid, paymentDate: day(on), reference }, [{ invoice, amount: paid }])
  await accountant.send('payments', payment, 'post')
}

/** The showcase: one order from the lead to the money, over two versions of the quote and two deliveries. */
async function* wholeLoop(desk: Desk, { parts, base }: Masters): Scene {
  const { people: { salesRep, salesManager }, day, latest, store } = desk
  yield -62
  const lead = await salesRep.create('leads', {
    organisation: 'Blue Lake Coffee 蓝湖咖啡', personName: '苏晴', email: 'su.qing@bluelake.example', phone: '+86 571 5555 0142', country: 'CN', source: 'fair', score: 85,
  })
  await salesRep.send('leads', lead, 'contact', { input: { requirement: 'Four new shops: two-group machines, grinders, training 四家新店：双头机、磨豆机及培训' } })
  yield -60
  await salesRep.send('leads', lead, 'qualify')
  await salesRep.send('leads', lead, 'convert', { input: { name: 'Four new shops 四家新店', amount: '42000', closeDate: day(-48) } })
  const deal = String((await store.require('leads', lead)).opportunity)
  await salesRep.send('opportunities', deal, 'qualify')
  await salesRep.send('opportunities', deal, 'quote')
  yield -58
  const first = await latest('quotes', 'opportunity', deal)
  const lines = [
    { part: parts.duo, quantity: '4' }, { part: parts.grinder, quantity: '4' }, { part: parts.tamper, quantity: '8' }, { part: parts.installation, quantity: '12' },
  ]
  await salesRep.edit('quotes', first, { requestedDate: day(-35), terms: 'Delivery within three weeks of the order 下单后三周内交货' }, lines)
  await salesRep.send('quotes', first, 'send')
  yield -54
  await salesRep.send('quotes', first, 'revise')
  const second = await latest('quotes', 'revises', first)
  await salesRep.edit('quotes', second, {}, lines.map((line) => (line.part === parts.duo ? { ...line, discountPercent: '5' } : line)))
  await salesRep.send('quotes', second, 'send')
  await salesRep.send('opportunities', deal, 'negotiate')
  yield -51
  await salesRep.send('quotes', second, 'accept')
  yield -50
  const order = await latest('sales-orders', 'quote', second)
  await salesRep.edit('sales-orders', order, { customerReference: 'BL-0311', shipToAddress: '杭州市拱墅区丽水路 66 号', site: base.site })
  await salesRep.send('sales-orders', order, 'submit')
  await salesManager.send('sales-orders', order, 'approve')
  yield -44
  const [machines, grinders] = await store.find('sales-order-lines', { where: { salesOrder: { equals: order } }, sort: 'position' })
  const shipment = await deliver(desk, order, { carrier: '顺丰快运', trackingNumber: 'SF1388020014' }, [{ line: machines?.id, quantity: '2' }, { line: grinders?.id, quantity: '4' }])
  yield -43
  const firstInvoice = await postInvoice(desk, order)
  yield -41
  await salesRep.send('deliveries', shipment, 'confirm', { input: { receivedDate: day(-41), receivedBy: '苏晴' } })
  yield -36
  const rest = await deliver(desk, order, { carrier: '顺丰快运', trackingNumber: 'SF1388020963' })
  yield -35
  const secondInvoice = await postInvoice(desk, order)
  await salesRep.send('deliveries', rest, 'confirm', { input: { receivedDate: day(-35), receivedBy: '苏晴' } })
  yield -14
  await receive(desk, { invoice: firstInvoice, on: -14, reference: 'CMB 20210077' })
  yield -6
  await receive(desk, { invoice: secondInvoice, on: -6, reference: 'CMB 20210645' })
}

/** Delivered and billed seven weeks ago; the customer has paid a part of it. */
async function* overdueInvoice(desk: Desk, masters: Masters): Scene {
  yield -55
  const { parts } = masters
  const order = await confirmedOrder(desk, masters, { customer: 'office', requested: -48, reference: 'OC-5521', lines: [
    { part: parts.solo, quantity: '6' }, { part: parts.grinder, quantity: '6', discountPercent: '3' }, { part: parts.installation, quantity: '6' },
  ] })
  yield -50
  const delivery = await deliver(desk, order, { carrier: '德邦快递', trackingNumber: 'DPK20044187' })
  yield -49
  const invoice = await postInvoice(desk, order)
  await desk.people.storekeeper.send('deliveries', delivery, 'confirm', { input: { receivedDate: desk.day(-49), receivedBy: '赵磊' } })
  yield -21
  await receive(desk, { invoice, on: -21, reference: 'BOB 66120', amount: '12000' })
}

/** Export with a deposit: paid, a part has left, the rest waits for machines. */
async function* depositAndPart(desk: Desk, masters: Masters): Scene {
  const { parts } = masters
  const { people: { accountant }, latest, store } = desk
  yield -32
  const order = await confirmedOrder(desk, masters, { customer: 'berlin', requested: 6, reference: 'KK-2044', lines: [
    { part: parts.duo, quantity: '10' }, { part: parts.solo, quantity: '8' }, { part: parts.tamper, quantity: '30' },
  ] })
  await accountant.send('sales-orders', order, 'requestDeposit')
  const deposit = await postInvoice(desk, order)
  yield -26
  await receive(desk, { invoice: deposit, on: -26, reference: 'SEPA DE-88420' })
  yield -19
  const [duo, , tamper] = await store.find('sales-order-lines', { where: { salesOrder: { equals: order } }, sort: 'position' })
  const delivery = await deliver(desk, order, { carrier: 'DB Schenker', trackingNumber: 'SCH-440-1192' }, [{ line: duo?.id, quantity: '6' }, { line: tamper?.id, quantity: '30' }])
  yield -18
  await accountant.send('invoices', await latest('invoices', 'salesOrder', order), 'post')
  yield -2
  await desk.people.salesRep.send('deliveries', delivery, 'confirm', { input: { receivedDate: desk.day(-2), receivedBy: 'J. Weber' } })
}

/** The quote was accepted this morning: its order is a draft. */
async function* acceptedToday(desk: Desk, { customers, contacts, parts }: Masters): Scene {
  const { people: { salesRep }, day, latest } = desk
  yield -13
  const deal = await salesRep.create('opportunities', {
    name: 'Two flagship shops 两家旗舰店', customer: customers.moka, contact: contacts.moka, amount: '33000', closeDate: day(3), requirement: 'Four two-group machines in black 四台黑色双头机',
  })
  await salesRep.send('opportunities', deal, 'qualify')
  await salesRep.send('opportunities', deal, 'quote')
  yield -10
  const quote = await latest('quotes', 'opportunity', deal)
  await salesRep.edit('quotes', quote, { requestedDate: day(21) }, [{ part: parts.duo, quantity: '4' }, { part: parts.grinder, quantity: '4' }, { part: parts.knockBox, quantity: '8' }])
  await salesRep.send('quotes', quote, 'send')
  yield 0
  await salesRep.send('quotes', quote, 'accept')
}

/** Submitted yesterday: above what the customer may owe, so a sales manager decides. */
async function* overLimit({ people: { salesRep }, day }: Desk, { customers, contacts, parts, base }: Masters): Scene {
  yield -1
  const order = await salesRep.create('sales-orders', {
    customer: customers.hotel, contact: contacts.hotel, site: base.site, customerReference: 'HZ-LH-77', requestedDate: day(18),
  }, [{ part: parts.duo, quantity: '9' }, { part: parts.grinder, quantity: '3' }])
  await salesRep.send('sales-orders', order, 'submit')
}

/** Promised for last week, and there are not enough knock boxes. */
async function* lateOrder(desk: Desk, masters: Masters): Scene {
  yield -17
  await confirmedOrder(desk, masters, { customer: 'moka', requested: -4, reference: 'MK-2290', lines: [
    { part: masters.parts.knockBox, quantity: '40' }, { part: masters.parts.tamper, quantity: '20' },
  ] })
}

/** Two grinders came back with a damaged hopper and were credited. */
async function* returned(desk: Desk, masters: Masters): Scene {
  const { people: { storekeeper, accountant }, latest, store, day } = desk
  yield -33
  const order = await confirmedOrder(desk, masters, { customer: 'nordic', requested: -26, reference: 'NR-881', lines: [{ part: masters.parts.grinder, quantity: '10' }, { part: masters.parts.gasket, quantity: '40' }] })
  yield -29
  const delivery = await deliver(desk, order, { carrier: 'DHL Freight', trackingNumber: 'DHL 7720 1184' })
  yield -28
  await postInvoice(desk, order)
  await desk.people.salesRep.send('deliveries', delivery, 'confirm', { input: { receivedDate: day(-22), receivedBy: 'A. Lindqvist' } })
  yield -12
  const [grinders] = await store.find('delivery-lines', { where: { delivery: { equals: delivery } }, sort: 'position' })
  await storekeeper.send('deliveries', delivery, 'returnGoods', { lines: [{ line: grinders?.id, quantity: '2' }], reason: 'Hopper cracked in transit 豆仓运输破损' })
  const back = await latest('sales-returns', 'delivery', delivery)
  await storekeeper.send('sales-returns', back, 'receive')
  yield -11
  await accountant.send('credit-notes', await latest('credit-notes', 'salesReturn', back), 'post')
}

async function* cancelled(desk: Desk, masters: Masters): Scene {
  yield -24
  const order = await confirmedOrder(desk, masters, { customer: 'moka', requested: -8, reference: 'MK-2251', lines: [{ part: masters.parts.solo, quantity: '3' }] })
  yield -22
  await desk.people.salesManager.send('sales-orders', order, 'cancel', { reason: 'Lease of the shop fell through 店铺租约未能签成' })
}

/** Prepaid by the term: paid in advance, delivered, billed, closed. */
async function* prepaid(desk: Desk, masters: Masters): Scene {
  const { people: { accountant, salesRep, salesManager }, day, latest } = desk
  const { parts, customers, contacts, base } = masters
  yield -15
  const order = await salesRep.create('sales-orders', {
    customer: customers.academy, contact: contacts.academy, site: base.site, customerReference: 'CD-106', requestedDate: day(-7),
  }, [{ part: parts.solo, quantity: '2' }, { part: parts.beans, quantity: '20' }])
  await salesRep.send('sales-orders', order, 'submit')
  await salesManager.send('sales-orders', order, 'approveOverLimit', { reason: 'Pays before delivery 款到发货' })
  await accountant.send('sales-orders', order, 'requestDeposit')
  const deposit = await latest('invoices', 'salesOrder', order)
  await accountant.send('invoices', deposit, 'post')
  yield -12
  await receive(desk, { invoice: deposit, on: -12, reference: 'ALIPAY 88301' })
  yield -9
  const delivery = await deliver(desk, order, { carrier: '顺丰快运', trackingNumber: 'SF1388032277' })
  yield -8
  await postInvoice(desk, order)
  await salesRep.send('deliveries', delivery, 'confirm', { input: { receivedDate: day(-6), receivedBy: '唐雪' } })
}

/** Left the house this week: the customer has not confirmed, the invoice waits for the accountant. */
async function* onItsWay(desk: Desk, masters: Masters): Scene {
  yield -5
  const order = await confirmedOrder(desk, masters, { customer: 'moka', requested: 2, reference: 'MK-2301', lines: [
    { part: masters.parts.solo, quantity: '5' }, { part: masters.parts.pump, quantity: '10' }, { part: masters.parts.gasket, quantity: '30' },
  ] })
  yield -1
  await deliver(desk, order, { carrier: '德邦快递', trackingNumber: 'DPK20058310' })
}
