import type { Payload } from 'payload'
import { buildTrellisConfig } from '../../config/payload.config.ts'
import { systemActor, type Actor } from '../../plugins/core/access/actor.ts'
import { runCommand, type CommandResult } from '../../plugins/core/commands/run-command.ts'
import { transact } from '../../plugins/core/commands/transact.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { ProblemError } from '../../plugins/core/errors.ts'
import { installPlatform } from '../../plugins/core/platform/install.ts'
import { corePlugin } from '../../plugins/core/plugin.ts'
import { crmPlugin } from '../../plugins/crm/plugin.ts'
import type { Problem } from '../../config/errors.ts'
import { bootPayload, type Booted } from '../support/boot-payload.ts'

export const million = 1_000_000
/** A person with every right, so that what the roles may send is what is tested. */
export const rep: Actor = { ...systemActor, id: 'user-rep', name: 'Rep', roles: ['salesRep'] }
export const manager: Actor = { ...systemActor, id: 'user-manager', name: 'Manager', roles: ['salesManager'] }

export type CrmWorld = {
  readonly customer: string
  readonly part: string
  readonly unit: string
  readonly priceList: string
  readonly box: string
}

/** The platform with CRM as its only system: it needs no other. */
export async function bootCrm(): Promise<Booted> {
  const booted = await bootPayload(({ kind, url }) => buildTrellisConfig({
    settings: {
      mode: 'production', publicUrl: 'http://localhost:3000', logLevel: 'silent', dataDir: 'data',
      secret: 'a secret of the tests, long enough for all', database: kind === 'sqlite' ? { kind, url, file: url.slice(5) } : { kind, url },
    },
    plugins: [corePlugin, crmPlugin],
  }))
  await installPlatform(booted.payload)
  return booted
}

/** Company, customer, one part at 500.00 (450.00 from a hundred) with 13 % tax; boxes of twelve. */
export async function seedCrmWorld(payload: Payload): Promise<CrmWorld> {
  for (const { id, name } of [rep, manager]) {
    await payload.create({ collection: 'users', data: { id, name, email: `${id}@firm.example`, password: 'long enough for a test', language: 'en' } })
  }
  return transact(payload, { actor: systemActor }, async ({ create, edit }) => {
    const company = await create('companies', { values: { code: 'W', name: 'Wheel & Co.', currency: 'CNY', timeZone: 'Asia/Shanghai', country: 'CN', language: 'en' } })
    const taxCode = await create('tax-codes', { values: { code: 'VAT13', name: 'VAT 13 %', rate: 13 * million, taxKind: 'both' } })
    const priceList = await create('price-lists', { values: { code: 'STD', name: 'Standard' } })
    await edit('companies', company, { values: { salesTaxCode: taxCode, priceList } })
    const unit = await create('units', { values: { code: 'PCS', name: 'Piece' } })
    const box = await create('units', { values: { code: 'BOX', name: 'Box' } })
    const part = await create('parts', { values: { partNumber: 'BIKE', name: 'Bicycle', nameZh: '自行车', unit, listPrice: 520 * million, standardCost: 300 * million } })
    await create('unit-conversions', { values: { fromUnit: box, toUnit: unit, part, numerator: 12, denominator: 1 } })
    for (const [minimumQuantity, price] of [[0, 500], [100, 450]] as const) {
      await create('prices', { values: { priceList, part, unit, minimumQuantity: minimumQuantity * million, price: price * million } })
    }
    const customer = await create('customers', { values: { number: 'CU-1', name: 'Corner shop', language: 'zh' } })
    return { customer, part, unit, priceList, box }
  })
}

/** Short commands, as a sales representative speaks them. */
export function salesDesk(payload: Payload) {
  const store = openStore(payload)
  return {
    store,
    create: async (entity: string, data: object, lines?: readonly object[]): Promise<string> =>
      String((await runCommand(payload, rep, { action: 'create', entity, data, ...(lines ? { lines } : {}) })).id),
    edit: (entity: string, id: string, data: object, lines?: readonly object[]): Promise<CommandResult> =>
      runCommand(payload, rep, { action: 'edit', entity, id, data, ...(lines ? { lines } : {}) }),
    send: (entity: string, id: string, event: string, more: { input?: object; reason?: string; actor?: Actor } = {}): Promise<CommandResult> =>
      runCommand(payload, more.actor ?? rep, { action: 'send', entity, id, event, ...(more.input ? { input: more.input } : {}), ...(more.reason ? { reason: more.reason } : {}) }),
    stateOf: async (entity: string, id: string): Promise<string> => ((await store.require(entity, id)).workflow as { state: string }).state,
  }
}

/** The problem a refused command answers with. */
export async function problemOf(work: Promise<unknown>): Promise<Problem> {
  const error = await work.then(() => undefined, (reason: unknown) => reason)
  if (error instanceof ProblemError) return error.problem
  throw error instanceof Error ? error : new Error('The command was not refused.')
}
