import { REST_DELETE, REST_GET, REST_OPTIONS, REST_PATCH, REST_POST, REST_PUT } from '@payloadcms/next/routes'
import config from '../../../../../config/payload.config.ts'
import { againWhenBusy } from '../../../../../plugins/core/sign-ins/again-when-busy.ts'
import { answered } from '../told.ts'

type Handler = ReturnType<typeof REST_GET>

export const GET = telling(REST_GET(config))
export const POST = telling(REST_POST(config))
export const DELETE = telling(REST_DELETE(config))
export const PATCH = telling(REST_PATCH(config))
export const PUT = telling(REST_PUT(config))
export const OPTIONS = telling(REST_OPTIONS(config))

function telling(handler: Handler): Handler {
  return (request, args) => answered(request, () => againWhenBusy(request, (again) => handler(again, args)))
}
