import type { Payload } from 'payload'
import type { RevisionInputs } from '../../../config/language/revision.ts'
import { canonicalJson } from '../../../workflows/engine/canonical.ts'
import type { Actor } from '../access/actor.ts'
import { transact } from '../commands/transact.ts'
import type { Store } from '../data/store.ts'
import { fail, failInput } from '../errors.ts'
import { revisionOf } from '../platform/publish-revision.ts'
import { pageDraftOf, type PageDraft } from './page-draft.ts'
import { pageSlug } from './page-shape.ts'

/** What someone prepares for one page. */
export type KeptPageDraft = { readonly slug: string; readonly page: PageDraft; readonly version: number; readonly actor: string; readonly at: string }

/** The drafts that differ from what is published, by slug. */
export async function openPageDrafts(store: Store, inputs: RevisionInputs): Promise<ReadonlyMap<string, KeptPageDraft>> {
  const rows = await store.find('page-drafts', { sort: 'id' })
  const drafts = rows.map(({ id, page, version, actor, at }): KeptPageDraft => ({ slug: id, page: page as PageDraft, version, actor, at }))
  return new Map(drafts.filter(({ slug, page }) => canonicalJson(page) !== canonicalJson(publishedPageOf(inputs, slug))).map((draft) => [draft.slug, draft]))
}

export const publishedPageOf = ({ pages = {} }: RevisionInputs, slug: string) => (Object.hasOwn(pages, slug) ? pages[slug] ?? null : null)

type Wanted = { readonly slug: string; readonly page: unknown; readonly expectedVersion?: number }

/**
 * Keeps what someone has prepared, finished or not. `expectedVersion`: of the draft that was changed, 0 for none.
 * @throws ProblemError 409 when someone else has changed the draft meanwhile; 422 for what no page can be, its slug included
 */
export async function savePageDraft(payload: Payload, actor: Actor, { slug, page, expectedVersion }: Wanted): Promise<void> {
  if (!pageSlug.safeParse(slug).success) {
    failInput([{ code: 'badSlug', path: 'slug', severity: 'error', message: { en: 'The address of a page has small letters, digits and single dashes, 50 at most, like supplier-registration.', zh: '页面地址只能包含小写字母、数字和单个短横线，不超过 50 个字符，例如 supplier-registration。' } }])
  }
  const given = pageDraftOf(page)
  await transact(payload, { actor }, async ({ store, now }) => {
    const found = await store.get('page-drafts', slug)
    const current = found?.version ?? 0
    if (expectedVersion !== undefined && expectedVersion !== current) fail('versionConflict', { entity: { en: 'Page', zh: '页面' }, current, expected: expectedVersion })
    const row = { page: given, version: current + 1, actor: actor.id, at: now }
    if (found) await store.update('page-drafts', slug, row)
    else await store.insert('page-drafts', { id: slug, ...row })
  })
}

/** What is published stands again. @returns whether there is something published */
export async function discardPageDraft(payload: Payload, actor: Actor, slug: string): Promise<boolean> {
  await transact(payload, { actor }, async ({ store }) => {
    await store.remove('page-drafts', { id: { equals: slug } })
  })
  return publishedPageOf(revisionOf(payload).inputs, slug) !== null
}
