import type { PayloadRequest } from 'payload'
import { revisions } from '../../../collections/core/platform.ts'
import type { FieldDefinition } from '../../../config/language/entity.ts'
import type { FormDefinition } from '../../../config/language/form.ts'
import type { PageDefinition } from '../../../config/language/page.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import type { RevisionInputs } from '../../../config/language/revision.ts'
import type { Text } from '../../../config/language/text.ts'
import type { Actor } from '../access/actor.ts'
import { can } from '../access/can.ts'
import { inputsWith, openDrafts } from '../configuration/drafts.ts'
import { publishFindings } from '../configuration/publish.ts'
import { namesOf } from '../configuration/names.ts'
import { openStore } from '../data/open-store.ts'
import { fail } from '../errors.ts'
import { platformOf } from '../platform/platform.ts'
import { publishedFormOf } from '../platform/own-fields.ts'
import { revisionOf } from '../platform/publish-revision.ts'
import { referencesOf, loadTitles, type Titles } from '../views/titles.ts'
import { applicationIdentifiers } from './gs1-identifiers.ts'
import { addressOf } from './open-pages.ts'
import type { PageDraft } from './page-draft.ts'
import { publishedPageOf, type KeptPageDraft } from './page-drafts.ts'
import { askableFields, isMadeByPage } from './page-findings.ts'

export type ConfiguredPage = {
  readonly slug: string
  readonly title: Text
  readonly kind: string
  readonly entity: Text
  readonly isPublished: boolean
  readonly retired: boolean
  /** Where people find what is published. */
  readonly path: string | null
  readonly draft: { readonly by: string; readonly at: string } | null
}

/** All pages of the firm, those that were only begun too. */
export function configuredPages({ payload }: Pick<PayloadRequest, 'payload'>, drafts: ReadonlyMap<string, KeptPageDraft>, nameOf: (id: string) => string): readonly ConfiguredPage[] {
  const { inputs } = revisionOf(payload)
  const { entities } = platformOf(payload)
  return [...new Set([...Object.keys(inputs.pages ?? {}), ...drafts.keys()])].sort().map((slug) => {
    const published = publishedPageOf(inputs, slug)
    const draft = drafts.get(slug)
    const shown: PageDraft = draft?.page ?? published ?? {}
    return {
      slug, title: named(shown.title, slug), kind: String(shown.kind ?? ''), entity: entities.get(String(shown.entity))?.label ?? named(undefined, String(shown.entity ?? '—')),
      isPublished: published !== null, retired: shown.retired === true, path: published && pathOf(payload, slug, published), draft: draft ? { by: nameOf(draft.actor), at: draft.at } : null,
    }
  })
}

export type PageConfigurationView = {
  readonly slug: string
  readonly published: PageDefinition | null
  readonly path: string | null
  readonly draft: { readonly page: PageDraft; readonly version: number; readonly by: string; readonly at: string } | null
  /** Of the draft alone; paths begin with `pages.<slug>`. */
  readonly findings: readonly Finding[]
  /** What a page can make, with what it could ask for there. */
  readonly entities: readonly { readonly slug: string; readonly label: Text; readonly fields: readonly FieldDefinition[]; readonly askable: Readonly<Record<PageDefinition['kind'], readonly string[]>> }[]
  readonly identifiers: readonly { readonly identifier: string; readonly label: Text }[]
  /** The rules of what it makes, for a preview. */
  readonly rules: FormDefinition['rules']
  /** Of what it offers to choose from. */
  readonly titles: Titles
  readonly mayEdit: boolean
}

/** One page as published and as prepared. @throws ProblemError 404 */
export async function pageConfigurationView(req: PayloadRequest, actor: Actor, slug: string): Promise<PageConfigurationView> {
  const { payload } = req
  const { inputs } = revisionOf(payload)
  const platform = platformOf(payload)
  const store = openStore(payload)
  const row = await store.get('page-drafts', slug)
  const published = publishedPageOf(inputs, slug)
  if (!row && !published) fail('pageUnknown')
  const page = row ? row.page as PageDraft : null
  const entities = [...platform.entities.values()].filter(isMadeByPage)
  const made = entities.find((entity) => entity.slug === (page ?? published)?.entity)
  const offers = ((page ?? published)?.offers ?? {}) as NonNullable<PageDefinition['offers']>
  const language = req.i18n.language === 'zh' ? 'zh' : 'en'
  return {
    slug, published, path: published && pathOf(payload, slug, published), draft: row && page ? { page, version: row.version, by: (await namesOf(store, [row.actor]))(row.actor), at: row.at } : null,
    findings: page ? await findingsOf(req, { inputs, slug, page }) : [],
    entities: entities.map((entity) => ({
      slug: entity.slug, label: entity.label, fields: entity.fields.filter(({ hidden, type }) => !hidden && type !== 'json'),
      askable: { internal: names(askableFields(entity, 'internal')), public: names(askableFields(entity, 'public')), shopFloor: names(askableFields(entity, 'shopFloor')) },
    })),
    identifiers: [...applicationIdentifiers].map(([identifier, { label }]) => ({ identifier, label })),
    rules: publishedFormOf(inputs, made?.slug ?? '').rules,
    titles: made ? await loadTitles({ platform, store, actor, language }, referencesOf(made.fields, [offers])) : {},
    mayEdit: can(actor, 'edit', revisions).allowed,
  }
}

/** What is wrong with the draft of one page, published with the forms that are prepared. */
async function findingsOf({ payload }: Pick<PayloadRequest, 'payload'>, { inputs, slug, page }: { readonly inputs: RevisionInputs; readonly slug: string; readonly page: PageDraft }): Promise<readonly Finding[]> {
  const platform = platformOf(payload)
  const forms = await openDrafts(openStore(payload), platform, inputs)
  return publishFindings(platform, inputsWith(inputs, forms, new Map([[slug, { page }]])), inputs).filter(({ path }) => path.startsWith(`pages.${slug}.`) || path === `pages.${slug}`)
}

const pathOf = (payload: PayloadRequest['payload'], slug: string, page: PageDefinition): string => (page.kind === 'public' ? `/f/${addressOf(payload, slug, page)}` : `/admin/pages/${slug}`)
const names = (fields: readonly FieldDefinition[]) => fields.map(({ name }) => name)
const named = (text: unknown, fallback: string): Text => ({ en: fallback, zh: fallback, ...(text as Partial<Text> | undefined) })
