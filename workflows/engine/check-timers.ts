import type { Finding } from '../../config/language/refusal.ts'
import type { WorkflowDefinition } from '../../config/language/workflow.ts'
import { isDelay } from './delays.ts'
import { finding, listed, say } from './messages.ts'
import { withAncestors, type StateNode, type StateNodes } from './nodes.ts'
import { systemRole, type Registry } from './registry.ts'

export type Context = { readonly definition: WorkflowDefinition; readonly registry: Registry; readonly nodes: StateNodes; readonly node: StateNode }

/** A timer must have a length, and an event that the state knows and the platform may send. */
export function checkTimers(context: Context): Finding[] {
  const { registry, node } = context
  return Object.entries(node.definition.after ?? {}).flatMap(([delay, event]) => {
    const path = `${node.place}.after.${delay}`
    return [...(isDelay(registry, delay) ? [] : [unknownDelay(path, { delay, known: [...registry.delays.keys()] })]), ...checkTimedEvent(context, path, event)]
  })
}

/** An event that the platform sends when a time is over: the state knows it, the platform may send it, and it asks for nothing. */
export function checkTimedEvent({ definition, nodes, node }: Context, path: string, event: string): Finding[] {
  const known = Object.hasOwn(definition.events, event) ? definition.events[event] : undefined
  if (!known) return [unknownEvent(path, event)]
  const listeners = [...withAncestors(node), ...[...nodes.values()].filter((other) => other.path.startsWith(`${node.path}.`))]
  return [
    ...(listeners.some((other) => other.definition.on && Object.hasOwn(other.definition.on, event)) ? [] : [unheard(path, event)]),
    ...(known.roles === undefined || known.roles.includes(systemRole) ? [] : [notForSystem(path, event)]),
    ...(known.reason === 'required' || [...(known.input ?? []), ...(known.lineInput ?? []), ...(known.newLines ?? [])].some((field) => field.required) ? [asksPeople(path, event)] : []),
  ]
}

function unknownDelay(path: string, { delay, known }: { readonly delay: string; readonly known: readonly string[] }): Finding {
  const names = listed(known.map((name) => say(name, name)))
  return finding({
    code: 'unknown-delay',
    path,
    message: say(
      `There is no delay “${delay}”. Write an ISO 8601 duration such as P3D or PT30M, or one of: ${names.en || 'none registered'}.`,
      `不存在时限“${delay}”。请填写 ISO 8601 时长（如 P3D、PT30M），或使用已注册的时限：${names.zh || '无'}。`,
    ),
  })
}

function unknownEvent(path: string, event: string): Finding {
  return finding({ code: 'unknown-event', path, message: say(`The timer sends “${event}”, which is not among the events. Define it.`, `定时器要发送的事件“${event}”未定义，请先定义该事件。`) })
}

function unheard(path: string, event: string): Finding {
  return finding({ code: 'timer-unheard', path, message: say(`The timer sends “${event}”, but this state does not know it. Add a transition for it.`, `定时器会发送“${event}”，但该状态没有对应的流转。请为其添加流转。`) })
}

function notForSystem(path: string, event: string): Finding {
  return finding({ code: 'timer-not-allowed', path, message: say(`The timer sends “${event}” as “system”, which is not among its roles. Add the role “system” to the event.`, `定时器以“system”角色发送“${event}”，但该事件未允许此角色。请在事件的角色中加入“system”。`) })
}

function asksPeople(path: string, event: string): Finding {
  return finding({ code: 'timer-asks', path, message: say(`“${event}” asks for a reason or for input, which a timer cannot give. Define an event of its own for the timer.`, `“${event}”需要填写原因或输入内容，定时器无法提供。请为定时器单独定义一个事件。`) })
}
