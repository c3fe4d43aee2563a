import { problem } from '../../config/errors.ts'
import { problemOfSize } from '../../plugins/core/api/graphql-limits.ts'
import { deepestJson, isTooDeep } from '../../plugins/core/api/json-depth.ts'

/** What a caller is told whose request cannot be read, in both languages: the language is not known before the request is. */
export type Unreadable = { readonly code: string; readonly message: { readonly en: string; readonly zh: string } }

/** An address with a `%` that begins no character, which routers answer with a fault of their own. */
export function unreadableAddress(url: string): Unreadable | undefined {
  try {
    decodeURIComponent(url.split('?', 1)[0] ?? '')
    return undefined
  } catch {
    return told('malformedAddress')
  }
}

/** A body that claims to be JSON and is not, or that asks GraphQL for too much. The request's own body stays unread. */
export async function unreadableBody(request: Request): Promise<Unreadable | undefined> {
  if (!request.headers.get('content-type')?.toLowerCase().startsWith('application/json')) return undefined
  const text = await request.clone().text()
  if (isTooDeep(text)) return problem('tooDeep', { limit: deepestJson })
  try {
    const asked: unknown = JSON.parse(text)
    return typeof asked === 'object' && asked !== null ? problemOfSize(asked) : undefined
  } catch {
    return told('malformedJson')
  }
}

/** The text of the answer (400), in the shape of every other error of the API. */
export const answerTo = ({ code, message }: Unreadable): string =>
  JSON.stringify({ errors: [{ name: code, message: `${message.en} ${message.zh}`, data: { code, status: 400, message } }] })

const told = (code: 'malformedAddress' | 'malformedJson'): Unreadable => ({ code, message: problem(code).message })
