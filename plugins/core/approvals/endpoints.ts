import type { Endpoint } from 'payload'
import { actorOfRequest } from '../access/collection-hooks.ts'
import { bodyOf } from '../api/rest.ts'
import { decideMany } from './decide-many.ts'
import { nameSubstitute, substitutionOf } from './substitutes.ts'

/**
 * POST /approvals/decide `{ decisions: [{ approval, decision, comment?, to?, hash? }] }`: each row is decided by itself and answers for
 * itself, in the given order. GET, PUT /approvals/substitute `{ substitute, from?, until? }`: who decides in one's place.
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
  { method: 'get', path: '/substitute', handler: async (req) => Response.json(await substitutionOf(req.payload, await actorOfRequest(req))) },
  {
    method: 'put', path: '/substitute',
    handler: async (req) => {
      const actor = await actorOfRequest(req)
      await nameSubstitute(req.payload, actor, await bodyOf(req))
      return Response.json(await substitutionOf(req.payload, actor))
    },
  },
]
