import type { WorkItems } from '../../../config/generated/entities.ts'
import type { CommandContext } from '../commands/context.ts'
import { approvalOf, type Approval } from './approval-row.ts'
import { escalateStep, ofRole, ofUser, openSeats, turnOf, vacateSeat, waitingStep, type Chain } from './engine/chain.ts'
import { advance, note, saveApproval, subjectOf } from './run-approval.ts'
import { tellApprovers } from './tell.ts'
import { workOf } from './timers.ts'

/** Reminds, escalates, or replaces someone who left. What is over meanwhile is left alone, so that nothing happens twice. */
export async function runApprovalWork(context: CommandContext, item: WorkItems): Promise<void> {
  const work = workOf(item)
  if (work.what === 'vacate') return vacate(context, work.user)
  const row = await context.store.get('approvals', work.approval)
  if (row?.status !== 'waiting') return
  const approval = approvalOf(row)
  const step = waitingStep(approval.chain)
  if (!step || work.turn !== turnOf(approval.chain)) return
  if (work.what === 'remind') {
    await note(context, approval, { decision: 'remind', step: step.name, door: 'platform' })
    return tellApprovers(context, approval, { kind: 'reminded', seats: openSeats(approval.chain) })
  }
  const to = ofRole(step.escalate?.to ?? 'owner')
  await note(context, approval, { decision: 'escalate', step: step.name, target: to, door: 'platform' })
  await saveApproval(context, approval, { chain: escalateStep(approval.chain, to) })
}

/** Whoever was to decide and cannot any more: their seats fall to those whom the step escalates to, else to the owner. */
async function vacate(context: CommandContext, user: string): Promise<void> {
  const tasks = await context.store.find('approval-tasks', { where: { and: [{ status: { equals: 'waiting' } }, { assignee: { equals: ofUser(user) } }] } })
  for (const id of new Set(tasks.map(({ approval }) => approval))) {
    const row = await context.store.get('approvals', id)
    if (row?.status === 'waiting') await vacateIn(context, approvalOf(row), user)
  }
}

async function vacateIn(context: CommandContext, approval: Approval, user: string): Promise<void> {
  const step = waitingStep(approval.chain)
  if (!step) return
  const to = ofRole(step.escalate?.to ?? 'owner')
  const chain = openSeats(approval.chain).filter(({ assignee }) => assignee === ofUser(user)).reduce<Chain>((present, { id }) => vacateSeat(present, id, to), approval.chain)
  await note(context, approval, { decision: 'instead', step: step.name, target: to, door: 'platform' })
  const next = await saveApproval(context, approval, { chain: await advance(context, { chain, subject: await subjectOf(context, approval), approval }) })
  const event = next.status === 'approved' ? next.terms.approved : next.status === 'rejected' ? next.terms.rejected : undefined
  if (event !== undefined) await context.send(approval.entity, approval.documentId, event)
}
