import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommand } from '../../plugins/core/commands/run-command.ts'
import type { Booted } from '../support/boot-payload.ts'
import { refusalOf, stepsIn } from '../support/erp-steps.ts'
import { personWith, seedErpWorld, type ErpWorld } from '../support/erp-world.ts'
import { bootPlatform } from '../support/test-platform.ts'

let booted: Booted
let world: ErpWorld
let steps: ReturnType<typeof stepsIn>

beforeAll(async () => {
  booted = await bootPlatform()
  world = await seedErpWorld(booted.payload)
  steps = stepsIn(world)
})
afterAll(() => booted?.stop())

async function delivered(quantity: string) {
  const order = await steps.confirmed(world.customers.shop, [{ part: world.parts.helmet, quantity }])
  const delivery = await steps.deliver(order)
  const [line] = await steps.from('delivery-lines', 'delivery', delivery)
  const takeBack = (lines?: string) => steps.send('deliveries', delivery, 'returnGoods', { reason: 'Damaged', ...(lines ? { lines: [{ line: line?.id, quantity: lines }] } : {}) })
  const drafts = async () => (await steps.from('sales-returns', 'delivery', delivery)).map(({ id, number }) => ({ id, number: String(number) }))
  const quantities = async () => Promise.all((await drafts()).map(async ({ id }) => (await steps.from('sales-return-lines', 'salesReturn', id)).map((row) => row.quantity / 1_000_000)))
  return { delivery, takeBack, drafts, quantities }
}

describe('returns of one delivery together', () => {
  it('never ask for more than went out: without quantities the second one takes what is left, the third is refused', async () => {
    const { takeBack, quantities, drafts } = await delivered('3')
    await takeBack('1')
    await takeBack()
    expect((await quantities()).flat().sort()).toEqual([1, 2])
    expect(await refusalOf(takeBack())).toMatch(/stands on return drafts/)
    for (const { id } of await drafts()) await steps.send('sales-returns', id, 'receive')
    expect((await quantities()).flat().sort()).toEqual([1, 2])
  })

  it('refuse a quantity that other drafts have taken, with their numbers', async () => {
    const { takeBack, drafts } = await delivered('3')
    await takeBack('2')
    const [first] = await drafts()
    const refusal = await refusalOf(takeBack('2'))
    expect(refusal).toContain('2 are to come back, 1 can')
    expect(refusal).toContain(first?.number)
    expect(await drafts()).toHaveLength(1)
  })

  it('let a draft be lowered, and raised as far as there is something left', async () => {
    const { takeBack, drafts } = await delivered('3')
    await takeBack('1')
    await takeBack('2')
    const all = await drafts()
    const rows = await Promise.all(all.map(async ({ id }) => ({ id, line: (await steps.from('sales-return-lines', 'salesReturn', id))[0] })))
    const [one, two] = [rows.find(({ line }) => line?.quantity === 1_000_000), rows.find(({ line }) => line?.quantity === 2_000_000)]
    const edit = (row: typeof one, quantity: string) => runCommand(booted.payload, personWith('owner'), { action: 'edit', entity: 'sales-returns', id: String(row?.id), data: {}, lines: [{ id: row?.line?.id, deliveryLine: row?.line?.deliveryLine, quantity }] })
    expect(await refusalOf(edit(one, '2'))).toContain('2 are to come back, 1 can')
    await edit(two, '1')
    await edit(one, '2')
  })

  it('are not received while a line says that nothing came back', async () => {
    const { takeBack, drafts } = await delivered('1')
    await takeBack('1')
    const [draft] = await drafts()
    const [line] = await steps.from('sales-return-lines', 'salesReturn', String(draft?.id))
    await runCommand(booted.payload, personWith('owner'), { action: 'edit', entity: 'sales-returns', id: String(draft?.id), data: {}, lines: [{ id: line?.id, deliveryLine: line?.deliveryLine, quantity: '0' }] })
    expect(await refusalOf(steps.send('sales-returns', String(draft?.id), 'receive'))).toContain('Line 1: enter how many came back')
  })
})
