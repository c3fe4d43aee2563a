import type { Endpoint } from 'payload'
import { actorOfRequest } from '../access/collection-hooks.ts'
import { bodyOf } from '../api/rest.ts'
import { decideMany } from './decide-many.ts'

/**
 * POST /approvals/decide `{ decisions: [{ approval, decision, comment?, to?, hash? }] }`: each row is decided by itself and answers for
 * itself, in the given order.
 */
export const approvalEndpoints: Endpoint[] = [
  {
    method: 'post', path: '/decide',
    handler: async (req) => {
      const actor = await actorOfRequest(req)
      const { decisions } = await bodyOf(req)
      return Response.json({ results: await decideMany(req.payload, actor, decisions) })
    },
  },
]
