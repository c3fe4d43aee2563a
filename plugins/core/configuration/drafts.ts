import type { Payload } from 'payload'
import type { FieldDefinition } from '../../../config/language/entity.ts'
import type { RevisionInputs } from '../../../config/language/revision.ts'
import { canonicalJson } from '../../../workflows/engine/canonical.ts'
import type { Actor } from '../access/actor.ts'
import { transact } from '../commands/transact.ts'
import type { Store } from '../data/store.ts'
import { fail } from '../errors.ts'
import { platformOf } from '../platform/platform.ts'
import { publishedFieldsOf } from '../platform/published-fields.ts'
import { draftOf, type FieldDraft } from './draft-shape.ts'

/** What someone prepares for one entity. */
export type Draft = { readonly entity: string; readonly fields: readonly FieldDraft[]; readonly version: number; readonly actor: string; readonly at: string }

/** The drafts that differ from what is published, by entity. */
export async function openDrafts(store: Store, inputs: RevisionInputs): Promise<ReadonlyMap<string, Draft>> {
  const rows = await store.find('configuration-drafts', { sort: 'id' })
  const drafts = rows.map(({ id, fields, version, actor, at }): Draft => ({ entity: id, fields: fields as readonly FieldDraft[], version, actor, at }))
  return new Map(drafts.filter(({ entity, fields }) => !isSame(fields, publishedFieldsOf(inputs, entity))).map((draft) => [draft.entity, draft]))
}

type Wanted = { readonly slug: string; readonly fields: unknown; readonly expectedVersion?: number }

/**
 * Keeps what someone has prepared, finished or not. `expectedVersion`: of the draft that was changed, 0 for none.
 * @returns the version of the draft
 * @throws ProblemError 409 when someone else has changed the draft meanwhile; 422 for what no draft can be
 */
export async function saveDraft(payload: Payload, actor: Actor, { slug, fields, expectedVersion }: Wanted): Promise<{ version: number }> {
  const entity = platformOf(payload).entities.get(slug) ?? fail('unknownEntity', { entity: slug.slice(0, 60) })
  const draft = draftOf(fields)
  return transact(payload, { actor }, async ({ store, now }) => {
    const found = await store.get('configuration-drafts', slug)
    const current = found?.version ?? 0
    if (expectedVersion !== undefined && expectedVersion !== current) fail('versionConflict', { entity: entity.label, current, expected: expectedVersion })
    const row = { fields: draft, version: current + 1, actor: actor.id, at: now }
    if (found) await store.update('configuration-drafts', slug, row)
    else await store.insert('configuration-drafts', { id: slug, ...row })
    return { version: row.version }
  })
}

/** What is published stands again. */
export async function discardDraft(payload: Payload, actor: Actor, slug: string): Promise<void> {
  await transact(payload, { actor }, async ({ store }) => {
    await store.remove('configuration-drafts', { id: { equals: slug } })
  })
}

/** What would be published: the present revision with every open draft in its place; not checked yet. */
export function inputsWith(inputs: RevisionInputs, drafts: ReadonlyMap<string, Pick<Draft, 'fields'>>): RevisionInputs {
  const drafted = [...drafts].map(([slug, { fields }]) => [slug, fields as unknown as readonly FieldDefinition[]] as const)
  return { ...inputs, fields: { ...inputs.fields, ...Object.fromEntries(drafted) } }
}

const isSame = (a: unknown, b: unknown) => canonicalJson(a) === canonicalJson(b)
