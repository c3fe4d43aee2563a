import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { forgetSignIns, keptDays } from '../../plugins/core/sign-ins/forget-sign-ins.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { platformOf } from '../../plugins/core/platform/platform.ts'
import type { Booted } from '../support/boot-payload.ts'
import { openDoor, signIn, type Answer, type Person } from '../support/rest.ts'
import { createSampleFirm } from '../support/sample-firm.ts'
import { bootPlatform } from '../support/test-platform.ts'

let booted: Booted
let owner: Person
let seller: Person

const post = (body: unknown, headers: Record<string, string> = {}) => ({ method: 'POST', body, headers })
const errorOf = ({ body }: Answer) => (body as { errors?: { name: string; message: string }[] }).errors?.[0]
const password = 'long enough for a test'
const login = (email: string, headers: Record<string, string> = {}, given = password) => openDoor(booted)('/users/login', post({ email, password: given }, headers))
const doorOf = async (email: string, headers: Record<string, string> = {}) => openDoor(booted, ((await login(email, headers)).body as { token: string }).token)
const isIn = async (door: Person['door']) => ((await door('/users/me')).body as { user: unknown }).user !== null
const notes = (user: string | null) => openStore(booted.payload).find('sign-ins', { where: user === null ? { user: { exists: false } } : { user: { equals: user } }, sort: 'id' })

beforeAll(async () => {
  booted = await bootPlatform()
  await createSampleFirm(booted.payload)
  owner = await signIn(booted, ['owner'])
  seller = await signIn(booted, ['salesRep'])
})
afterAll(() => booted?.stop())

describe('the log of sign-ins', () => {
  it('says who came in, when, from where and with what; who was refused and why', async () => {
    const from = { 'X-Forwarded-For': '192.0.2.7', 'User-Agent': 'Firefox of the tests' }
    const clerk = await signIn(booted, ['viewer'], 'clerk')
    const door = await doorOf(clerk.email, from)
    await login(clerk.email, from, 'a wrong one')
    await door('/users/logout', { method: 'POST' })
    await owner.door(`/users/${clerk.id}`, { method: 'PATCH', body: { blocked: true } })
    await login(clerk.email, from)
    expect((await notes(clerk.id)).slice(1)).toMatchObject([
      { kind: 'signedIn', userName: 'clerk', address: '192.0.2.7', agent: 'Firefox of the tests' }, { kind: 'wrongPassword' }, { kind: 'signedOut' }, { kind: 'blocked', address: '192.0.2.7' },
    ])
  })

  it('keeps nothing of what was typed for an unknown account, and does not fill up by it', async () => {
    for (let attempt = 0; attempt < 5; attempt++) await login('my secret password', { 'X-Forwarded-For': '192.0.2.8' })
    for (let attempt = 0; attempt < 5; attempt++) await login('stranger@firm.example', { 'X-Forwarded-For': '192.0.2.8' })
    const rows = await notes(null)
    expect(rows).toMatchObject([{ kind: 'unknownAccount', userName: null, address: '192.0.2.8' }])
    expect(JSON.stringify(rows)).not.toMatch(/secret|stranger/)
  })

  it('keeps its rows for 400 days', async () => {
    const store = openStore(booted.payload)
    const old = (days: number) => ({ id: `aged-${days}`, at: new Date(Date.now() - days * 86_400_000).toISOString(), kind: 'signedOut' as const })
    await store.insertMany('sign-ins', [old(keptDays + 1), old(keptDays - 1)])
    expect(await forgetSignIns.run({ payload: booted.payload, input: {}, signal: new AbortController().signal, told: null, tell: () => Promise.resolve() })).toEqual({ removed: 1 })
    expect([await store.get('sign-ins', `aged-${keptDays + 1}`), (await store.get('sign-ins', `aged-${keptDays - 1}`))?.kind]).toEqual([undefined, 'signedOut'])
    expect(platformOf(booted.payload).jobs.get(forgetSignIns.name)?.every?.(booted.payload)).toBe(86_400_000)
  })

  it('is read, searched and exported by whom the right says, and by nobody else', async () => {
    for (const path of ['/sign-ins', '/sign-ins/export?language=zh', '/views/lists/sign-ins?q=clerk&f=kind:in:blocked']) {
      expect((await owner.door(path)).status, path).toBe(200)
      expect((await seller.door(path)).status, path).toBe(403)
    }
    const list = (await owner.door('/views/lists/sign-ins?q=clerk&f=kind:in:blocked')).body as { rows: { kind: string }[]; total: number }
    expect([list.total, list.rows[0]?.kind]).toEqual([1, 'blocked'])
    expect((await owner.door('/sign-ins/export?language=zh')).text).toContain('密码错误')
    expect((await owner.door('/sign-ins')).text).not.toContain('"session":')
  })
})

describe('a lock after wrong passwords', () => {
  it('says until when; an owner opens it at once, and both stand in the log', async () => {
    const person = await signIn(booted, ['viewer'], 'forgetful')
    for (let attempt = 0; attempt < 8; attempt++) await login(person.email, {}, 'a wrong one')
    const locked = await login(person.email, { 'Accept-Language': 'zh' })
    expect(locked.status).toBe(401)
    expect(errorOf(locked)).toMatchObject({ name: 'accountLocked', message: expect.stringMatching(/锁定至 \d\d:\d\d（UTC），还有 (9|10) 分钟/) })
    expect((await seller.door('/users/unlock', post({ email: person.email }))).status).toBe(403)
    expect((await login(person.email)).status).toBe(401)
    expect((await owner.door('/users/unlock', post({ email: person.email }))).status).toBe(200)
    expect((await login(person.email)).status).toBe(200)
    const kinds = (await notes(person.id)).map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind === 'wrongPassword').length).toBeGreaterThanOrEqual(7)
    expect([kinds.includes('locked'), kinds.indexOf('unlocked') > kinds.indexOf('locked'), kinds.at(-1)]).toEqual([true, true, 'signedIn'])
    expect((await notes(person.id)).find(({ kind }) => kind === 'unlocked')?.by).toBe('owner')
  })
})

describe('sessions', () => {
  it('are listed with where they came from, and ended one by one or all but this one', async () => {
    const person = await signIn(booted, ['viewer'], 'traveller')
    const phone = await doorOf(person.email, { 'X-Forwarded-For': '192.0.2.20', 'User-Agent': 'A phone' })
    const third = await doorOf(person.email)
    const view = async () => ((await person.door(`/views/sessions/${person.id}`)).body as { sessions: { id: string; isCurrent: boolean; address: string | null; agent: string | null }[] }).sessions
    const sessions = await view()
    expect(sessions.map(({ isCurrent }) => isCurrent)).toEqual([true, false, false])
    const phones = sessions.find(({ agent }) => agent === 'A phone')
    expect(phones?.address).toBe('192.0.2.20')
    expect(await person.door('/sessions/end', post({ user: person.id, session: phones?.id }))).toMatchObject({ status: 200, body: { ended: 1 } })
    expect([await isIn(phone), await isIn(third), await isIn(person.door)]).toEqual([false, true, true])
    expect((await person.door('/sessions/end', post({ user: person.id, session: phones?.id }))).status).toBe(404)
    expect((await person.door('/sessions/end', post({ user: person.id, session: 'others' }))).body).toEqual({ ended: 1 })
    expect([await isIn(third), await isIn(person.door)]).toEqual([false, true])
    expect((await notes(person.id)).map(({ kind }) => kind).filter((kind) => kind === 'sessionEnded')).toHaveLength(2)
    expect((await person.door('/sessions/end', post({ user: person.id, session: 'all' }))).body).toEqual({ ended: 1 })
    expect(await isIn(person.door)).toBe(false)
  })

  it('stay ended, also when a login that began before writes the account as it was', async () => {
    const person = await signIn(booted, ['viewer'], 'racer')
    const store = openStore(booted.payload)
    const before = await store.get('users', person.id) as unknown as { sessions: object[] }
    await owner.door('/sessions/end', post({ user: person.id, session: 'all' }))
    await store.update('users', person.id, { sessions: before.sessions } as never)
    expect(await isIn(person.door)).toBe(true)
    expect((await login(person.email)).status).toBe(200)
    expect(await isIn(person.door)).toBe(false)
  })

  it('are all that a login writes: a block and other roles given while the password is checked stay', async () => {
    const person = await signIn(booted, ['viewer'], 'late')
    const { db } = booted.payload
    const findOne = db.findOne.bind(db)
    let isChanged = false
    db.findOne = async (question) => {
      const found = await findOne(question)
      if (question.collection === 'users' && !isChanged) {
        isChanged = true
        expect((await owner.door(`/users/${person.id}`, { method: 'PATCH', body: { blocked: true, roles: ['buyer'] } })).status).toBe(200)
      }
      return found as never
    }
    try {
      await login(person.email)
    } finally {
      db.findOne = findOne
    }
    expect(await openStore(booted.payload).get('users', person.id)).toMatchObject({ blocked: true, roles: ['buyer'] })
    expect((await person.door('/parts')).status).toBe(401)
  })

  it.each(['by the account itself', 'by an owner'])('are given for no password that is changed while it is checked, %s', async (who) => {
    const person = await signIn(booted, ['viewer'], `changing ${who.length}`)
    const { db } = booted.payload
    const findOne = db.findOne.bind(db)
    let isChanged = false
    db.findOne = async (question) => {
      const found = await findOne(question)
      if (question.collection === 'users' && !isChanged) {
        isChanged = true
        const door = who === 'by an owner' ? owner.door : person.door
        expect((await door(`/users/${person.id}`, { method: 'PATCH', body: { password: 'quite another phrase' } })).status).toBe(200)
      }
      return found as never
    }
    try {
      expect((await login(person.email)).status).toBe(401)
    } finally {
      db.findOne = findOne
    }
    const { sessions } = await openStore(booted.payload).get('users', person.id) as unknown as { sessions: object[] }
    expect(sessions).toHaveLength(who === 'by an owner' ? 0 : 1)
    expect((await login(person.email, {}, 'quite another phrase')).status).toBe(200)
    expect((await notes(person.id)).map(({ kind }) => kind).slice(-3)).toEqual(['passwordChanged', 'wrongPassword', 'signedIn'])
  })

  it('of others are for who edits users; an owner’s only for owners', async () => {
    await owner.door('/roles', post({ slug: 'registrar', name: 'Registrar', permissions: [{ entity: 'users', actions: ['read', 'edit'] }] }))
    const registrar = await signIn(booted, ['registrar'])
    expect((await registrar.door(`/views/sessions/${seller.id}`)).status).toBe(200)
    for (const [person, whose] of [[seller, owner], [seller, registrar], [registrar, owner]] as const) {
      expect((await person.door(`/views/sessions/${whose.id}`)).status).toBe(404)
      expect((await person.door('/sessions/end', post({ user: whose.id, session: 'all' }))).status).toBe(404)
    }
    expect((await openDoor(booted)(`/views/sessions/${owner.id}`)).status).toBe(401)
    expect((await owner.door('/sessions/end', post({ user: seller.id, session: 1 }))).status).toBe(400)
    expect(await isIn(owner.door)).toBe(true)
  })

  it('a new password ends all but the one that sets it, and stands in the log', async () => {
    const person = await signIn(booted, ['viewer'], 'careful')
    const other = await doorOf(person.email)
    const changed = await person.door(`/users/${person.id}`, { method: 'PATCH', body: { password: 'quite another phrase' } })
    expect(changed.status, changed.text).toBe(200)
    expect([await isIn(other), await isIn(person.door)]).toEqual([false, true])
    expect((await notes(person.id)).at(-1)).toMatchObject({ kind: 'passwordChanged', by: 'careful' })
  })
})
