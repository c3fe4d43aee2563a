import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Booted } from '../support/boot-payload.ts'
import { askGraphql } from '../support/graphql.ts'
import { openDoor, signIn, type Person } from '../support/rest.ts'
import { createSampleFirm, putDocument } from '../support/sample-firm.ts'
import { bootPlatform } from '../support/test-platform.ts'

let booted: Booted
let owner: Person
let seller: Person
let clerk: Person

beforeAll(async () => {
  booted = await bootPlatform()
  owner = await signIn(booted, ['owner'])
  seller = await signIn(booted, ['salesRep'])
  clerk = await signIn(booted, ['storekeeper'])
  const firm = await createSampleFirm(booted.payload)
  await putDocument(booted.payload, firm, {
    entity: 'quotes', lineEntity: 'quote-lines', parentField: 'quote', values: { number: 'QU-1', customer: firm.customer, owner: owner.id }, lines: [],
  })
})
afterAll(() => booted?.stop())

/** An account as it stands in the database, secrets and all. */
const account = async (person: Person) => {
  const [user] = (await booted.payload.db.find({ collection: 'users', where: { id: { equals: person.id } }, limit: 1, pagination: false })).docs
  const { updatedAt: _, sessions: __, loginAttempts: ___, ...rest } = user as Record<string, unknown>
  return rest
}
const secrets = /"(hash|salt|resetPasswordToken|apiKey|apiKeyIndex|password)":/

describe('accounts', () => {
  it('are read by whom the right says; others meet themselves only', async () => {
    const { body } = await seller.door('/users?depth=2')
    expect((body as { docs: { id: string }[] }).docs.map(({ id }) => id)).toEqual([seller.id])
    expect((await seller.door(`/users/${owner.id}`)).status).toBe(404)
    expect((await seller.door('/users/count')).body).toMatchObject({ totalDocs: 1 })
    expect((await seller.door(`/users?where[email][equals]=${owner.email}`)).body).toMatchObject({ totalDocs: 0 })
    const { body: all } = await owner.door('/users')
    expect((all as { docs: unknown[] }).docs).toHaveLength(3)
    const { data } = await askGraphql(booted.payload, { id: seller.id, email: seller.email, roles: ['salesRep'] }, '{ Users { docs { id email } totalDocs } }')
    expect(data).toMatchObject({ Users: { totalDocs: 1, docs: [{ id: seller.id }] } })
  })

  it('do not show through documents that name them', async () => {
    for (const path of ['/quotes?depth=3', '/quotes?depth=3&populate[users][email]=true&populate[users][hash]=true', '/views/lists/quotes']) {
      const { status, text } = await seller.door(path)
      expect(status, path).toBe(200)
      expect(text, path).not.toContain(owner.email)
    }
  })

  it('never give away a secret, to nobody', async () => {
    for (const path of ['/users?showHiddenFields=true', `/users/${owner.id}?showHiddenFields=true`, '/quotes?depth=2&showHiddenFields=true', '/users?overrideAccess=true']) expect((await seller.door(path)).status, path).toBe(400)
    for (const path of ['/users', `/users/${owner.id}`, '/users?select[hash]=true&select[salt]=true&select[sessions]=true', '/users/me', '/quotes?depth=2', '/users?populate[users][hash]=true']) {
      const { status, text } = await owner.door(path)
      expect(status, path).toBe(200)
      expect(text, path).not.toMatch(secrets)
    }
  })

  it('cannot be found by guessing at a secret', async () => {
    for (const field of ['hash', 'salt', 'resetPasswordToken', 'resetPasswordExpiration', 'sessions.id', 'loginAttempts', 'lockUntil']) {
      for (const path of [`/users?where[${field}][like]=a`, `/users?where[${field}][exists]=true`, `/users?where[or][0][${field}][not_equals]=x`, `/users?sort=${field}`, `/users/count?where[${field}][exists]=true`, `/quotes?where[owner.${field}][exists]=true`, `/quotes?sort=owner.${field}`]) {
        for (const person of [owner, seller]) {
          const { status } = await person.door(path)
          expect(status >= 400 && status < 500, `${path}: ${status}`).toBe(true)
        }
      }
    }
    expect((await seller.door(`/quotes?where[owner.email][like]=owner`)).status).toBe(403)
  })

  it('give no roles to whom has no right to give them', async () => {
    const before = await account(seller)
    for (const body of [{ roles: ['owner'] }, { roles: ['salesRep', 'owner'] }, { name: 'x', roles: 'owner' }]) {
      const { status } = await seller.door(`/users/${seller.id}`, { method: 'PATCH', body })
      expect(status >= 400 && status < 500, JSON.stringify(body)).toBe(true)
    }
    await seller.door(`/users?where[id][equals]=${seller.id}`, { method: 'PATCH', body: { roles: ['owner'] } })
    const { errors } = await askGraphql(booted.payload, { id: seller.id, email: seller.email, roles: ['salesRep'] }, `mutation { updateUser(id: "${seller.id}", data: { roles: ["owner"] }) { id } }`)
    expect(errors?.length).toBe(1)
    expect(await account(seller)).toEqual(before)
  })

  it('are not changed, made, unlocked or deleted by others', async () => {
    const before = [await account(owner), await account(clerk)]
    const attempts: [string, string, unknown][] = [
      ['PATCH', `/users/${owner.id}`, { name: 'Gone', email: 'taken@firm.example', password: 'a password of theirs' }],
      ['PATCH', `/users?where[id][equals]=${owner.id}`, { name: 'Gone' }],
      ['DELETE', `/users/${clerk.id}`, undefined], ['DELETE', `/users?where[id][equals]=${clerk.id}`, undefined],
      ['POST', '/users', { email: 'new@firm.example', password: 'a password of mine', roles: ['owner'] }],
      ['POST', '/users/first-register', { email: 'new@firm.example', password: 'a password of mine' }],
      ['POST', '/users/unlock', { email: owner.email }],
      ['POST', `/users/${clerk.id}/duplicate`, {}],
    ]
    for (const person of [seller, clerk]) {
      for (const [method, path, body] of attempts) {
        const { status, text, body: answer } = await person.door(path, { method, ...(body === undefined ? {} : { body }) })
        const touched = (answer as { docs?: unknown[] } | undefined)?.docs?.length
        expect((status >= 400 && status < 500) || touched === 0, `${method} ${path}: ${status} ${text.slice(0, 200)}`).toBe(true)
      }
    }
    expect([await account(owner), await account(clerk)]).toEqual(before)
    expect((await owner.door('/users/count')).body).toEqual({ totalDocs: 3 })
  })

  it('say nothing to strangers, not even whether an address is known', async () => {
    const door = openDoor(booted)
    expect((await door('/users')).status).toBe(401)
    const known = await door('/users/forgot-password', { method: 'POST', body: { email: owner.email } })
    const unknown = await door('/users/forgot-password', { method: 'POST', body: { email: 'nobody@firm.example' } })
    expect([known.status, known.text]).toEqual([unknown.status, unknown.text])
    const wrong = await door('/users/login', { method: 'POST', body: { email: owner.email, password: 'wrong password' } })
    const nobody = await door('/users/login', { method: 'POST', body: { email: 'nobody@firm.example', password: 'wrong password' } })
    expect([wrong.status, wrong.text]).toEqual([nobody.status, nobody.text])
    expect((await door('/users/first-register', { method: 'POST', body: { email: 'x@firm.example', password: 'a password of mine' } })).status).toBe(401)
    expect((await door('/users/reset-password', { method: 'POST', body: { token: 'guess', password: 'a password of mine' } })).status).toBe(403)
    expect((await door('/users/me')).body).toMatchObject({ user: null })
  })

  it('keep their preferences to themselves, and hide the tables behind the platform', async () => {
    await owner.door('/payload-preferences/secret-layout', { method: 'POST', body: { value: { secret: 'columns of the owner' } } })
    for (const path of ['/payload-preferences', '/payload-preferences/secret-layout', '/payload-preferences?where[key][equals]=secret-layout', '/payload-migrations', '/payload-kv', '/payload-locked-documents', '/payload-jobs']) {
      const { status, text } = await seller.door(path)
      expect(status < 500 || status === 501, `${path}: ${status}`).toBe(true)
      expect(text, path).not.toContain('columns of the owner')
      if (!path.startsWith('/payload-preferences')) expect(status, path).toBeGreaterThanOrEqual(403)
    }
    for (const [method, path] of [['POST', '/payload-migrations'], ['POST', '/payload-kv'], ['DELETE', '/payload-preferences'], ['PATCH', '/payload-preferences'], ['POST', '/payload-locked-documents']] as const) {
      const { status, text } = await seller.door(path, { method, body: {} })
      expect((status >= 400 && status < 500) || status === 501, `${method} ${path}: ${status} ${text.slice(0, 200)}`).toBe(true)
    }
    expect((await owner.door('/payload-preferences/secret-layout')).text).toContain('columns of the owner')
  })
})
