import { initI18n } from '@payloadcms/translations'
import { headers as requestHeaders } from 'next/headers'
import { redirect } from 'next/navigation'
import { createLocalReq, getPayload, getRequestLanguage, parseCookies, type Payload, type PayloadRequest } from 'payload'
import { cache } from 'react'
import type { Language } from '../../config/language/text.ts'
import configPromise from '../../config/payload.config.ts'

export type PageSession = { readonly payload: Payload; readonly req: PayloadRequest; readonly language: Language; readonly isSignedIn: boolean }

/** Who asks for this page, in which language: read once a request, however many parts of the page ask. */
export const pageSession = cache(async (): Promise<PageSession> => {
  const config = await configPromise
  const [payload, headers] = await Promise.all([getPayload({ config }), requestHeaders()])
  const language = getRequestLanguage({ config, cookies: parseCookies(headers), headers })
  const [{ user }, i18n] = await Promise.all([
    payload.auth({ headers }),
    initI18n({ config: config.i18n, context: 'api', language }),
  ])
  const req = await createLocalReq({ req: { headers, i18n, ...(user ? { user } : {}) } as Partial<PayloadRequest> }, payload)
  return { payload, req, language: language === 'zh' ? 'zh' : 'en', isSignedIn: Boolean(user) }
})

/** The session of someone who is signed in; others go to the sign-in page and come back to `path`. */
export async function signedInSession(path: string): Promise<PageSession> {
  const session = await pageSession()
  if (!session.isSignedIn) redirect(`/admin/login?redirect=${encodeURIComponent(path)}`)
  return session
}
