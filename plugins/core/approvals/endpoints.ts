import type { Endpoint, PayloadRequest } from 'payload'
import { actorOfRequest } from '../access/collection-hooks.ts'
import { bodyOf } from '../api/rest.ts'
import { waitingFor } from './waiting.ts'
import { decideMany } from './decide-many.ts'
import { decideByLink, linkView } from './link.ts'
import { colleaguesOf, nameSubstitute, substitutionOf } from './substitutes.ts'

/**
 * GET /approvals/waiting: what waits for who asks. POST /approvals/decide `{ decisions: [{ approval, decision, comment?, to?, hash? }] }`: each row is decided by itself and answers for
 * itself, in the given order. GET, PUT /approvals/substitute `{ substitute, from?, until? }`: who decides in one's place. GET
 * /approvals/colleagues: whom one may ask instead.
 */
export const approvalEndpoints: Endpoint[] = [
  {
    method: 'get', path: '/waiting',
    handler: async (req) => Response.json(await waitingFor(req.payload, { actor: await actorOfRequest(req), language: req.i18n.language === 'zh' ? 'zh' : 'en' })),
  },
  {
    method: 'post', path: '/decide',
    handler: async (req) => {
      const actor = await actorOfRequest(req)
      const { decisions } = await bodyOf(req)
      return Response.json({ results: await decideMany(req.payload, actor, decisions) })
    },
  },
  { method: 'get', path: '/colleagues', handler: async (req) => Response.json({ colleagues: await colleaguesOf(req.payload, await actorOfRequest(req)) }) },
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

/** For who has got a link by email, signed in or not: GET /a/:link shows what is approved, POST `{ decision, comment? }` decides. */
export const approvalLinkEndpoints: Endpoint[] = [
  { method: 'get', path: '/a/:link', handler: async (req) => Response.json(await linkView(req.payload, linkOf(req)), unkept) },
  { method: 'post', path: '/a/:link', handler: async (req) => Response.json(await decideByLink(req, linkOf(req), await bodyOf(req, longestBody)), unkept) },
]

const linkOf = (req: PayloadRequest) => String(req.routeParams?.link)
const longestBody = 16 * 1_024
const unkept = { headers: { 'Cache-Control': 'no-store' } }
