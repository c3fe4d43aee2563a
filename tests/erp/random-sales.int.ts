import { afterAll, beforeAll, expect, it } from 'vitest'
import { ProblemError } from '../../plugins/core/errors.ts'
import { stateOf } from '../../plugins/core/workflow/pinned.ts'
import { verify } from '../../plugins/core/verify/run-checks.ts'
import type { Booted } from '../support/boot-payload.ts'
import { stepsIn } from '../support/erp-steps.ts'
import { faultsOfBooks, million, seedErpWorld, type ErpWorld } from '../support/erp-world.ts'
import { bootPlatform } from '../support/test-platform.ts'

const stepsOfRun = process.env.TEST_BUDGET === 'full' ? 1500 : 120
const seed = Number(process.env.TEST_SEED ?? Date.now() % 1_000_000)

let booted: Booted
let world: ErpWorld
let steps: ReturnType<typeof stepsIn>

beforeAll(async () => {
  booted = await bootPlatform()
  world = await seedErpWorld(booted.payload)
  steps = stepsIn(world)
})
afterAll(() => booted?.stop())

it(`whatever people do in whatever order, the books stay right (seed ${seed})`, async () => {
  const random = generator(seed)
  const done = new Map<string, number>()
  for (let step = 0; step < stepsOfRun; step++) {
    const name = step < 3 ? 'order' : pick(random, often)
    const outcome = await attempt(() => moves[name](random))
    done.set(`${name}: ${outcome}`, (done.get(`${name}: ${outcome}`) ?? 0) + 1)
    if (random() < 0.3) await steps.drain()
    expect(await faultsOfBooks(booted.payload), `step ${step}, ${name}`).toEqual([])
    expect(await faultsOfOrders(), `step ${step}, ${name}`).toEqual([])
  }
  await steps.drain()
  expect(await steps.store.count('work-items', { and: [{ kind: { equals: 'event' } }, { status: { not_in: ['done', 'cancelled'] } }] })).toBe(0)
  expect(await faultsOfBooks(booted.payload)).toEqual([])
  expect((await verify(booted.payload)).checks.filter(({ ok }) => !ok)).toEqual([])
  // A run in which nothing was sold would prove nothing.
  expect(done.get('order: done') ?? 0).toBeGreaterThan(0)
  expect(done.get('deliver: done') ?? 0).toBeGreaterThan(0)
}, 600_000)

type Random = () => number

/** One move each; what the rules refuse is refused, anything else that goes wrong fails the test. */
const moves = {
  order: async (random: Random) => {
    const part = () => pick(random, [world.parts.bike, world.parts.helmet, world.parts.assembly])
    const lines = Array.from({ length: 1 + whole(random, 3) }, () => ({ part: part(), quantity: String(1 + whole(random, 6)), discountPercent: String(whole(random, 30)) }))
    await steps.confirmed(random() < 0.8 ? world.customers.shop : world.customers.club, lines)
  },
  deliver: async (random: Random) => {
    const order = await anyOf(random, 'sales-orders', 'confirmed')
    const [line] = await steps.linesOf(order)
    await steps.deliver(order, random() < 0.5 ? undefined : [{ line: line?.id, quantity: String(1 + whole(random, 4)) }])
  },
  postInvoice: async (random: Random) => void (await steps.send('invoices', await anyOf(random, 'invoices', 'draft'), 'post')),
  pay: async (random: Random) => {
    const id = await anyOf(random, 'invoices', 'posted')
    const open = (await steps.get('invoices', id)).openAmount ?? 0
    await steps.pay(id, (Math.max(1, random() < 0.5 ? open : whole(random, open)) / 100).toFixed(2))
  },
  returnGoods: async (random: Random) => {
    const delivery = await anyOf(random, 'deliveries', 'posted')
    const lines = await steps.from('delivery-lines', 'delivery', delivery)
    await steps.send('deliveries', delivery, 'returnGoods', { reason: 'Random', lines: [{ line: pick(random, lines).id, quantity: String(1 + whole(random, 3)) }] })
  },
  receive: async (random: Random) => void (await steps.send('sales-returns', await anyOf(random, 'sales-returns', 'draft'), 'receive')),
  postCreditNote: async (random: Random) => void (await steps.send('credit-notes', await anyOf(random, 'credit-notes', 'draft'), 'post')),
  credit: async (random: Random) => void (await steps.send('invoices', await anyOf(random, 'invoices', 'posted'), 'credit', { reason: 'Random' })),
  deposit: async (random: Random) => void (await steps.send('sales-orders', await anyOf(random, 'sales-orders', 'confirmed'), 'requestDeposit', { input: { amount: String(1 + whole(random, 50)) } })),
  change: async (random: Random) => {
    const order = await anyOf(random, 'sales-orders', 'confirmed')
    const line = pick(random, await steps.linesOf(order))
    await steps.send('sales-orders', order, 'change', { reason: 'Random', lines: [{ line: line.id, quantity: String(whole(random, 8)) }] })
  },
  reserve: async (random: Random) => void (await steps.send('sales-orders', await anyOf(random, 'sales-orders', 'confirmed'), 'reserve')),
  close: async (random: Random) => void (await steps.send('sales-orders', await anyOf(random, 'sales-orders', 'confirmed'), 'close', { reason: 'Random' })),
  cancel: async (random: Random) => void (await steps.send('sales-orders', await anyOf(random, 'sales-orders', 'confirmed'), 'cancel', { reason: 'Random' })),
}

/** People sell and deliver more often than they cancel; otherwise most runs end before anything happened. */
const often = (Object.keys(moves) as (keyof typeof moves)[]).flatMap((name) =>
  Array.from<keyof typeof moves>({ length: ({ order: 4, deliver: 5, postInvoice: 4, pay: 3 } as Partial<Record<string, number>>)[name] ?? 1 }).fill(name))

class NothingThere extends Error {}

async function attempt(move: () => Promise<void>): Promise<'done' | 'refused' | 'nothing there'> {
  try {
    await move()
    return 'done'
  } catch (error) {
    if (error instanceof NothingThere) return 'nothing there'
    if (error instanceof ProblemError && error.problem.status < 500) return 'refused'
    throw error
  }
}

async function anyOf(random: Random, entity: string, state: string): Promise<string> {
  const found = await steps.store.find<string>(entity, { where: { 'workflow.state': { equals: state } }, sort: 'id' })
  if (found.length === 0) throw new NothingThere()
  return pick(random, found).id
}

/** Counters of order lines stay within what they count, and reserved is the sum of the open reservations. */
async function faultsOfOrders(): Promise<string[]> {
  const faults: string[] = []
  const open = new Map((await steps.store.sum('reservations', { where: { reservationState: { equals: 'open' } }, groupBy: ['salesOrderLine'], fields: ['quantity'] }))
    .map((row) => [row.salesOrderLine, Number(row.quantity)]))
  const orders = await steps.store.byIds('sales-orders', (await steps.store.find('sales-orders')).map(({ id }) => id))
  for (const line of await steps.store.find('sales-order-lines')) {
    const [delivered, returned, invoiced, credited, cancelled] =
      [line.deliveredQuantity, line.returnedQuantity, line.invoicedQuantity, line.creditedQuantity, line.cancelledQuantity].map((value) => value ?? 0) as [number, number, number, number, number]
    const order = orders.get(line.salesOrder)
    const name = `${String(order?.number)} line ${String(line.position)}`
    if (delivered > line.quantity) faults.push(`${name}: delivered ${delivered / million} of ${line.quantity / million}`)
    if (returned > delivered) faults.push(`${name}: returned more than delivered`)
    if (credited > invoiced) faults.push(`${name}: credited more than invoiced`)
    if (invoiced - credited > delivered) faults.push(`${name}: invoiced more than delivered`)
    if ((open.get(line.id) ?? 0) !== (line.reservedQuantity ?? 0)) faults.push(`${name}: reserved ${String(line.reservedQuantity)}, reservations ${String(open.get(line.id))}`)
    if ((open.get(line.id) ?? 0) > Math.max(0, line.quantity - delivered - cancelled)) faults.push(`${name}: reserved more than open`)
    if (order && stateOf(order as never) !== 'confirmed' && (open.get(line.id) ?? 0) > 0) faults.push(`${name}: reserved for an order that is done`)
  }
  for (const entity of ['invoices', 'credit-notes'] as const) {
    for (const { number, openAmount, grandTotal, workflow } of await steps.store.find(entity)) {
      if ((openAmount ?? 0) < 0 || (openAmount ?? 0) > (grandTotal ?? 0)) faults.push(`${number}: open ${String(openAmount)} of ${String(grandTotal)}`)
      if ((workflow as { state?: string }).state === 'settled' && openAmount !== 0) faults.push(`${number}: settled with ${String(openAmount)} open`)
    }
  }
  return faults
}

const pick = <Item>(random: Random, items: readonly Item[]): Item => items[whole(random, items.length)] as Item
const whole = (random: Random, below: number): number => Math.floor(random() * below)

/** Mulberry32: small, and the same on every machine. */
function generator(start: number): Random {
  let state = start >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
