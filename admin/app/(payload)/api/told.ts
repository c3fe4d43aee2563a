import { getRequestLanguage, parseCookies } from 'payload'
import config from '../../../../config/payload.config.ts'
import type { Language } from '../../../../config/language/text.ts'
import { tellErrors } from '../../../../plugins/core/api/told-errors.ts'
import { answerTo, unreadableRequest } from '../../../server/malformed-request.ts'

/** The answer to a request that can be read, with each of its errors in the shape of all, in the language of the request. */
export async function answered(request: Request, answer: () => Promise<Response>): Promise<Response> {
  const unreadable = await unreadableRequest(request)
  if (!unreadable) return told(request, await answer())
  return new Response(answerTo(unreadable, await languageOf(request)), { status: unreadable.status, headers: { 'Content-Type': 'application/json; charset=utf-8' } })
}

/** The answer with each of its errors in the shape of all. */
export async function told(request: Request, response: Response): Promise<Response> {
  const { method, url } = request
  return tellErrors(response, { method, url, language: await languageOf(request) })
}

async function languageOf({ headers }: Request): Promise<Language> {
  return getRequestLanguage({ config: await config, cookies: parseCookies(headers), headers }) === 'zh' ? 'zh' : 'en'
}
