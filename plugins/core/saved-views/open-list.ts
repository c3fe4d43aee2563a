import type { PayloadRequest } from 'payload'
import { requireRight } from '../access/can.ts'
import { actorOfRequest } from '../access/collection-hooks.ts'
import { openStore } from '../data/open-store.ts'
import { fail } from '../errors.ts'
import { platformOf } from '../platform/platform.ts'
import { chosenView } from '../views/chosen-view.ts'
import { listView, type ListView } from '../views/list-view.ts'
import { queryOfView } from '../views/view-query.ts'
import { savedViewsOf, type SavedViewList } from './saved-views.ts'

export type OpenedList = { readonly list: ListView; readonly saved: SavedViewList }

/** The page of an entity's list: the views that its reader has, and the rows of the one that the address opens. */
export async function openList(req: PayloadRequest, slug: string, params: URLSearchParams): Promise<OpenedList> {
  const platform = platformOf(req.payload)
  const actor = await actorOfRequest(req)
  const definition = platform.entities.get(slug) ?? fail('unknownEntity', { entity: slug })
  requireRight(actor, 'read', definition)
  const saved = await savedViewsOf({ platform, store: openStore(req.payload), actor, language: req.i18n.language === 'zh' ? 'zh' : 'en' }, definition)
  const { view, place } = chosenView(params, saved)
  return { saved, list: await listView(req, slug, queryOfView(view, place)) }
}
