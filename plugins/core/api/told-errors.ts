import { problem, type Problem } from '../../../config/errors.ts'
import type { Language, Text } from '../../../config/language/text.ts'
import { inBothLanguages } from './payload-texts.ts'

type Asked = { readonly method: string; readonly url: string; readonly language: Language }
type Told = { readonly errors?: readonly unknown[] | undefined; readonly message?: unknown }

/**
 * Some answers are made before any hook is asked: by Payload's router for an address that is nobody's, by the GraphQL
 * server for a query that does not fit the schema. Their errors get the shape of all others; the rest stays as it is.
 */
export async function tellErrors(response: Response, asked: Asked): Promise<Response> {
  const isGraphql = new URL(asked.url, 'http://localhost').pathname.endsWith('/graphql')
  if (!isGraphql && response.status < 400) return response
  if (response.status >= 400 && !isJson(response) && response.headers.get('content-type') !== null) return response
  const text = await response.text()
  // An answer without errors begins with its data: it need not be read to be passed on.
  const body = response.status < 400 && !text.startsWith('{"errors":') ? undefined : parsed(text)
  const errors = body && complete(body, { response, asked, isGraphql })
  if (!body || !errors) return new Response(text === '' ? null : text, response)
  const told = Array.isArray(body.errors) ? { ...body, errors } : { errors }
  const status = response.status === 501 ? 404 : response.status
  const headers = new Headers(response.headers)
  headers.set('Content-Type', headers.get('content-type') ?? 'application/json; charset=utf-8')
  headers.delete('Content-Length')
  return new Response(JSON.stringify(told), { status, headers })
}

type About = { readonly response: Response; readonly asked: Asked; readonly isGraphql: boolean }

/** The errors with ours in the place of those that say no code; undefined when all say theirs. */
function complete(body: Told, about: About): readonly unknown[] | undefined {
  const errors = Array.isArray(body.errors) && body.errors.length > 0 ? body.errors : [body]
  if (errors.every((error) => hasCode(error, about.isGraphql))) return undefined
  return errors.map((error: unknown) => {
    if (hasCode(error, about.isGraphql)) return error
    const said = sentenceOf(error)
    const found = problemOf(said, about)
    const message = found.message[about.asked.language]
    if (!about.isGraphql) return { name: found.code, message, data: found }
    const { locations, path } = (error ?? {}) as { locations?: unknown; path?: unknown }
    return { message, ...(locations ? { locations } : {}), ...(path ? { path } : {}), extensions: { name: found.code, ...found, statusCode: found.status } }
  })
}

function problemOf(said: string | undefined, { response, asked, isGraphql }: About): Problem {
  const { status } = response
  if (isGraphql && status < 500 && status !== 404) {
    const found = problem('badQuery', { reason: said ?? unaskable[status] ?? String(status) })
    return status < 400 ? found : { ...found, status }
  }
  switch (status) {
    case 401: return problem('notSignedIn')
    case 403: return problem('notAllowed')
    case 404: case 501: return problem('noSuchAddress', { method: asked.method, address: new URL(asked.url, 'http://localhost').pathname.slice(0, 200) })
    default: return status >= 500 ? problem('fault', { at: new Date().toISOString() }) : { code: 'badRequest', status, message: inBothLanguages(said ?? `${status}`) }
  }
}

/** What the GraphQL server says by a status alone. */
const unaskable: Readonly<Record<number, Text>> = {
  405: { en: 'Send it by POST.', zh: '请使用 POST。' },
  406: { en: 'Accept application/json.', zh: '请接受 application/json。' },
  415: { en: 'Send it as application/json.', zh: '请以 application/json 发送。' },
}

const isJson = (response: Response) => response.headers.get('content-type')?.includes('json') ?? false

const hasCode = (error: unknown, isGraphql: boolean): boolean =>
  typeof (error as { data?: { code?: unknown }; extensions?: { code?: unknown } } | null)?.[isGraphql ? 'extensions' : 'data']?.code === 'string'

function sentenceOf(error: unknown): string | undefined {
  const message = (error as { message?: unknown } | null)?.message
  return typeof message === 'string' && message !== '' ? message : undefined
}

/** An empty body is one that says nothing. */
function parsed(text: string): Told | undefined {
  if (text === '') return {}
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}
