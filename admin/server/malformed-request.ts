import { problem, type Problem } from '../../config/errors.ts'
import type { Language } from '../../config/language/text.ts'
import { problemOfSize } from '../../plugins/core/api/graphql-limits.ts'
import { deepestJson, isTooDeep } from '../../plugins/core/api/json-depth.ts'
import { questionProblem } from '../../plugins/core/errors.ts'
import { isPageFile } from '../../plugins/core/pages/page-limits.ts'

/**
 * An address with a `%` that begins no character, which routers answer with a fault of their own; behind the question mark, with bytes that
 * are no UTF-8, which they replace by other characters before anyone sees them.
 */
export function unreadableAddress(url: string): Problem | undefined {
  const [path = '', ...question] = url.split('?')
  return isDecodable(path) && isReadable(question.join('?')) ? undefined : problem('malformedAddress')
}

/** A % that begins nothing stands for itself. */
const isReadable = (question: string): boolean => isDecodable(question.replace(/%(?![\da-f]{2})/gi, '%25'))

function isDecodable(encoded: string): boolean {
  try {
    decodeURIComponent(encoded)
    return true
  } catch {
    return false
  }
}

/** What neither Payload nor a command could read of a request: it is refused before they look. Its own body stays unread. */
export async function unreadableRequest(request: Request): Promise<Problem | undefined> {
  return unreadableQuestion(request) ?? unreadableBody(request)
}

/** Payload reads so many parameters and leaves out the others. */
export const mostParameters = 1_000

function unreadableQuestion({ headers, method, url }: Request): Problem | undefined {
  const { pathname, searchParams } = new URL(url)
  if (unreadableAddress(url) || searchParams.getAll('where').some(hasHalfCharacter)) return problem('malformedAddress')
  // Payload looks the collection up in a plain object.
  if (decodeURIComponent(pathname).split('/').slice(0, 4).some((name) => name in {})) return problem('noSuchAddress', { method, address: pathname.slice(0, 200) })
  if (searchParams.size > mostParameters) return problem('tooManyParameters', { limit: mostParameters })
  const dropped = droppedName(searchParams)
  if (dropped) return dropped
  const isOverride = ['x-payload-http-method-override', 'x-http-method-override'].some((name) => headers.has(name))
  if (isOverride && method === 'POST' && headers.get('content-type') !== 'application/x-www-form-urlencoded') return problem('methodOverride')
  return searchParams.getAll('where').every(isFilter) ? undefined : questionProblem('where', noFilter)
}

/** The parser of questions leaves out what has the name of something every object has: a filter would be none, and all rows would come. */
function droppedName(parameters: URLSearchParams): Problem | undefined {
  for (const name of parameters.keys()) {
    const inherited = name.split(/[[\].]/).find((part) => part in {})
    if (inherited !== undefined) return questionProblem(name.slice(0, 120), { en: `"${inherited}" is no name of a field or parameter. Leave it out or correct it.`, zh: `“${inherited}”不是字段名或参数名，请去掉或更正。` })
  }
  return undefined
}

/** Whether a JSON text names a half of a character (`\ud800`), which no database stores. What is no JSON is told by whoever reads it. */
function hasHalfCharacter(json: string): boolean {
  if (!/\\u[dD][89a-fA-F]/.test(json) || isTooDeep(json)) return false
  try {
    return !isWhole(JSON.parse(json))
  } catch {
    return false
  }
}

function isWhole(value: unknown): boolean {
  if (typeof value === 'string') return !/\p{Cs}/u.test(value)
  return typeof value !== 'object' || value === null || Object.entries(value).every(([name, inner]) => isWhole(name) && isWhole(inner))
}

/** A filter may also be written as JSON. */
function isFilter(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !isTooDeep(text)
  } catch {
    return false
  }
}

/** A body that is not UTF-8, that claims to be JSON and is not, or that asks GraphQL for too much. The request's own body stays unread. */
export async function unreadableBody(request: Request): Promise<Problem | undefined> {
  if (request.body === null) return undefined
  if (request.headers.get('content-type')?.toLowerCase().includes('multipart/')) return unreadableForm(request)
  if (isPageFile(new URL(request.url).pathname)) return undefined
  const text = decoded(await request.clone().arrayBuffer())
  if (text === undefined) return problem('malformedText')
  if (isTooDeep(text)) return problem('tooDeep', { limit: deepestJson })
  const type = request.headers.get('content-type')?.toLowerCase()
  if (type?.startsWith('application/x-www-form-urlencoded')) {
    const parameters = new URLSearchParams(text)
    return !isReadable(text) || parameters.getAll('where').some(hasHalfCharacter) ? problem('malformedText') : droppedName(parameters)
  }
  if (!type?.startsWith('application/json')) return undefined
  // A command without anything to say has no body.
  const isGraphql = new URL(request.url).pathname.endsWith('/graphql')
  if (text === '' && !isGraphql) return undefined
  // Commands name the field that holds one.
  if (isGraphql && hasHalfCharacter(text)) return problem('malformedText')
  try {
    const asked: unknown = JSON.parse(text)
    return typeof asked === 'object' && asked !== null ? problemOfSize(asked) : undefined
  } catch {
    return problem('malformedJson')
  }
}

/** Payload's own pages send what was entered as JSON in a form. Files are uploaded in parts, never here. */
async function unreadableForm(request: Request): Promise<Problem | undefined> {
  try {
    const parts = [...(await request.clone().formData())]
    const [[name, text] = []] = parts
    if (parts.length === 1 && name === '_payload' && typeof text === 'string' && !isTooDeep(text) && JSON.parse(text) !== null) return undefined
  } catch { /* Neither a form nor JSON. */ }
  return problem('malformedForm')
}

function decoded(bytes: ArrayBuffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** The text of the answer, in the shape of every other error of the API; in both languages where it is not known which is wanted. */
export const answerTo = ({ message, ...found }: Problem, language?: Language): string =>
  JSON.stringify({ errors: [{ name: found.code, message: language ? message[language] : `${message.en} ${message.zh}`, data: { ...found, message } }] })

const noFilter = { en: 'where must be a filter like where[status][equals]=active, or JSON.', zh: 'where 应为筛选条件，例如 where[status][equals]=active，或 JSON。' }
