import type { Endpoint } from 'payload'
import { actorOfRequest } from '../access/collection-hooks.ts'
import { howToStart, startConfirmation, startFirm } from '../firm/start-firm.ts'
import { bodyOf } from './rest.ts'

/** "Start my firm": GET tells whether it can be done, how, and what has to be typed before a demo is cleared; POST does it. */
export const firmEndpoints: Endpoint[] = [
  {
    method: 'get', path: '/firm/start',
    handler: async (req) => {
      const start = await howToStart(req.payload, await actorOfRequest(req))
      const refused = 'refusal' in start
      return Response.json({
        possible: !refused, kind: refused ? null : start.kind, reason: refused ? start.refusal.message : null,
        confirmation: !refused && start.kind === 'clear' ? startConfirmation : null,
      })
    },
  },
  {
    method: 'post', path: '/firm/start',
    handler: async (req) => Response.json(await startFirm(req.payload, await actorOfRequest(req), await bodyOf(req))),
  },
]
