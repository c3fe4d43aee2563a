import type { Finding } from '../../config/language/refusal.ts'
import type { WorkflowDefinition } from '../../config/language/workflow.ts'
import { checkHistory, checkNoHistory, checkRemembered } from './check-histories.ts'
import { joinLoops } from './joins.ts'
import { finding, say } from './messages.ts'
import { defaultOf, isLeaf, resolveTarget, withAncestors, type Candidate, type StateNode, type StateNodes } from './nodes.ts'

/** States among themselves: initial, final and parallel states, joins, and what can never happen. */
export function checkStructure(definition: WorkflowDefinition, nodes: StateNodes): Finding[] {
  const all = [...nodes.values()]
  const errors = [
    ...(isPlace(definition.states, definition.initial) ? [] : [badInitial('initial', definition.initial)]),
    ...all.flatMap((node) => (node.kind === 'history' ? checkHistory(nodes, node) : [...(node.kind === 'final' ? checkFinal(node) : checkNesting(node)), ...checkNoHistory(node)])),
    ...all.flatMap((node) => checkRemembered(nodes, node)),
  ]
  if (errors.length > 0) return errors
  const loops = joinLoops(nodes).map(({ key }) => finding({ code: 'join-loop', path: key, message: say('This join leads back to itself without an event and would never end. Let it lead to a state that waits.', '该汇合会在没有任何事件的情况下回到自身，永远不会结束。请指向一个会等待的状态。') }))
  return [...loops, ...checkReachable(definition, nodes), ...all.flatMap((node) => [...checkShadowed(node), ...checkPrimary(definition, node), ...checkWayOut(node)])]
}

function checkFinal(node: StateNode): Finding[] {
  return (['on', 'after', 'sla', 'onDone', 'states', 'initial', 'approval'] as const)
    .filter((key) => node.definition[key] !== undefined && Object.keys(node.definition[key] ?? {}).length > 0)
    .map((key) => finding({ code: 'final-continues', path: `${node.place}.${key}`, message: say('A final state is the end: it has no transitions, timers, deadlines or inner states. Remove them or make it an ordinary state.', '终止状态不能再有流转、定时器、时限或子状态。请删除它们，或改为普通状态。') }))
}

function checkNesting(node: StateNode): Finding[] {
  const { initial, states, onDone } = node.definition
  const path = `${node.place}.initial`
  const findings: Finding[] = []
  if (node.kind === 'compound' && !(initial !== undefined && states && isPlace(states, initial))) findings.push(badInitial(path, initial ?? ''))
  if (node.kind !== 'compound' && initial !== undefined) findings.push(finding({ code: 'initial-unused', path, message: say('Only a state with inner states that are active one at a time has an initial state. Remove it.', '只有包含互斥子状态的状态才有初始状态，请删除。') }))
  if (node.kind === 'parallel' && node.children.length === 0) findings.push(finding({ code: 'parallel-empty', path: `${node.place}.states`, message: say('A parallel state needs regions. Add states inside.', '并行状态需要至少一个分支，请在其中添加状态。') }))
  if (onDone && node.children.length === 0) findings.push(finding({ code: 'join-empty', path: `${node.place}.onDone`, message: say('onDone waits for inner final states, but there are no inner states.', 'onDone 等待内部的终止状态，但该状态没有子状态。') }))
  return findings
}

/** Whether a document can stand there: a history state is no place. */
function isPlace(states: WorkflowDefinition['states'], name: string): boolean {
  return Object.hasOwn(states, name) && states[name]?.type !== 'history'
}

function badInitial(path: string, name: string): Finding {
  return finding({ code: 'unknown-initial', path, message: say(`The initial state “${name}” is not among the states here. Name one of them.`, `初始状态“${name}”不在此处的状态之中，请指定其中之一。`) })
}

function checkReachable(definition: WorkflowDefinition, nodes: StateNodes): Finding[] {
  const reached = new Set<StateNode>()
  const enter = (node: StateNode | undefined) => {
    if (!node || reached.has(node)) return
    reached.add(node)
    enter(node.parent)
    const entered = node.kind === 'compound' ? [`${node.path}.${node.definition.initial}`] : node.kind === 'parallel' ? node.children : []
    for (const path of entered) enter(nodes.get(path))
    // What is remembered was reached on its own way.
    if (node.kind === 'history') enter(defaultOf(nodes, node))
    for (const { target } of node.candidates) if (target !== undefined) enter(resolveTarget(nodes, node, target))
  }
  enter(nodes.get(definition.initial))
  return [...nodes.values()].filter((node) => !reached.has(node)).map((node) => finding({
    code: 'unreachable', severity: 'warning', path: node.place,
    message: say(`No way leads to “${node.definition.label.en}”. Add a transition to it or remove it.`, `没有任何路径可以到达“${node.definition.label.zh}”。请添加流转或将其删除。`),
  }))
}

/** A candidate behind one that always holds is never taken. */
function checkShadowed(node: StateNode): Finding[] {
  const open = new Set<string>()
  const shadowed: Candidate[] = []
  for (const candidate of node.candidates) {
    if (candidate.event === undefined) continue
    if (open.has(candidate.event)) shadowed.push(candidate)
    if (candidate.guards.length === 0) open.add(candidate.event)
  }
  return shadowed.map(({ key }) => finding({ code: 'never-taken', severity: 'warning', path: key, message: say('An earlier candidate without guards always comes first. Reorder them or add a guard.', '前面已有一个无条件的候选流转，此流转永远不会执行。请调整顺序或添加条件。') }))
}

function checkPrimary(definition: WorkflowDefinition, node: StateNode): Finding[] {
  if (!isLeaf(node)) return []
  const events = new Set(withAncestors(node).flatMap((around) => Object.keys(around.definition.on ?? {})))
  const primary = [...events].filter((event) => definition.events[event]?.primary)
  if (primary.length < 2) return []
  return [finding({ code: 'several-primary', severity: 'warning', path: node.place, message: say(`Several primary events in one state: ${primary.join(', ')}. Only one button should lead forward.`, `同一状态有多个主要操作：${primary.join('、')}。应只保留一个推进按钮。`) })]
}

function checkWayOut(node: StateNode): Finding[] {
  if (node.kind !== 'atomic' || withAncestors(node).some((around) => around.candidates.length > 0)) return []
  return [finding({ code: 'dead-end', severity: 'warning', path: node.place, message: say(`Nothing leads out of “${node.definition.label.en}”. Add a transition or make it final.`, `“${node.definition.label.zh}”没有后续流转。请添加流转，或将其设为终止状态。`) })]
}
