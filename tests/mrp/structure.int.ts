import type { Payload } from 'payload'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actorOf, type Actor } from '../../plugins/core/access/actor.ts'
import { runCommand } from '../../plugins/core/commands/run-command.ts'
import type { RowProblem } from '../../plugins/core/import/importer.ts'
import { readBills, type SourceBill } from '../../plugins/mrp/import/adventureworks/bill-rows.ts'
import { addDays, todayIn } from '../../plugins/core/engine/dates.ts'
import { problemOf } from '../crm/crm-world.ts'
import type { Booted } from '../support/boot-payload.ts'
import { askGraphql } from '../support/graphql.ts'
import { bootPlatform } from '../support/test-platform.ts'
import { drawingOffice, manager, seedMrpWorld, type MrpWorld } from './mrp-world.ts'

let booted: Booted
let payload: Payload
let world: MrpWorld
let office: ReturnType<typeof drawingOffice>
const ids: Record<string, string> = {}
const today = todayIn('Asia/Shanghai')

type Rows = { readonly rows: readonly { readonly partNumber: string; readonly level: number; readonly quantity: string; readonly parent: number | null; readonly revision: string | null }[] }
const ask = async (operation: string, input: object, actor: Actor = manager) => (await office.operate('bom-versions', operation, input, actor)).data as unknown as Rows & Record<string, unknown>
const brief = ({ rows }: Rows) => rows.map(({ level, partNumber, quantity }) => `${level} ${partNumber} ${quantity}`)

beforeAll(async () => {
  booted = await bootPlatform()
  payload = booted.payload
  world = await seedMrpWorld(payload)
  office = drawingOffice(payload, world)
  const cost = (standardCost: string) => ({ standardCost })
  for (const [name, values] of Object.entries({ BIKE: { makeOrBuy: 'make' }, WHEEL: { makeOrBuy: 'make' }, RIM: cost('20'), SPOKE: cost('0.125'), FRAME: cost('150'), BELL: cost('4.5') })) ids[name] = await office.part(name, values)
  const { BIKE = '', WHEEL = '', RIM = '', SPOKE = '', FRAME = '', BELL = '' } = ids
  ids.wheel = await office.released('bom-versions', await office.bill(WHEEL, [RIM, [SPOKE, '3', { unit: world.box, scrapPercent: '10' }]], { validFrom: addDays(today, -50) }))
  ids.bike = await office.released('bom-versions', await office.bill(BIKE, [FRAME, [WHEEL, '2'], BELL], { validFrom: addDays(today, -50), revision: 'A' }))
  ids.next = await office.released('bom-versions', await office.bill(BIKE, [FRAME, [WHEEL, '3']], { validFrom: addDays(today, 10), revision: 'B' }))
  const centre = String((await runCommand(payload, manager, { action: 'create', entity: 'work-centres', data: { code: 'ASM', name: 'Assembly', labourRate: '30', overheadRate: '12' } })).id)
  await office.released('routings', await office.create('routings', { part: BIKE, batchQuantity: '10' }, [{ workCentre: centre, setupMinutes: '20', runMinutes: '8' }]))
})
afterAll(() => booted?.stop())

describe('questions about the structure of parts', () => {
  it('explode what rules on the day, and add it up', async () => {
    const { BIKE: part } = ids
    // 36 spokes a wheel, a tenth of what is drawn is lost.
    expect(brief(await ask('explode', { part }))).toEqual(['0 BIKE 1', '1 FRAME 1', '1 WHEEL 2', '2 RIM 2', '2 SPOKE 80', '1 BELL 1'])
    const later = await ask('explode', { part, date: addDays(today, 10), quantity: '10' })
    expect(brief(later)).toEqual(['0 BIKE 10', '1 FRAME 10', '1 WHEEL 30', '2 RIM 30', '2 SPOKE 1200'])
    expect(later).toMatchObject({ isCut: false, rows: [{ revision: 'B' }, {}, {}, {}, {}], totals: [{ partNumber: 'FRAME', quantity: '10', unit: 'PCS' }, { partNumber: 'WHEEL', quantity: '30' }, { partNumber: 'RIM' }, { partNumber: 'SPOKE', quantity: '1200' }] })
    expect(brief(await ask('explode', { part, date: addDays(today, -60) }))).toEqual(['0 BIKE 1'])
  })

  it('take the bill of the site before the one for all', async () => {
    const { WHEEL: part = '', RIM = '', BIKE = '', SPOKE } = ids
    await office.released('bom-versions', await office.bill(part, [RIM], { site: world.otherSite }))
    expect(brief(await ask('explode', { part, site: world.otherSite }))).toEqual(['0 WHEEL 1', '1 RIM 1'])
    expect(brief(await ask('whereUsed', { part: SPOKE }))).toEqual(['0 SPOKE 1', '1 WHEEL 40', '2 BIKE 80'])
    expect(brief(await ask('whereUsed', { part: SPOKE, site: world.otherSite }))).toEqual(['0 SPOKE 1'])
    expect(brief(await ask('whereUsed', { part: BIKE }))).toEqual(['0 BIKE 1'])
  })

  it('compare two versions', async () => {
    expect(await ask('compare', { before: ids.bike, after: ids.next })).toMatchObject({ rows: [
      { partNumber: 'WHEEL', kind: 'changed', changed: ['quantityPer'], before: { quantityPer: '2' }, after: { quantityPer: '3' } }, { partNumber: 'BELL', kind: 'removed', after: null },
    ] })
  })

  it('roll the cost up, with the work at the rates of its work centre', async () => {
    // Wheel 20 + 40 × 0.125 = 25; bicycle 150 + 2 × 25 + 4.5 = 204.5; (20 ÷ 10 + 8) minutes at 30 and 12 an hour.
    const { rows } = await ask('rollUpCost', { part: ids.BIKE }) as unknown as { rows: readonly object[] }
    expect(rows[0]).toMatchObject({ partNumber: 'BIKE', material: '204.50', labour: '5.00', overhead: '2.00', total: '211.50', isMissing: false })
    expect(rows).toContainEqual(expect.objectContaining({ partNumber: 'WHEEL', total: '25.00', level: 1 }))
  })

  it('are asked over GraphQL too, and keep nothing of the answer', async () => {
    const [, documented = ''] = /```graphql\n([^`]*)```/.exec(await readFile('docs/mrp.md', 'utf8')) ?? []
    const source = 'mutation ($input: JSON, $key: String) { runOperation(entity: "bom-versions", operation: "explode", input: $input, idempotencyKey: $key) { data } }'
    const user = await payload.create({ collection: 'users', data: { id: 'asks', name: 'Asks', email: 'asks@firm.example', password: 'long enough for a test', language: 'en', roles: ['viewer'] } })
    const viewer = { id: user.id, email: user.email, name: user.name, roles: ['viewer'] }
    expect(await askGraphql(payload, viewer, documented, { part: ids.BIKE })).toMatchObject({ data: { runOperation: { message: { en: 'BIKE: 4 parts go into it.' } } } })
    const { data, errors } = await askGraphql(payload, viewer, source, { input: { part: ids.BIKE }, key: 'again' })
    expect(errors).toBeUndefined()
    expect((data as unknown as { runOperation: { data: { rows: readonly unknown[] } } }).runOperation.data.rows).toHaveLength(6)
    expect(await office.store.count('idempotency-keys')).toBe(0)
  })

  it('refuse who may not ask, and costs to who may not see what they are made of', async () => {
    const person = async (role: string): Promise<Actor> => actorOf(payload, { id: `is-${role}`, email: `${role}@firm.example`, name: role, roles: [role] })
    expect((await problemOf(ask('explode', { part: ids.BIKE }, await person('salesRep')))).status).toBe(403)
    expect((await problemOf(ask('rollUpCost', { part: ids.BIKE }, await person('viewer')))).status).toBe(403)
    expect((await problemOf(ask('rollUpCost', { part: ids.BIKE }, { ...(await person('engineer')), roles: ['engineer', 'accountant'] }))).status).toBe(403)
    expect(brief(await ask('explode', { part: ids.BIKE }, await person('engineer')))).toHaveLength(6)
    expect((await problemOf(ask('explode', { part: 'none' }))).status).toBe(404)
    expect((await problemOf(ask('explode', {}))).status).toBe(422)
  })

  it('tell the way round in bills that were brought in', async () => {
    const [one, other] = [await office.part('LOOP-1', { makeOrBuy: 'make' }), await office.part('LOOP-2', { makeOrBuy: 'make' })]
    const draft = await office.bill(one, [other])
    const [row, [line]] = [await office.store.require('bom-versions', draft), await office.store.find('bom-lines', { where: { bomVersion: { equals: draft } } })]
    for (const [part, component] of [[one, other], [other, one]]) {
      await office.store.insertMany('bom-versions', [{ ...row, id: `loop-${part}`, number: `LOOP-${part}`, part, revision: 'L', workflow: { state: 'released', definitionHash: '', since: row.createdAt } }])
      await office.store.insertMany('bom-lines', [{ ...line, id: `line-${part}`, bomVersion: `loop-${part}`, part: component }])
    }
    for (const operation of ['explode', 'whereUsed', 'rollUpCost']) {
      const { status, refusals } = await problemOf(ask(operation, { part: one }))
      expect([status, refusals?.[0]?.message.en]).toEqual([409, expect.stringMatching(/^The bills of material go round: LOOP-(1 → LOOP-2 → LOOP-1|2 → LOOP-1 → LOOP-2)\./)])
    }
  })
})

describe('rows of a file', () => {
  const readAll = async (lines: readonly string[]) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'trellis-bom-'))
    try {
      await writeFile(path.join(folder, 'BillOfMaterials.csv'), ['BillOfMaterialsId,ProductAssemblyId,ComponentId,StartDate,EndDate,UnitMeasureCode,BOMLevel,PerAssemblyQty', ...lines].join('\n'))
      const bills: SourceBill[] = []
      const alone: RowProblem[] = []
      for await (const bill of readBills({ folder }, (problem) => alone.push(problem))) bills.push(bill)
      return { bills, alone }
    } finally {
      await rm(folder, { recursive: true })
    }
  }

  it('are told what is wrong with them, and the way round of products that go into themselves', async () => {
    const { bills, alone } = await readAll([
      '1,10,20,2010-01-01,,EA,1,1', '2,20,30,2010-01-01,,EA,1,1', '3,30,10,2010-01-01,,EA,1,1', '4,40,50,2010-13-01,,EA,1,1', '5,41,50,2010-01-02,2010-01-01,EA,1,1',
      '6,42,50,2010-01-01,,EA,1,0', '7,,43,2010-01-01,,EA,0,1', '8,x,50,2010-01-01,,EA,1,1', '9,44,50,2010-01-01,2010-06-30,EA,1,2', '10,44,51,2010-03-01,2010-12-31,EA,1,1', '11,,44,2010-01-01,2010-12-31,EA,0,1',
    ])
    expect(alone.map(({ row, column }) => [row, column])).toEqual([[9, 'ProductAssemblyId']])
    expect(bills.map(({ assembly, problems }) => [assembly, problems.map(({ row, column }) => `${row} ${column}`).join()])).toEqual([
      ['10', '2 ComponentId'], ['20', '3 ComponentId'], ['30', '4 ComponentId'], ['40', '5 StartDate'], ['41', '6 EndDate'], ['42', '7 PerAssemblyQty'], ['43', '8 ComponentId'], ['44', ''],
    ])
    expect(bills[0]?.problems[0]?.message.en).toBe('The product would go into itself: 10 → 20 → 30 → 10. Take one of these rows out.')
    expect(bills.at(-1)).toMatchObject({ validFrom: '2010-01-01', validTo: '2010-12-31', lines: [{ component: '50', validTo: '2010-06-30' }, { component: '51' }] })
  })
})
