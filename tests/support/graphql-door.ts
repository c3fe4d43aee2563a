import { getRequestLanguage, parseCookies } from 'payload'
import { answerTo, unreadableRequest } from '../../admin/server/malformed-request.ts'
import { tellErrors } from '../../plugins/core/api/told-errors.ts'
import type { Booted } from './boot-payload.ts'
import { answerOf, requestOf, type Door } from './rest.ts'

/** Asks over GraphQL as the application is asked: by requests, in process. The path of each is left out of account. */
export async function openGraphqlDoor(booted: Booted, token?: string): Promise<Door> {
  const { GRAPHQL_POST } = await import('@payloadcms/next/routes')
  const { config } = booted.payload
  // Payload's handler asks for the instance that has no name, and keeps one schema a process: here both are this test's.
  const kept = globalThis as { _payload?: Map<string, unknown>; _payload_graphql?: { graphql: unknown; promise: unknown } }
  kept._payload?.set('default', kept._payload.get(booted.database.url))
  if (kept._payload_graphql) Object.assign(kept._payload_graphql, { graphql: null, promise: null })
  const answer = GRAPHQL_POST(Promise.resolve(config))
  return async (_, asked) => {
    const request = requestOf('/graphql', { method: 'POST', ...asked }, token)
    const unreadable = await unreadableRequest(request)
    const { headers, method, url } = request
    const language = getRequestLanguage({ config, cookies: parseCookies(headers), headers }) === 'zh' ? 'zh' : 'en'
    if (unreadable) return answerOf(new Response(answerTo(unreadable, language), { status: unreadable.status }))
    return answerOf(await tellErrors(await answer(request), { method, url, language }))
  }
}
