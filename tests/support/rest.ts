import { getRequestLanguage, handleEndpoints, parseCookies } from 'payload'
import { answerTo, unreadableRequest } from '../../admin/server/malformed-request.ts'
import { tellErrors } from '../../plugins/core/api/told-errors.ts'
import { againWhenBusy } from '../../plugins/core/sign-ins/again-when-busy.ts'
import type { Booted } from './boot-payload.ts'

export type Answer = { readonly status: number; readonly headers: Headers; readonly body: unknown; readonly text: string; readonly bytes: Uint8Array }
export type Request = { readonly method?: string; readonly body?: unknown; readonly raw?: string | Uint8Array<ArrayBuffer>; readonly headers?: Record<string, string> }
/** Asks over REST, as the person whose token it carries. `path` begins after "/api". */
export type Door = (path: string, request?: Request) => Promise<Answer>

/** The REST doors of a platform started in this process; without a token nobody is signed in. */
export function openDoor(booted: Booted, token?: string): Door {
  return async (path, request = {}) => answerOf(await answered(booted, requestOf(path, request, token)))
}

export function requestOf(path: string, { method = 'GET', body, raw, headers = {} }: Request, token?: string): globalThis.Request {
  const content = raw ?? (body === undefined ? undefined : JSON.stringify(body))
  const own = new Headers({ ...(content === undefined ? {} : { 'Content-Type': 'application/json' }), ...(token ? { Authorization: `JWT ${token}` } : {}) })
  for (const [name, value] of Object.entries(headers)) own.set(name, value)
  return new Request(`http://localhost:3000/api${path}`, { method, headers: own, ...(content === undefined ? {} : { body: content }) })
}

export async function answerOf(response: Response): Promise<Answer> {
  const bytes = new Uint8Array(await response.arrayBuffer())
  const text = new TextDecoder().decode(bytes)
  return { status: response.status, headers: response.headers, body: parsed(text), text, bytes }
}

/** As the application answers: what cannot be read is refused first, and what comes before the platform's own hooks gets the shape of all errors. */
async function answered({ payload: { config }, database }: Booted, request: globalThis.Request): Promise<Response> {
  const unreadable = await unreadableRequest(request)
  const { headers, method, url } = request
  const language = getRequestLanguage({ config, cookies: parseCookies(headers), headers }) === 'zh' ? 'zh' : 'en'
  if (unreadable) return new Response(answerTo(unreadable, language), { status: unreadable.status })
  const answer = await againWhenBusy(request, (again) => handleEndpoints({ config, payloadInstanceCacheKey: database.url, request: again }))
  return tellErrors(answer, { method, url, language })
}

export type Person = { readonly id: string; readonly email: string; readonly token: string; readonly door: Door }

const password = 'long enough for a test'

/** Creates a user with these roles and signs in. */
export async function signIn(booted: Booted, roles: readonly string[], name = roles.join('-') || 'nobody'): Promise<Person> {
  const email = `${name.replaceAll(' ', '-')}@firm.example`.toLowerCase()
  const id = crypto.randomUUID()
  await booted.payload.create({ collection: 'users', data: { id, email, password, name, roles: [...roles] as never } })
  const { body } = await openDoor(booted)('/users/login', { method: 'POST', body: { email, password } })
  const { token } = body as { token: string }
  return { id, email, token, door: openDoor(booted, token) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
