import type { PayloadRequest } from 'payload'
import { revisions } from '../../../collections/core/platform.ts'
import type { EntityDefinition, FieldDefinition, SystemSlug } from '../../../config/language/entity.ts'
import type { FormDefinition } from '../../../config/language/form.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import type { OwnEntity, RevisionInputs } from '../../../config/language/revision.ts'
import type { Text } from '../../../config/language/text.ts'
import type { Actor } from '../access/actor.ts'
import { can, hiddenFields } from '../access/can.ts'
import { openStore } from '../data/open-store.ts'
import type { Store } from '../data/store.ts'
import { allFields } from '../entities/system-fields.ts'
import { fail } from '../errors.ts'
import { headOf } from '../forms/compile-form.ts'
import { platformOf, type Platform } from '../platform/platform.ts'
import { revisionOf } from '../platform/publish-revision.ts'
import { ownEntities, publishedFieldsOf, publishedFormOf, shippedEntities } from '../platform/own-fields.ts'
import type { EntityDraft, FieldDraft, FormDraft } from './draft-shape.ts'
import { draftOfRow, inputsWith, openDrafts, type Draft } from './drafts.ts'
import { fieldChanges, type FieldChange } from './field-changes.ts'
import { namesOf } from './names.ts'
import { misfitsOf } from '../platform/misfits.ts'
import { isExtensible } from '../platform/revision-findings.ts'
import { configuredPages, type ConfiguredPage } from '../pages/page-configuration.ts'
import { openPageDrafts } from '../pages/page-drafts.ts'
import { inputsOf, publishFindings, publishWarnings, wantedFindings } from './publish.ts'
import { takesWorkflow } from '../platform/workflow-layers.ts'
import { openWorkflowDrafts, withWorkflows } from './workflows/workflow-drafts.ts'
import { publisherOfProcess, type Publication } from './publisher.ts'

export type ConfiguredEntity = {
  readonly slug: string
  readonly system: SystemSlug
  readonly label: Text
  readonly labels: Text
  readonly shipped: number
  readonly own: number
  readonly draft: Pick<Draft, 'at'> & { readonly by: string; readonly changes: number } | null
}
export type PublicationView = { readonly revision: number; readonly publication: Publication | null }
export type ConfigurationView = PublicationView & {
  readonly entities: readonly ConfiguredEntity[]
  readonly pages: readonly ConfiguredPage[]
  /** What is in drafts, and what keeps it from being published; paths begin with `fields.<entity>`, `forms.<entity>`, `pages.<slug>` or `workflows.<entity>`. */
  readonly changes: readonly FieldChange[]
  readonly findings: readonly Finding[]
  /** What whoever publishes has to accept. */
  readonly warnings: readonly Finding[]
  /** What is published and left out, since it does not fit what is shipped; paths as of findings, with the key of the field after `fields.<entity>`. */
  readonly misfits: readonly Finding[]
  readonly versions: readonly VersionView[]
  readonly mayEdit: boolean
  /** False: this process runs by itself, and nothing could take over from it. */
  readonly canPublish: boolean
}
export type VersionView = { readonly number: number; readonly at: string | null; readonly by: string; readonly changes: readonly FieldChange[] }
export type EntityFieldsView = {
  readonly slug: string
  /** Whose pages show its values: of lines, their document's. */
  readonly recordsOf: string
  readonly label: Text
  readonly labels: Text
  readonly shipped: readonly FieldDefinition[]
  /** Of lines: the fields of their document, as they are published, which rules may ask for. */
  readonly head: readonly FieldDefinition[] | null
  readonly published: readonly FieldDefinition[]
  readonly publishedForm: FormDefinition
  /** Of an entity of the firm. */
  readonly publishedEntity: OwnEntity | null
  readonly draft: { readonly fields: readonly FieldDraft[]; readonly form: FormDraft; readonly ownEntity: EntityDraft | null; readonly version: number; readonly by: string; readonly at: string } | null
  /** Of the draft alone. */
  readonly findings: readonly Finding[]
  /** What is published of it and left out, since it does not fit what is shipped. */
  readonly misfits: readonly Finding[]
  readonly warnings: readonly Finding[]
  /** Whoever may read it, with the fields that are hidden from them: for a preview. */
  readonly roles: readonly { readonly slug: string; readonly label: Text; readonly hidden: readonly string[] }[]
  /** What a field may refer to. */
  readonly targets: readonly { readonly slug: string; readonly label: Text }[]
  readonly mayEdit: boolean
  /** Documents and masters live by a workflow, or could. */
  readonly takesWorkflow: boolean
  /** Documents of it run under one. */
  readonly hasWorkflow: boolean
}

const shownVersions = 50

/** Everything that can be configured, with what is prepared and what was published before. */
export async function configurationView({ payload }: PayloadRequest, actor: Actor): Promise<ConfigurationView> {
  const platform = platformOf(payload)
  const store = openStore(payload)
  const { inputs } = revisionOf(payload)
  const [drafts, pageDrafts, workflowDrafts, rows] = await Promise.all([openDrafts(store, platform, inputs), openPageDrafts(store, inputs), openWorkflowDrafts(store, inputs), store.findOnly('revisions', ['number', 'at', 'actor', 'changes'], { sort: '-number', limit: shownVersions })])
  const nameOf = await namesOf(store, [...drafts.values(), ...pageDrafts.values(), ...rows].map(({ actor: id }) => id))
  const wanted = withWorkflows(inputsWith(inputs, drafts, pageDrafts), workflowDrafts, platform)
  const named = namedBy(platform)
  const isPrepared = drafts.size + pageDrafts.size + workflowDrafts.size > 0
  const { findings, warnings } = isPrepared ? await wantedFindings(store, platform, { wanted, published: inputs }) : { findings: [], warnings: [] }
  const changes = isPrepared ? safely(() => fieldChanges(inputs, wanted)).map(named) : []
  const mayEdit = can(actor, 'edit', revisions).allowed
  if (isPrepared && mayEdit) publisherOfProcess()?.expect()
  return {
    ...publicationView(payload), changes, mayEdit, canPublish: publisherOfProcess() !== undefined,
    findings, misfits: misfitsOf(payload), warnings,
    pages: configuredPages({ payload }, pageDrafts, nameOf),
    entities: [...extensible(platform, inputs), ...begun(drafts.values(), platform)].map((entity): ConfiguredEntity => {
      const draft = drafts.get(entity.slug)
      return {
        slug: entity.slug, system: entity.system, label: entity.label, labels: entity.labels,
        shipped: entity.fields.length, own: publishedFieldsOf(inputs, entity.slug).filter(({ retired }) => !retired).length,
        draft: draft ? { at: draft.at, by: nameOf(draft.actor), changes: changes.filter((change) => change.entity === entity.slug).length } : null,
      }
    }),
    versions: await Promise.all(rows.map(async ({ number, at, actor: by, changes: kept }): Promise<VersionView> => {
      // Versions of former releases were kept without what they changed.
      const { changes: made } = kept ? { changes: kept as readonly FieldChange[] } : await changesBetween({ payload }, number - 1, number)
      return { number, at, by: nameOf(by), changes: made.map(named) }
    })),
  }
}

/** What differs between two published versions; 0 is what is shipped. @throws ProblemError 404 for one that was never published */
export async function changesBetween({ payload }: Pick<PayloadRequest, 'payload'>, from: number, to: number): Promise<{ changes: readonly FieldChange[] }> {
  const [before, after] = await Promise.all([inputsOf(payload, from), inputsOf(payload, to)])
  return { changes: fieldChanges(before, after).map(namedBy(platformOf(payload))) }
}

/** The fields of one entity: as shipped, as published, as prepared. */
export async function entityFieldsView({ payload }: PayloadRequest, actor: Actor, slug: string): Promise<EntityFieldsView> {
  const platform = platformOf(payload)
  const { inputs } = revisionOf(payload)
  const store = openStore(payload)
  const [row] = await store.find('configuration-drafts', { where: { id: { equals: slug } }, limit: 1 })
  const draft = row && { ...draftOfRow(row), by: (await namesOf(store, [row.actor]))(row.actor) }
  const entity = [...extensible(platform, inputs), ...begun(draft ? [draft] : [], platform)].find((one) => one.slug === slug) ?? fail('unknownEntity', { entity: slug.slice(0, 60) })
  const published = publishedFieldsOf(inputs, slug)
  const wanted = draft ? inputsWith(inputs, new Map([[slug, draft]])) : inputs
  const findings = draft ? publishFindings(platform, wanted, inputs) : []
  return {
    slug, recordsOf: entity.parent?.entity ?? slug, label: entity.label, labels: entity.labels, published, publishedForm: publishedFormOf(inputs, slug), publishedEntity: inputs.entities?.[slug] ?? null, draft: draft ?? null,
    shipped: allFields(entity).filter(({ hidden }) => !hidden), head: headOf(entity, platform.entities) ?? null,
    findings, misfits: misfitsOf(payload).filter(({ path }) => path.split('.')[1] === slug), warnings: draft && findings.length === 0 ? (await publishWarnings(store, platform, { wanted, published: inputs })).filter(({ path }) => path.startsWith('forms.')) : [],
    targets: [...platform.entities.values()].filter(({ kind }) => kind === 'master' || kind === 'document').map((one) => ({ slug: one.slug, label: one.labels })),
    mayEdit: can(actor, 'edit', revisions).allowed, takesWorkflow: takesWorkflow(entity), hasWorkflow: platform.workflows.has(slug), roles: await readersOf(store, actor, entity),
  }
}

/** The roles that read an entity, and what each does not see of it. */
async function readersOf(store: Store, actor: Actor, entity: EntityDefinition): Promise<EntityFieldsView['roles']> {
  const rows = await store.find('roles', { sort: 'createdAt' })
  return rows.flatMap(({ slug, name, nameZh, permissions }) => {
    const holder: Actor = { ...actor, roles: [slug], permissions: permissions as Actor['permissions'] }
    return can(holder, 'read', entity).allowed ? [{ slug, label: { en: name, zh: nameZh || name }, hidden: [...hiddenFields(holder, entity)] }] : []
  })
}

export function publicationView(payload: PayloadRequest['payload']): PublicationView {
  return { revision: revisionOf(payload).number, publication: publisherOfProcess()?.publication() ?? null }
}

/** What a firm may add fields to, as it is shipped. */
function extensible(platform: Platform, inputs: RevisionInputs): readonly EntityDefinition[] {
  return shippedEntities(platform.entities.values(), inputs).filter(isExtensible)
}

/** Entities of the firm that were begun and are not published yet, by the names they have so far. */
function begun(drafts: Iterable<Draft>, { entities }: Platform): readonly EntityDefinition[] {
  return [...drafts].filter(({ entity, ownEntity }) => ownEntity !== null && !entities.has(entity)).flatMap(({ entity: slug, ownEntity }) => {
    const named = (text: unknown): Text => ({ en: slug, zh: slug, ...(text as Partial<Text> | undefined) })
    return ownEntities({ entities: { [slug]: { label: named(ownEntity?.label), labels: named(ownEntity?.labels), prefix: '' } } })
  })
}

/** Fields that are shipped get their names; a change knows those only that the firm has added. */
const namedBy = ({ entities }: Platform) => (change: FieldChange): FieldChange => {
  const entity = entities.get(change.entity)
  const field = change.label.en === change.field && entity ? allFields(entity).find(({ name }) => name === change.field) : undefined
  return field ? { ...change, label: field.label } : change
}

/** A draft may be anything: what cannot be compared is told by its findings. */
function safely(compare: () => readonly FieldChange[]): readonly FieldChange[] {
  try {
    return compare()
  } catch (error) {
    if (error instanceof TypeError) return []
    throw error
  }
}
