import type { EntityDefinition } from '../../../config/language/entity.ts'
import { diffPatch, mergePatch } from '../../../config/language/merge-patch.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import type { RevisionInputs, WorkflowLayer } from '../../../config/language/revision.ts'
import type { Json, Text } from '../../../config/language/text.ts'
import type { WorkflowDefinition } from '../../../config/language/workflow.ts'
import { checkDefinition } from '../../../workflows/engine/check-definition.ts'
import { compileInUse, isMissingPlugin, type CompiledWorkflow } from '../../../workflows/engine/compile.ts'
import type { Registry, RoleType } from '../../../workflows/engine/registry.ts'
import { markupIn } from './markup.ts'

/** What takes a workflow: what people make one by one. What says who may do what has no life of its own. */
export const takesWorkflow = ({ kind, slug }: EntityDefinition): boolean => (kind === 'master' || kind === 'document') && slug !== 'roles'

/** The firm's definition: what is shipped with its layer over it. Anything, until it is checked. */
export const composedWorkflow = (shipped: WorkflowDefinition | undefined, layer: WorkflowLayer): Json => mergePatch((shipped ?? {}) as Json, layer)

/** What makes a definition of the shipped one; empty where they are the same. */
export const layerOf = (shipped: WorkflowDefinition | undefined, definition: Json): WorkflowLayer => diffPatch((shipped ?? {}) as Json, definition) as WorkflowLayer

/** What a firm has published about the workflow of an entity. */
export const publishedLayerOf = ({ workflows = {} }: RevisionInputs, slug: string): WorkflowLayer | undefined => (Object.hasOwn(workflows, slug) ? workflows[slug] : undefined)

/** A layer without the number that publishing gives it: what people have prepared. */
export const withoutVersion = ({ version: _, ...layer }: WorkflowLayer): WorkflowLayer => layer

export type WorkflowParts = {
  readonly shipped: ReadonlyMap<string, WorkflowDefinition>
  readonly entities: ReadonlyMap<string, EntityDefinition>
  readonly registry: Registry
}
export type ComposedWorkflows = { readonly workflows: ReadonlyMap<string, CompiledWorkflow>; readonly misfits: readonly Finding[] }

/**
 * The workflows of the firm, compiled: what is shipped, with the layers that the firm has published. A layer that does not fit what is
 * shipped (any more) is left out and told, and what is shipped holds; one that names what no plugin brings runs, and the steps that need it wait.
 */
export function composeWorkflows(layers: NonNullable<RevisionInputs['workflows']>, parts: WorkflowParts): ComposedWorkflows {
  const workflows = new Map([...parts.shipped].map(([entity, definition]) => [entity, compileInUse(definition, parts.registry)]))
  const misfits: Finding[] = []
  for (const [slug, layer] of Object.entries(layers)) {
    const wrong = layerFindings(slug, layer, parts).filter((error) => !isMissingPlugin(error))
    if (wrong.length > 0) misfits.push(...wrong)
    else workflows.set(slug, compileInUse(composedWorkflow(parts.shipped.get(slug), layer) as unknown as WorkflowDefinition, parts.registry))
  }
  return { workflows, misfits }
}

/** Everything that keeps a layer from running, with its place below `workflows.<entity>`. */
export function layerFindings(slug: string, layer: WorkflowLayer, { shipped, entities, registry }: WorkflowParts): readonly Finding[] {
  const at = `workflows.${slug}`
  const entity = entities.get(slug)
  if (!entity || !takesWorkflow(entity)) return [finding('noWorkflowHere', at, { en: `There is no form "${slug.slice(0, 60)}" that takes a workflow.`, zh: `不存在可设置流程的表单“${slug.slice(0, 60)}”。` })]
  const definition = composedWorkflow(shipped.get(slug), layer)
  const errors = checkDefinition(definition, registry).filter(({ severity }) => severity === 'error')
  if (errors.length > 0) return errors.map((error) => ({ ...error, path: error.path ? `${at}.${error.path}` : at }))
  return firmFindings(slug, definition as unknown as WorkflowDefinition, shipped.get(slug)).map((error) => ({ ...error, path: `${at}.${error.path}` }))
}

/** Workflows that would be gone, though records stand in their states: of what is shipped without one. */
export const removedWorkflows = (given: RevisionInputs, previous: RevisionInputs, shipped: WorkflowParts['shipped']): readonly Finding[] =>
  Object.keys(previous.workflows ?? {}).filter((slug) => !shipped.has(slug) && !publishedLayerOf(given, slug)).map((slug) => finding('workflowRemoved', `workflows.${slug}`, {
    en: `Records of "${slug}" stand in states of its workflow. Keep it; a workflow of one resting state asks for nothing.`, zh: `“${slug}”的记录处于其流程的状态中，请保留流程。若不再需要流转，可只保留一个可停留的状态。`,
  }))

/** The workflow of an entity belongs to it, a shipped one keeps its key, and what people read is plain text. */
export function firmFindings(slug: string, definition: WorkflowDefinition, shipped: WorkflowDefinition | undefined): readonly Finding[] {
  return [
    ...(definition.entity === slug ? [] : [finding('otherEntity', 'entity', { en: `The workflow of "${slug}" says that it belongs to "${definition.entity.slice(0, 60)}". Write "${slug}".`, zh: `“${slug}”的流程所写的实体为“${definition.entity.slice(0, 60)}”，请改为“${slug}”。` })]),
    ...markupIn(definition as unknown as Json, ''),
    ...(!shipped || shipped.slug === definition.slug ? [] : [finding('slugChanged', 'slug', { en: `The shipped workflow is called "${shipped.slug}" and keeps that key.`, zh: `系统自带流程的标识为“${shipped.slug}”，不能更改。` })]),
  ]
}

/** Roles that layers name and the platform does not ship: the firm's own, which are data. They are known by their key. */
export function rolesNamedBy(layers: NonNullable<RevisionInputs['workflows']>, known: readonly RoleType[]): readonly RoleType[] {
  const shipped = new Set(known.map(({ slug }) => slug))
  const named = Object.values(layers).flatMap((layer) => rolesIn(layer))
  return [...new Set(named.filter((role): role is string => typeof role === 'string' && roleSlug.test(role)))]
    .filter((slug) => !shipped.has(slug) && slug !== 'system' && slug !== 'owner').map((slug) => ({ slug, label: { en: slug, zh: slug } }))
}

/** As keys of roles may be, of which definitions can name those that begin with a small letter. */
const roleSlug = /^[a-z][A-Za-z0-9._-]{0,63}$/

/** What stands as `role` or among `roles`: of events, of approvals and deadlines, of guards and actions; and whom a step of an approval escalates to. */
function rolesIn(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return []
  const { role, roles, escalate } = value as { readonly role?: unknown; readonly roles?: unknown; readonly escalate?: { readonly to?: unknown } | null }
  return [role, escalate?.to, ...(Array.isArray(roles) ? roles as unknown[] : []), ...Object.values(value).flatMap(rolesIn)]
}

const finding = (code: string, path: string, message: Text): Finding => ({ code, path, severity: 'error', message })
