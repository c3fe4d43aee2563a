import type { Where } from 'payload'
import { actorOfRequest } from '../../plugins/core/access/collection-hooks.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { platformOf } from '../../plugins/core/platform/platform.ts'
import { titleOf } from '../../plugins/core/views/titles.ts'
import type { PageSession } from '../frame/page-session.ts'
import { pictureTexts } from '../locales/picture-texts.ts'

/** "SO-2026-00012 · Trace": named after the document it was opened from, else after the first of the trace; without a name for who may not read that. */
export async function traceTitle({ payload, req, language, isSignedIn }: PageSession, { id, current }: { readonly id: string; readonly current?: string }): Promise<string> {
  const plain = pictureTexts.trace[language]
  if (!isSignedIn) return plain
  const store = openStore(payload)
  const created: Where = { and: [{ traceId: { equals: id } }, { action: { in: ['create', 'import'] } }, ...(current ? [{ documentId: { equals: current } }] : [])] }
  const [first] = await store.find('history', { where: created, sort: 'at', limit: 1 })
  const row = first && (await store.byIds(first.entity, [first.documentId])).get(first.documentId)
  if (!first || !row) return plain
  const { title } = titleOf({ platform: platformOf(payload), actor: await actorOfRequest(req), language }, first.entity, row)
  return title ? `${title} · ${plain}` : plain
}
