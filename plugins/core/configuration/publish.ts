import type { PayloadRequest } from 'payload'
import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import type { Json } from '../../../config/language/text.ts'
import { shippedRevision, type RevisionInputs } from '../../../config/language/revision.ts'
import type { Actor } from '../access/actor.ts'
import { openStore } from '../data/open-store.ts'
import type { Store } from '../data/store.ts'
import { fail, failInput } from '../errors.ts'
import { platformOf, type Platform } from '../platform/platform.ts'
import { currentRevisionNumber, revisionOf } from '../platform/publish-revision.ts'
import { pageFindings, pageWarnings } from '../pages/page-findings.ts'
import { discardPageDraft, openPageDrafts, savePageDraft } from '../pages/page-drafts.ts'
import { isOwnSlug, ownEntities, publishedFieldsOf, shippedEntities, withFields } from '../platform/own-fields.ts'
import { apiNameFindings } from '../platform/api-names.ts'
import { markupIn } from '../platform/markup.ts'
import { fitInputs, newFindings } from '../platform/fit-inputs.ts'
import { storageFindings } from '../platform/storage-names.ts'
import { movedKeys, withMovedKeys } from '../platform/moved-keys.ts'
import { lossFindings } from '../platform/revision-findings.ts'
import { publishedLayerOf } from '../platform/workflow-layers.ts'
import { discardDraft, inputsWith, openDrafts, saveDraft } from './drafts.ts'
import { fieldsAsOf, formAsOf } from './field-changes.ts'
import { roleFindings } from './role-findings.ts'
import { warningKey } from './warning-key.ts'
import { publisherOfProcess } from './publisher.ts'
import { proveWorkflows } from './workflows/prove-workflows.ts'
import { discardWorkflowDraft, draftLayer, openWorkflowDrafts, withWorkflows } from './workflows/workflow-drafts.ts'

/** Everything that keeps `wanted` from being published on top of `published`. */
export function publishFindings(platform: Platform, wanted: RevisionInputs, published: RevisionInputs): readonly Finding[] {
  // Entities of the firm are made anew of what is wanted.
  const shipped = shippedEntities(platform.entities.values(), published).filter(({ slug }) => !isOwnSlug(slug))
  const misfits = knownFindings(platform, published, shipped)
  const wrong = newFindings(wanted, shipped, misfits)
  if (wrong.length > 0) return wrong
  const entities = [...shipped, ...ownEntities(wanted)].map((entity) => withFields(entity, publishedFieldsOf(wanted, entity.slug)))
  const before = new Set(misfits.map(warningKey))
  const ofPages = pageFindings(wanted, new Map(entities.map((entity) => [entity.slug, entity]))).filter((finding) => !before.has(warningKey(finding)))
  const ofStorage = storageFindings(wanted, [...shipped, ...ownEntities(wanted)]).filter((finding) => !before.has(warningKey(finding)))
  const markup = textsOf(published).map(warningKey)
  const ofTexts = textsOf(wanted).filter((finding) => !markup.includes(warningKey(finding)))
  return [...apiNameFindings(wanted, published), ...ofTexts, ...ofStorage, ...lossFindings(wanted, published), ...ofPages]
}

/** What reads like HTML in labels, helps and messages. What was published so stays so. */
const textsOf = ({ fields, entities = {}, forms = {} }: RevisionInputs): readonly Finding[] => 
  markupIn({ fields, entities, forms } as unknown as Json, '').map((finding) => ({ ...finding, path: finding.path.replaceAll(/\[(\d+)\]/g, '.$1') }))

const known = new WeakMap<RevisionInputs, readonly Finding[]>()

/** What is published and does not fit what is shipped: it is left out as it was, and keeps nothing else from being published. */
function knownFindings(platform: Platform, published: RevisionInputs, shipped: readonly EntityDefinition[]): readonly Finding[] {
  const found = known.get(published) ?? [...fitInputs(published, shipped).misfits, ...pageFindings(published, platform.entities), ...storageFindings(published, [...shipped, ...ownEntities(published)])]
  known.set(published, found)
  return found
}

type Asked = { readonly wanted: RevisionInputs; readonly published: RevisionInputs }

/** Everything that keeps what is prepared from being published, the proof of its workflows included; and, where that is nothing, what whoever publishes has to read. */
export async function wantedFindings(store: Store, platform: Platform, asked: Asked): Promise<{ readonly findings: readonly Finding[]; readonly warnings: readonly Finding[] }> {
  const proofs = await proveWorkflows(store, platform, { ...asked, entities: entitiesOf(platform, asked) })
  const findings = [...publishFindings(platform, asked.wanted, asked.published), ...proofs.findings]
  return { findings, warnings: findings.length > 0 ? [] : [...await publishWarnings(store, platform, asked), ...proofs.warnings] }
}

/** The forms as they will be, without the fields that the firm has added. */
const entitiesOf = (platform: Platform, { wanted, published }: Asked): ReadonlyMap<string, EntityDefinition> =>
  new Map([...shippedEntities(platform.entities.values(), published).filter(({ slug }) => !isOwnSlug(slug)), ...ownEntities(wanted)].map((entity) => [entity.slug, entity]))

/** What of forms and pages may be published once whoever publishes has read it. */
export async function publishWarnings(store: Store, platform: Platform, { wanted, published }: Asked): Promise<readonly Finding[]> {
  const shipped = shippedEntities(platform.entities.values(), published).filter(({ slug }) => !isOwnSlug(slug))
  const ofPages = (inputs: RevisionInputs) => pageWarnings(inputs, new Map([...shipped, ...ownEntities(inputs)].map((entity) => [entity.slug, withFields(entity, publishedFieldsOf(inputs, entity.slug))])))
  // What was published so was confirmed then.
  const known = new Set(ofPages(published).map(({ path, message }) => `${path}:${message.en}`))
  return [...await roleFindings(store, { wanted, published, shipped }), ...ofPages(wanted).filter(({ path, message }) => !known.has(`${path}:${message.en}`))]
}

/**
 * Has every open draft published as the next revision: a process with it is started beside this one, and takes over when it is
 * ready. Answers at once; how it goes is asked of `publication`. `accepted`: the keys of the warnings that whoever publishes has read.
 * @returns the number that the revision will have
 * @throws ProblemError 409 when `base` is not current, nothing differs, or another publication is under way; 422 with every finding, or with every warning that was not accepted
 */
export async function publishDrafts({ payload }: PayloadRequest, actor: Actor, { base, accepted }: { readonly base?: unknown; readonly accepted?: unknown }): Promise<{ number: number }> {
  const publisher = publisherOfProcess() ?? fail('noPublisher')
  const { number, inputs } = revisionOf(payload)
  const current = await currentRevisionNumber(payload)
  if (!Number.isSafeInteger(base)) failInput([{ code: 'baseMissing', path: 'base', severity: 'error', message: { en: `base is the number of the version that this builds on, now ${current}.`, zh: `base 应为本次修改所基于的配置版本号，当前为 ${current}。` } }])
  if (base !== number || current !== number) fail('revisionBase', { current, base: Number(base) })
  const store = openStore(payload)
  const [drafts, pages, workflows] = await Promise.all([openDrafts(store, platformOf(payload), inputs), openPageDrafts(store, inputs), openWorkflowDrafts(store, inputs)])
  if (drafts.size + pages.size + workflows.size === 0) fail('nothingToPublish')
  const wanted = withWorkflows(inputsWith(inputs, drafts, pages), workflows, platformOf(payload))
  const { findings, warnings } = await wantedFindings(store, platformOf(payload), { wanted, published: inputs })
  if (findings.length > 0) failInput(findings)
  const unread = warnings.filter((warning) => !Array.isArray(accepted) || !accepted.includes(warningKey(warning)))
  if (unread.length > 0) failInput(unread)
  const underWay = publisher.publication()
  if (underWay && !underWay.problem) fail('publishing', { number: underWay.number })
  publisher.publish({ base: number, inputs: wanted, actor: actor.id })
  return { number: number + 1 }
}

/** Prepares drafts that bring every entity, page and workflow back to an earlier revision, in place of those that are open; 0 is what is shipped. @returns what would change */
export async function draftEarlier({ payload }: PayloadRequest, actor: Actor, number: number): Promise<{ entities: readonly string[]; pages: readonly string[]; workflows: readonly string[] }> {
  const { inputs } = revisionOf(payload)
  const earlier = await inputsOf(payload, number)
  const slugs = Object.keys({ ...earlier.fields, ...earlier.forms, ...inputs.fields, ...inputs.forms })
  const store = openStore(payload)
  for (const slug of (await openDrafts(store, platformOf(payload), inputs)).keys()) await discardDraft(payload, actor, slug)
  for (const slug of (await openPageDrafts(store, inputs)).keys()) await discardPageDraft(payload, actor, slug)
  for (const slug of slugs) await saveDraft(payload, actor, { slug, fields: fieldsAsOf(earlier, inputs, slug), form: formAsOf(earlier, inputs, slug) })
  for (const [slug, now] of Object.entries(inputs.entities ?? {})) {
    await saveDraft(payload, actor, { slug, ownEntity: earlier.entities?.[slug] ?? { ...now, retired: true } })
  }
  for (const [slug, now] of Object.entries(inputs.pages ?? {})) {
    await savePageDraft(payload, actor, { slug, page: earlier.pages?.[slug] ?? { ...now, retired: true } })
  }
  for (const slug of (await openWorkflowDrafts(store, inputs)).keys()) await discardWorkflowDraft(payload, actor, slug)
  for (const slug of Object.keys({ ...earlier.workflows, ...inputs.workflows })) {
    // Where no workflow is shipped, what was published stays: records stand in its states.
    const layer = publishedLayerOf(earlier, slug) ?? (platformOf(payload).shippedWorkflows.has(slug) ? {} : undefined)
    if (layer) await draftLayer(payload, actor, slug, layer)
  }
  const [drafts, pages, workflows] = await Promise.all([openDrafts(store, platformOf(payload), inputs), openPageDrafts(store, inputs), openWorkflowDrafts(store, inputs)])
  return { entities: [...drafts.keys()], pages: [...pages.keys()], workflows: [...workflows.keys()] }
}

/** What a version had in it; 0 is what is shipped. @throws ProblemError 404 for one that was never published */
export async function inputsOf(payload: PayloadRequest['payload'], number: number): Promise<RevisionInputs> {
  if (number === 0) return shippedRevision.inputs
  const [row] = await openStore(payload).find('revisions', { where: { number: { equals: number } }, limit: 1 })
  if (!row) fail('notFound', { entity: { en: 'Revision', zh: '配置版本' }, id: String(number) })
  // Fields have the keys that they have now, also those that had to give way to shipped ones since.
  const earlier = row.inputs as RevisionInputs
  const shipped = shippedEntities(platformOf(payload).entities.values(), revisionOf(payload).inputs)
  return withMovedKeys(earlier, movedKeys(earlier, shipped), shipped)
}
