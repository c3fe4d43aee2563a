import type { Payload } from 'payload'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { howToSignIn } from '../../admin/server/how-to-sign-in.ts'
import { runStartHooks } from '../../admin/server/start-hooks.ts'
import { loadDemo } from '../../config/demo/load-demo.ts'
import { readSettings } from '../../config/settings.ts'
import { systemActor } from '../../plugins/core/access/actor.ts'
import { transact } from '../../plugins/core/commands/transact.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { demoState, markDemo } from '../../plugins/core/demo/marker.ts'
import { eraseFirm } from '../../plugins/core/firm/erase-firm.ts'
import type { Booted } from '../support/boot-payload.ts'
import { openDoor } from '../support/rest.ts'
import { bootPlatform } from '../support/test-platform.ts'

let booted: Booted
let payload: Payload

beforeAll(async () => {
  booted = await bootPlatform()
  payload = booted.payload
})
afterAll(() => booted?.stop())

const production = { TRELLIS_MODE: 'production', TRELLIS_SECRET: 'a secret of the tests, long enough for all' }
const owner = { OWNER_EMAIL: 'boss@firm.example', OWNER_PASSWORD: 'a long enough password' }

/** Runs what a start runs. @returns the labels that were shown */
async function start(env: Record<string, string>, into = payload): Promise<string[]> {
  const shown: string[] = []
  await runStartHooks({ payload: into, settings: readSettings(env), progress: (label) => shown.push(label) })
  return shown
}
const always = ['Installing what is shipped']

describe('the first start', () => {
  it('in production makes neither demo nor account by itself', async () => {
    expect(await start(production)).toEqual(always)
    expect(await openStore(payload).count('users')).toBe(0)
    expect(await openStore(payload).count('companies')).toBe(0)
  })

  it('in production creates the owner of the settings once', async () => {
    expect(await start({ ...production, ...owner })).toContain("Creating the owner's account")
    expect(await start({ ...production, ...owner, OWNER_EMAIL: 'other@firm.example' })).toEqual(always)
    expect(await openStore(payload).find('users')).toMatchObject([{ email: 'boss@firm.example', roles: ['owner'] }])
    const { status } = await openDoor(booted)('/users/login', { method: 'POST', body: { email: owner.OWNER_EMAIL, password: owner.OWNER_PASSWORD } })
    expect(status).toBe(200)
  })

  it('in demo mode creates the owner of the settings where a firm without users keeps the demo out', async () => {
    const { payload: bare, stop } = await bootPlatform()
    try {
      const demo = { TRELLIS_MODE: 'demo', ...owner }
      const told = async (env: Record<string, string>) => (await howToSignIn(bare, readSettings(env))).lines.join(' ')
      expect(await howToSignIn(bare, readSettings({}))).toMatchObject({ firm: null, lines: [expect.stringMatching(/create the owner's account/), expect.stringMatching(/start your firm/)] })
      await transact(bare, { actor: systemActor }, (context) =>
        context.create('companies', { values: { code: 'AW', name: 'Imported', currency: 'USD', timeZone: 'UTC', country: 'US', language: 'en' } }))
      expect(await told({})).toMatch(/create the owner's account/)
      expect(await start(demo, bare)).toEqual([...always, "Creating the owner's account"])
      expect(await openStore(bare).find('users')).toMatchObject([{ email: 'boss@firm.example', roles: ['owner'] }])
      expect(await told(demo)).toMatch(/^Sign in at .* as boss@firm.example/)
      expect(await told({ ...demo, OWNER_EMAIL: 'other@firm.example' })).toMatch(/OWNER_EMAIL made none/)
      expect(await told({})).toMatch(/^Sign in at \S+ as boss@firm.example \(owner\), or with your own account\.$/)
      expect(await howToSignIn(bare, readSettings({}))).toMatchObject({ firm: 'Imported' })
    } finally {
      await stop()
    }
  })

  it('in demo mode loads no demo into what belongs to someone', async () => {
    expect(await start({ TRELLIS_MODE: 'demo' })).toEqual(always)
    expect(await loadDemo(payload)).toBe(false)
    expect(await openStore(payload).count('companies')).toBe(0)
  })

  it('begins a demo anew whose load was interrupted', async () => {
    await transact(payload, { actor: systemActor }, async (context) => {
      await eraseFirm(context)
      await markDemo(context.store, 'begun')
      await context.create('companies', { values: { code: 'HALF', name: 'Half loaded', currency: 'CNY', timeZone: 'UTC', country: 'CN', language: 'en' } })
    })
    expect(await start({ TRELLIS_MODE: 'demo' })).toContain('Loading the demo firm')
    expect(await demoState(openStore(payload))).toBe('loaded')
    expect(await openStore(payload).find('companies')).toMatchObject([{ code: 'LT' }])
    expect(await start({ TRELLIS_MODE: 'demo' })).toEqual(always)
  }, 120_000)
})
