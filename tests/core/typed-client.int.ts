import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import ts from 'typescript'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { money, relation } from '../../config/language/fields.ts'
import type { RevisionInputs } from '../../config/language/revision.ts'
import { systemActor } from '../../plugins/core/access/actor.ts'
import { clientHash } from '../../plugins/core/client/client-schema.ts'
import { typedClient } from '../../plugins/core/client/typed-client.ts'
import { runCommand } from '../../plugins/core/commands/run-command.ts'
import { platformOf } from '../../plugins/core/platform/platform.ts'
import type { Booted } from '../support/boot-payload.ts'
import { openDoor, signIn, type Person } from '../support/rest.ts'
import { bootPlatform } from '../support/test-platform.ts'

const named = (en: string) => ({ en, zh: en })
const inputs: RevisionInputs = {
  entities: { 'own-machines': { label: named('Machine'), labels: named('Machines'), prefix: 'EQ' } },
  fields: { 'own-machines': [money('price', named('Price')), relation('maker', named('Maker'), { to: 'suppliers' })] },
}
const folder = mkdtempSync(path.join(tmpdir(), 'trellis-client-'))
const file = path.join(folder, 'trellis-client.ts')

let booted: Booted
let owner: Person
let key: string
beforeAll(async () => {
  booted = await bootPlatform([], { inputs })
  await runCommand(booted.payload, systemActor, { action: 'create', entity: 'companies', data: { code: 'F', name: 'Firm', country: 'DE', currency: 'EUR', timeZone: 'Europe/Berlin' } })
  owner = await signIn(booted, ['owner'], 'owner')
  const role = await owner.door('/roles', { method: 'POST', body: { slug: 'keeper', name: 'Keeper', permissions: [{ entity: 'own-machines', actions: ['read', 'create', 'edit', 'discard'] }, { entity: 'suppliers', actions: ['read', 'create'] }] } })
  expect([role.status, role.text]).toEqual([201, expect.any(String)])
  key = ((await owner.door('/keys', { method: 'POST', body: { name: 'Client', roles: ['keeper'], days: 1 } })).body as { key: string }).key
  writeFileSync(file, (await owner.door('/configuration/client')).text)
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await booted?.stop()
})

/** The platform in this process in the place of the network. */
const inProcess: typeof globalThis.fetch = async (address, init) => {
  const { method = 'GET', headers, body } = init ?? {}
  const { status, bytes } = await openDoor(booted)(String(address).replace('http://here/api', ''), { method, headers: headers as Record<string, string>, ...(typeof body === 'string' ? { raw: body } : {}) })
  return new Response(bytes as BodyInit, { status })
}

type Machine = { id: string; number: string; name: string; price: string | null }
type Opened = { 'own-machines': { find: (question: object) => Promise<{ docs: Machine[]; totalDocs: number }>; get: (id: string) => Promise<Machine>; create: (input: object) => Promise<{ id: string; version: number }>; change: (id: string, input: object, more?: object) => Promise<{ version: number }> } }

it('compiles, knows what the firm has made, and refuses what it has not', () => {
  const usage = path.join(folder, 'usage.ts')
  const documented = /```ts\n([\s\S]*?)```/.exec(readFileSync('docs/configuration.md', 'utf8'))?.[1] ?? expect.fail('docs/configuration.md shows no client')
  writeFileSync(path.join(folder, 'documented.ts'), documented)
  writeFileSync(usage, `
import { openClient, type OwnMachines } from './trellis-client.ts'
const client = openClient({ url: 'http://here', key: 'k' })
export async function all(): Promise<readonly (string | null)[]> {
  const { docs } = await client['own-machines'].find({ where: { price: { greater_than: '10' } } })
  return docs.map((machine: OwnMachines) => machine.price)
}
await client['own-machines'].create({ name: 'Lathe', price: '12.50' })
await client['purchase-orders'].create({ lines: [{ quantity: '2' }] })
// @ts-expect-error a money is a decimal text
await client['own-machines'].create({ name: 'Lathe', price: 12.5 })
// @ts-expect-error there is no such field
await client['own-machines'].create({ colour: 'red' })
// @ts-expect-error lines are written with their document
client['purchase-order-lines']
`)
  const program = ts.createProgram([usage, path.join(folder, 'documented.ts')], { strict: true, noEmit: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, allowImportingTsExtensions: true, lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'], types: [], skipLibCheck: true })
  expect(ts.getPreEmitDiagnostics(program).map(({ messageText, file: of, start }) => `${of?.fileName ?? ''}:${start ?? ''} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`)).toEqual([])
})

it('reads and writes', async () => {
  const { openClient } = (await import(file)) as { openClient: (options: object) => Opened }
  const client = openClient({ url: 'http://here', key, fetch: inProcess })
  const { id } = await client['own-machines'].create({ name: 'Lathe', price: '12.5' })
  expect(await client['own-machines'].change(id, { price: '20' }, { expectedVersion: 1 })).toMatchObject({ version: 2 })
  expect(await client['own-machines'].get(id)).toMatchObject({ name: 'Lathe', price: '20.00' })
  expect(await client['own-machines'].find({ where: { price: { greater_than: '19' } }, sort: '-price', limit: 5 })).toMatchObject({ totalDocs: 1 })
  await expect(client['own-machines'].create({ name: '' })).rejects.toMatchObject({ status: 422, code: 'invalidInput', findings: [{ path: 'name' }] })
})

it('is told what has changed since it was made', async () => {
  const shipped = [...platformOf(booted.payload).entities.values()].filter(({ slug }) => slug !== 'own-machines')
  const old = await openDoor(booted, owner.token)('/parts', { headers: { 'X-Trellis-Configuration': clientHash(shipped) } })
  expect([old.status, old.body]).toMatchObject([409, { errors: [{ data: { code: 'oldClient', findings: [{ path: 'own-machines', code: 'client.added' }, { path: 'own-machines.price' }, { path: 'own-machines.maker' }] } }] }])
  const foreign = await openDoor(booted, owner.token)('/parts', { headers: { 'X-Trellis-Configuration': 'f'.repeat(40) } })
  expect([foreign.status, foreign.text]).toEqual([409, expect.stringContaining('unknownClient')])
  expect((await openDoor(booted, owner.token)('/parts', { headers: { 'X-Trellis-Configuration': clientHash(platformOf(booted.payload).entities.values()) } })).status).toBe(200)
})

it('is the same however often it is made', async () => {
  const make = () => typedClient(platformOf(booted.payload).entities.values(), 0)
  expect(await make()).toBe(await make())
})
