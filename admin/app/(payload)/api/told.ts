import { getRequestLanguage, parseCookies } from 'payload'
import config from '../../../../config/payload.config.ts'
import { tellErrors } from '../../../../plugins/core/api/told-errors.ts'

/** The answer with each of its errors in the shape of all, in the language of the request. */
export async function told(request: Request, response: Response): Promise<Response> {
  const { headers, method, url } = request
  const language = getRequestLanguage({ config: await config, cookies: parseCookies(headers), headers })
  return tellErrors(response, { method, url, language: language === 'zh' ? 'zh' : 'en' })
}
