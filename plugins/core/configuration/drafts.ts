import type { Payload } from 'payload'
import type { FieldDefinition } from '../../../config/language/entity.ts'
import type { ConfigurationDrafts } from '../../../config/generated/entities.ts'
import type { FormDefinition } from '../../../config/language/form.ts'
import type { PageDefinition } from '../../../config/language/page.ts'
import type { OwnEntity, RevisionInputs } from '../../../config/language/revision.ts'
import { canonicalJson } from '../../../workflows/engine/canonical.ts'
import type { Actor } from '../access/actor.ts'
import { transact } from '../commands/transact.ts'
import { openStore } from '../data/open-store.ts'
import type { Store } from '../data/store.ts'
import { fail } from '../errors.ts'
import { platformOf, type Platform } from '../platform/platform.ts'
import type { Fitted } from '../platform/misfits.ts'
import { movedField, movedForm } from '../platform/moved-keys.ts'
import { isOwnSlug, publishedFieldsOf, publishedFormOf } from '../platform/own-fields.ts'
import { revisionOf } from '../platform/publish-revision.ts'
import type { KeptPageDraft } from '../pages/page-drafts.ts'
import { isExtensible, isSoundOwnSlug } from '../platform/revision-findings.ts'
import { draftOf, entityDraftOf, formDraftOf, type EntityDraft, type FieldDraft, type FormDraft } from './draft-shape.ts'

/** What someone prepares for one entity. */
export type Draft = { readonly entity: string; readonly fields: readonly FieldDraft[]; readonly form: FormDraft; readonly ownEntity: EntityDraft | null; readonly version: number; readonly actor: string; readonly at: string }

/** Whether a form of that slug takes fields, or could be begun. */
function isConfigurable({ entities }: Platform, slug: string): boolean {
  const known = entities.get(slug)
  return known ? isExtensible(known) : isSoundOwnSlug(slug)
}

/** The drafts that differ from what is published, by entity. */
export async function openDrafts(store: Store, platform: Platform, inputs: RevisionInputs): Promise<ReadonlyMap<string, Draft>> {
  const rows = await store.find('configuration-drafts', { sort: 'id' })
  const drafts = rows.map(draftOfRow).filter(({ entity }) => isConfigurable(platform, entity))
  return new Map(drafts.filter(({ entity, fields, form, ownEntity }) => !isSame([fields, form, ownEntity], [publishedFieldsOf(inputs, entity), publishedFormOf(inputs, entity), inputs.entities?.[entity] ?? null])).map((draft) => [draft.entity, draft]))
}

export const draftOfRow = ({ id, fields, form, entity, version, actor, at }: ConfigurationDrafts): Draft =>
  ({ entity: id, fields: fields as readonly FieldDraft[], form: form as FormDraft, ownEntity: (entity ?? null) as EntityDraft | null, version, actor, at })

/** What is absent stays as it is prepared, or published. */
type Wanted = { readonly slug: string; readonly fields?: unknown; readonly form?: unknown; readonly ownEntity?: unknown; readonly expectedVersion?: number }

/**
 * Keeps what someone has prepared, finished or not. `expectedVersion`: of the draft that was changed, 0 for none.
 * @returns the version of the draft
 * @throws ProblemError 404 for a form that takes no fields, or a slug that no entity can have; 409 when someone else has changed the draft meanwhile; 422 for what no draft can be
 */
export async function saveDraft(payload: Payload, actor: Actor, { slug, fields, form, ownEntity, expectedVersion }: Wanted): Promise<{ version: number }> {
  const givenEntity = ownEntity === undefined || !isOwnSlug(slug) ? undefined : entityDraftOf(ownEntity)
  const platform = platformOf(payload)
  const known = platform.entities.get(slug)
  const [givenFields, givenForm] = [fields === undefined ? undefined : draftOf(fields), form === undefined ? undefined : formDraftOf(form)]
  if (!givenFields && !givenForm && !givenEntity) draftOf(fields)
  const { inputs } = revisionOf(payload)
  return transact(payload, { actor }, async ({ store, now }) => {
    const found = await store.get('configuration-drafts', slug)
    if (!isConfigurable(platform, slug) || (!known && !found && !givenEntity)) fail('unknownEntity', { entity: slug.slice(0, 60) })
    const current = found?.version ?? 0
    if (expectedVersion !== undefined && expectedVersion !== current) fail('versionConflict', { entity: known?.label ?? { en: 'Form', zh: '表单' }, current, expected: expectedVersion })
    const row = {
      fields: givenFields ?? found?.fields ?? publishedFieldsOf(inputs, slug), form: givenForm ?? found?.form ?? publishedFormOf(inputs, slug),
      entity: givenEntity ?? found?.entity ?? inputs.entities?.[slug] ?? null, version: current + 1, actor: actor.id, at: now,
    }
    if (found) await store.update('configuration-drafts', slug, row)
    else await store.insert('configuration-drafts', { id: slug, ...row })
    return { version: row.version }
  })
}

/** Drafts of forms whose fields have got another key, since a shipped one has taken theirs. */
export async function moveDrafts(payload: Payload): Promise<void> {
  const store = openStore(payload)
  const { moved } = payload.config.custom.fitted as Fitted
  for (const { entity, fields, form } of (await store.find('configuration-drafts', { where: { id: { in: moved.map((key) => key.entity) } } })).map(draftOfRow)) {
    const keyOf = (name: string) => moved.find((key) => key.entity === entity && key.from === name)?.to ?? name
    await store.update('configuration-drafts', entity, { fields: fields.map((field) => movedField(field as unknown as FieldDefinition, keyOf)), form: movedForm(form as FormDefinition, keyOf) })
  }
}

/** What is published stands again. */
export async function discardDraft(payload: Payload, actor: Actor, slug: string): Promise<void> {
  await transact(payload, { actor }, async ({ store }) => {
    await store.remove('configuration-drafts', { id: { equals: slug } })
  })
}

/** What would be published: the present revision with every open draft in its place; not checked yet. */
export function inputsWith(inputs: RevisionInputs, drafts: ReadonlyMap<string, Pick<Draft, 'fields' | 'form' | 'ownEntity'>>, pageDrafts: ReadonlyMap<string, Pick<KeptPageDraft, 'page'>> = new Map()): RevisionInputs {
  const fields = [...drafts].map(([slug, draft]) => [slug, draft.fields as unknown as readonly FieldDefinition[]] as const)
  const forms = [...drafts].map(([slug, draft]) => [slug, draft.form as FormDefinition] as const)
  const all = Object.entries({ ...inputs.forms, ...Object.fromEntries(forms) }).filter(([, { rules, layout }]) => Object.keys(rules).length > 0 || layout !== undefined)
  const own = Object.entries({ ...inputs.entities, ...Object.fromEntries([...drafts].flatMap(([slug, draft]) => (draft.ownEntity ? [[slug, draft.ownEntity as OwnEntity] as const] : []))) })
  const pages = Object.entries({ ...inputs.pages, ...Object.fromEntries([...pageDrafts].map(([slug, { page }]) => [slug, page as PageDefinition] as const)) })
  return { fields: { ...inputs.fields, ...Object.fromEntries(fields) }, ...(pages.length > 0 ? { pages: Object.fromEntries(pages) } : {}), ...(own.length > 0 ? { entities: Object.fromEntries(own) } : {}), ...(all.length > 0 ? { forms: Object.fromEntries(all) } : {}), ...(inputs.workflows ? { workflows: inputs.workflows } : {}) }
}

const isSame = (a: unknown, b: unknown) => canonicalJson(a) === canonicalJson(b)
