import type { Endpoint } from 'payload'
import { bodyOf } from '../api/rest.ts'
import { createKey, revokeKey } from '../keys/key-commands.ts'
import { keysView } from '../keys/keys-view.ts'
import { endSessions, sessionsView } from './sessions.ts'

/** Keys and sessions: what they are, and how they end. */
export const securityEndpoints: Endpoint[] = [
  { method: 'get', path: '/views/keys', handler: async (req) => Response.json(await keysView(req)) },
  { method: 'get', path: '/views/sessions/:user', handler: async (req) => Response.json(await sessionsView(req, String(req.routeParams?.user))) },
  { method: 'post', path: '/keys', handler: async (req) => Response.json(await createKey(req, await bodyOf(req)), { status: 201, headers: { 'Cache-Control': 'no-store' } }) },
  { method: 'post', path: '/keys/:id/revoke', handler: async (req) => Response.json(await revokeKey(req, String(req.routeParams?.id))) },
  { method: 'post', path: '/sessions/end', handler: async (req) => {
    const { user, session } = await bodyOf(req)
    return Response.json(await endSessions(req, { user, session }))
  } },
]
