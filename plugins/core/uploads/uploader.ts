import type { Endpoint } from 'payload'
import { actorOfRequest } from '../access/collection-hooks.ts'
import type { Actor } from '../access/actor.ts'
import { fail } from '../errors.ts'

/** What an upload is good for: importing, and records that it belongs to. */
const usingFiles: ReadonlySet<string> = new Set(['import', 'create', 'edit'])

/** The id under which someone uploads, a person or their key. @throws 403 for whoever may use no file anywhere */
export function uploaderOf({ id, permissions }: Pick<Actor, 'id' | 'permissions'>): string {
  if (!permissions.some(({ actions }) => actions.some((action) => usingFiles.has(action)))) fail('forbidden', whatIsMissing)
  return id
}

const whatIsMissing = { action: { en: 'import or attach', zh: '导入或添加' }, entity: { en: 'files', zh: '文件' } }

/** Tells the front who uploads, of a key too that may read nothing of its person's account; nothing but the id. */
export const uploaderEndpoints: Endpoint[] = [
  { method: 'get', path: '/uploader', handler: async (req) => Response.json({ id: uploaderOf(await actorOfRequest(req)) }, { headers: { 'Cache-Control': 'no-store' } }) },
]
