import { randomBytes } from 'node:crypto'
import type { PayloadRequest } from 'payload'
import { apiKeys } from '../../../collections/core/security.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import type { Text } from '../../../config/language/text.ts'
import type { Actor } from '../access/actor.ts'
import { can, requireRight } from '../access/can.ts'
import { isUnlimited } from '../access/reach.ts'
import { newId } from '../commands/context.ts'
import { transact } from '../commands/transact.ts'
import { openStore } from '../data/open-store.ts'
import { fail, failInput } from '../errors.ts'
import { platformOf } from '../platform/platform.ts'
import { noteSignIn } from '../sign-ins/note-sign-in.ts'
import { personOf } from '../sign-ins/sessions.ts'
import { hashOfKey } from './key-strategy.ts'

/** Longer than a year nobody remembers what a key is for. */
export const longestDays = 366

type NewKey = { readonly name: string; readonly roles: readonly string[]; readonly readOnly: boolean; readonly entities: readonly string[]; readonly days: number }

/**
 * Makes a key that acts for who asks. The key itself is in the answer and nowhere else: only its hash is stored.
 * Body: `{name, roles, readOnly?, entities?, days}`.
 */
export async function createKey(req: PayloadRequest, body: Readonly<Record<string, unknown>>): Promise<{ id: string; key: string; expiresAt: string }> {
  const actor = await personOf(req)
  requireRight(actor, 'create', apiKeys)
  const lendable = await lendableRoles(req, actor)
  const { days, ...wanted } = decoded(body, { roles: lendable.map(({ slug }) => slug), entities: [...platformOf(req.payload).entities.keys()] })
  const key = `tk_${randomBytes(32).toString('base64url')}`
  return transact(req.payload, { actor }, async ({ store, now }) => {
    const expiresAt = new Date(Date.parse(now) + days * 86_400_000).toISOString()
    const id = newId()
    await store.insert('api-keys', { id, ...wanted, owner: actor.id, prefix: key.slice(0, 9), hash: hashOfKey(key), expiresAt })
    await noteSignIn(store, req.headers, { kind: 'keyCreated', user: actor, by: actor.name, apiKey: wanted.name })
    return { id, key, expiresAt }
  })
}

/** Ends a key at once: its person's own, or any for who may edit keys. */
export async function revokeKey(req: PayloadRequest, id: string): Promise<{ id: string }> {
  const actor = await personOf(req)
  return transact(req.payload, { actor }, async ({ store, now }) => {
    const key = await store.get('api-keys', id)
    if (!key || !mayRevoke(actor, key)) fail('notFound', { entity: apiKeys.label, id: id.slice(0, 60) })
    if (!key.revokedAt) {
      await store.update('api-keys', id, { revokedAt: now, revokedBy: actor.name })
      await noteSignIn(store, req.headers, { kind: 'keyRevoked', user: { id: key.owner, name: (await store.get('users', key.owner) as { name?: string } | undefined)?.name ?? key.owner }, by: actor.name, apiKey: key.name })
    }
    return { id }
  })
}

export function mayRevoke(actor: Actor, { owner }: { readonly owner: string }): boolean {
  const { allowed, own } = can(actor, 'edit', apiKeys)
  return owner === actor.id || (allowed && !own)
}

/** The roles that someone can lend to a key: those held, for an owner any, but none that reaches everything. */
export async function lendableRoles(req: PayloadRequest, actor: Actor) {
  const roles = await openStore(req.payload).find('roles', { sort: 'createdAt' })
  const account = (await openStore(req.payload).get('users', actor.id)) as { roles?: readonly string[] } | undefined
  return roles.filter((role) => role.slug !== 'system' && !isUnlimited(role) && (actor.roles.includes('owner') || account?.roles?.includes(role.slug)))
}

function decoded({ name, roles, readOnly, entities, days, ...rest }: Readonly<Record<string, unknown>>, known: { readonly roles: readonly string[]; readonly entities: readonly string[] }): NewKey {
  const findings: Finding[] = Object.keys(rest).map((field) => finding(field.slice(0, 60), { en: `A key has no "${field.slice(0, 60)}". Give name, roles, readOnly, entities, days.`, zh: `密钥没有“${field.slice(0, 60)}”。可填 name、roles、readOnly、entities、days。` }))
  const said = typeof name === 'string' ? name.trim() : ''
  if (said === '' || said.length > 80) findings.push(finding('name', { en: 'Name the key by what uses it, in 1–80 characters.', zh: '请填写密钥名称（1–80 个字符），说明由谁使用。' }))
  const [lent, limited] = [textsOf(roles), textsOf(entities ?? [])]
  if (!lent || lent.length === 0) findings.push(finding('roles', { en: 'Choose at least one role for the key.', zh: '请至少为密钥选择一个角色。' }))
  for (const role of lent ?? []) {
    if (!known.roles.includes(role)) findings.push(finding('roles', { en: `The role "${role.slice(0, 60)}" cannot be lent to a key: choose one that you hold and that does not reach everything.`, zh: `角色“${role.slice(0, 60)}”不能授予密钥：请选择您拥有且不含全部权限的角色。` }))
  }
  if (!limited) findings.push(finding('entities', { en: 'entities must be a list of entity keys.', zh: 'entities 须为实体标识的列表。' }))
  for (const entity of limited ?? []) if (!known.entities.includes(entity)) findings.push(finding('entities', { en: `There is no entity "${entity.slice(0, 60)}".`, zh: `不存在实体“${entity.slice(0, 60)}”。` }))
  if (readOnly !== undefined && typeof readOnly !== 'boolean') findings.push(finding('readOnly', { en: 'readOnly is true or false.', zh: 'readOnly 须为 true 或 false。' }))
  if (!Number.isSafeInteger(days) || Number(days) < 1 || Number(days) > longestDays) findings.push(finding('days', { en: `A key holds for 1 to ${longestDays} days.`, zh: `密钥有效期须为 1 至 ${longestDays} 天。` }))
  if (findings.length > 0) failInput(findings)
  return { name: said, roles: lent ?? [], readOnly: readOnly === true, entities: limited ?? [], days: Number(days) }
}

const textsOf = (value: unknown): string[] | undefined => (Array.isArray(value) && value.every((one) => typeof one === 'string') ? [...new Set(value)] : undefined)
const finding = (path: string, message: Text): Finding => ({ code: 'invalidKey', path, severity: 'error', message })
