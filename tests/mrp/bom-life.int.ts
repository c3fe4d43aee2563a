import type { Payload } from 'payload'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommand } from '../../plugins/core/commands/run-command.ts'
import { addDays, todayIn } from '../../plugins/core/engine/dates.ts'
import type { Row } from '../../plugins/core/data/store.ts'
import { verify } from '../../plugins/core/verify/run-checks.ts'
import { problemOf } from '../crm/crm-world.ts'
import type { Booted } from '../support/boot-payload.ts'
import { bootPlatform } from '../support/test-platform.ts'
import { drawingOffice, manager, million, seedMrpWorld, type MrpWorld } from './mrp-world.ts'

let booted: Booted
let payload: Payload
let world: MrpWorld
let office: ReturnType<typeof drawingOffice>
const today = todayIn('Asia/Shanghai')
const inDays = (days: number) => addDays(today, days)

beforeAll(async () => {
  booted = await bootPlatform()
  payload = booted.payload
  world = await seedMrpWorld(payload)
  office = drawingOffice(payload, world)
})
afterAll(() => booted?.stop())

const refusalOf = async (work: Promise<unknown>) => (await problemOf(work)).refusals?.map(({ code, message }) => `${code}: ${message.en}`)

describe('a bill of material', () => {
  it('takes revision, first day and units that nobody gives', async () => {
    const [part, component] = [await office.part('A-1'), await office.part('A-2')]
    const id = await office.bill(part, [[component, '2', { unit: world.box, scrapPercent: '4' }]])
    expect(await office.store.require('bom-versions', id)).toMatchObject({ revision: '1', validFrom: today, outputQuantity: million, number: expect.stringMatching(/^BOM-/) as string })
    expect(await office.store.find('bom-lines', { where: { bomVersion: { equals: id } } })).toMatchObject([{ quantity: 2 * million, unitNumerator: 12, unitDenominator: 1, scrapPercent: 4 * million, description: 'a-2' }])
    expect(await office.store.require('bom-versions', await office.bill(part, [component]))).toMatchObject({ revision: '2' })
    expect((await problemOf(office.bill(part, [component], { revision: '1' }))).status).toBe(422)
  })

  it('is told everything that makes no sense at once', async () => {
    const [part, component] = [await office.part('B-1'), await office.part('B-2')]
    const wrong = await problemOf(office.bill(part, [[part, '1'], [component, '0'], [component, '1', { validFrom: '2026-02-01', validTo: '2026-01-01' }]], { outputQuantity: '0', validTo: '2001-01-01' }))
    expect(wrong.findings?.map(({ path }) => path)).toEqual(['outputQuantity', 'validTo', 'lines.0.part', 'lines.1.quantity', 'lines.2.validTo'])
  })

  it('never changes once it is released, nor while it is reviewed', async () => {
    const [part, component] = [await office.part('C-1'), await office.part('C-2')]
    const id = await office.bill(part, [component])
    await office.send('bom-versions', id, 'submit')
    expect((await problemOf(office.edit('bom-versions', id, { changeReason: 'Better' }))).status).toBe(409)
    await office.send('bom-versions', id, 'sendBack')
    await office.edit('bom-versions', id, { changeReason: 'Better' })
    await office.released('bom-versions', id)
    expect((await problemOf(office.edit('bom-versions', id, {}, [{ part: component, quantity: '9' }]))).status).toBe(409)
  })

  it('is superseded by the next from its first day on, and its own days stay its own', async () => {
    const [part, component] = [await office.part('D-1'), await office.part('D-2')]
    const first = await office.released('bom-versions', await office.bill(part, [component], { validFrom: inDays(-30) }))
    await office.send('bom-versions', first, 'revise')
    const next = await office.store.findOne('bom-versions', { revises: { equals: first } })
    expect(next).toMatchObject({ revision: '2', validFrom: today, part })
    await office.edit('bom-versions', String(next?.id), { validFrom: inDays(10) }, [{ part: component, quantity: '3' }])
    await office.released('bom-versions', String(next?.id))
    expect(await office.store.require('bom-versions', first)).toMatchObject({ validTo: inDays(9), workflow: expect.objectContaining({ state: 'superseded' }) as object })
    // One that would begin before either is refused: whose day it would be is not clear.
    const early = await office.bill(part, [component], { validFrom: inDays(5) })
    await office.send('bom-versions', early, 'submit')
    expect(await refusalOf(office.send('bom-versions', early, 'release', manager))).toEqual([expect.stringMatching(/^periodTaken: BOM-.* \(revision [12]\) rules from /)])
  })

  it('of one site stands beside the one for all', async () => {
    const [part, component] = [await office.part('E-1'), await office.part('E-2')]
    const all = await office.released('bom-versions', await office.bill(part, [component]))
    const own = await office.released('bom-versions', await office.bill(part, [component], { site: world.site }))
    expect([await office.stateOf('bom-versions', all), await office.stateOf('bom-versions', own)]).toEqual(['released', 'released'])
  })

  it('is not released over components that are not', async () => {
    const [bike, wheel, rim, made] = [await office.part('F-BIKE'), await office.part('F-WHEEL'), await office.part('F-RIM'), await office.part('F-MADE', { makeOrBuy: 'make' })]
    const wheelBill = await office.bill(wheel, [rim])
    const id = await office.bill(bike, [wheel, rim, made])
    await office.send('bom-versions', id, 'submit')
    expect(await refusalOf(office.send('bom-versions', id, 'release', manager))).toEqual([
      'childrenNotReleased: No released bill of material for F-WHEEL, F-MADE on the day it goes in. Release it first, or let the part be bought.',
    ])
    await office.released('bom-versions', wheelBill)
    await office.released('bom-versions', await office.bill(made, [rim]))
    await office.send('bom-versions', id, 'release', manager)
    expect(await office.stateOf('bom-versions', id)).toBe('released')
  })

  it('is refused with the way round when a part would go into itself', async () => {
    const [bike, wheel, hub] = [await office.part('G-BIKE'), await office.part('G-WHEEL'), await office.part('G-HUB')]
    await office.released('bom-versions', await office.bill(wheel, [hub]))
    await office.released('bom-versions', await office.bill(bike, [wheel]))
    const id = await office.bill(hub, [bike])
    expect(await refusalOf(office.send('bom-versions', id, 'submit'))).toEqual(['cycle: The part would go into itself: G-HUB → G-BIKE → G-WHEEL → G-HUB. Take one of these components out.'])
    // On days that nobody shares it is no way round.
    await office.edit('bom-versions', id, { validFrom: '2020-01-01', validTo: '2020-12-31' })
    await office.send('bom-versions', id, 'submit')
  })

  it('rules no longer once it is retired', async () => {
    const [part, component] = [await office.part('H-1'), await office.part('H-2')]
    const id = await office.released('bom-versions', await office.bill(part, [component], { validFrom: inDays(-3) }))
    await office.send('bom-versions', id, 'retire', manager)
    expect(await office.store.require('bom-versions', id)).toMatchObject({ validTo: inDays(-1) })
  })

  it('is not retired while released bills need it', async () => {
    const [bike, wheel, rim] = [await office.part('K-BIKE'), await office.part('K-WHEEL'), await office.part('K-RIM')]
    const wheels = await office.released('bom-versions', await office.bill(wheel, [rim]))
    const id = await office.released('bom-versions', await office.bill(bike, [wheel]))
    const { number } = await office.store.require('bom-versions', id)
    expect(await refusalOf(office.send('bom-versions', wheels, 'retire', manager))).toEqual([expect.stringContaining(`used: The part goes into ${number}, which would`)])
    await office.send('bom-versions', id, 'retire', manager)
    await office.send('bom-versions', wheels, 'retire', manager)
    expect(await office.stateOf('bom-versions', wheels)).toBe('obsolete')
  })

  it('rules alone when several are released at the same moment', async () => {
    const [part, component] = [await office.part('I-1'), await office.part('I-2')]
    const ids = await Promise.all([1, 2, 3, 4].map(() => office.bill(part, [component])))
    for (const id of ids) await office.send('bom-versions', id, 'submit')
    await Promise.all(ids.map((id) => office.send('bom-versions', id, 'release', manager)))
    const states = await Promise.all(ids.map((id) => office.stateOf('bom-versions', id)))
    expect(states.sort()).toEqual(['released', 'superseded', 'superseded', 'superseded'])
  })

  it('is refused while its opposite is in review', async () => {
    const [left, right] = [await office.part('J-1'), await office.part('J-2')]
    const plain = await office.part('J-3')
    for (const part of [left, right]) await office.released('bom-versions', await office.bill(part, [plain], { validFrom: inDays(-1) }))
    const [one, other] = [await office.bill(left, [right]), await office.bill(right, [left])]
    await office.send('bom-versions', one, 'submit')
    expect(await refusalOf(office.send('bom-versions', other, 'submit'))).toEqual([expect.stringContaining('J-2 → J-1 → J-2')])
  })
})

describe('a routing', () => {
  it('numbers its operations in tens and asks for active work centres', async () => {
    const part = await office.part('R-1')
    const centre = String((await runCommand(payload, manager, { action: 'create', entity: 'work-centres', data: { code: 'SAW', name: 'Saw', labourRate: '30', overheadRate: '12.5' } })).id)
    const id = await office.create('routings', { part, batchQuantity: '20' }, [{ workCentre: centre, runMinutes: '3' }, { workCentre: centre, operation: 25 }, { workCentre: centre }])
    expect((await office.store.find('routing-operations', { where: { routing: { equals: id } }, sort: 'position' })).map(({ operation }) => operation)).toEqual([10, 25, 30])
    expect((await problemOf(office.edit('routings', id, {}, [{ workCentre: centre, operation: 5 }, { workCentre: centre, operation: 5 }]))).findings?.map(({ path }) => path)).toEqual(['lines.1.operation'])
    await runCommand(payload, manager, { action: 'edit', entity: 'work-centres', id: centre, data: { status: 'inactive' } })
    expect(await refusalOf(office.send('routings', id, 'submit'))).toEqual(['centreInactive: Operation 10: the work centre SAW is not active. Activate it, or choose another.'])
    await runCommand(payload, manager, { action: 'edit', entity: 'work-centres', id: centre, data: { status: 'active' } })
    await office.released('routings', id)
    const second = await office.released('routings', await office.create('routings', { part }, [{ workCentre: centre }]))
    expect([await office.stateOf('routings', id), await office.stateOf('routings', second)]).toEqual(['superseded', 'released'])
  })
})

it('the proof of the firm finds versions that rule together and parts that go into themselves', async () => {
  const failed = async () => (await verify(payload)).checks.filter(({ name, ok }) => name.startsWith('mrp.') && !ok).map(({ name, failures }) => [name, failures])
  expect(await failed()).toEqual([])
  const [one, other] = [await office.part('Z-1'), await office.part('Z-2')]
  const id = await office.released('bom-versions', await office.bill(one, [other]))
  const row = await office.store.require('bom-versions', id) as unknown as Row
  await office.store.insertMany('bom-versions', [{ ...row, id: 'twin', number: 'TWIN', revision: 'T' }, { ...row, id: 'back', number: 'BACK', part: other, revision: 'T' }])
  const [line] = await office.store.find('bom-lines', { where: { bomVersion: { equals: id } } })
  await office.store.insertMany('bom-lines', [{ ...line, id: 'back-line', bomVersion: 'back', part: one }])
  expect(await failed()).toEqual([
    ['mrp.oneRules', [expect.stringMatching(/^Z-1: .* rule on the same days\.$/)]], ['mrp.noCycles', [expect.stringMatching(/^Z-(1 → Z-2 → Z-1|2 → Z-1 → Z-2)$/)]],
  ])
})
