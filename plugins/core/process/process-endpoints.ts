import type { Endpoint, PayloadRequest } from 'payload'
import { processDocuments } from './process-documents.ts'
import { processView } from './process-view.ts'

/**
 * GET /workflows/:entity/process?period=month|quarter|year|all&version=HASH: what has happened, over what is drawn.
 * GET /workflows/:entity/process/documents?to=STATE&from=STATE&event=EVENT: the documents behind a number of it.
 */
export const processEndpoints: Endpoint[] = [
  { method: 'get', path: '/workflows/:entity/process', handler: async (req) => Response.json(await processView(req, entityOf(req), paramsOf(req))) },
  { method: 'get', path: '/workflows/:entity/process/documents', handler: async (req) => Response.json(await processDocuments(req, entityOf(req), paramsOf(req))) },
]

const entityOf = (req: PayloadRequest) => String(req.routeParams?.entity)
const paramsOf = (req: PayloadRequest) => new URL(req.url ?? '/', 'http://localhost').searchParams
