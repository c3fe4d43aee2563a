import type { Payload } from 'payload'
import { systemActor, type Actor } from '../../plugins/core/access/actor.ts'
import type { CommandContext } from '../../plugins/core/commands/context.ts'
import { runCommand, type Command, type CommandResult } from '../../plugins/core/commands/run-command.ts'
import { transact } from '../../plugins/core/commands/transact.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { stateOf } from '../../plugins/core/workflow/pinned.ts'
import type { Row } from '../../plugins/core/data/store.ts'

export const million = 1_000_000
export const engineer: Actor = { ...systemActor, id: 'user-engineer', name: 'Engineer', roles: ['engineer'] }
export const manager: Actor = { ...systemActor, id: 'user-manager', name: 'Production manager', roles: ['productionManager'] }

export type MrpWorld = { readonly company: string; readonly site: string; readonly otherSite: string; readonly unit: string; readonly box: string }

/** A company with two plants; pieces, and boxes of twelve. */
export async function seedMrpWorld(payload: Payload): Promise<MrpWorld> {
  for (const { id, name } of [engineer, manager]) await payload.create({ collection: 'users', data: { id, name, email: `${id}@firm.example`, password: 'long enough for a test', language: 'en' } })
  return transact(payload, { actor: systemActor }, seedMasters)
}

async function seedMasters({ create }: CommandContext): Promise<MrpWorld> {
  const company = await create('companies', { values: { code: 'W', name: 'Wheel & Co.', currency: 'CNY', timeZone: 'Asia/Shanghai', country: 'CN', language: 'en' } })
  const site = await create('sites', { values: { company, code: 'A', name: 'Plant A' } })
  const otherSite = await create('sites', { values: { company, code: 'B', name: 'Plant B' } })
  const unit = await create('units', { values: { code: 'PCS', name: 'Piece' } })
  const box = await create('units', { values: { code: 'BOX', name: 'Box' } })
  await create('unit-conversions', { values: { fromUnit: box, toUnit: unit, numerator: 12, denominator: 1 } })
  return { company, site, otherSite, unit, box }
}

/** Short commands of an engineer; releases are the production manager's. */
export function drawingOffice(payload: Payload, { unit }: MrpWorld) {
  const store = openStore(payload)
  const run = (actor: Actor, command: Command): Promise<CommandResult> => runCommand(payload, actor, command)
  const create = async (entity: string, data: object, lines?: readonly object[]): Promise<string> =>
    String((await run(engineer, { action: 'create', entity, data, ...(lines ? { lines } : {}) })).id)
  const send = (entity: string, id: string, event: string, actor: Actor = engineer) => run(actor, { action: 'send', entity, id, event, reason: 'Because' })
  return {
    store, create, send,
    edit: (entity: string, id: string, data: object, lines?: readonly object[]) => run(engineer, { action: 'edit', entity, id, data, ...(lines ? { lines } : {}) }),
    part: (partNumber: string, values: object = {}): Promise<string> => create('parts', { partNumber, name: partNumber.toLowerCase(), unit, ...values }),
    /** One of each component, or so many. */
    bill: (part: string, components: readonly (string | readonly [part: string, quantity: string, more?: object])[], values: object = {}): Promise<string> =>
      create('bom-versions', { part, ...values }, components.map((each) => (typeof each === 'string' ? { part: each, quantity: '1' } : { part: each[0], quantity: each[1], ...each[2] }))),
    async released(entity: string, id: string): Promise<string> {
      await send(entity, id, 'submit')
      await send(entity, id, 'release', manager)
      return id
    },
    operate: async (entity: string, operation: string, input: object, actor: Actor = manager) => run(actor, { action: 'operate', entity, operation, input }),
    stateOf: async (entity: string, id: string) => stateOf((await store.require(entity, id)) as Row),
  }
}
