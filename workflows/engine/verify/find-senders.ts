import type { Text } from '../../../config/language/text.ts'
import { say } from '../messages.ts'
import { isSystemOnly, outcomesOf } from '../permission.ts'
import { ownerRole } from '../registry.ts'
import { wayTo } from './explore.ts'
import { isInside, withAround, type Chart, type ChartState } from './chart.ts'
import { certain, possible, type ProofFinding, type Subject } from './proof.ts'

/** Events that only the platform may send, and that no timer sends where they are known. */
export function findNeverSent({ definition, chart, sent }: Subject): ProofFinding[] {
  return Object.entries(definition.events).flatMap(([name, event]) => {
    if (!isSystemOnly(event) || !chart.states.some(({ handlers }) => handlers.has(name))) return []
    if (sent?.has(name) || byApprovals(chart).has(name) || chart.states.some((state) => timedEvents(state).some((timed) => timed.event === name))) return []
    const message = sent
      ? say(`Nobody may send “${event.label.en}”: it is for the platform only, and nothing sends it. Name a role, or a timer that sends it.`, `没有人可以触发“${event.label.zh}”：它仅限系统触发，却没有任何来源。请指定角色，或设置触发它的定时器。`)
      : say(`Only the platform may send “${event.label.en}”, and no timer of this workflow does. See that another workflow or a plugin sends it.`, `“${event.label.zh}”仅限系统触发，而本流程没有定时器触发它。请确认由其他流程或插件触发。`)
    return [(sent ? certain : possible)({ code: 'never-sent', path: `events.${name}.roles`, message })]
  })
}

/** Events whose roles do not hold the right to send them: then only the owner can, who may do what people may, or nobody. */
export function findWithoutRight({ definition, chart, roles }: Subject): ProofFinding[] {
  if (!roles) return []
  return Object.entries(definition.events).flatMap(([name, event]) => {
    if (isSystemOnly(event) || byApprovals(chart).has(name) || !chart.states.some(({ handlers }) => handlers.has(name))) return []
    const able = roles.filter(({ permissions }) => permissions.some(({ entity, actions, events }) => (entity === '*' || entity === definition.entity) && actions.includes('send') && (!events || events.includes(name))))
    if (able.some(({ slug }) => event.roles?.includes(slug) ?? slug !== ownerRole)) return []
    const path = `events.${name}.roles`
    if (able.some(({ slug }) => slug === ownerRole)) return [possible({ code: 'only-owner', path, message: say(`None of the roles of “${event.label.en}” holds the right to send it: only the owner can. Give the right to a role.`, `“${event.label.zh}”所指定的角色都没有执行权限，只有企业主可以执行。请为相应角色授权。`) })]
    return [certain({ code: 'nobody-may-send', path, message: say(`No role that may send “${event.label.en}” holds the right to. Give the right to one of its roles, or name another.`, `“${event.label.zh}”没有任何角色有权执行。请为其角色授权，或指定其他角色。`) })]
  })
}

/** Timers that fire where their event is not known, may be refused, does nothing, or begins the same time anew. */
export function findTimers({ definition, chart, explored }: Subject): ProofFinding[] {
  return chart.states.flatMap((state) => timedEvents(state).flatMap(({ path, event }) => {
    const entered = explored.entered.get(state)
    if (!entered) return []
    const inside = explored.reached.filter(({ leaves }) => leaves.some((leaf) => leaf === state || isInside(leaf, state)))
    const deaf = inside.find(({ leaves }) => !leaves.some((leaf) => listeners(leaf, event).length > 0))
    const heard = inside.some(({ leaves }) => leaves.some((leaf) => listeners(leaf, event).length > 0))
    if (!heard && explored.complete) return [certain({ code: 'timer-never-heard', path, example: wayTo(entered.link), message: say(`Whenever the timer is due, “${event}” is not known. Add a transition for it where the document then stands.`, `定时器到期时，单据所处的状态都不处理“${event}”。请在相应状态中为其添加流转。`) })]
    const candidates = inside.flatMap(({ leaves }) => leaves.flatMap((leaf) => listeners(leaf, event))).flatMap((listener) => listener.handlers.get(event) ?? [])
    return [
      ...(deaf ? [possible({ code: 'timer-unheard-here', path, example: wayTo(deaf.link), message: say(`When the timer is due in some states inside, “${event}” is not known, and nothing happens. Add a transition for it there, or around all.`, `若定时器到期时处于某些子状态，则无法处理“${event}”，什么也不会发生。请在该处或外层添加流转。`) })] : []),
      ...(candidates.length > 0 && candidates.every(({ candidate }) => candidate.guards.length > 0) ? [possible({ code: 'timer-may-fail', path, example: wayTo(entered.link), message: say(`When the timer is due, the guards of “${event}” may refuse, and nobody is told. Add a last candidate without guards.`, `定时器到期时，“${event}”的条件可能不成立，且无人知晓。请在最后添加一个无条件的候选流转。`) })] : []),
      ...(candidates.length > 0 && candidates.every(({ target, candidate }) => !target && candidate.actions.length === 0) ? [possible({ code: 'timer-idle', path, example: wayTo(entered.link), message: say(`The timer sends “${event}”, which changes nothing here. Give it a target or an action.`, `定时器触发的“${event}”在此不产生任何变化。请为其设置目标状态或动作。`) })] : []),
      ...(candidates.length > 0 && candidates.every(({ target }) => target && leadsInto(target, state)) ? [possible({ code: 'timer-again', path, example: wayTo(entered.link), message: beginsAgain(definition.events[event]?.label ?? { en: event, zh: event }) })] : []),
    ]
  }))
}

/** Whether entering the target enters the state anew. */
function leadsInto(target: ChartState, state: ChartState): boolean {
  if (target === state) return true
  if (!isInside(state, target)) return false
  if (target.kind === 'parallel') return target.children.some((child) => leadsInto(child, state))
  return target.initial !== undefined && leadsInto(target.initial, state)
}

const beginsAgain = ({ en, zh }: Text) => say(
  `When the time is over, “${en}” leads back to where it began: the time runs anew, again and again, and what was decided there is asked again. Lead it elsewhere, or tell people instead.`,
  `时限到期后，“${zh}”又回到原处：时限重新计算，如此反复，已作出的审批也要重来。请指向其他状态，或改为仅通知相关人员。`,
)

/** What the platform sends when a time is over, of a state's timers and its deadline. */
function timedEvents({ node }: ChartState): readonly { readonly path: string; readonly event: string }[] {
  if (!node) return []
  const { after = {}, sla } = node.definition
  return [
    ...Object.entries(after).map(([delay, event]) => ({ path: `${node.place}.after.${delay}`, event })),
    ...(sla?.event === undefined ? [] : [{ path: `${node.place}.sla.event`, event: sla.event }]),
  ]
}

export function listeners(leaf: ChartState, event: string): ChartState[] {
  return withAround(leaf).filter(({ handlers }) => handlers.has(event))
}

/** Events that the platform sends when an approval is decided or reopened. */
function byApprovals({ states }: Chart): ReadonlySet<string> {
  return new Set(states.flatMap(({ node }) => {
    const approval = node?.definition.approval
    return approval ? [...outcomesOf(approval), ...(approval.reopened === undefined ? [] : [approval.reopened])] : []
  }))
}
