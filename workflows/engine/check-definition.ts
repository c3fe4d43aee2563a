import type { Finding } from '../../config/language/refusal.ts'
import type { Reference, WorkflowDefinition } from '../../config/language/workflow.ts'
import { checkApproval } from './check-approvals.ts'
import { checkJson } from './check-json.ts'
import { checkNames } from './check-names.ts'
import { checkParams } from './check-params.ts'
import { checkShape } from './check-shape.ts'
import { checkStructure } from './check-structure.ts'
import { checkSla } from './check-sla.ts'
import { checkTimers } from './check-timers.ts'
import { finding, listed, say } from './messages.ts'
import { resolveTarget, stateNodes, type Candidate, type StateNode, type StateNodes } from './nodes.ts'
import type { Registry } from './registry.ts'

/**
 * Everything wrong with a definition, each with its place (`states.draft.on.submit.guards[0]`). Takes any value, since
 * definitions come from people; looks at meaning only when the shape is right. Errors forbid compiling, warnings do not.
 */
export function checkDefinition(value: unknown, registry: Registry): Finding[] {
  const json = checkJson(value)
  if (json.length > 0) return json
  const shaped = checkShape(value)
  if ('findings' in shaped) return shaped.findings
  const { definition } = shaped
  const nodes = stateNodes(definition)
  const candidates = [...nodes.values()].flatMap((node) => node.candidates.map((candidate) => ({ node, candidate })))
  return [
    ...checkEvents(definition, registry),
    ...checkStructure(definition, nodes),
    ...candidates.flatMap(({ node, candidate }) => checkCandidate({ definition, registry, nodes, node, candidate })),
    ...[...nodes.values()].flatMap((node) => [...checkTimers({ definition, registry, nodes, node }), ...checkSla({ definition, registry, nodes, node })]),
    ...[...nodes.values()].flatMap((node) => checkApproval({ definition, registry, nodes, node })),
  ]
}

function checkEvents(definition: WorkflowDefinition, registry: Registry): Finding[] {
  const used = new Set([...stateNodes(definition).values()].flatMap((node) => Object.keys(node.definition.on ?? {})))
  return Object.entries(definition.events).flatMap(([name, event]) => {
    const path = `events.${name}`
    const roles = (event.roles ?? []).flatMap((role, index) => (registry.roles.has(role) ? [] : [unknown({ path: `${path}.roles[${index}]`, kind: kinds.role, name: role, known: registry.roles.keys() })]))
    const fields = (['input', 'lineInput', 'newLines'] as const).flatMap((list) => duplicates(event[list] ?? []).map((index) => duplicateField(`${path}.${list}[${index}].name`)))
    const unused = used.has(name) ? [] : [finding({ code: 'event-unused', severity: 'warning', path, message: say(`No state knows the event “${event.label.en}”. Use it in a state or remove it.`, `没有任何状态使用事件“${event.label.zh}”。请在状态中使用它，或将其删除。`) })]
    return [...roles, ...fields, ...unused]
  })
}

type CandidateContext = { readonly definition: WorkflowDefinition; readonly registry: Registry; readonly nodes: StateNodes; readonly node: StateNode; readonly candidate: Candidate }

function checkCandidate({ definition, registry, nodes, node, candidate }: CandidateContext): Finding[] {
  const { key, event, target } = candidate
  const defined = event === undefined || Object.hasOwn(definition.events, event)
  return [
    ...(defined ? [] : [unknown({ path: key, kind: kinds.event, name: event, known: Object.keys(definition.events) })]),
    ...(target === undefined || resolveTarget(nodes, node, target) ? [] : [unknown({ path: `${key}.target`, kind: kinds.state, name: target, known: nodes.keys() })]),
    ...candidate.guards.flatMap((reference, index) => checkReference({ definition, registry, path: `${key}.guards[${index}]`, kind: kinds.guard, reference, known: registry.guards })),
    ...candidate.actions.flatMap((reference, index) => checkReference({ definition, registry, path: `${key}.actions[${index}]`, kind: kinds.action, reference, known: registry.actions })),
  ]
}

type Referred = { readonly definition: WorkflowDefinition; readonly registry: Registry; readonly path: string; readonly kind: (typeof kinds)[keyof typeof kinds]; readonly reference: Reference; readonly known: Registry['guards'] | Registry['actions'] }

// XState itself would notice an unknown guard only at the transition, and an unknown action never.
function checkReference({ definition, registry, path, kind, reference, known }: Referred): Finding[] {
  const registered = known.get(reference.type)
  if (!registered) return [unknown({ path, kind, name: reference.type, known: known.keys() })]
  const wrong = checkParams({ fields: registered.params, params: reference.params, path })
  return wrong.length > 0 ? wrong : checkNames({ definition, registry, type: registered, params: reference.params ?? {}, path })
}

const kinds = {
  role: { code: 'unknown-role', label: say('role', '角色') },
  event: { code: 'unknown-event', label: say('event', '事件') },
  state: { code: 'unknown-target', label: say('state', '状态') },
  guard: { code: 'unknown-guard', label: say('guard', '条件') },
  action: { code: 'unknown-action', label: say('action', '动作') },
}

function unknown({ path, kind, name, known }: { readonly path: string; readonly kind: Referred['kind']; readonly name: string; readonly known: Iterable<string> }): Finding {
  const names = listed([...known].map((item) => say(item, item)))
  return finding({
    code: kind.code,
    path,
    message: say(`There is no ${kind.label.en} “${name}”. Known: ${names.en || 'none'}.`, `不存在${kind.label.zh}“${name}”。可用：${names.zh || '无'}。`),
  })
}

function duplicates(fields: readonly { readonly name: string }[]): number[] {
  return fields.flatMap((field, index) => (fields.findIndex((other) => other.name === field.name) < index ? [index] : []))
}

function duplicateField(path: string): Finding {
  return finding({ code: 'duplicate-field', path, message: say('Another field of this event has the same name. Rename one of them.', '该事件中已有同名字段，请修改其中一个的名称。') })
}
