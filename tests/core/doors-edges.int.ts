import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Finding } from '../../config/language/refusal.ts'
import type { Booted } from '../support/boot-payload.ts'
import { stepsIn } from '../support/erp-steps.ts'
import { seedErpWorld, type ErpWorld } from '../support/erp-world.ts'
import { signIn, type Answer, type Person } from '../support/rest.ts'
import { bootPlatform } from '../support/test-platform.ts'

let booted: Booted
let owner: Person
let world: ErpWorld

beforeAll(async () => {
  booted = await bootPlatform()
  world = await seedErpWorld(booted.payload)
  owner = await signIn(booted, ['owner'])
})
afterAll(() => booted?.stop())

const post = (path: string, body: unknown) => owner.door(`/${path}`, { method: 'POST', body })
const findingsOf = ({ body }: Answer) => (body as { errors?: { data?: { findings?: Finding[] } }[] }).errors?.[0]?.data?.findings ?? []

describe('what is missing in a line is named', () => {
  it.each(['sales-orders', 'quotes', 'invoices', 'credit-notes', 'supplier-bills', 'purchase-orders'])('%s', async (entity) => {
    for (const line of [{}, { part: world.parts.helmet }, { part: world.parts.helmet, quantity: null, unitPrice: '1' }]) {
      const given = entity === 'credit-notes' ? {} : line
      const answer = await post(entity, { lines: [given] })
      expect(answer.status, answer.text).toBe(422)
      expect(findingsOf(answer), answer.text).toContainEqual(expect.objectContaining({ code: 'required', path: 'lines.0.quantity' }))
    }
  })

  it('an edit that takes the quantity away', async () => {
    const created = await post('sales-orders', { customer: world.customers.shop, lines: [{ part: world.parts.helmet, quantity: '1' }] })
    expect(created.status, created.text).toBe(201)
    const { id } = created.body as { id: string }
    const answer = await owner.door(`/sales-orders/${id}`, { method: 'PATCH', body: { lines: [{ part: world.parts.helmet, quantity: null }] } })
    expect(answer.status, answer.text).toBe(422)
    expect(findingsOf(answer).map(({ path }) => path)).toEqual(['lines.0.quantity'])
  })
})

describe('figures beyond what is kept exactly are refused with a remedy', () => {
  const huge = { quantity: '9000000000', unitPrice: '9000000000' }

  it.each(['sales-orders', 'quotes'])('a new one of %s', async (entity) => {
    const answer = await post(entity, { customer: world.customers.shop, lines: [{ part: world.parts.helmet, ...huge }] })
    expect(answer.status, answer.text).toBe(422)
    expect(findingsOf(answer).map(({ code }) => code)).toEqual(['tooLarge'])
  })

  it('an agreed change of a confirmed order', async () => {
    const steps = stepsIn(world)
    const order = await steps.confirmed(world.customers.shop, [{ part: world.parts.helmet, quantity: '2' }])
    const [line] = await steps.linesOf(order)
    const answer = await post(`sales-orders/${order}/events/change`, { lines: [{ line: line?.id, ...huge }], reason: 'more' })
    expect(answer.status, answer.text).toBe(422)
    expect(findingsOf(answer).map(({ code }) => code)).toEqual(['tooLarge'])
    expect((await steps.linesOf(order))[0]?.quantity).toBe(line?.quantity)
  })
})

describe('what is said about lines is taken as it is said, or not at all', () => {
  const eventOn = async (event: string, body: (line: string) => object) => {
    const steps = stepsIn(world)
    const order = await steps.confirmed(world.customers.shop, [{ part: world.parts.helmet, quantity: '2' }])
    const [line] = await steps.linesOf(order)
    const answer = await post(`sales-orders/${order}/events/${event}`, { reason: 'as asked', ...body(String(line?.id)) })
    return { answer, found: findingsOf(answer).map(({ code, path }) => [code, path]), after: await steps.get('sales-orders', order), before: line }
  }

  it.each(['change', 'deliver'])('%s with a line twice names the second', async (event) => {
    const { answer, found, after } = await eventOn(event, (line) => ({ lines: [{ line, quantity: '1' }, { line, quantity: '2' }] }))
    expect([answer.status, found], answer.text).toEqual([422, [['repeatedLine', 'lines.1.line']]])
    expect(after.workflow).toMatchObject({ state: 'confirmed' })
  })

  it.each<[string, (line: string) => object, [string, string][]]>([
    ['deliver', () => ({ lines: [{ quantity: '1' }] }), [['required', 'lines.0.line']]],
    ['deliver', (line) => ({ lines: [{ line }] }), [['required', 'lines.0.quantity']]],
    ['deliver', (line) => ({ lines: [{ line, quantity: '1', colour: 'red' }] }), [['unknownField', 'lines.0.colour']]],
    ['deliver', (line) => ({ lines: { line, quantity: '1' } }), [['invalid', 'lines']]],
    ['deliver', () => ({ input: { colour: 'red' } }), [['unknownField', 'colour']]],
    ['close', (line) => ({ lines: [{ line, quantity: '1' }] }), [['unknownField', 'lines']]],
  ])('%s with wrong rows', async (event, body, expected) => {
    const { answer, found } = await eventOn(event, body)
    expect([answer.status, found], answer.text).toEqual([422, expected])
  })

  it.each<[object, [string, string][]]>([
    [{ colour: 'red' }, [['unknownField', 'colour']]], [{ asOf: 'x' }, [['invalid', 'asOf']]], [{ asOf: ['2026-11-21'] }, [['invalid', 'asOf']]], [[], [['notAnObject', '']]],
  ])('an operation with the input %j', async (input, expected) => {
    const answer = await post('invoices/operations/aging', { input })
    expect([answer.status, findingsOf(answer).map(({ code, path }) => [code, path])], answer.text).toEqual([422, expected])
  })
})

describe('ids that people bring', () => {
  const shop = (id: unknown) => ({ id, number: 'C-IDS', name: 'Wheels', language: 'en' })
  const malformed = ['a/b', '../x', '__proto__', '-x', 'a b', '中文', 'a.b', 'export', 'Count', 'versions', 'create']

  it.each(malformed)('%s is refused with a remedy, for documents, lines and accounts', async (id) => {
    const answers = [
      await post('customers', shop(id)),
      await post('sales-orders', { customer: world.customers.shop, lines: [{ id, part: world.parts.helmet, quantity: '1' }] }),
      await post('users', { id, email: 'bad-id@firm.example', password: 'long enough for a test', roles: ['viewer'] }),
    ]
    expect(answers.map((answer) => [answer.status, findingsOf(answer).map(({ path }) => path)])).toEqual([[422, ['id']], [422, ['lines.0.id']], [422, ['id']]])
  })

  it('well-formed ones are taken, once: a discarded document keeps its id', async () => {
    const id = `Shop_1-${'x'.repeat(57)}`
    const created = await post('customers', shop(id))
    expect(created.status, created.text).toBe(201)
    expect((await owner.door(`/customers/${id}`, { method: 'DELETE' })).status).toBe(200)
    const again = await post('customers', shop(id))
    expect([again.status, findingsOf(again).map(({ code, path }) => [code, path])]).toEqual([422, [['idTaken', 'id']]])
  })
})
