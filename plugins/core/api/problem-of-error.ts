import { APIError, AuthenticationError, Forbidden, Locked, LockedAuth, NotFound, QueryError, UnauthorizedError, ValidationError, type PayloadRequest, type SanitizedCollectionConfig } from 'payload'
import { problem, type Problem } from '../../../config/errors.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import type { Text } from '../../../config/language/text.ts'
import { isAway, isConflict, isFull, isHeld } from '../data/database-faults.ts'
import { inputProblem, ProblemError } from '../errors.ts'
import { requestContext } from '../operations/request-context.ts'
import { lockOf } from '../sign-ins/locks.ts'
import { inBothLanguages } from './payload-texts.ts'

/** Whose request met the error, as far as it is known. */
export type Circumstances = { readonly req?: PayloadRequest; readonly collection?: SanitizedCollectionConfig | undefined }

/** What the caller is told about any error: our own problems as they are, Payload's and GraphQL's as ours, all else as a fault. */
export function problemOfError(error: unknown, circumstances: Circumstances = {}): Problem {
  const found = knownProblem(error, circumstances)
  // Payload takes whoever it cannot look up for nobody.
  return found.status === 401 && requestContext()?.isDatabaseAway ? problem('databaseAway') : found
}

function knownProblem(error: unknown, circumstances: Circumstances): Problem {
  const cause = rootOf(error)
  if (cause instanceof ProblemError) return cause.problem
  return problemOfDatabase(cause) ?? problemOfPayload(cause, circumstances) ?? problemOfGraphql(error, cause) ?? unreadable(cause, circumstances)
    ?? problem('fault', { at: new Date().toISOString() })
}

/** Whether only the caller can mend it. Such an error is told to the caller; the log is for those that are ours. */
export function isCallersFault(error: unknown): boolean {
  const cause = rootOf(error)
  return cause instanceof ProblemError || problemOfError(error).status < 500
}

/** GraphQL wraps what a resolver throws. */
function rootOf(error: unknown): unknown {
  const inner = (error as { originalError?: unknown } | null | undefined)?.originalError
  return inner instanceof Error ? rootOf(inner) : error
}

/** What the operator has to mend, and until then everyone meets; and Payload's own writes that lost against others. */
function problemOfDatabase(cause: unknown): Problem | undefined {
  if (isFull(cause)) return problem('diskFull')
  if (isAway(cause)) return problem('databaseAway')
  if (isHeld(cause)) return problem('databaseHeld')
  return isConflict(cause) ? problem('busy') : undefined
}

function problemOfPayload(cause: unknown, { req, collection }: Circumstances): Problem | undefined {
  if (!(cause instanceof APIError)) return undefined
  if (cause instanceof Forbidden || cause instanceof UnauthorizedError) return problem(req && !req.user ? 'notSignedIn' : 'notAllowed')
  if (cause instanceof AuthenticationError) return problem('wrongCredentials')
  if (cause instanceof LockedAuth) return lockedUntil(lockOf(req))
  if (cause instanceof Locked) return problem('locked')
  if (cause instanceof NotFound) return notFound(req, collection)
  if (cause instanceof ValidationError) return invalid(cause)
  if (cause instanceof QueryError) {
    const paths = (cause.data as readonly { path: string }[]).map(({ path }) => path)
    const sorted = new Set([req?.query?.sort ?? []].flat().flatMap((names) => String(names).split(',')).map((name) => name.trim().replace(/^-/, '')))
    const reason = { en: `One cannot filter or sort by ${paths.join(', ')}. Choose another field.`, zh: `不能按 ${paths.join('、')} 筛选或排序，请改用其他字段。` }
    return problem('badRequest', { reason }, { findings: paths.map((path) => ({ code: 'invalid', path: sorted.has(path) ? 'sort' : `where.${path}`, severity: 'error', message: reason })) })
  }
  if (cause.status >= 500) return undefined
  const message = inBothLanguages(cause.message)
  return message.en === 'No User' ? problem('notSignedIn') : { code: 'badRequest', status: cause.status, message }
}

function lockedUntil(until: Date | undefined): Problem {
  if (!until) return problem('accountLocked')
  const { status: _, ...told } = problem('accountLockedUntil', { time: until.toISOString().slice(11, 16), minutes: Math.max(1, Math.ceil((until.getTime() - Date.now()) / 60_000)) })
  return { ...problem('accountLocked'), message: told.message }
}

function notFound(req: PayloadRequest | undefined, collection: SanitizedCollectionConfig | undefined): Problem {
  const id = req?.routeParams?.id
  const label = collection?.labels.singular
  return typeof id === 'string' && isText(label) ? problem('notFound', { entity: label, id: id.slice(0, 120) }) : problem('notThere')
}

function invalid({ data }: ValidationError): Problem {
  const findings = data.errors.map(({ path, message, label }): Finding => {
    const said = inBothLanguages(message)
    const name = isText(label) ? label : { en: path, zh: path }
    return { code: 'invalid', path, severity: 'error', message: { en: `${name.en}: ${said.en}`, zh: `${name.zh}：${said.zh}` } }
  })
  return inputProblem(findings)
}

/**
 * What GraphQL itself found wrong with a request: it has no place in the answer yet, or is about an argument. What it
 * finds wrong with an answer is a fault of ours.
 */
function problemOfGraphql(error: unknown, cause: unknown): Problem | undefined {
  if (!(cause instanceof Error) || cause.name !== 'GraphQLError') return undefined
  const isAnswer = Array.isArray((error as { path?: unknown }).path)
  return isAnswer && !cause.message.startsWith('Argument "') ? undefined : problem('badQuery', { reason: cause.message })
}

/** Payload reads a filter and the address before any hook can look at them; what it stumbles over there is the caller's fault. */
function unreadable(cause: unknown, { req }: Circumstances): Problem | undefined {
  if (cause instanceof URIError) return problem('malformedAddress')
  if (!(cause instanceof SyntaxError) || typeof req?.query?.where !== 'string') return undefined
  const reason = { en: 'where must be a filter like where[status][equals]=active, or JSON.', zh: 'where 应为筛选条件，例如 where[status][equals]=active，或 JSON。' }
  return problem('badRequest', { reason }, { findings: [{ code: 'invalid', path: 'where', severity: 'error', message: reason }] })
}

const isText = (value: unknown): value is Text => typeof value === 'object' && value !== null && 'en' in value && 'zh' in value
