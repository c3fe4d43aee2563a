import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../plugins/core/data/open-store.ts'
import type { Booted } from '../support/boot-payload.ts'
import { openDoor, signIn, type Answer, type Person } from '../support/rest.ts'
import { createSampleFirm } from '../support/sample-firm.ts'
import { bootPlatform } from '../support/test-platform.ts'

let booted: Booted
let owner: Person
let clerk: Person
/** May edit users and roles, and is no owner. */
let registrar: Person

const codes = ({ body }: Answer) => {
  const [error] = (body as { errors?: { data?: { refusals?: { code: string }[]; findings?: { path: string }[] } }[] }).errors ?? []
  return [...(error?.data?.refusals ?? []).map(({ code }) => code), ...(error?.data?.findings ?? []).map(({ path }) => path)]
}
const rolesOf = async (id: string) => (await booted.payload.findByID({ collection: 'users', id })).roles
const roleId = async (slug: string) => String((await openStore(booted.payload).findOne('roles', { slug: { equals: slug } }))?.id)
const patch = (body: unknown) => ({ method: 'PATCH', body })
const post = (body: unknown) => ({ method: 'POST', body })

beforeAll(async () => {
  booted = await bootPlatform()
  await createSampleFirm(booted.payload)
  owner = await signIn(booted, ['owner'])
  clerk = await signIn(booted, ['salesRep'])
  const created = await owner.door('/roles', post({
    slug: 'registrar', name: 'Registrar', permissions: [{ entity: 'users', actions: ['read', 'create', 'edit', 'discard'] }, { entity: 'roles', actions: ['read', 'create', 'edit', 'discard'] }],
  }))
  expect(created.status, created.text).toBe(201)
  registrar = await signIn(booted, ['registrar'])
})
afterAll(() => booted?.stop())

describe('accounts', () => {
  it('nobody gives roles to oneself: not a clerk, not someone who edits users; the first account is the owner', async () => {
    expect(await rolesOf(owner.id)).toEqual(['owner'])
    for (const person of [clerk, registrar]) {
      const before = await rolesOf(person.id)
      const answer = await person.door(`/users/${person.id}`, patch({ roles: [...(before ?? []), 'accountant'] }))
      expect([answer.status, codes(answer)]).toEqual([409, ['selfRoles']])
      expect(await rolesOf(person.id)).toEqual(before)
    }
  })

  it('a clerk neither reads nor changes others, but keeps the own name and password', async () => {
    const own = await clerk.door(`/users/${clerk.id}`, patch({ name: 'Li Na', language: 'zh' }))
    expect(own.status, own.text).toBe(200)
    expect((await clerk.door(`/users/${owner.id}`, patch({ name: 'x' }))).status).toBe(403)
    expect((await clerk.door('/users', post({ email: 'new@firm.example', password: 'long enough for a test' }))).status).toBe(403)
    expect(((await clerk.door('/users')).body as { docs: { id: string }[] }).docs.map(({ id }) => id)).toEqual([clerk.id])
    expect(codes(await clerk.door(`/users/${clerk.id}`, patch({ password: 'short' })))).toEqual(['password'])
  })

  it('who edits users does not reach the owner: no owner role to give, no owner account to take over', async () => {
    const tries = [
      await registrar.door(`/users/${clerk.id}`, patch({ roles: ['owner'] })),
      await registrar.door(`/users/${clerk.id}`, patch({ roles: ['registrar'] })),
      await registrar.door('/users', post({ email: 'x@firm.example', password: 'long enough for a test', roles: ['owner'] })),
      await registrar.door(`/users/${owner.id}`, patch({ password: 'taken over by me' })),
      await registrar.door(`/users/${owner.id}`, { method: 'DELETE' }),
    ]
    for (const answer of tries) expect([answer.status, codes(answer)]).toEqual([409, ['ownerOnly']])
    expect((await registrar.door(`/users/${clerk.id}`, patch({ roles: ['salesRep', 'buyer'] }))).status).toBe(200)
    expect(await rolesOf(clerk.id)).toEqual(['salesRep', 'buyer'])
  })

  it('the last owner stays an owner who can sign in', async () => {
    for (const change of [{ roles: ['viewer'] }, { roles: [] }]) {
      expect(codes(await owner.door(`/users/${owner.id}`, patch(change)))).toEqual(['lastOwner'])
    }
    expect(codes(await owner.door(`/users/${owner.id}`, patch({ blocked: true })))).toEqual(['selfBlock'])
    const second = await signIn(booted, ['owner'], 'second')
    expect((await owner.door(`/users/${second.id}`, patch({ blocked: true }))).status).toBe(200)
    expect(codes(await owner.door(`/users/${owner.id}`, patch({ roles: ['viewer'] })))).toEqual(['lastOwner'])
  })

  it('a blocked account is signed out at once and cannot sign in; whose password was set by another signs in anew', async () => {
    const leaver = await signIn(booted, ['viewer'], 'leaver')
    expect((await leaver.door('/roles?limit=1')).status).not.toBe(401)
    expect((await owner.door(`/users/${leaver.id}`, patch({ password: 'a fresh password' }))).status).toBe(200)
    expect(((await leaver.door('/users/me')).body as { user: unknown }).user).toBeNull()
    const fresh = await openDoor(booted)('/users/login', post({ email: leaver.email, password: 'a fresh password' }))
    expect(fresh.status).toBe(200)
    expect((await owner.door(`/users/${leaver.id}`, patch({ blocked: true }))).status).toBe(200)
    const door = openDoor(booted, (fresh.body as { token: string }).token)
    expect(((await door('/users/me')).body as { user: unknown }).user).toBeNull()
    expect(codes(await openDoor(booted)('/users/login', post({ email: leaver.email, password: 'a fresh password' })))).toEqual(['userBlocked'])
  })

  it('the last sign-in is known, and nobody writes it', async () => {
    await owner.door(`/users/${clerk.id}`, patch({ lastLoginAt: '2001-01-01T00:00:00.000Z' }))
    const { lastLoginAt } = await booted.payload.findByID({ collection: 'users', id: clerk.id }) as { lastLoginAt?: string }
    expect(Date.now() - Date.parse(String(lastLoginAt))).toBeLessThan(120_000)
  })

  it('an unknown role, a weak password and the account of someone with history are refused with reason', async () => {
    expect(codes(await owner.door('/users', post({ email: 'y@firm.example', password: 'short', roles: ['emperor'] })))).toEqual(['password', 'roles'])
    expect(codes(await owner.door('/users', post({ email: 'y@firm.example', password: 'long enough for a test', roles: ['system'] })))).toEqual(['roles'])
    const second = await signIn(booted, ['owner'], 'third')
    expect(codes(await second.door(`/users/${owner.id}`, { method: 'DELETE' }))).toEqual(['userHasHistory'])
    const named = await signIn(booted, ['salesRep'], 'named')
    const lead = await owner.door('/leads', post({ organisation: 'Velo Nord', owner: named.id }))
    expect(lead.status, lead.text).toBe(201)
    const kept = await owner.door(`/users/${named.id}`, { method: 'DELETE' })
    expect([codes(kept), kept.text.includes('1 lead (Owner)')]).toEqual([['userInUse'], true])
    const idle = await signIn(booted, ['viewer'], 'idle')
    expect((await owner.door(`/users/${idle.id}`, { method: 'DELETE' })).status).toBe(200)
  })
})

describe('roles', () => {
  it('what is written into one is checked at its place, so that no account breaks on it', async () => {
    const id = await roleId('viewer')
    const wrong: [unknown, string[]][] = [
      ['all', ['permissions']],
      [[null], ['permissions.0']],
      [[{ entity: 'nowhere', actions: ['read'] }], ['permissions.0.entity']],
      [[{ entity: 'parts', actions: ['read', 'fly'] }], ['permissions.0.actions']],
      [[{ entity: 'parts', actions: ['read'], hiddenFields: ['soul'], own: 'yes', more: 1 }], ['permissions.0.more', 'permissions.0.hiddenFields', 'permissions.0.own']],
    ]
    for (const [permissions, paths] of wrong) {
      const answer = await owner.door(`/roles/${id}`, patch({ permissions }))
      expect([answer.status, codes(answer)]).toEqual([422, paths])
    }
    expect(codes(await owner.door(`/roles/${id}`, patch({ slug: 'looker' })))).toEqual(['slug'])
    expect(codes(await owner.door(`/roles/${await roleId('owner')}`, patch({ permissions: [{ entity: 'parts', actions: ['read'] }] })))).toEqual(['permissions'])
  })

  it('every shipped role passes the check as it is', async () => {
    for (const { id, permissions, slug } of await openStore(booted.payload).find('roles', { where: { and: [{ shipped: { equals: true } }, { slug: { not_equals: 'system' } }] } })) {
      const answer = await owner.door(`/roles/${id}`, patch({ permissions }))
      expect(answer.status, `${slug}: ${answer.text}`).toBe(200)
    }
  })

  it('who may edit roles cannot raise oneself; a change holds at once', async () => {
    for (const permissions of [[{ entity: '*', actions: ['read', 'edit'] }], [{ entity: 'parts', actions: ['read'] }]]) {
      expect(codes(await registrar.door(`/roles/${await roleId('registrar')}`, patch({ permissions })))).toEqual(['ownerOnly'])
    }
    expect(codes(await registrar.door('/roles', post({ slug: 'king', name: 'King', permissions: [{ entity: 'users', actions: ['edit'] }] })))).toEqual(['ownerOnly'])
    expect((await clerk.door('/roles?limit=1')).status).toBe(403)
    const { id } = await booted.payload.findByID({ collection: 'users', id: clerk.id })
    expect((await owner.door('/roles', post({ slug: 'auditor', name: 'Auditor', permissions: [{ entity: 'roles', actions: ['read'] }] }))).status).toBe(201)
    expect((await owner.door(`/users/${id}`, patch({ roles: ['salesRep', 'auditor'] }))).status).toBe(200)
    expect((await clerk.door('/roles?limit=1')).status).toBe(200)
  })

  it('a shipped role and one that people have are not discarded; a copy counts as the role it is based on', async () => {
    expect(codes(await owner.door(`/roles/${await roleId('buyer')}`, { method: 'DELETE' }))).toEqual(['shipped'])
    expect(codes(await owner.door(`/roles/${await roleId('auditor')}`, { method: 'DELETE' }))).toEqual(['inUse'])
    expect(codes(await owner.door('/roles', post({ slug: 'copy', name: 'Copy', basedOn: 'auditor', permissions: [] })))).toEqual(['basedOn'])
    expect((await owner.door('/roles', post({ slug: 'juniorBuyer', name: 'Junior buyer', basedOn: 'buyer', permissions: [{ entity: 'parts', actions: ['read'] }] }))).status).toBe(201)
    expect((await owner.door(`/roles/${await roleId('juniorBuyer')}`, { method: 'DELETE' })).status).toBe(200)
  })
})
