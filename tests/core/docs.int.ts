import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openStore } from '../../plugins/core/data/open-store.ts'
import type { Booted } from '../support/boot-payload.ts'
import { seedErpWorld } from '../support/erp-world.ts'
import { askGraphql } from '../support/graphql.ts'
import { bootPlatform } from '../support/test-platform.ts'

const examples = [...readFileSync('docs/api.md', 'utf8').matchAll(/```graphql\n([\s\S]*?)```/g)].map(([, source = '']) => source)

let booted: Booted
beforeAll(async () => { booted = await bootPlatform() })
afterAll(() => booted?.stop())

it('the examples of docs/api.md run in their order', async () => {
  const { payload } = booted
  const world = await seedErpWorld(payload)
  const owner = await payload.create({ collection: 'users', data: { email: 'owner@firm.example', password: 'a long password', name: 'Olga', roles: ['owner'] } as never })
  const variables: Record<string, string> = { customer: world.customers.shop, part: world.parts.helmet }
  const answers: Record<string, Record<string, unknown>> = {}
  for (const source of examples) {
    const name = /(?:query|mutation) (\w+)/.exec(source)?.[1] ?? ''
    const { data, errors } = await askGraphql(payload, { id: owner.id, roles: ['owner'] }, source, variables)
    expect(errors, name).toBeUndefined()
    answers[name] = data as unknown as Record<string, unknown>
    if (name !== 'CreateOrder') continue
    variables.order = (answers.CreateOrder?.createSalesOrder as { id: string }).id
    variables.trace = (await openStore(payload).require('sales-orders', variables.order)).traceId
  }
  expect(answers.FindParts).toMatchObject({ Parts: { docs: [{ partNumber: 'HELMET', listPrice: '80', unit: { code: 'PCS' } }] } })
  expect(answers.CreateOrder).toMatchObject({ createSalesOrder: { version: 1, state: 'draft' } })
  expect(answers.ChangeOrder).toEqual({ updateSalesOrder: { version: 2 } })
  const events = (answers.MayHappen as { availableEvents: { event: string; allowed: boolean }[] }).availableEvents
  expect(events).toContainEqual(expect.objectContaining({ event: 'submit', allowed: true }))
  expect(answers.Submit).toEqual({ sendEvent: { state: 'review', version: 3 } })
  expect((answers.Follow as { trace: { nodes: unknown[] } }).trace.nodes).toHaveLength(1)
})
