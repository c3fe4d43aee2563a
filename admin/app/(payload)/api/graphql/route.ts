import { GRAPHQL_POST, REST_OPTIONS } from '@payloadcms/next/routes'
import config from '../../../../../config/payload.config.ts'
import { markStale } from '../../../../../plugins/core/api/stale-mutation.ts'
import { answered, told } from '../told.ts'

const answer = GRAPHQL_POST(config)

export async function POST(request: Request): Promise<Response> {
  const asked = request.clone()
  return markStale(await answered(request, () => answer(request)), () => asked.text())
}

/** Questions are posted: an address is too short for them, and is kept in logs. */
export const GET = (request: Request): Promise<Response> => told(request, new Response(null, { status: 405, headers: { Allow: 'POST' } }))
export const OPTIONS = REST_OPTIONS(config)
