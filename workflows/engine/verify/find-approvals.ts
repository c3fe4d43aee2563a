import type { ApprovalDefinition } from '../../../config/language/approval.ts'
import { say } from '../messages.ts'
import { systemRole } from '../registry.ts'
import { wayTo } from './explore.ts'
import { isInside, type ChartState } from './chart.ts'
import { listeners } from './find-senders.ts'
import { certain, possible, type ProofFinding, type Subject } from './proof.ts'

/** Approvals that nobody can give, and those whose outcome leads nowhere. */
export function findApprovals(subject: Subject): ProofFinding[] {
  return subject.chart.states.flatMap((state) => {
    const approval = state.node?.definition.approval
    const entered = subject.explored.entered.get(state)
    if (!approval || !entered) return []
    const at = { approval, state, place: `${state.node?.place}.approval`, example: wayTo(entered.link) }
    return [...findNobody(subject, at), ...findNobodyAsked(at), ...findOutcomes(subject, at), ...findUnreopened(subject, at)]
  })
}

type At = { readonly approval: ApprovalDefinition; readonly state: ChartState; readonly place: string; readonly example: ReturnType<typeof wayTo> }

/** Whoever decides sees what is decided: a role that may not read the document cannot. */
function findNobody({ definition, roles }: Subject, { approval, place, example }: At): ProofFinding[] {
  if (!roles) return []
  const mayRead = (role: string) => role !== systemRole && roles.some(({ slug, permissions }) => slug === role && permissions.some(({ entity, actions }) => (entity === '*' || entity === definition.entity) && actions.includes('read')))
  return approval.steps.flatMap((step, index) => {
    const named = step.approvers.flatMap((approver) => ('role' in approver ? [approver.role] : []))
    const blind = named.filter((role) => !mayRead(role))
    if (blind.length === 0) return []
    const path = `${place}.steps[${index}].approvers`
    const isHopeless = named.length === step.approvers.length && blind.length === named.length
    if (isHopeless) return [certain({ code: 'approval-nobody', path, example, message: say(`Nobody can ever give “${step.label.en}”: none of its roles may read the document. Give one of them the right to read it, or name another.`, `“${step.label.zh}”永远无人能够审批：所指定的角色都无权查看该单据。请为其中一个角色授予查看权限，或指定其他角色。`) })]
    return [possible({ code: 'approval-blind', path, example, message: say(`The role “${blind.join('”, “')}” may not read the document: “${step.label.en}” then falls to others. Give it the right to read.`, `角色“${blind.join('”“')}”无权查看该单据，“${step.label.zh}”将转由他人处理。请为其授予查看权限。`) })]
  })
}

/** With conditions on every step it may approve itself. */
function findNobodyAsked({ approval, place, example }: At): ProofFinding[] {
  if (approval.steps.some(({ when }) => !when)) return []
  return [possible({ code: 'approval-unasked', path: `${place}.steps`, example, message: say('Every step has a condition: where none holds, the document is approved and nobody was asked. Leave one step without a condition, if that is not meant.', '每个步骤都有条件：若条件均不满足，单据将无人审批而直接通过。若非本意，请保留一个无条件的步骤。') })]
}

function findOutcomes({ explored }: Subject, { approval, state, place, example }: At): ProofFinding[] {
  const inside = explored.reached.filter(({ leaves }) => leaves.some((leaf) => leaf === state || isInside(leaf, state)))
  return (['approved', 'rejected', 'returned'] as const).flatMap((outcome) => {
    const event = approval[outcome]
    if (event === undefined) return []
    const path = `${place}.${outcome}`
    const heard = inside.map(({ leaves }) => leaves.flatMap((leaf) => listeners(leaf, event)))
    const candidates = heard.flat().flatMap((listener) => listener.handlers.get(event) ?? [])
    if (explored.complete && candidates.every(({ target }) => !target)) return [certain({ code: 'approval-leads-nowhere', path, example, message: say(`“${event}” leads nowhere: the document stays in this state, where the approval is over. Give its transition a target.`, `“${event}”没有目标状态：审批结束后单据仍停留于此。请为其流转设置目标。`) })]
    return [
      ...(heard.some((own) => own.length === 0) ? [possible({ code: 'approval-unheard-here', path, example, message: say(`In some states inside, “${event}” is not known, so that the approval cannot be decided there. Add a transition around all.`, `在某些子状态中无法处理“${event}”，审批将无法作出决定。请在外层添加流转。`) })] : []),
      ...(candidates.length > 0 && candidates.every(({ candidate }) => candidate.guards.length > 0) ? [possible({ code: 'approval-may-fail', path, example, message: say(`The guards of “${event}” may refuse what the approvers decide. Add a last candidate without guards, or ask them before the approval begins.`, `“${event}”的条件可能使审批结果无法执行。请在最后添加无条件的候选流转，或将条件移到提交审批之前。`) })] : []),
    ]
  })
}

/** Where approved content can be edited later and the reopening is not known. */
function findUnreopened({ chart }: Subject, { approval, place, example }: At): ProofFinding[] {
  const { reopened } = approval
  if (reopened === undefined || chart.states.some(({ handlers }) => handlers.has(reopened))) return []
  return [certain({ code: 'approval-leads-nowhere', path: `${place}.reopened`, example, message: say(`No state knows “${reopened}”: what was approved could be changed, and nobody would be asked again. Add a transition back to the approval.`, `没有任何状态处理“${reopened}”：已审批内容被修改后将无人复审。请添加返回审批状态的流转。`) })]
}
