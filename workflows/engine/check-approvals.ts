import type { ApprovalDefinition, ApprovalStepDefinition } from '../../config/language/approval.ts'
import type { Finding } from '../../config/language/refusal.ts'
import type { WorkflowDefinition } from '../../config/language/workflow.ts'
import { unknownName } from './check-names.ts'
import { isDuration, isSpan } from './delays.ts'
import { finding, listed, say } from './messages.ts'
import { withAncestors, type StateNode, type StateNodes } from './nodes.ts'
import { systemRole, type Registry } from './registry.ts'

type Context = { readonly definition: WorkflowDefinition; readonly registry: Registry; readonly nodes: StateNodes; readonly node: StateNode }

/** Steps that can be carried out, and outcomes that the state knows and the platform may send. */
export function checkApproval(context: Context): Finding[] {
  const { approval } = context.node.definition
  if (!approval) return []
  const place = `${context.node.place}.approval`
  return [
    ...approval.steps.flatMap((step, index) => checkStep(context, approval, { step, index, path: `${place}.steps[${index}]` })),
    ...(['approved', 'rejected', 'returned'] as const).flatMap((outcome) => checkOutcome(context, { event: approval[outcome], path: `${place}.${outcome}` })),
    ...checkReopening(context, { event: approval.reopened, path: `${place}.reopened` }),
  ]
}

type At = { readonly step: ApprovalStepDefinition; readonly index: number; readonly path: string }

function checkStep({ registry }: Context, { steps }: ApprovalDefinition, { step, index, path }: At): Finding[] {
  const earlier = steps.slice(0, index).map(({ name }) => name)
  const named = [...step.approvers.flatMap((approver, at) => ('role' in approver ? [{ role: approver.role, path: `${path}.approvers[${at}].role` }] : [])), ...(step.escalate ? [{ role: step.escalate.to, path: `${path}.escalate.to` }] : [])]
  const lengths = [{ length: step.remind, path: `${path}.remind` }, { length: step.escalate?.after, path: `${path}.escalate.after` }]
  return [
    ...(earlier.includes(step.name) ? [finding({ code: 'approval-twice', path: `${path}.name`, message: say(`Two steps are called “${step.name}”. Rename one of them.`, `有两个步骤都名为“${step.name}”，请修改其中一个。`) })] : []),
    ...named.filter(({ role }) => !registry.roles.has(role) || role === systemRole).map((wrong) => unknownRole(registry, wrong)),
    ...(step.calendar === undefined || !registry.calendars || registry.calendars.has(step.calendar) ? [] : [unknownName(`${path}.calendar`, { kind: 'calendar', name: step.calendar, known: [...registry.calendars] })]),
    ...(step.calendar !== undefined && step.remind === undefined && !step.escalate ? [finding({ code: 'approval-calendar', path: `${path}.calendar`, message: say('Nothing is counted on this calendar: say when to remind or to escalate, or leave it out.', '未设置提醒或升级时长，工作日历不起作用。请设置时长，或删除工作日历。') })] : []),
    ...(step.calendar === undefined ? [] : lengths).flatMap(({ length, path: at }) => (length === undefined || !isDuration(length) || isSpan(length) ? [] : [finding({ code: 'approval-duration', path: at, message: say(`“${length}” cannot be counted on a working calendar. Write days, hours and minutes, such as P3D or PT8H.`, `“${length}”无法按工作日历计算，请填写天、小时和分钟，例如 P3D 或 PT8H。`) })])),
    ...lengths.flatMap(({ length, path: at }) => (length === undefined || isDuration(length) ? [] : [finding({ code: 'approval-duration', path: at, message: say(`“${length}” is no length of time. Write an ISO 8601 duration such as P3D or PT8H.`, `“${length}”不是有效时长，请填写 ISO 8601 时长，例如 P3D 或 PT8H。`) })])),
    ...(step.returnTo ?? []).flatMap((name, at) => (earlier.includes(name) ? [] : [finding({ code: 'approval-return', path: `${path}.returnTo[${at}]`, message: say(`“${name}” is no earlier step of this approval. Name one that comes before.`, `“${name}”不是此前的步骤，请指定排在前面的步骤。`) })])),
    ...((step.mode === 'vote') === (step.ratio !== undefined) ? [] : [finding({ code: 'approval-ratio', path: `${path}.ratio`, message: say('A vote needs a ratio in percent, and only a vote has one.', '按比例表决须填写百分比，其他方式则不应填写。') })]),
    ...(step.when && 'field' in step.when ? checkRange(step.when, `${path}.when`) : []),
  ]
}

function checkRange({ from, below }: { readonly from?: string; readonly below?: string }, path: string): Finding[] {
  if (from === undefined && below === undefined) return [finding({ code: 'approval-range', path, message: say('Say from or below which figure the step is asked.', '请填写起点金额或上限金额。') })]
  if (from === undefined || below === undefined || Number(from) < Number(below)) return []
  return [finding({ code: 'approval-range', path, message: say(`No figure is from ${from} on and below ${below}: the step would never be asked.`, `没有数值同时满足不小于 ${from} 且小于 ${below}，该步骤永远不会执行。`) })]
}

function unknownRole(registry: Registry, { role, path }: { readonly role: string; readonly path: string }): Finding {
  const known = listed([...registry.roles.keys()].filter((slug) => slug !== systemRole).map((slug) => say(slug, slug)))
  return finding({ code: 'unknown-role', path, message: say(`There is no role “${role}” that people have. Known: ${known.en}.`, `不存在可由人员担任的角色“${role}”。可用：${known.zh}。`) })
}

type Named = { readonly event: string | undefined; readonly path: string }

function checkOutcome({ definition, nodes, node }: Context, { event, path }: Named): Finding[] {
  if (event === undefined) return []
  const known = Object.hasOwn(definition.events, event) ? definition.events[event] : undefined
  if (!known) return [unknownEvent(path, event)]
  const listeners = [...withAncestors(node), ...[...nodes.values()].filter((other) => other.path.startsWith(`${node.path}.`))]
  const isHeard = listeners.some((other) => other.definition.on && Object.hasOwn(other.definition.on, event))
  return [
    ...(isHeard ? [] : [finding({ code: 'approval-unheard', path, message: say(`The approval sends “${event}”, but this state does not know it. Add a transition for it.`, `审批会发送“${event}”，但该状态没有对应的流转。请为其添加流转。`) })]),
    ...askedOfPlatform(known, { event, path }),
  ]
}

function checkReopening({ definition }: Context, { event, path }: Named): Finding[] {
  if (event === undefined) return []
  const known = Object.hasOwn(definition.events, event) ? definition.events[event] : undefined
  return known ? askedOfPlatform(known, { event, path }) : [unknownEvent(path, event)]
}

function askedOfPlatform(known: WorkflowDefinition['events'][string], { event, path }: Named): Finding[] {
  const isAllowed = known.roles === undefined || known.roles.includes(systemRole)
  const asksInput = [...(known.input ?? []), ...(known.lineInput ?? []), ...(known.newLines ?? [])].some((field) => field.required)
  return [
    ...(isAllowed ? [] : [finding({ code: 'approval-not-allowed', path, message: say(`The approval sends “${event}” as “system”, which is not among its roles. Add the role “system” to the event.`, `审批以“system”角色发送“${event}”，但该事件未允许此角色。请在事件的角色中加入“system”。`) })]),
    ...(asksInput ? [finding({ code: 'approval-asks', path, message: say(`“${event}” asks for input, which an approval cannot give. Define an event of its own.`, `“${event}”需要填写内容，审批无法提供。请单独定义一个事件。`) })] : []),
  ]
}

function unknownEvent(path: string, event: string): Finding {
  return finding({ code: 'unknown-event', path, message: say(`The approval sends “${event}”, which is not among the events. Define it.`, `审批要发送的事件“${event}”未定义，请先定义该事件。`) })
}
