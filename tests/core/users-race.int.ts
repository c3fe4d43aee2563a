import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Booted } from '../support/boot-payload.ts'
import { openDoor, signIn, type Door } from '../support/rest.ts'
import { bootPlatform } from '../support/test-platform.ts'

let booted: Booted

beforeAll(async () => {
  booted = await bootPlatform()
})
afterAll(() => booted?.stop())

it('two owners who take the role from each other at the same moment: one owner always stays', async () => {
  let first = await signIn(booted, ['owner'], 'first')
  let second = await signIn(booted, ['owner'], 'second')
  const rolesOf = async (id: string) => (await booted.payload.findByID({ collection: 'users', id })).roles
  for (let round = 0; round < 6; round++) {
    const demote = { method: 'PATCH', body: { roles: ['viewer'] } }
    const answers = await Promise.all([first.door(`/users/${second.id}`, demote), second.door(`/users/${first.id}`, demote)])
    for (const { status, text } of answers) expect([200, 403, 409, 503], text).toContain(status)
    const owners = [first, second]
    const roles = await Promise.all(owners.map(({ id }) => rolesOf(id)))
    const left = owners.filter((_, index) => roles[index]?.includes('owner'))
    expect(left.length, JSON.stringify(answers.map(({ status }) => status))).toBeGreaterThan(0)
    const [keeper] = left
    if (!keeper) expect.fail()
    for (const { id } of [first, second]) {
      if (id !== keeper.id) expect((await keeper.door(`/users/${id}`, { method: 'PATCH', body: { roles: ['owner'] } })).status).toBe(200)
    }
    ;[first, second] = [second, first]
  }
})

it('who sign in to one account, stay on and sign out at the same moment each get what they asked for', async () => {
  const person = await signIn(booted, ['viewer'], 'shared')
  const enter = async () => {
    const { status, text, body } = await openDoor(booted)('/users/login', { method: 'POST', body: { email: person.email, password: 'long enough for a test' } })
    expect(status, text).toBe(200)
    return openDoor(booted, (body as { token: string }).token)
  }
  const isIn = async (door: Door) => (await door('/users/me')).text.includes(person.email)
  const [leaving, staying] = await Promise.all([enter(), enter()])
  const entered = await Promise.all([
    ...Array.from({ length: 8 }, enter),
    leaving('/users/logout', { method: 'POST' }).then(({ status, text }) => { expect(status, text).toBe(200); return leaving }),
    staying('/users/refresh-token', { method: 'POST' }).then(({ status, text }) => { expect(status, text).toBe(200); return staying }),
  ])
  expect(await Promise.all(entered.map(isIn))).toEqual(entered.map((door) => door !== leaving))
  expect(await isIn(person.door)).toBe(true)
})
