import { GRAPHQL_POST, REST_OPTIONS } from '@payloadcms/next/routes'
import config from '../../../../../config/payload.config.ts'
import { answerTo, unreadableBody } from '../../../../server/malformed-request.ts'

const answer = GRAPHQL_POST(config)

export async function POST(request: Request): Promise<Response> {
  const unreadable = await unreadableBody(request)
  if (unreadable) return new Response(answerTo(unreadable), { status: 400, headers: { 'Content-Type': 'application/json; charset=utf-8' } })
  return await answer(request)
}
export const OPTIONS = REST_OPTIONS(config)
