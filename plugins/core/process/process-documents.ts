import type { PayloadRequest, Where } from 'payload'
import { openStore } from '../data/open-store.ts'
import type { Row, Store } from '../data/store.ts'
import { failQuestion } from '../errors.ts'
import { stateView, type StateView } from '../views/entity-view.ts'
import { titleOf, type Title } from '../views/titles.ts'
import { stateOf } from '../workflow/pinned.ts'
import { openProcess } from './process-view.ts'

export type ProcessDocument = { readonly id: string; readonly title: Title; readonly state: StateView | null; readonly at: string; readonly who: string }
/** `next`: where the list goes on, null at its end. */
export type ProcessDocuments = { readonly rows: readonly ProcessDocument[]; readonly next: string | null }

const rowsAtOnce = 50
/** So many rows of history are looked at for one answer: who sees few of the documents turns the page instead of waiting. */
const pagesAtOnce = 10

/**
 * The documents behind a number of the process, the latest first: `to` and `from` are states (`from` empty: their life begins), `event` what brought
 * them there. Without `from`: all that came to `to`; with `again`, those only that came there from elsewhere a second time or more.
 */
export async function processDocuments(req: PayloadRequest, slug: string, params: URLSearchParams): Promise<ProcessDocuments> {
  const { platform, actor, question } = await openProcess(req, slug, params)
  const language = req.i18n.language === 'zh' ? 'zh' : 'en'
  const to = params.get('to') ?? failQuestion('to', { en: 'to is missing: the state that the documents came to.', zh: '缺少 to，即单据到达的状态。' })
  const [from, event] = [params.get('from'), params.get('event')]
  const where: Where[] = [
    { entity: { equals: slug } }, { stateAfter: { equals: to } }, { at: { greater_than_equal: question.from } },
    ...(from === null ? [elsewhere(to)] : [from === '' ? { stateBefore: { exists: false } } : { stateBefore: { equals: from } }]),
    ...(event === null ? [] : [event === '' ? { event: { exists: false } } : { event: { equals: event } }]),
  ]
  const isAgain = params.get('again') === 'true'
  const store = openStore(req.payload)
  const rows: ProcessDocument[] = []
  let next = params.get('next')
  for (let page = 0; page < pagesAtOnce && rows.length < rowsAtOnce; page++) {
    const [before, beforeId] = (next ?? '').split(' ')
    const rest: Where[] = before && beforeId ? [{ or: [{ at: { less_than: before } }, { and: [{ at: { equals: before } }, { id: { less_than: beforeId } }] }] }] : []
    const found = await store.find('history', { where: { and: [...where, ...rest] }, sort: ['-at', '-id'], limit: rowsAtOnce })
    const ids = found.map(({ documentId }) => documentId)
    const documents = await store.byIds<string>(slug, isAgain ? await cameAgain(store, { slug, to, ids }) : ids)
    for (const { documentId, at, actor: who, actorName } of found) {
      const document = documents.get(documentId) as Row | undefined
      const title = document && titleOf({ platform, actor, language }, slug, document)
      if (!document || !title || title.redacted || (isAgain && rows.some(({ id }) => id === documentId))) continue
      rows.push({ id: documentId, title, state: stateView(platform, slug, stateOf(document)), at, who: actorName ?? who })
    }
    const last = found.at(-1)
    next = last && found.length === rowsAtOnce ? `${last.at} ${last.id}` : null
    if (next === null) break
  }
  return { rows, next }
}

/** Those that came to a state from elsewhere more than once: as the span ends now, their latest visit is rework of the span. */
async function cameAgain(store: Store, { slug, to, ids }: { readonly slug: string; readonly to: string; readonly ids: readonly string[] }): Promise<string[]> {
  if (ids.length === 0) return []
  const groups = await store.sum('history', { groupBy: ['documentId'], fields: [], where: { and: [{ entity: { equals: slug } }, { documentId: { in: [...ids] } }, { stateAfter: { equals: to } }, elsewhere(to)] } })
  return groups.flatMap(({ documentId, count }) => (Number(count) > 1 ? [String(documentId)] : []))
}

const elsewhere = (to: string): Where => ({ or: [{ stateBefore: { exists: false } }, { stateBefore: { not_equals: to } }] })
