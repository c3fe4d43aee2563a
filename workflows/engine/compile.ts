import type { Finding } from '../../config/language/refusal.ts'
import type { WorkflowDefinition } from '../../config/language/workflow.ts'
import { boundedMap, type BoundedMap } from './bounded-map.ts'
import { hashOf } from './canonical.ts'
import { checkDefinition } from './check-definition.ts'
import { configurationOf, restoreConfiguration, type Configuration } from './configuration.ts'
import { buildMachine, enterInitial, type Effects, type Machine } from './machine.ts'
import { placeKey, type Memory } from './memory.ts'
import { stateNodes, type StateNodes } from './nodes.ts'
import type { Registry } from './registry.ts'

export type CompiledWorkflow = {
  readonly definition: WorkflowDefinition
  /** Hash of the definition's canonical JSON: stored with every document that runs under it. */
  readonly hash: string
  readonly registry: Registry
  readonly nodes: StateNodes
  readonly machine: Machine
  readonly initial: { readonly configuration: Configuration; readonly effects: Effects }
  /** The state with everything known about it, and with what history states remember; `undefined` when the definition has no such state. */
  readonly configuration: (state: string, memory?: Memory) => Configuration | undefined
}

/** The definition has errors; `findings` names each with its place. Warnings do not stop a compilation. */
export class DefinitionError extends Error {
  override readonly name = 'DefinitionError'
  constructor(
    slug: string,
    readonly findings: readonly Finding[],
  ) {
    super(`Workflow "${slug}" cannot be compiled:\n${findings.map(({ path, message }) => `  ${path}: ${message.en}`).join('\n')}`)
  }
}

/**
 * A definition made ready to run. Compiled once per registry and content (about 1 ms), then found again.
 * @throws DefinitionError when `checkDefinition` finds errors.
 */
export function compileWorkflow(definition: WorkflowDefinition, registry: Registry): CompiledWorkflow {
  let cache = caches.get(registry)
  if (!cache) caches.set(registry, (cache = boundedMap(compiledLimit)))
  // Not the hash alone: it ignores the order of keys, and the order of events is the order of the buttons.
  return cache.getOrAdd(jsonText(definition), () => compile(definition, registry))
}

/**
 * The same for what is in use: a guard, action or delay that no plugin brings (any more) keeps no workflow from running. The steps that need it are
 * refused with that reason, and everything else goes on.
 * @throws DefinitionError for any other error
 */
export function compileInUse(definition: WorkflowDefinition, registry: Registry): CompiledWorkflow {
  let cache = cachesInUse.get(registry)
  if (!cache) cachesInUse.set(registry, (cache = boundedMap(compiledLimit)))
  return cache.getOrAdd(jsonText(definition), () => compile(definition, registry, isMissingPlugin))
}

/** Whether a finding only says that something is named that no plugin brings. */
export const isMissingPlugin = ({ code }: Pick<Finding, 'code'>): boolean => code === 'workflow.unknown-guard' || code === 'workflow.unknown-action' || code === 'workflow.unknown-delay'

const compiledLimit = 256
const configurationLimit = 4096
const caches = new WeakMap<Registry, BoundedMap<CompiledWorkflow>>()
const cachesInUse = new WeakMap<Registry, BoundedMap<CompiledWorkflow>>()

function compile(source: WorkflowDefinition, registry: Registry, isBorne: (error: Finding) => boolean = () => false): CompiledWorkflow {
  const errors = checkDefinition(source, registry).filter((finding) => finding.severity === 'error' && !isBorne(finding))
  if (errors.length > 0) throw new DefinitionError(String(source?.slug), errors)
  // A copy, so that nobody changes a definition that documents already run under.
  const definition = structuredClone(source)
  const nodes = stateNodes(definition)
  const machine = buildMachine(definition, nodes)
  const [snapshot, effects] = enterInitial(machine)
  const configurations = boundedMap<Configuration | undefined>(configurationLimit)
  return {
    definition,
    hash: hashOf(definition),
    registry,
    nodes,
    machine,
    initial: { configuration: configurationOf({ nodes, snapshot }), effects },
    configuration: (state, memory) => configurations.getOrAdd(placeKey({ state, memory }), () => restoreConfiguration({ nodes, machine, state, ...(memory && { memory }) })),
  }
}

/** The cache key; what has no JSON is refused by the check, under whatever key. */
function jsonText(definition: WorkflowDefinition): string {
  try {
    return JSON.stringify(definition) ?? ''
  } catch {
    return ''
  }
}
