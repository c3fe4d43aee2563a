import type { Endpoint, PayloadRequest } from 'payload'
import { requireRight } from '../access/can.ts'
import { actorOfRequest } from '../access/collection-hooks.ts'
import { bodyOf } from '../api/rest.ts'
import { openStore } from '../data/open-store.ts'
import { fail } from '../errors.ts'
import { platformOf } from '../platform/platform.ts'
import { changeView, chooseView, createView, deleteView, viewFile, type ViewDoor } from './save-view.ts'
import { savedViewsOf } from './saved-views.ts'

/**
 * The views of an entity, for who may read it: GET, POST /views/saved/:entity; PATCH, DELETE /views/saved/:entity/:id;
 * GET /views/saved/:entity/:id/file, whose file POST takes again; PUT /views/first/:entity `{view}`.
 */
export const savedViewEndpoints: Endpoint[] = [
  route('get', '/views/saved/:entity', async ({ req, actor, entity }) => Response.json(await savedViewsOf({ platform: platformOf(req.payload), store: openStore(req.payload), actor, language: actor.language }, entity))),
  route('post', '/views/saved/:entity', async (door) => Response.json(await createView(door, await bodyOf(door.req)), { status: 201 })),
  route('patch', '/views/saved/:entity/:id', async (door) => Response.json(await changeView(door, param(door.req, 'id'), await bodyOf(door.req)))),
  route('delete', '/views/saved/:entity/:id', async (door) => Response.json(await deleteView(door, param(door.req, 'id')))),
  route('get', '/views/saved/:entity/:id/file', async (door) => {
    const { name, text } = await viewFile(openStore(door.req.payload), door, param(door.req, 'id'))
    const file = `${door.entity.slug}.${name.replace(/[^\p{L}\p{N}]+/gu, '-')}.view.json`
    return new Response(text, { headers: { 'Content-Type': 'application/json; charset=utf-8', 'Content-Disposition': `attachment; filename="view.json"; filename*=UTF-8''${encodeURIComponent(file)}` } })
  }),
  route('put', '/views/first/:entity', async (door) => Response.json(await chooseView(door, (await bodyOf(door.req)).view))),
]

function route(method: 'get' | 'put' | 'post' | 'patch' | 'delete', path: `/${string}`, answer: (door: ViewDoor) => Promise<Response>): Endpoint {
  return {
    method, path,
    handler: async (req) => {
      const actor = await actorOfRequest(req)
      const entity = platformOf(req.payload).entities.get(param(req, 'entity')) ?? fail('unknownEntity', { entity: param(req, 'entity') })
      requireRight(actor, 'read', entity)
      return answer({ req, actor, entity })
    },
  }
}

const param = (req: PayloadRequest, name: string) => String(req.routeParams?.[name])
