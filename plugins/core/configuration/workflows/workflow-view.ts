import type { PayloadRequest } from 'payload'
import { revisions } from '../../../../collections/core/platform.ts'
import type { EntityDefinition, FieldDefinition, SystemSlug } from '../../../../config/language/entity.ts'
import type { Json, Text } from '../../../../config/language/text.ts'
import type { WorkflowDefinition } from '../../../../config/language/workflow.ts'
import type { NameKind } from '../../../../workflows/engine/check-names.ts'
import type { ProofFinding } from '../../../../workflows/engine/verify/proof.ts'
import type { Proof } from '../../../../workflows/engine/verify/verify-workflow.ts'
import type { Actor } from '../../access/actor.ts'
import { can } from '../../access/can.ts'
import { firmCalendar } from '../../calendars/load-calendar.ts'
import { openStore } from '../../data/open-store.ts'
import type { Store } from '../../data/store.ts'
import { fail } from '../../errors.ts'
import { isOwnSlug } from '../../platform/own-fields.ts'
import { platformOf, type Platform } from '../../platform/platform.ts'
import { revisionOf } from '../../platform/publish-revision.ts'
import { composedWorkflow, publishedLayerOf, takesWorkflow } from '../../platform/workflow-layers.ts'
import { inputsWith, openDrafts } from '../drafts.ts'
import { namesOf } from '../names.ts'
import { workflowDraftOf } from './workflow-draft.ts'
import { mayHaveWorkflow, openWorkflowDrafts, withWorkflows, type KeptWorkflowDraft } from './workflow-drafts.ts'
import { openProver } from './prove-workflows.ts'

export type ConfiguredWorkflow = {
  readonly entity: string
  readonly label: Text
  readonly system: SystemSlug
  /** Of an entity of the firm's own. */
  readonly own: boolean
  /** The firm has published a layer over what is shipped, or a workflow where none is shipped. */
  readonly changed: boolean
  readonly draft: { readonly by: string; readonly at: string } | null
  /** What new documents run under; null: none. */
  readonly live: { readonly version: number; readonly hash: string } | null
}

/** What can be named in a definition, with the fields of its parameters. */
export type RegisteredName = {
  readonly type: string
  readonly label: Text
  readonly params: readonly FieldDefinition[]
  /** Parameters that name something, to be chosen from a list. */
  readonly names?: Readonly<Record<string, NameKind>>
}
export type WorkflowView = {
  readonly entity: string
  readonly label: Text
  readonly shipped: WorkflowDefinition | null
  readonly published: Json | null
  /** As it would be published: what is shipped with the draft over it. */
  readonly draft: { readonly definition: Json; readonly version: number; readonly by: string; readonly at: string } | null
  readonly registry: { readonly guards: readonly RegisteredName[]; readonly actions: readonly RegisteredName[]; readonly delays: readonly RegisteredName[]; readonly roles: readonly { readonly slug: string; readonly label: Text }[]; readonly facts: readonly string[]; readonly calendars: readonly { readonly value: string; readonly label: Text }[] }
  /** Of the draft, or of what is published; paths begin within the definition. */
  readonly findings: readonly ProofFinding[]
  readonly mayEdit: boolean
}

/** Every form that has a workflow or may get one. */
export async function workflowsView({ payload }: PayloadRequest): Promise<readonly ConfiguredWorkflow[]> {
  const platform = platformOf(payload)
  const store = openStore(payload)
  const { inputs } = revisionOf(payload)
  const drafts = await openWorkflowDrafts(store, inputs)
  const nameOf = await namesOf(store, [...drafts.values()].map(({ actor }) => actor))
  return [...platform.entities.values()].filter(takesWorkflow).map((entity) => configured(platform, entity, { isChanged: publishedLayerOf(inputs, entity.slug) !== undefined, draft: drafts.get(entity.slug), nameOf }))
}

function configured({ workflows }: Platform, { slug, label, system }: EntityDefinition, { isChanged, draft, nameOf }: { readonly isChanged: boolean; readonly draft: KeptWorkflowDraft | undefined; readonly nameOf: (id: string) => string }): ConfiguredWorkflow {
  const live = workflows.get(slug)
  return {
    entity: slug, label, system, own: isOwnSlug(slug), changed: isChanged, draft: draft ? { by: nameOf(draft.actor), at: draft.at } : null,
    live: live ? { version: live.definition.version, hash: live.hash } : null,
  }
}

/** The workflow of one form as shipped, as published and as prepared. @throws ProblemError 404 for what takes none */
export async function workflowView({ payload }: PayloadRequest, actor: Actor, slug: string): Promise<WorkflowView> {
  const platform = platformOf(payload)
  const store = openStore(payload)
  const { inputs } = revisionOf(payload)
  const label = await labelOf(store, platform, slug)
  const shipped = platform.shippedWorkflows.get(slug)
  const layer = publishedLayerOf(inputs, slug)
  const published = layer ? composedWorkflow(shipped, layer) : (shipped ?? null) as Json | null
  const [row, drafts, forms] = await Promise.all([store.get('workflow-drafts', slug), openWorkflowDrafts(store, inputs), openDrafts(store, platform, inputs)])
  // Fields and forms that are prepared with it can be named.
  const wanted = withWorkflows(inputsWith(inputs, forms), drafts, platform)
  // As it is kept, also where it equals what is published: whoever goes on with it goes on from its number.
  const draft = row ? { definition: composedWorkflow(shipped, drafts.has(slug) ? publishedLayerOf(wanted, slug) ?? {} : layer ?? {}), version: row.version, by: (await namesOf(store, [row.actor]))(row.actor), at: row.at } : null
  const judged = draft?.definition ?? published
  const prover = await openProver(store, platform, wanted)
  return {
    entity: slug, label, shipped: shipped ?? null, published, draft, registry: await registryView(store, platform),
    findings: judged === null ? [] : (await prover(slug, judged)).findings, mayEdit: can(actor, 'edit', revisions).allowed,
  }
}

/** The proof of any definition for this form, kept or not. @throws ProblemError 404, 422 */
export async function checkWorkflow({ payload }: PayloadRequest, slug: string, definition: unknown): Promise<Proof> {
  const platform = platformOf(payload)
  const store = openStore(payload)
  await labelOf(store, platform, slug)
  const { inputs } = revisionOf(payload)
  const [drafts, forms] = await Promise.all([openWorkflowDrafts(store, inputs), openDrafts(store, platform, inputs)])
  const prover = await openProver(store, platform, withWorkflows(inputsWith(inputs, forms), drafts, platform))
  return prover(slug, workflowDraftOf(definition))
}

/** @throws ProblemError 404 for what takes no workflow */
async function labelOf(store: Store, { entities }: Platform, slug: string): Promise<Text> {
  if (!(await mayHaveWorkflow(store, entities, slug))) fail('unknownEntity', { entity: slug.slice(0, 60) })
  const known = entities.get(slug)
  if (known) return known.label
  const begun = (await store.get('configuration-drafts', slug))?.entity as { readonly label?: Partial<Text> } | null | undefined
  return { en: slug, zh: slug, ...begun?.label }
}

async function registryView(store: Store, { registry: { guards, actions, delays }, facts }: Platform): Promise<WorkflowView['registry']> {
  const named = (all: Iterable<{ readonly type: string; readonly label: Text; readonly params?: readonly FieldDefinition[]; readonly names?: RegisteredName['names'] }>): RegisteredName[] => [...all].map(({ type, label, params = [], names }) => ({ type, label, params, ...(names && { names }) }))
  const roles = (await store.find('roles', { sort: 'createdAt' })).map(({ slug, name, nameZh }) => ({ slug, label: { en: name, zh: nameZh || name } }))
  const calendars = (await store.find('working-calendars', { sort: 'code' })).map(({ code, name, nameZh }) => ({ value: code, label: { en: name, zh: nameZh || name } }))
  return { calendars: [{ value: firmCalendar, label: { en: 'Of the company', zh: '公司默认日历' } }, ...calendars], guards: named(guards.values()), actions: named(actions.values()), delays: named(delays.values()), roles, facts: [...facts.keys()] }
}
