import type { Finding } from '../../config/language/refusal.ts'
import { finding, say } from './messages.ts'
import { defaultOf, resolveTarget, withAncestors, type StateNode, type StateNodes } from './nodes.ts'

/** A history state stands in a state with states inside, leads back to them, and is nothing else. */
export function checkHistory(nodes: StateNodes, node: StateNode): Finding[] {
  const { label: _, type: __, history = 'shallow', target, ...more } = node.definition
  const extra = Object.entries(more).filter(([, value]) => value !== undefined && value !== false).map(([key]) => finding({
    code: 'history-continues', path: `${node.place}.${key}`,
    message: say('A history state is no place to stand in: it has a label, a depth and a default target, and nothing else. Remove this.', '历史状态不是单据可以停留的位置，只有名称、深度和默认目标。请删除此项。'),
  }))
  const { parent } = node
  if (!parent || parent.children.length === 0) return [...extra, finding({
    code: 'history-empty', path: node.place,
    message: say('There is nothing to remember here: a history state belongs inside a state that has other states inside. Move it there, or remove it.', '此处没有可记忆的内容：历史状态应放在含有其他子状态的状态之内。请移动或删除。'),
  })]
  if (target === undefined) return [...extra, finding({
    code: 'history-no-default', path: node.place,
    message: say(`“${node.definition.label.en}” has no default target: a document that was never in “${parent.definition.label.en}” would have nowhere to go. Name a state inside as its target.`, `“${node.definition.label.zh}”没有默认目标：从未进入过“${parent.definition.label.zh}”的单据将无处可去。请指定其中一个子状态作为默认目标。`),
  })]
  const first = defaultOf(nodes, node)
  const isFit = first && first.kind !== 'history' && (history === 'deep' ? withAncestors(first).slice(1).includes(parent) : first.parent === parent)
  return isFit ? extra : [...extra, finding({
    code: 'history-default', path: `${node.place}.target`,
    message: history === 'deep'
      ? say(`“${target}” is no state inside “${parent.definition.label.en}”. Name one of them as the default target.`, `“${target}”不是“${parent.definition.label.zh}”内部的状态，请指定其中之一作为默认目标。`)
      : say(`“${target}” is no state directly inside “${parent.definition.label.en}”, which is what is remembered here. Name one of them, or let it remember the innermost states (deep).`, `“${target}”不是“${parent.definition.label.zh}”的直接子状态，而此处只记忆直接子状态。请指定其中之一，或改为深层记忆。`),
  })]
}

/** Other states have no depth and no target of their own. */
export function checkNoHistory(node: StateNode): Finding[] {
  return (['history', 'target'] as const).filter((key) => node.definition[key] !== undefined).map((key) => finding({
    code: 'history-only', path: `${node.place}.${key}`,
    message: say(`Only a history state has “${key}”. Remove it, or make this a history state.`, `只有历史状态才有“${key}”。请删除，或将其改为历史状态。`),
  }))
}

/** Arrows that lead to the memory of a state which they are in: that is of the time before, and SCXML and XState differ in what is entered. */
export function checkRemembered(nodes: StateNodes, node: StateNode): Finding[] {
  return node.candidates.flatMap(({ key, target }) => {
    const history = target === undefined ? undefined : resolveTarget(nodes, node, target)
    if (history?.kind !== 'history' || !history.parent || !withAncestors(node).includes(history.parent)) return []
    const { en, zh } = history.parent.definition.label
    return [finding({
      code: 'history-inside', path: `${key}.target`,
      message: say(`This leads from inside “${en}” to how “${en}” was left the last time: it has not been left yet. Begin the transition outside, or name the state that is meant.`, `此流转从“${zh}”内部指向“${zh}”上次离开时的状态，而它尚未被离开。请从外部发起流转，或直接指定目标状态。`),
    })]
  })
}
