import type { EntityDefinition, FieldDefinition } from '../../../../config/language/entity.ts'
import type { Finding } from '../../../../config/language/refusal.ts'
import type { RevisionInputs } from '../../../../config/language/revision.ts'
import type { Permission, RoleDefinition } from '../../../../config/language/role.ts'
import type { WorkflowDefinition } from '../../../../config/language/workflow.ts'
import { boundedMap, type BoundedMap } from '../../../../workflows/engine/bounded-map.ts'
import { canonicalJson } from '../../../../workflows/engine/canonical.ts'
import { checkJson } from '../../../../workflows/engine/check-json.ts'
import { checkShape } from '../../../../workflows/engine/check-shape.ts'
import type { ProofFinding } from '../../../../workflows/engine/verify/proof.ts'
import { verifyWorkflow, type Proof } from '../../../../workflows/engine/verify/verify-workflow.ts'
import { approvalFindings, approverFindings } from '../../approvals/check-approvals.ts'
import { calendarCodes } from '../../calendars/load-calendar.ts'
import type { Store } from '../../data/store.ts'
import { allFields } from '../../entities/system-fields.ts'
import { ownEntities, publishedFieldsOf } from '../../platform/own-fields.ts'
import type { Platform } from '../../platform/platform.ts'
import { composedWorkflow, firmFindings, publishedLayerOf, removedWorkflows, takesWorkflow } from '../../platform/workflow-layers.ts'
import { isSameLayer } from './workflow-drafts.ts'

export type WorkflowProofs = {
  /** What is certain, whatever the data are: it keeps the workflow from being published. */
  readonly findings: readonly ProofFinding[]
  /** What may be, and what could not be looked at, where it was not so before: for whoever publishes to read. */
  readonly warnings: readonly ProofFinding[]
}

type Asked = { readonly wanted: RevisionInputs; readonly published: RevisionInputs; /** As they will be. */ readonly entities: ReadonlyMap<string, EntityDefinition> }

/** The proof of every workflow that would be published otherwise than it is; paths begin with `workflows.<entity>`. */
export async function proveWorkflows(store: Store, platform: Platform, { wanted, published, entities }: Asked): Promise<WorkflowProofs> {
  const slugs = Object.keys({ ...wanted.workflows, ...published.workflows }).filter((slug) => !isSameLayer(publishedLayerOf(wanted, slug), publishedLayerOf(published, slug)))
  if (slugs.length === 0) return { findings: [], warnings: [] }
  const removed = removedWorkflows(wanted, published, platform.shippedWorkflows).map((one): ProofFinding => ({ ...one, certainty: 'certain' }))
  const prover = await openProver(store, platform, wanted)
  const proofs = await Promise.all(slugs.filter((slug) => !removed.some(({ path }) => path === `workflows.${slug}`)).map(async (slug) => {
    const at = (one: ProofFinding): ProofFinding => ({ ...one, path: one.path ? `workflows.${slug}.${one.path}` : `workflows.${slug}` })
    const entity = entities.get(slug)
    if (!entity || !takesWorkflow(entity)) return { findings: [at(noFormOf(slug))], warnings: [] }
    const shipped = platform.shippedWorkflows.get(slug)
    const found = await prover(slug, composedWorkflow(shipped, publishedLayerOf(wanted, slug) ?? {}))
    const layer = publishedLayerOf(published, slug)
    const before = layer || shipped ? await prover(slug, composedWorkflow(shipped, layer ?? {})) : undefined
    const known = new Set(before?.findings.map(keyOf))
    return {
      findings: found.findings.filter(({ certainty }) => certainty === 'certain').map(at),
      warnings: found.findings.filter((one) => one.certainty === 'possible' && !known.has(keyOf(one))).map(at),
    }
  }))
  return { findings: [...removed, ...proofs.flatMap(({ findings }) => findings)], warnings: proofs.flatMap(({ warnings }) => warnings) }
}

const keyOf = ({ code, path }: Finding) => `${path}:${code}`

export type Prover = (slug: string, definition: unknown) => Promise<Proof>

/** Proves definitions with the firm's roles and calendars as they are now, and what would be published beside them. Equal questions are answered once. */
export async function openProver(store: Store, platform: Platform, wanted: RevisionInputs): Promise<Prover> {
  const roles = (await store.find('roles', { sort: 'createdAt' })).map(({ slug, name, nameZh, permissions }): RoleDefinition => ({ slug, label: { en: name, zh: nameZh || name }, permissions: permissions as readonly Permission[] }))
  const calendars = await calendarCodes(store)
  const entities = entitiesWith(platform, wanted)
  const registry = { ...platform.registry, calendars, entities, roles: new Map([...shippedNames(platform), ...roles.map((role) => [role.slug, role] as const)]) }
  const others = [...new Set([...platform.shippedWorkflows.keys(), ...Object.keys(wanted.workflows ?? {})])].map((slug) => composedWorkflow(platform.shippedWorkflows.get(slug), publishedLayerOf(wanted, slug) ?? {}))
  const told = canonicalJson([roles, [...calendars], wanted.fields])
  return async (slug, definition) => {
    const shipped = platform.shippedWorkflows.get(slug)
    // Plugins know what is shipped and send events to it; to the firm's own, workflows alone do.
    const sent = shipped ? undefined : [...eventsNamedIn([...others, definition])].sort()
    const prove = (): Proof => {
      const proof = verifyWorkflow(definition, registry, { roles, ...(sent && { sent }) })
      // Nothing was looked at: the check has found errors, perhaps of the shape.
      const misnamed = proof.configurations === 0 ? [] : firmFindings(slug, definition as WorkflowDefinition, shipped).map((one): ProofFinding => ({ ...one, certainty: 'certain' }))
      return misnamed.length > 0 ? { ...proof, findings: [...misnamed, ...proof.findings], blocked: true, passed: false } : proof
    }
    if (checkJson(definition).length > 0) return prove()
    const proof = cacheOf(platform).getOrAdd(JSON.stringify([slug, definition, told, sent]), prove)
    const shaped = checkShape(definition)
    const entity = entities.get(slug)
    if ('findings' in shaped || !entity) return proof
    const ofApprovals = [...approvalFindings(entities, entity, shaped.definition), ...await approverFindings(store, shaped.definition)]
    if (ofApprovals.length === 0) return proof
    const isBlocked = proof.blocked || ofApprovals.some(({ certainty }) => certainty === 'certain')
    return { ...proof, findings: [...proof.findings, ...ofApprovals], blocked: isBlocked, passed: proof.passed && !isBlocked }
  }
}

/** What can be named: the fields that there are, and those that are prepared with it as far as they are described. */
function entitiesWith({ entities }: Platform, wanted: RevisionInputs): ReadonlyMap<string, EntityDefinition> {
  return new Map([...entities.values(), ...ownEntities(wanted).filter(({ slug }) => !entities.has(slug))].map((entity) => {
    const known = allFields(entity)
    const names = new Set(known.map(({ name }) => name))
    const prepared = publishedFieldsOf(wanted, entity.slug).filter((field: Partial<FieldDefinition>) => typeof field.name === 'string' && typeof field.type === 'string' && !names.has(field.name))
      .map((field) => ({ ...field, label: { en: field.name, zh: field.name, ...(field as Partial<FieldDefinition>).label } }))
    return [entity.slug, { ...entity, labels: { en: entity.slug, zh: entity.slug, ...(entity as Partial<EntityDefinition>).labels }, fields: [...known, ...prepared] }]
  }))
}

/** The names of roles that always exist, and of those that the platform ships: a firm that has removed one does not name it. */
const shippedNames = ({ registry, roles }: Platform) => [...registry.roles].filter(([slug]) => slug === 'system' || slug === 'owner' || roles.some((role) => role.slug === slug))

/** Names of events in parameters of actions and in what states send by themselves, whomever they are sent to. */
function eventsNamedIn(value: unknown): Set<string> {
  const found = new Set<string>()
  const look = (one: unknown, key: string): void => {
    if (typeof one === 'string') {
      if (sendingKeys.has(key)) found.add(one)
      return
    }
    if (typeof one !== 'object' || one === null) return
    for (const [name, inner] of Object.entries(one)) look(inner, Array.isArray(one) ? key : name)
  }
  look(value, '')
  return found
}
const sendingKeys: ReadonlySet<string> = new Set(['event', 'approved', 'rejected', 'returned', 'reopened'])

const caches = new WeakMap<Platform, BoundedMap<Proof>>()
const cacheOf = (platform: Platform): BoundedMap<Proof> => {
  const known = caches.get(platform) ?? boundedMap<Proof>(64)
  caches.set(platform, known)
  return known
}

const noFormOf = (slug: string): ProofFinding => ({
  code: 'noWorkflowHere', path: '', severity: 'error', certainty: 'certain',
  message: { en: `There is no form "${slug.slice(0, 60)}" that takes a workflow. Publish the form with it, or discard this draft.`, zh: `不存在可设置流程的表单“${slug.slice(0, 60)}”，请一并发布该表单，或放弃此草稿。` },
})
