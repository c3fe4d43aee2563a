import type { Payload } from 'payload'
import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { RoleDefinition } from '../../../config/language/role.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import type { WorkflowDefinition } from '../../../config/language/workflow.ts'
import type { CompiledWorkflow } from '../../../workflows/engine/compile.ts'
import { createRegistry, type Registry } from '../../../workflows/engine/registry.ts'
import type { Chart, Figure, FirstStep } from '../home/home-parts.ts'
import type { PrintDefinition } from '../print/print-definition.ts'
import type { RevisionInputs } from '../../../config/language/revision.ts'
import { compileForm, headOf, ruledFields, saysSomething, type FormProgram } from '../forms/compile-form.ts'
import type { Arranger, ScratchFirm } from '../workflow/walks/arranger.ts'
import { withParts, type Importer } from '../import/importer.ts'
import type { Delivery } from '../deliveries/delivery.ts'
import type { JobKind } from '../jobs/job-kind.ts'
import type { Services } from './services.ts'
import { allFields } from '../entities/system-fields.ts'
import { composeBehaviours } from './behaviours.ts'
import { composeWorkflows, publishedLayerOf, rolesNamedBy, takesWorkflow } from './workflow-layers.ts'
import type { ActionHandler, Check, Consequences, EntityBehaviour, EventHandler, FactLoader, Operation, TrellisPlugin, WorkList } from './plugin.ts'

/** All installed plugins, composed and checked; built once with the configuration. */
export type Platform = {
  readonly entities: ReadonlyMap<string, EntityDefinition>
  /** The current definition of an entity's life, by entity slug. */
  readonly workflows: ReadonlyMap<string, CompiledWorkflow>
  /** The definitions that are shipped, without what the firm has changed about them. */
  readonly shippedWorkflows: ReadonlyMap<string, WorkflowDefinition>
  /** Definitions that ruled before and under which documents may still run, newest first; filled when the process starts. */
  readonly formerWorkflows: Map<string, readonly WorkflowDefinition[]>
  /** What the firm has published about workflows and cannot run with what is shipped: it is left out. */
  readonly workflowMisfits: readonly Finding[]
  readonly registry: Registry
  readonly actions: ReadonlyMap<string, ActionHandler>
  readonly facts: ReadonlyMap<string, FactLoader>
  readonly behaviours: ReadonlyMap<string, EntityBehaviour>
  readonly handlers: readonly EventHandler[]
  /** What leaves for other systems, by name. */
  readonly deliveries: ReadonlyMap<string, Delivery>
  readonly operations: readonly Operation[]
  readonly checks: readonly Check[]
  /** Long work that is no command, by name. */
  readonly jobs: ReadonlyMap<string, JobKind>
  readonly work: readonly WorkList[]
  readonly consequences: readonly Consequences[]
  readonly importers: readonly Importer[]
  readonly figures: readonly Figure[]
  readonly charts: readonly Chart[]
  readonly firstSteps: readonly FirstStep[]
  /** How documents look on paper, by entity slug. */
  readonly prints: ReadonlyMap<string, PrintDefinition>
  /** How documents come about where workflows are tried out, by entity slug; and the firms that are made there. */
  readonly arrangers: ReadonlyMap<string, Arranger>
  readonly scratchFirms: readonly ScratchFirm[]
  /** What systems do for one another; what a locked system would do is absent. */
  readonly services: Services
  readonly roles: readonly RoleDefinition[]
  /** The rules that the firm has published, by entity slug. */
  readonly forms: ReadonlyMap<string, FormProgram>
}

/** @throws when two plugins bring the same name, or a definition does not pass its check. */
export function createPlatform(plugins: readonly TrellisPlugin[], roles: readonly RoleDefinition[], { forms = {}, workflows: layers = {} }: Pick<RevisionInputs, 'forms' | 'workflows'> = {}): Platform {
  const all = <Item>(partsOf: (plugin: TrellisPlugin) => readonly Item[] | undefined): Item[] => plugins.flatMap((plugin) => partsOf(plugin) ?? [])
  const actions = all(({ actions: own }) => own)
  const entities = unique('entity', all(({ entities: own }) => own).map((entity) => withLife(entity, layers)), ({ slug }) => slug)
  const operations = all(({ operations: own }) => own)
  const registry = createRegistry({ operations, guards: all(({ guards }) => guards), actions, delays: all(({ delays }) => delays), roles: [...roles, ...rolesNamedBy(layers, roles)], entities: [...entities.values()].map((entity) => ({ ...entity, fields: allFields(entity) })) })
  const shippedWorkflows = new Map(all(({ workflows }) => workflows).map((definition) => [definition.entity, definition]))
  const { workflows, misfits: workflowMisfits } = composeWorkflows(layers, { shipped: shippedWorkflows, entities, registry })
  return {
    workflows, shippedWorkflows, workflowMisfits, formerWorkflows: new Map(), registry, roles, entities, forms: formsOf(entities, forms),
    actions: unique('action', actions, ({ type }) => type),
    facts: unique('fact', all(({ facts }) => facts), ({ name }) => name),
    behaviours: composeBehaviours(plugins),
    handlers: [...unique('handler', all(({ handlers }) => handlers), ({ name }) => name).values()],
    deliveries: unique('delivery', all(({ deliveries }) => deliveries), ({ name }) => name),
    operations,
    checks: [...unique('check', all(({ checks }) => checks), ({ name }) => name).values()],
    jobs: unique('job', all(({ jobs }) => jobs), ({ name }) => name),
    work: all(({ work }) => work),
    consequences: all(({ consequences }) => consequences),
    importers: withParts([...unique('importer', all(({ importers }) => importers), ({ slug }) => slug).values()], all(({ importerParts }) => importerParts)),
    figures: all(({ figures }) => figures),
    charts: all(({ charts }) => charts),
    firstSteps: all(({ firstSteps }) => firstSteps),
    prints: unique('print', all(({ prints }) => prints), ({ entity }) => entity),
    arrangers: unique('arranger', all(({ arrangers }) => arrangers), ({ entity }) => entity),
    services: Object.fromEntries(unique('service', all(({ services }) => Object.entries(services ?? {})), ([name]) => name).values()),
    scratchFirms: all(({ scratchFirm }) => scratchFirm && [scratchFirm]),
  }
}

/** What has got a workflow of the firm keeps its states, even where the workflow cannot run at the moment. */
function withLife(entity: EntityDefinition, layers: NonNullable<RevisionInputs['workflows']>): EntityDefinition {
  return entity.workflow === undefined && takesWorkflow(entity) && publishedLayerOf({ fields: {}, workflows: layers }, entity.slug) ? { ...entity, workflow: entity.slug } : entity
}

/** What is published was checked: a rule that cannot be read any more, because what is shipped has changed, is left out. */
function formsOf(entities: ReadonlyMap<string, EntityDefinition>, forms: NonNullable<RevisionInputs['forms']>): ReadonlyMap<string, FormProgram> {
  return new Map([...entities.values()].flatMap((entity) => {
    const form = Object.hasOwn(forms, entity.slug) ? forms[entity.slug] : undefined
    const fields = ruledFields(entity)
    return form ?? fields.some(saysSomething) ? [[entity.slug, compileForm(fields, form ?? { rules: {} }, headOf(entity, entities)).program] as const] : []
  }))
}

/** The platform a running Payload was configured with. */
export function platformOf(payload: Pick<Payload, 'config'>): Platform {
  return payload.config.custom.platform as Platform
}

function unique<Item>(kind: string, items: readonly Item[], nameOf: (item: Item) => string): Map<string, Item> {
  const map = new Map<string, Item>()
  for (const item of items) {
    if (map.has(nameOf(item))) throw new Error(`Two plugins bring the ${kind} "${nameOf(item)}".`)
    map.set(nameOf(item), item)
  }
  return map
}
