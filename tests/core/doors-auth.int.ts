import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { problemOfError } from '../../plugins/core/api/problem-of-error.ts'
import type { Booted } from '../support/boot-payload.ts'
import { askGraphql, schemaOf } from '../support/graphql.ts'
import { openDoor, signIn, type Door, type Person } from '../support/rest.ts'
import { bootPlatform } from '../support/test-platform.ts'

let booted: Booted
let owner: Person
let stranger: Door

beforeAll(async () => {
  booted = await bootPlatform()
  owner = await signIn(booted, ['owner'])
  stranger = openDoor(booted)
})
afterAll(() => booted?.stop())

const odd: readonly unknown[] = [null, 7, true, '', ' ', '\u0000', 'x'.repeat(5_000), '%00', "' or 1=1 --", '中文', [], ['x'], {}, { equals: 'x' }, { $gt: '' }, 'NaN', '__proto__']
const doors = ['unlock', 'forgot-password', 'reset-password', 'refresh-token', 'first-register', 'login', 'logout', 'verify/x', 'x/api-key/reveal'] as const

describe('the doors of accounts', () => {
  it('that are not opened are no addresses, whoever knocks', async () => {
    for (const door of [stranger, owner.door]) {
      for (const path of ['/users/verify/x', '/users/verify/%00', '/users/verify/undefined', `/users/${owner.id}/api-key/reveal`]) {
        const answer = await door(path, { method: 'POST' })
        expect(answer.status, path).toBe(404)
        expect(answer.body, path).toMatchObject({ errors: [{ name: 'noSuchAddress', data: { code: 'noSuchAddress', message: { zh: expect.stringContaining('POST') as string } } }] })
      }
    }
    expect(Object.keys(schemaOf(booted.payload).getMutationType()?.getFields() ?? {}).filter((name) => /verify/i.test(name))).toEqual([])
    const { errors } = await askGraphql(booted.payload, { id: owner.id, email: owner.email, roles: ['owner'] }, 'mutation { verifyEmailUser(token: "x") }')
    expect(errors?.[0]?.message).toContain('verifyEmailUser')
  })

  it.each(doors)('%s answers whatever is brought to it, and is not shaken', async (name) => {
    const bodies: { body?: unknown; raw?: string }[] = [
      {}, { raw: '' }, { raw: '{' }, { raw: 'x=1' }, { raw: '\u0000' }, ...odd.map((body) => ({ body })),
      ...odd.flatMap((value) => [
        { body: { email: value, password: value, token: value, username: value } },
        { body: { email: 'someone@firm.example', password: value, token: 'x', roles: value, id: value } },
        { body: { email: value, password: 'long enough for a test', token: value } },
      ]),
    ]
    for (const request of bodies) {
      // A new session each time: a door may end the one it is asked with.
      for (const door of [stranger, name === 'logout' ? stranger : owner.door]) {
        const { status, text } = await door(`/users/${name}`, { method: 'POST', ...request })
        expect(status, `${JSON.stringify(request).slice(0, 200)}: ${status} ${text.slice(0, 300)}`).toBeLessThan(500)
      }
    }
  })

  it('are the same in GraphQL', async () => {
    const values = ['null', '""', '" "', '"\\u0000"', JSON.stringify('x'.repeat(5_000)), '"中文"']
    const mutations = values.flatMap((value) => [
      `loginUser(email: ${value === 'null' ? '""' : value}, password: ${value}) { token }`, `unlockUser(email: ${value === 'null' ? '""' : value})`,
      `forgotPasswordUser(email: ${value === 'null' ? '""' : value})`, `resetPasswordUser(token: ${value}, password: ${value}) { token }`,
      `resetPasswordUser(token: ${value}, password: "long enough for a test") { token }`,
    ])
    for (const mutation of [...mutations, 'loginUser(email: "a@b.example") { token }', 'resetPasswordUser { token }', 'refreshTokenUser { refreshedToken }', 'logoutUser']) {
      for (const user of [null, { id: owner.id, email: owner.email, roles: ['owner'] }]) {
        const { errors } = await askGraphql(booted.payload, user, `mutation { ${mutation} }`)
        for (const error of errors ?? []) expect(problemOfError(error).status, `${mutation.slice(0, 200)}: ${error.message}`).toBeLessThan(500)
      }
    }
  })

  it('are asked for with any parameters', async () => {
    const parameters = ['', '?depth=x', '?depth=99999999999', '?depth[]=1', '?select=x', '?select[nosuch]=true', '?select[hash]=true', '?populate=x', '?joins=x', '?joins[x]=1', '?where=x', '?draft=x', '?locale=xx', '?fallback-locale=x', '?trash=x', '?allSessions=x']
    for (const path of ['me', 'init', 'logout', 'refresh-token']) {
      for (const parameter of parameters) {
        for (const door of [stranger, owner.door]) {
          for (const method of path === 'me' || path === 'init' ? ['GET'] : ['GET', 'POST']) {
            if (door === owner.door && path === 'logout' && method === 'POST') continue
            const { status, text } = await door(`/users/${path}${parameter}`, { method })
            expect(status, `${method} ${path}${parameter}: ${status} ${text.slice(0, 300)}`).toBeLessThan(500)
          }
        }
      }
    }
    expect((await stranger('/users/init')).body).toEqual({ initialized: true })
    expect((await owner.door('/users/me')).body).toMatchObject({ user: { id: owner.id } })
  })
})
