import type { Payload } from 'payload'
import type { RevisionInputs, WorkflowLayer } from '../../../../config/language/revision.ts'
import type { Json, Text } from '../../../../config/language/text.ts'
import { canonicalJson } from '../../../../workflows/engine/canonical.ts'
import type { Actor } from '../../access/actor.ts'
import { transact } from '../../commands/transact.ts'
import { openStore } from '../../data/open-store.ts'
import type { Store } from '../../data/store.ts'
import { fail } from '../../errors.ts'
import type { Fitted } from '../../platform/misfits.ts'
import { withMovedKeys } from '../../platform/moved-keys.ts'
import { platformOf, type Platform } from '../../platform/platform.ts'
import { isOwnSlug } from '../../platform/own-fields.ts'
import { composedWorkflow, layerOf, publishedLayerOf, takesWorkflow, withoutVersion } from '../../platform/workflow-layers.ts'
import { workflowDraftOf } from './workflow-draft.ts'

/** What someone prepares for the workflow of one entity. */
export type KeptWorkflowDraft = { readonly entity: string; readonly layer: WorkflowLayer; readonly version: number; readonly actor: string; readonly at: string }

/** The drafts that differ from what is published, by entity. */
export async function openWorkflowDrafts(store: Store, inputs: RevisionInputs): Promise<ReadonlyMap<string, KeptWorkflowDraft>> {
  const rows = await store.find('workflow-drafts', { sort: 'id' })
  return new Map(rows.map((row): KeptWorkflowDraft => ({ entity: row.id, layer: row.layer as WorkflowLayer, version: row.version, actor: row.actor, at: row.at }))
    .filter(({ entity, layer }) => !isSameLayer(layer, publishedLayerOf(inputs, entity))).map((draft) => [draft.entity, draft]))
}

export const isSameLayer = (a: WorkflowLayer | undefined, b: WorkflowLayer | undefined): boolean => canonicalJson(withoutVersion(a ?? {})) === canonicalJson(withoutVersion(b ?? {}))

type Wanted = { readonly slug: string; readonly definition: unknown; readonly expectedVersion?: number }

/**
 * Keeps what someone has drawn, finished or not. `expectedVersion`: of the draft that was changed, 0 for none.
 * @throws ProblemError 404 for what takes no workflow; 409 when someone else has changed the draft meanwhile; 422 for what no workflow can be
 */
export async function saveWorkflowDraft(payload: Payload, actor: Actor, { slug, definition, expectedVersion }: Wanted): Promise<void> {
  const given = workflowDraftOf(definition)
  const { entities, shippedWorkflows } = platformOf(payload)
  await transact(payload, { actor }, async ({ store, now }) => {
    if (!(await mayHaveWorkflow(store, entities, slug))) fail('unknownEntity', { entity: slug.slice(0, 60) })
    await keep({ store, now, actor }, { slug, layer: withoutVersion(layerOf(shippedWorkflows.get(slug), { entity: slug, ...(shippedWorkflows.has(slug) ? {} : { slug, version: 1 }), ...given })), ...(expectedVersion === undefined ? {} : { expectedVersion }) })
  })
}

/** Prepares a layer as it was once published. */
export async function draftLayer(payload: Payload, actor: Actor, slug: string, layer: WorkflowLayer): Promise<void> {
  await transact(payload, { actor }, ({ store, now }) => keep({ store, now, actor }, { slug, layer: withoutVersion(layer) }))
}

type Keeping = { readonly store: Store; readonly now: string; readonly actor: Actor }

async function keep({ store, now, actor }: Keeping, { slug, layer, expectedVersion }: { readonly slug: string; readonly layer: WorkflowLayer; readonly expectedVersion?: number }): Promise<void> {
  const found = await store.get('workflow-drafts', slug)
  const current = found?.version ?? 0
  if (expectedVersion !== undefined && expectedVersion !== current) fail('versionConflict', { entity: { en: 'workflow', zh: '流程' } satisfies Text, current, expected: expectedVersion })
  const row = { layer, version: current + 1, actor: actor.id, at: now }
  if (found) await store.update('workflow-drafts', slug, row)
  else await store.insert('workflow-drafts', { id: slug, ...row })
}

/** Drafts whose guards and actions name fields that have got another key, since a shipped one has taken theirs. */
export async function moveWorkflowDrafts(payload: Payload): Promise<void> {
  const { moved } = payload.config.custom.fitted as Fitted
  if (moved.length === 0) return
  const store = openStore(payload)
  const rows = await store.find('workflow-drafts', { where: { id: { in: moved.map(({ entity }) => entity) } } })
  const { workflows = {} } = withMovedKeys({ fields: {}, workflows: Object.fromEntries(rows.map(({ id, layer }) => [id, layer as WorkflowLayer])) }, moved, [...platformOf(payload).entities.values()])
  for (const [id, layer] of Object.entries(workflows)) await store.update('workflow-drafts', id, { layer })
}

/** What is published stands again. */
export async function discardWorkflowDraft(payload: Payload, actor: Actor, slug: string): Promise<void> {
  await transact(payload, { actor }, async ({ store }) => {
    await store.remove('workflow-drafts', { id: { equals: slug } })
  })
}

/** A form that is there, or one of the firm's own that someone has begun. */
export async function mayHaveWorkflow(store: Store, entities: Platform['entities'], slug: string): Promise<boolean> {
  const known = entities.get(slug)
  if (known) return takesWorkflow(known)
  return isOwnSlug(slug) && ((await store.get('configuration-drafts', slug))?.entity ?? null) !== null
}

/** What would be published: every draft in its place, with the next number where it changes something; what equals the shipped is no layer. */
export function withWorkflows(inputs: RevisionInputs, drafts: ReadonlyMap<string, Pick<KeptWorkflowDraft, 'layer'>>, { shippedWorkflows }: Pick<Platform, 'shippedWorkflows'>): RevisionInputs {
  const prepared = [...drafts].map(([slug, { layer }]) => [slug, numbered(slug, layer, { inputs, shippedWorkflows })] as const)
  const all = Object.entries({ ...inputs.workflows, ...Object.fromEntries(prepared) }).filter(([, layer]) => Object.keys(layer).length > 0)
  const { workflows: _, ...others } = inputs
  return all.length > 0 ? { ...others, workflows: Object.fromEntries(all) } : others
}

function numbered(slug: string, layer: WorkflowLayer, { inputs, shippedWorkflows }: { readonly inputs: RevisionInputs } & Pick<Platform, 'shippedWorkflows'>): WorkflowLayer {
  const shipped = shippedWorkflows.get(slug)
  const plain = withoutVersion(layer)
  if (Object.keys(plain).length === 0) return {}
  const before = publishedLayerOf(inputs, slug)
  const last = before ? (composedWorkflow(shipped, before) as { readonly version?: Json }).version : shipped?.version
  return { ...plain, version: (typeof last === 'number' ? last : 0) + 1 }
}
