import type { Endpoint, PayloadRequest } from 'payload'
import { revisions } from '../../../collections/core/platform.ts'
import type { Actor } from '../access/actor.ts'
import { requireRight } from '../access/can.ts'
import { actorOfRequest } from '../access/collection-hooks.ts'
import { definitionFile } from './definition-file.ts'

/** A door to the configuration. To look takes the right to read revisions, to prepare and publish the right to edit them. */
export function route(method: 'get' | 'put' | 'post' | 'delete', path: `/${string}`, answer: (req: PayloadRequest, actor: Actor) => Promise<Response>): Endpoint {
  return {
    method, path,
    handler: async (req) => {
      const actor = await actorOfRequest(req)
      requireRight(actor, method === 'get' ? 'read' : 'edit', revisions)
      return answer(req, actor)
    },
  }
}

export const fileAnswer = (name: string, definition: object): Response => new Response(definitionFile(definition), {
  headers: { 'Content-Type': 'application/json; charset=utf-8', 'Content-Disposition': `attachment; filename="${name}"` },
})

export const param = (req: PayloadRequest, name: string) => String(req.routeParams?.[name])
