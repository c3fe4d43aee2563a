import type { Endpoint } from 'payload'
import { actorOfRequest } from '../access/collection-hooks.ts'
import { startConfirmation, startFirm, whyNotStart } from '../firm/start-firm.ts'
import { bodyOf } from './rest.ts'

/** "Clear the demo and start my firm": GET tells whether it can be done and what has to be typed, POST does it. */
export const firmEndpoints: Endpoint[] = [
  {
    method: 'get', path: '/firm/start',
    handler: async (req) => {
      const reason = await whyNotStart(req.payload, await actorOfRequest(req))
      return Response.json({ possible: !reason, reason: reason?.message ?? null, confirmation: startConfirmation })
    },
  },
  {
    method: 'post', path: '/firm/start',
    handler: async (req) => Response.json(await startFirm(req.payload, await actorOfRequest(req), await bodyOf(req))),
  },
]
