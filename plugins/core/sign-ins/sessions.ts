import { createHash } from 'node:crypto'
import type { PayloadRequest } from 'payload'
import { actorOfRequest } from '../access/collection-hooks.ts'
import type { Actor } from '../access/actor.ts'
import { can } from '../access/can.ts'
import { transact } from '../commands/transact.ts'
import { openStore } from '../data/open-store.ts'
import type { Store } from '../data/store.ts'
import { fail, failQuestion } from '../errors.ts'
import { usersEntity } from '../users/users-entity.ts'
import { noteSignIn } from './note-sign-in.ts'

export type SessionRow = {
  /** Names the session; is not the one that tokens carry. */
  readonly id: string
  readonly createdAt: string
  readonly expiresAt: string
  /** The one that asks. */
  readonly isCurrent: boolean
  readonly address: string | null
  readonly agent: string | null
}
export type SessionsView = { readonly user: string; readonly sessions: readonly SessionRow[]; readonly at: string }

type Session = { readonly id: string; readonly createdAt: string | Date; readonly expiresAt: string | Date }
type Account = { readonly id: string; readonly name?: string | null; readonly email: string; readonly roles?: readonly string[] | null; readonly sessions?: readonly Session[] | null }

/** Where an account is signed in: one's own, or any other for who edits users. */
export async function sessionsView(req: PayloadRequest, userId: string): Promise<SessionsView> {
  const account = await reachable(openStore(req.payload), await personOf(req), userId)
  const open = openSessions(account)
  const notes = new Map((await openStore(req.payload).find('sign-ins', { where: { session: { in: open.map(({ id }) => id) } } })).map((note) => [note.session, note]))
  const current = sessionOf(req)
  return {
    user: account.id, at: new Date().toISOString(),
    sessions: open.map((session): SessionRow => ({
      id: nameOf(session.id), createdAt: timeText(session.createdAt), expiresAt: timeText(session.expiresAt), isCurrent: session.id === current,
      address: notes.get(session.id)?.address ?? null, agent: notes.get(session.id)?.agent ?? null,
    })).sort((one, other) => Number(other.isCurrent) - Number(one.isCurrent) || other.createdAt.localeCompare(one.createdAt)),
  }
}

/**
 * Ends sessions of an account: one by its name, all `others`, or `all` with the one that asks. @returns how many
 * @throws 404 for an account or a session that is not there or not one's to see
 */
export async function endSessions(req: PayloadRequest, { user: userId, session }: { readonly user: unknown; readonly session: unknown }): Promise<{ ended: number }> {
  if (typeof userId !== 'string') failQuestion('user', { en: 'user must be the id of an account.', zh: 'user 须为账号 id。' })
  if (typeof session !== 'string') failQuestion('session', { en: 'session must be the id of a session, "others" or "all".', zh: 'session 须为会话 id、“others”或“all”。' })
  const actor = await personOf(req)
  const current = sessionOf(req)
  return transact(req.payload, { actor }, async ({ store, now }) => {
    const account = await reachable(store, actor, userId)
    const isMeant = ({ id }: Session) => session === 'all' || (session === 'others' ? id !== current : nameOf(id) === session)
    const ended = openSessions(account).filter(isMeant)
    if (ended.length === 0 && session !== 'all' && session !== 'others') fail('notFound', { entity: { en: 'session', zh: '会话' }, id: session.slice(0, 60) })
    await store.update('users', account.id, { sessions: (account.sessions ?? []).filter((one) => !ended.includes(one)) } as never)
    for (const { id } of ended) {
      const note = await store.findOne('sign-ins', { session: { equals: id } })
      if (note) await store.update('sign-ins', note.id, { endedAt: now })
      await noteSignIn(store, req.headers, { kind: 'sessionEnded', user: account, by: actor.name })
    }
    return { ended: ended.length }
  })
}

/**
 * A login writes the account as it read it before it checked the password: sessions that were ended meanwhile would be open
 * again. Within the login's transaction they are taken out once more.
 */
export async function leaveOutEnded(store: Store, userId: string): Promise<void> {
  const account = (await store.get('users', userId)) as unknown as Account | undefined
  const ids = (account?.sessions ?? []).map(({ id }) => id)
  if (!account || ids.length === 0) return
  const ended = new Set((await store.find('sign-ins', { where: { and: [{ session: { in: ids } }, { endedAt: { exists: true } }] } })).map(({ session }) => session))
  if (ended.size === 0) return
  await store.update('users', account.id, { sessions: (account.sessions ?? []).filter(({ id }) => !ended.has(id)) } as never)
}

/** The session of the request's token. */
export const sessionOf = (req: PayloadRequest): string | undefined => {
  const sid = (req.user as { _sid?: unknown } | null)?._sid
  return typeof sid === 'string' ? sid : undefined
}

/** The actor of a person; what concerns accounts, sessions and keys is not for programs. */
export async function personOf(req: PayloadRequest): Promise<Actor> {
  const actor = await actorOfRequest(req)
  if (actor.key) fail('personOnly')
  return actor
}

/** What one may not see does not exist. An owner's sessions are for owners. */
async function reachable(store: Store, actor: Actor, userId: string): Promise<Account> {
  const account = (await store.get('users', userId)) as unknown as Account | undefined
  const reaches = account && (account.id === actor.id || (can(actor, 'edit', usersEntity).allowed && (actor.roles.includes('owner') || !account.roles?.includes('owner'))))
  return reaches ? account : fail('notFound', { entity: usersEntity.label, id: userId.slice(0, 60) })
}

const openSessions = ({ sessions }: Account) => (sessions ?? []).filter(({ expiresAt }) => new Date(expiresAt).getTime() > Date.now())
const timeText = (time: string | Date) => new Date(time).toISOString()
const nameOf = (sid: string) => createHash('sha256').update(sid).digest('hex').slice(0, 16)
