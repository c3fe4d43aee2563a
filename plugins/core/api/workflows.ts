import type { Endpoint, PayloadRequest } from 'payload'
import type { EntityDefinition, Tone } from '../../../config/language/entity.ts'
import type { Text } from '../../../config/language/text.ts'
import type { Reference } from '../../../config/language/workflow.ts'
import type { CompiledWorkflow } from '../../../workflows/engine/compile.ts'
import { statechart, type StatechartNode } from '../../../workflows/engine/picture.ts'
import { actorOfRequest } from '../access/collection-hooks.ts'
import { requireRight } from '../access/can.ts'
import { openStore } from '../data/open-store.ts'
import { fail } from '../errors.ts'
import { platformOf } from '../platform/platform.ts'
import { workflowByHash } from '../workflow/pinned.ts'

/** One way from a state to another; events that do the same way stand on one arrow each. */
export type WorkflowArrow = {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly stays: boolean
  readonly event: string | null
  readonly label: Text
  readonly tone: Tone
  readonly primary: boolean
  /** Sent by the platform itself. */
  readonly automatic: boolean
  readonly roles: readonly Text[]
  readonly guards: readonly Text[]
  readonly actions: readonly Text[]
  readonly delay: string | null
}
export type WorkflowPicture = {
  readonly entity: string
  readonly slug: string
  readonly version: number
  readonly hash: string
  readonly label: Text
  /** False: documents of now run under a newer definition. */
  readonly current: boolean
  readonly nodes: readonly StatechartNode[]
  readonly arrows: readonly WorkflowArrow[]
}

/** GET /workflows/:entity?hash=…: what to draw of the life of an entity, as of the definition with that hash. */
export const workflowEndpoints: Endpoint[] = [
  { method: 'get', path: '/workflows/:entity', handler: async (req) => Response.json(await workflowPicture(req)) },
]

async function workflowPicture(req: PayloadRequest): Promise<WorkflowPicture> {
  const platform = platformOf(req.payload)
  const slug = String(req.routeParams?.entity)
  const entity = platform.entities.get(slug) ?? fail('unknownEntity', { entity: slug })
  requireRight(await actorOfRequest(req), 'read', entity)
  const current = platform.workflows.get(slug) ?? fail('notFound', { entity: { en: 'workflow', zh: '流程' }, id: slug })
  const hash = new URL(req.url ?? '/', 'http://localhost').searchParams.get('hash')
  const compiled = !hash || hash === current.hash ? current : await pinned(req, slug, hash)
  return pictureOf(compiled, entity, current)
}

/** `current`: the definition that new documents begin under. */
export function pictureOf(compiled: CompiledWorkflow, entity: EntityDefinition, current: CompiledWorkflow): WorkflowPicture {
  return { entity: entity.slug, slug: compiled.definition.slug, version: compiled.definition.version, hash: compiled.hash, label: compiled.definition.label, current: compiled.hash === current.hash, ...drawn(compiled, entity) }
}

const isText = (value: unknown): value is Text => typeof value === 'object' && value !== null && 'en' in value && 'zh' in value

async function pinned(req: PayloadRequest, slug: string, hash: string): Promise<CompiledWorkflow> {
  const store = openStore(req.payload)
  const stored = await store.findOne('definitions', { hash: { equals: hash } })
  if ((stored?.body as { entity?: unknown } | undefined)?.entity !== slug) fail('notFound', { entity: { en: 'workflow definition', zh: '流程定义' }, id: hash })
  return workflowByHash(platformOf(req.payload), store, hash)
}

function drawn({ definition, registry }: CompiledWorkflow, entity: EntityDefinition): Pick<WorkflowPicture, 'nodes' | 'arrows'> {
  const { nodes, edges } = statechart(definition)
  const named = (kind: 'guards' | 'actions') => ({ type, params }: Reference): Text => {
    // A comparison is best told by the sentence that refuses it.
    if (isText(params?.refusal)) return params.refusal
    const label = registry[kind].get(type)?.label ?? { en: type, zh: type }
    const field = entity.fields.find(({ name }) => name === params?.field)?.label
    return field ? { en: `${label.en}: ${field.en}`, zh: `${label.zh}：${field.zh}` } : label
  }
  return {
    nodes,
    arrows: edges.map(({ id, from, to, stays, event, label, tone, primary, roles, guards, actions, delay }) => ({
      id, from, to, stays, event: event ?? null, label, tone, primary, delay: delay ?? null,
      automatic: event === undefined || (roles?.every((role) => role === 'system') ?? false),
      roles: (roles ?? []).filter((role) => role !== 'system').map((role) => registry.roles.get(role)?.label ?? { en: role, zh: role }),
      guards: guards.map(named('guards')), actions: actions.map(named('actions')),
    })),
  }
}
