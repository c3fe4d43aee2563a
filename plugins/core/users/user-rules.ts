import { AuthenticationError } from 'payload'
import type { CollectionBeforeDeleteHook, CollectionBeforeLoginHook, CollectionBeforeValidateHook, PayloadRequest } from 'payload'
import type { Finding, Refusal } from '../../../config/language/refusal.ts'
import { actorOfRequest } from '../access/collection-hooks.ts'
import { isUnlimited } from '../access/reach.ts'
import { isDay } from '../approvals/substitutes.ts'
import { isEmail, unstorable } from '../commands/input.ts'
import { idFindings } from '../commands/written-values.ts'
import { isConflict } from '../data/database-faults.ts'
import { openReferenceGuard } from '../commands/reference-guard.ts'
import { openStore } from '../data/open-store.ts'
import { usesOf, type Use } from '../data/uses.ts'
import { fail, failInput, failQuestion, failRefused } from '../errors.ts'
import { platformOf } from '../platform/platform.ts'
import { demoLogins } from '../demo/logins.ts'
import { markPassword } from '../sign-ins/login-hooks.ts'
import { storeOfRequest } from '../sign-ins/note-sign-in.ts'
import { sessionOf } from '../sign-ins/sessions.ts'
import { passwordFindings } from './password-rules.ts'
import { passwordOf } from './session-writes.ts'
import { usersEntity } from './users-entity.ts'

type UserData = { roles?: unknown; password?: unknown; email?: unknown; blocked?: unknown; sessions?: unknown; [name: string]: unknown }
type User = { readonly id: string; readonly roles?: readonly string[] | null; readonly blocked?: boolean | null }

/**
 * Who may change which account. Whoever edits users gives roles, but nobody gives roles to oneself, and only an owner
 * touches an owner's account or makes one. One owner who can sign in always stays. Requests of the platform itself (first
 * user, demo firm, tests) carry no user and are only checked for sense.
 */
export const checkUser: CollectionBeforeValidateHook = async ({ data, operation, originalDoc, req }) => {
  const change = (data ?? {}) as UserData
  const before = originalDoc as User | undefined
  // Without a condition MongoDB counts by an estimate, which no transaction allows.
  if (operation === 'create' && (await req.payload.db.count({ collection: 'users', where: { id: { exists: true } }, req })).totalDocs === 0) change.roles = ['owner']
  const findings = [...(operation === 'create' ? idFindings(change.id) : []), ...emailFindings(change), ...typeFindings(change), ...(isDemoLogin(req, change) ? [] : await passwordFindings({ ...before, ...change })), ...(await roleFindings(req, change.roles))]
  if (findings.length > 0) failInput(findings)
  if (req.user) await checkAuthority(req, change, before)
  if (before && losesOwner(change, before)) await requireAnotherOwner(req, before.id)
  const setsPassword = typeof change.password === 'string' && change.password !== ''
  if (setsPassword) markPassword(req)
  // A blocked account is signed out everywhere; a new password leaves only the session that sets it.
  if (before && operation === 'update' && (setsPassword || (change.blocked === true && !before.blocked))) {
    const account = (await openStore(req.payload).get('users', before.id)) as unknown as { sessions?: readonly { id: string }[] } | undefined
    const stays = req.user?.id === before.id && change.blocked !== true ? sessionOf(req) : undefined
    change.sessions = (account?.sessions ?? []).filter(({ id }) => id === stays)
  }
  return change
}

/** The demo firm, which the platform itself loads: its logins stand on the sign-in page, so their password is no secret to keep. */
const isDemoLogin = ({ payloadAPI, user }: PayloadRequest, { email, password }: UserData) =>
  !user && payloadAPI === 'local' && demoLogins().some((login) => login.email === email && login.password === password)

/** Whoever has done something, or is named anywhere, stays, so that history and documents keep their names: block the account instead. */
export const keepAuthors: CollectionBeforeDeleteHook = async ({ id, req }) => {
  const user = (await openStore(req.payload).get('users', String(id))) as unknown as User | undefined
  if (!user) return
  if (req.user) await checkAuthority(req, { blocked: true }, user)
  if (isOwner(user)) await requireAnotherOwner(req, user.id)
  await shutOutReferences(req)
  // What someone was told is theirs alone, and goes with the account; where that stays after all, this is undone.
  for (const [inbox, field] of [['notifications', 'user'], ['notification-choices', 'owner']] as const) await (await storeOfRequest(req)).remove(inbox, { [field]: { equals: user.id } })
  const refusals = [...(await authorship(req, user.id)), ...(await placesOf(req, user.id))]
  if (refusals.length > 0) failRefused(refusals)
}

async function authorship(req: PayloadRequest, id: string): Promise<Refusal[]> {
  const done = await storeOf(req).count('history', { actor: { equals: id } })
  if (done === 0) return []
  return [{
    code: 'userHasHistory',
    message: {
      en: `This person has made ${done} changes that history keeps. Block the account instead of deleting it.`,
      zh: `此用户已有 ${done} 条操作记录，须予保留。请停用账号，不要删除。`,
    },
  }]
}

async function placesOf(req: PayloadRequest, id: string): Promise<Refusal[]> {
  const uses: Use[] = []
  for await (const use of usesOf(storeOf(req), platformOf(req.payload), { to: usersEntity.slug, id })) uses.push(use)
  if (uses.length === 0) return []
  const en = uses.map(({ entity, field, count }) => `${count} ${(count === 1 ? entity.label : entity.labels).en.toLowerCase()} (${field.label.en})`).join(', ')
  const zh = uses.map(({ entity, field, count }) => `${count} 条${entity.labels.zh}（${field.label.zh}）`).join('、')
  return [{
    code: 'userInUse',
    message: { en: `This person is named in ${en}. Block the account instead of deleting it.`, zh: `此用户被引用：${zh}。请停用账号，不要删除。` },
  }]
}

/** From here on no command commits a new reference to an account before this request's transaction ends. */
async function shutOutReferences({ payload, transactionID }: PayloadRequest): Promise<void> {
  const transaction = await transactionID
  if (transaction === undefined) return
  try {
    await openReferenceGuard(payload, transaction).shutOut()
  } catch (error) {
    if (isConflict(error)) fail('busy')
    throw error
  }
}

const storeOf = ({ payload, transactionID }: PayloadRequest) => openStore(payload, typeof transactionID === 'object' ? undefined : transactionID)

/** The account as it is now, not as it was before its password was checked: nobody comes in who is blocked, or with a password of before. */
export const refuseBlocked: CollectionBeforeLoginHook = async ({ req, user }) => {
  const { blocked, hash } = (await storeOf(req).require('users', (user as unknown as User).id)) as unknown as User & { readonly hash?: string | null }
  if (hash !== passwordOf(req)) throw new AuthenticationError(req.t)
  if (blocked) {
    failRefused([{ code: 'userBlocked', message: { en: 'This account is blocked. Ask the owner to unblock it.', zh: '该账号已停用，请联系企业主恢复。' } }])
  }
}

async function checkAuthority(req: PayloadRequest, change: UserData, before: User | undefined): Promise<void> {
  const actor = await actorOfRequest(req)
  const actorIsOwner = actor.roles.includes('owner')
  const isSelf = before?.id === actor.id
  const givesRoles = change.roles !== undefined && !sameRoles(change.roles, before?.roles)
  if (!isSelf && before && !actorIsOwner && isOwner(before)) refuse('ownerOnly')
  if (isSelf && change.blocked === true) refuse('selfBlock')
  if (!givesRoles) return
  if (isSelf && !actorIsOwner) refuse('selfRoles')
  if (!actorIsOwner && (await anyUnlimited(req, change.roles as string[]))) refuse('ownerOnly')
}

const refusals = {
  selfRoles: { en: 'Nobody changes their own roles. Ask an owner.', zh: '不能修改自己的角色，请联系企业主。' },
  ownerOnly: { en: 'Only an owner changes an owner’s account or gives a role that may do everything.', zh: '只有企业主可以修改企业主账号，或授予拥有全部权限的角色。' },
  selfBlock: { en: 'You cannot block your own account. Ask another owner.', zh: '不能停用自己的账号，请由其他企业主操作。' },
} as const

function refuse(code: keyof typeof refusals): never {
  failRefused([{ code, message: refusals[code] }])
}

async function anyUnlimited(req: PayloadRequest, roles: readonly string[]): Promise<boolean> {
  const rows = await openStore(req.payload).find('roles', { where: { slug: { in: [...roles] } } })
  return rows.some(isUnlimited)
}

const isOwner = ({ roles }: User) => Boolean(roles?.includes('owner'))

const losesOwner = (change: UserData, before: User) =>
  isOwner(before) && !before.blocked && (change.blocked === true || (Array.isArray(change.roles) && !change.roles.includes('owner')))

async function requireAnotherOwner(req: PayloadRequest, id: string): Promise<void> {
  const { docs } = await req.payload.db.find<User>({ collection: 'users', where: { and: [{ roles: { in: ['owner'] } }, { id: { not_equals: id } }] }, limit: 0, pagination: false, req })
  const other = docs.find(({ blocked }) => !blocked)
  if (other) return hold(req, [other.id, id])
  failRefused([{ code: 'lastOwner', message: { en: 'This is the last owner who can sign in. Make someone else an owner first.', zh: '这是最后一位可登录的企业主，请先指定另一位企业主。' } }])
}

/**
 * Touches the accounts within the request's transaction. Whoever takes the owner role from one of them at the same moment
 * then conflicts, so two owners never remove each other: one is asked to try again and meets the rule.
 */
async function hold(req: PayloadRequest, ids: readonly string[]): Promise<void> {
  try {
    for (const id of ids) await req.payload.db.updateOne({ collection: 'users', id, data: { updatedAt: new Date().toISOString() }, req, returning: false })
  } catch (error) {
    if (isConflict(error)) fail('busy')
    throw error
  }
}

/** Payload leaves some types to the database, and not every database minds. */
function typeFindings({ name, email, language, blocked, ...more }: UserData): Finding[] {
  const isAbsent = (value: unknown) => value === undefined || value === null || value === ''
  const isText = (value: unknown, most: number) => typeof value === 'string' && value.length <= most && !unstorable.test(value)
  const wrong = (path: string, en: string, zh: string): Finding => ({ code: 'invalid', path, severity: 'error', message: { en, zh } })
  return [
    ...(isAbsent(name) || isText(name, longestName) ? [] : [wrong('name', `The name is a text of at most ${longestName} characters.`, `姓名须为不超过 ${longestName} 个字符的文本。`)]),
    ...(isAbsent(email) || isText(email, longestEmail) ? [] : [wrong('email', `An email address is a text of at most ${longestEmail} characters.`, `邮箱须为不超过 ${longestEmail} 个字符的文本。`)]),
    ...(isAbsent(language) || language === 'en' || language === 'zh' ? [] : [wrong('language', 'The language is "en" or "zh".', '语言须为“en”或“zh”。')]),
    ...(['manager', 'substitute'] as const).flatMap((one) => (isAbsent(more[one]) || isText(more[one], 64) ? [] : [wrong(one, `${one} is the id of an account.`, `${one} 须为账号 id。`)])),
    ...(['substituteFrom', 'substituteUntil'] as const).flatMap((one) => (isAbsent(more[one]) || isDay(more[one]) ? [] : [wrong(one, `${one} is a day like 2026-11-21.`, `${one} 须为日期，例如 2026-11-21。`)])),
    ...(isAbsent(blocked) || typeof blocked === 'boolean' ? [] : [wrong('blocked', 'blocked is true or false.', 'blocked 须为 true 或 false。')]),
  ]
}

const longestName = 200
const longestEmail = 254

/** Told here, together with the rest: Payload would tell it only once all else is right. */
function emailFindings({ email }: UserData): Finding[] {
  if (typeof email !== 'string' || email === '' || isEmail(email)) return []
  return [{
    code: 'invalid', path: 'email', severity: 'error',
    message: { en: `“${email.slice(0, 100)}” is not an email address. Write one like ann@firm.example.`, zh: `“${email.slice(0, 100)}”不是邮箱地址，请按 ann@firm.example 的格式填写。` },
  }]
}

async function roleFindings(req: PayloadRequest, roles: unknown): Promise<Finding[]> {
  if (roles === undefined || roles === null) return []
  if (!Array.isArray(roles) || roles.some((role) => typeof role !== 'string')) failQuestion('roles', { en: 'roles must be a list of role keys, like ["salesRep"].', zh: 'roles 必须是角色标识的列表，例如 ["salesRep"]。' })
  const rows = await openStore(req.payload).find('roles')
  // A database without any role yet belongs to a platform that is only starting: the first owner comes before the roles.
  const known = new Set(rows.length === 0 ? ['owner'] : rows.map(({ slug }) => slug))
  return (roles as string[]).filter((role) => !known.has(role) || role === 'system').map((role) => ({
    code: 'unknownRole', path: 'roles', severity: 'error',
    message: { en: `There is no role "${role}". Known roles: ${[...known].filter((slug) => slug !== 'system').join(', ')}.`, zh: `不存在角色“${role}”。可用角色：${[...known].filter((slug) => slug !== 'system').join('、')}。` },
  }))
}

const sameRoles = (roles: unknown, before: readonly string[] | null | undefined) =>
  Array.isArray(roles) && JSON.stringify([...(roles as string[])].sort()) === JSON.stringify([...(before ?? [])].sort())
