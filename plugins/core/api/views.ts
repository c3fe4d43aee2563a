import type { Endpoint, PayloadRequest } from 'payload'
import { boardView } from '../views/board-view.ts'
import { calendarView } from '../views/calendar-view.ts'
import { chartResult } from '../views/chart-result.ts'
import { isBoardField, isDayField, isGroupField, isMeasure } from '../views/view-rules.ts'
import { documentView, newDocumentView } from '../views/document-view.ts'
import { listQueryOf } from './list-question.ts'
import { listView } from '../views/list-view.ts'
import { waitingView } from '../my-work/my-work-view.ts'
import { availableFor } from '../workflow/available.ts'
import { actorOfRequest } from '../access/collection-hooks.ts'
import { requireReadable } from '../access/query-rules.ts'
import { search, searchOptions, type OptionPlace } from './search.ts'

/** What the panel's pages show, as one answer a page. Reading only; rights as everywhere. */
export const viewEndpoints: Endpoint[] = [
  get('/search', (req) => search(req, wordsOf(req))),
  get('/options/:entity', (req) => searchOptions(req, param(req, 'entity'), wordsOf(req), placeOf(req))),
  get('/views/waiting', waitingView),
  get('/views/events/:entity', async (req) => {
    const ids = (asked(req).get('ids') ?? '').split(',').filter(Boolean)
    return Object.fromEntries(await availableFor(req.payload, await actorOfRequest(req), param(req, 'entity'), ids))
  }),
  get('/views/lists/:entity', async (req) => listView(req, param(req, 'entity'), await listQueryOf(req, param(req, 'entity')))),
  get('/views/boards/:entity', async (req) => boardView(req, param(req, 'entity'), { query: await listQueryOf(req, param(req, 'entity'), { groupBy: isBoardField, measure: (field) => isMeasure(field, 'sum') }), params: asked(req) })),
  get('/views/calendars/:entity', async (req) => calendarView(req, param(req, 'entity'), { query: await listQueryOf(req, param(req, 'entity'), { from: isDayField, to: isDayField }), params: asked(req) })),
  get('/views/charts/:entity', async (req) => chartResult(req, param(req, 'entity'), { query: await listQueryOf(req, param(req, 'entity'), { groupBy: isGroupField, measure: (field) => isMeasure(field, asked(req).get('aggregate') === 'avg' ? 'avg' : 'sum') }), params: asked(req) })),
  get('/views/documents/:entity', (req) => newDocumentView(req, param(req, 'entity'), Object.fromEntries(asked(req)))),
  get('/views/documents/:entity/:id', (req) => documentView(req, param(req, 'entity'), param(req, 'id'))),
]

function get(path: string, answer: (req: PayloadRequest) => Promise<unknown>): Endpoint {
  return { method: 'get', path: path as `/${string}`, handler: async (req) => Response.json(await answer(req)) }
}

const asked = (req: PayloadRequest) => new URL(req.url ?? '/', 'http://localhost').searchParams
const wordsOf = (req: PayloadRequest): string => {
  const words = asked(req).get('q') ?? ''
  requireReadable('q', words)
  return words
}
/** `?of=purchase-orders.contact&given.supplier=…` */
const placeOf = (req: PayloadRequest): OptionPlace => {
  const given = [...asked(req)].flatMap(([name, value]) => (name.startsWith('given.') ? [[name.slice('given.'.length), value] as const] : []))
  given.forEach(([name, value]) => requireReadable(`given.${name}`, value))
  return { of: asked(req).get('of') ?? undefined, given: Object.fromEntries(given) }
}
const param = (req: PayloadRequest, name: string) => String(req.routeParams?.[name])
