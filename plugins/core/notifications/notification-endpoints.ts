import type { Endpoint, PayloadRequest, Where } from 'payload'
import type { Text } from '../../../config/language/text.ts'
import type { Actor } from '../access/actor.ts'
import { actorOfRequest } from '../access/collection-hooks.ts'
import { bodyOf } from '../api/rest.ts'
import { transact } from '../commands/transact.ts'
import { openStore } from '../data/open-store.ts'
import { fail, failInput } from '../errors.ts'
import { mailOf } from '../operations/surroundings.ts'

export type NotificationView = { readonly id: string; readonly at: string; readonly text: Text; readonly entity: string | null; readonly documentId: string | null; readonly read: boolean }
export type NotificationsView = {
  readonly notifications: readonly NotificationView[]
  readonly unread: number
  readonly total: number
  readonly page: number
  readonly perPage: number
  readonly byEmail: boolean
  /** Whether emails leave at all. */
  readonly hasMail: boolean
}

const notificationsPerPage = 50
const longestPage = 10_000

/**
 * What the person who asks was told: GET /inbox?page=; GET /inbox/count; POST /inbox/read `{ids?}` (without ids: all);
 * PUT /inbox/choice `{byEmail}`.
 */
export const notificationEndpoints: Endpoint[] = [
  { method: 'get', path: '/inbox', handler: async (req) => Response.json(await notificationsView(req, new URL(req.url ?? '', 'http://trellis').searchParams.get('page') ?? '1')) },
  { method: 'get', path: '/inbox/count', handler: async (req) => Response.json({ unread: await unreadOf(req, await personOnly(req)) }) },
  { method: 'post', path: '/inbox/read', handler: async (req) => Response.json(await markRead(req)) },
  { method: 'put', path: '/inbox/choice', handler: async (req) => Response.json(await choose(req)) },
]

export async function notificationsView(req: PayloadRequest, asked: string): Promise<NotificationsView> {
  const actor = await personOnly(req)
  if (!/^\d{1,5}$/.test(asked) || Number(asked) < 1 || Number(asked) > longestPage) failInput([{ code: 'invalid', path: 'page', severity: 'error', message: { en: `page is a whole number from 1 to ${longestPage}.`, zh: `page 须为 1 至 ${longestPage} 的整数。` } }])
  const page = Number(asked)
  const store = openStore(req.payload)
  const mine: Where = { user: { equals: actor.id } }
  const [rows, total, unread, choice] = await Promise.all([
    store.find('notifications', { where: mine, sort: ['-at', '-id'], limit: notificationsPerPage, page }), store.count('notifications', mine), unreadOf(req, actor), store.get('notification-choices', actor.id),
  ])
  return {
    notifications: rows.map(({ id, at, textEn, textZh, entity, documentId, read }) => ({ id, at, text: { en: textEn, zh: textZh }, entity: entity ?? null, documentId: documentId ?? null, read: read === true })),
    unread, total, page, perPage: notificationsPerPage, byEmail: choice?.byEmail !== false, hasMail: mailOf(req.payload) !== undefined,
  }
}

const unread = (actor: Actor): Where => ({ and: [{ user: { equals: actor.id } }, { read: { equals: false } }] })
const unreadOf = (req: PayloadRequest, actor: Actor): Promise<number> => openStore(req.payload).count('notifications', unread(actor))

/** Notifications are of a person: a program that acts for it does not read them. */
async function personOnly(req: PayloadRequest): Promise<Actor> {
  const actor = await actorOfRequest(req)
  return actor.key ? fail('personOnly') : actor
}

const mostIds = 1_000
/** So many in one transaction. */
const mostAtOnce = 500

async function markRead(req: PayloadRequest): Promise<{ readonly unread: number }> {
  const actor = await personOnly(req)
  const { ids } = await bodyOf(req)
  if (ids !== undefined && !(Array.isArray(ids) && ids.length <= mostIds && ids.every((id) => typeof id === 'string'))) {
    failInput([{ code: 'invalid', path: 'ids', severity: 'error', message: { en: `ids is a list of at most ${mostIds} ids; leave it out for all.`, zh: `ids 须为不超过 ${mostIds} 个 id 的列表，省略表示全部。` } }])
  }
  const where: Where = ids === undefined ? unread(actor) : { and: [unread(actor), { id: { in: ids as string[] } }] }
  for (let marked = mostAtOnce; marked === mostAtOnce;) {
    marked = await transact(req.payload, { actor }, async ({ store }) => {
      const rows = await store.find('notifications', { where, limit: mostAtOnce })
      for (const { id } of rows) await store.update('notifications', id, { read: true })
      return rows.length
    })
  }
  return { unread: await unreadOf(req, actor) }
}

async function choose(req: PayloadRequest): Promise<{ readonly byEmail: boolean }> {
  const actor = await personOnly(req)
  const { byEmail } = await bodyOf(req)
  if (typeof byEmail !== 'boolean') failInput([{ code: 'invalid', path: 'byEmail', severity: 'error', message: { en: 'byEmail is true or false.', zh: 'byEmail 须为 true 或 false。' } }])
  await transact(req.payload, { actor }, async ({ store }) => {
    if (await store.get('notification-choices', actor.id)) await store.update('notification-choices', actor.id, { byEmail })
    else await store.insert('notification-choices', { id: actor.id, owner: actor.id, byEmail })
  })
  return { byEmail }
}
