import { GRAPHQL_POST, REST_OPTIONS } from '@payloadcms/next/routes'
import config from '../../../../../config/payload.config.ts'
import { markStale } from '../../../../../plugins/core/api/stale-mutation.ts'
import { answerTo, unreadableBody } from '../../../../server/malformed-request.ts'
import { told } from '../told.ts'

const answer = GRAPHQL_POST(config)

export async function POST(request: Request): Promise<Response> {
  const unreadable = await unreadableBody(request)
  if (unreadable) return new Response(answerTo(unreadable), { status: 400, headers: { 'Content-Type': 'application/json; charset=utf-8' } })
  const asked = request.clone()
  return markStale(await told(request, await answer(request)), () => asked.text())
}

/** Questions are posted: an address is too short for them, and is kept in logs. */
export const GET = (request: Request): Promise<Response> => told(request, new Response(null, { status: 405, headers: { Allow: 'POST' } }))
export const OPTIONS = REST_OPTIONS(config)
