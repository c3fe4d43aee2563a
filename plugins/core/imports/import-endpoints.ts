import type { Endpoint, PayloadRequest } from 'payload'
import type { Actor } from '../access/actor.ts'
import { actorOfRequest } from '../access/collection-hooks.ts'
import { importTemplate } from '../api/export.ts'
import { bodyOf } from '../api/rest.ts'
import { failQuestion } from '../errors.ts'
import { platformOf } from '../platform/platform.ts'
import { badRows } from './bad-rows.ts'
import { cancelImport, changeImport, checkImport, openImport, pauseImport, startImport, undoImport } from './import-commands.ts'
import type { ImportRecord } from './import-record.ts'
import { requireImport, requireImportable } from './import-rights.ts'
import { askedOf, importList, importView } from './import-view.ts'
import { problemsOf } from './import-problems.ts'

type Handler = (req: PayloadRequest, actor: Actor, record: ImportRecord) => Promise<unknown>

/** The doors of the importer below /api/imports; docs/import.md tells what they take and answer. */
export const importEndpoints: readonly Endpoint[] = [
  { method: 'get', path: '/', handler: async (req) => Response.json(await importList(req)) },
  {
    method: 'post', path: '/',
    handler: async (req) => {
      const { entity, upload } = await bodyOf(req)
      return Response.json({ id: await openImport(req.payload, await actorOfRequest(req), { entity, upload }) }, { status: 201 })
    },
  },
  {
    method: 'get', path: '/template',
    handler: async (req) => {
      const { entity, format } = Object.fromEntries(askedOf(req))
      if (format !== undefined && format !== 'csv' && format !== 'xlsx') failQuestion('format', { en: 'format must be "csv" or "xlsx".', zh: 'format 只支持“csv”或“xlsx”。' })
      return importTemplate(req, { entity: requireImportable(platformOf(req.payload), await actorOfRequest(req), entity ?? ''), format: format ?? 'csv' })
    },
  },
  on('get', '/:id', importView),
  on('patch', '/:id', async (req, actor, record) => {
    await changeImport(req.payload, actor, { record, body: await bodyOf(req) })
    return importView(req, actor, await requireImport(req.payload, actor, record.id))
  }),
  act('check', (req, actor, record) => checkImport(req.payload, actor, record)),
  act('run', (req, actor, record) => startImport(req.payload, actor, record, 'run')),
  act('resume', (req, actor, record) => startImport(req.payload, actor, record, 'resume')),
  act('pause', (req, _, record) => pauseImport(req.payload, record)),
  act('cancel', (req, _, record) => cancelImport(req.payload, record)),
  act('undo', (req, _, record) => undoImport(req.payload, record)),
  on('get', '/:id/problems', problemsOf),
  on('get', '/:id/bad-rows', badRows),
]

function on(method: Endpoint['method'], path: `/${string}`, answer: Handler): Endpoint {
  return {
    method, path,
    handler: async (req) => {
      const actor = await actorOfRequest(req)
      const answered = await answer(req, actor, await requireImport(req.payload, actor, String(req.routeParams?.id)))
      return answered instanceof Response ? answered : Response.json(answered)
    },
  }
}

/** Takes a step and answers where the import stands then. */
function act(name: string, step: Handler): Endpoint {
  return on('post', `/:id/${name}`, async (req, actor, record) => {
    await step(req, actor, record)
    return importView(req, actor, await requireImport(req.payload, actor, record.id))
  })
}
