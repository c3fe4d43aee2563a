import { getPayload } from 'payload'
import { closeDatabase } from '../../plugins/core/data/close-database.ts'
import { drainWork } from '../../plugins/core/events/runner.ts'
import { installPlatform } from '../../plugins/core/platform/install.ts'
import { stepsIn } from '../support/erp-steps.ts'
import { seedErpWorld } from '../support/erp-world.ts'
import { platformConfig } from '../support/test-platform.ts'
import { differenceOf, openNumbers, repeat, snapshotOf, type Substitute, type Template } from './template.ts'
import { readVolume } from './volume.ts'

/*
 * Fills an empty database (DATABASE_URL) with a firm that has worked for long: each kind of work is done once by commands, and what
 * that left is repeated in bulk.
 */
const volume = readVolume(process.env.BENCH_VOLUME)
const url = process.env.DATABASE_URL ?? ''
const linesPerCount = Math.min(500, Math.max(1, volume.parts / 2))
const payload = await getPayload({ config: await platformConfig({ kind: url.startsWith('file:') ? 'sqlite' : 'mongodb', url }, []) })
await installPlatform(payload)
const world = await seedErpWorld(payload)
const steps = stepsIn(world)
const year = world.today.slice(0, 4)
/** Stands for the date that each order has of its own. */
const wantedDate = world.today === `${year}-06-17` ? `${year}-06-18` : `${year}-06-17`
const pieces = world.units.get('PCS')

await repeated('parts', volume.parts - 1, await templateOf(() => steps.create('parts', {
  partNumber: 'V-00000', name: 'Bolt M8', nameZh: '螺栓 M8', unit: pieces, makeOrBuy: 'buy', tracking: 'none', standardCost: '2.5', listPrice: '4', reorderPoint: '10', reorderQuantity: '100',
})))
const parts = (await steps.store.find('parts', { where: { partNumber: { like: 'V-' } }, sort: 'partNumber' })).map(({ id }) => id)
const lamp = await steps.create('parts', { partNumber: 'LAMP', name: 'Lamp', nameZh: '车灯', unit: pieces, makeOrBuy: 'buy', listPrice: '30', standardCost: '20' })
const customer = await templateOf(() => steps.create('customers', { number: 'V-00000', name: 'Station Cycles', nameZh: '车站车行', language: 'en', address: '1 Station Road', country: 'CN' }))

const counts: { readonly of: string; readonly lines: number; readonly template: Template }[] = []
for (let from = 0; from < parts.length; from += linesPerCount) {
  const own = parts.slice(from, from + linesPerCount)
  counts.push({ of: `stock counts of parts ${from + 1} to ${from + own.length}`, lines: own.length, template: await templateOf(() => countFound(own)) })
}
const [first = '', second = ''] = parts
const two = [{ part: first, quantity: '2' }, { part: second, quantity: '3' }]
const orders = [
  { of: 'orders in draft', share: 0.04, template: await templateOf(() => orderOf(two)) },
  { of: 'orders in review', share: 0.01, template: await templateOf(async () => steps.send('sales-orders', await orderOf(two), 'submit')) },
  { of: 'orders that wait for goods', share: 0.05, template: await templateOf(() => confirmedOrder([{ part: lamp, quantity: '3' }])) },
  { of: 'cancelled orders', share: 0.7, template: await templateOf(async () => steps.send('sales-orders', await orderOf(two), 'cancel', { reason: 'Bought elsewhere' })) },
  { of: 'orders delivered, invoiced and paid', share: 0.2, template: await templateOf(() => closedOrder()) },
]

const numbers = await openNumbers(payload)
await repeated('customers', volume.customers, customer)
const customers = (await steps.store.find('customers', { where: { number: { like: 'V-' } } })).map(({ id }) => id)
for (const { of, lines, template } of counts) await repeated(of, Math.round(volume.stockEntries / counts.length / lines) - 1, template)
const replace = new Map<string, Substitute>([
  [world.customers.shop, (copy) => customers[(copy * 7_919) % customers.length] ?? ''],
  [wantedDate, (copy) => new Date(Date.parse(`${year}-01-01`) + ((copy * 104_729) % 360) * 86_400_000).toISOString().slice(0, 10)],
])
for (const { of, share, template } of orders) await repeated(of, Math.round(volume.orders * share) - 1, template, replace)
await numbers.save()
await closeDatabase(payload)
process.exit(0)

async function templateOf(work: () => Promise<unknown>): Promise<Template> {
  await drainWork(payload)
  const before = await snapshotOf(payload)
  await work()
  await drainWork(payload)
  return differenceOf(before, await snapshotOf(payload))
}

async function repeated(of: string, copies: number, template: Template, replaced?: ReadonlyMap<string, Substitute>) {
  const began = Date.now()
  await repeat(payload, template, { copies, numbers: of === 'parts' ? await openNumbers(payload) : numbers, ...(replaced && { replace: replaced }) })
  console.error(`    ${copies} ${of}: ${copies * template.rows.length} rows in ${Math.round((Date.now() - began) / 1000)} s`)
}

/** Each count finds a hundred of each part more than there were. */
async function countFound(own: readonly string[]) {
  const location = world.locations.get('A-01') ?? ''
  const count = await steps.create('stock-counts', { site: world.site, countKind: 'count', countDate: world.today },
    own.map((part, index) => ({ part, location, countedQuantity: '100', unitCost: String(2 + (index % 7)) })))
  await steps.send('stock-counts', count, 'post')
}

function orderOf(lines: readonly object[]) {
  return steps.order(world.customers.shop, lines, { requestedDate: wantedDate })
}

function confirmedOrder(lines: readonly object[]) {
  return steps.confirmed(world.customers.shop, lines, { requestedDate: wantedDate })
}

async function closedOrder() {
  const id = await confirmedOrder(two)
  const delivery = await steps.deliver(id)
  await drainWork(payload)
  await steps.send('deliveries', delivery, 'confirm')
  await drainWork(payload)
  if ((await steps.from('invoices', 'salesOrder', id)).length === 0) await steps.send('sales-orders', id, 'invoice')
  await drainWork(payload)
  const [invoice] = await steps.from('invoices', 'salesOrder', id)
  await steps.send('invoices', String(invoice?.id), 'post')
  await steps.pay(String(invoice?.id), ((invoice?.grandTotal ?? 0) / 100).toFixed(2))
  await drainWork(payload)
  if (await steps.state('sales-orders', id) !== 'closed') throw new Error(`The paid order is ${await steps.state('sales-orders', id)}.`)
}
