import type { Payload } from 'payload'
import type { Text } from '../../../config/language/text.ts'
import type { Actor } from '../access/actor.ts'
import { requireRight } from '../access/can.ts'
import type { CommandContext } from '../commands/context.ts'
import { transact } from '../commands/transact.ts'
import type { Row } from '../data/store.ts'
import { fail, failRefused } from '../errors.ts'
import { nudgeRunner } from '../events/nudge.ts'
import { stateOf } from '../workflow/pinned.ts'
import { authorityOf, type Behalf } from './authority.ts'
import { approvalOf, type Approval, type Door } from './approval-row.ts'
import { addApprover, giveSeat, ofUser, openSeats, sendBack, vote, waitingStep, withdraw, type Chain, type Seat } from './engine/chain.ts'
import { approvalRefusals as refusals } from './refusals.ts'
import { advance, note, saveApproval, subjectOf } from './run-approval.ts'
import { staffOf, type Staff } from './staff.ts'
import { tellSubmitter } from './tell.ts'

export type Decision = {
  readonly approval: string
  readonly decision: 'approve' | 'reject' | 'return' | 'delegate' | 'addBefore' | 'addAfter' | 'withdraw'
  readonly comment?: string | undefined
  /** `return`: name of an earlier step; absent: to who has asked. `delegate`, `add…`: id of a colleague. */
  readonly to?: string | undefined
  /** Hash of the content that was seen; another one refuses. */
  readonly hash?: string | undefined
  /** Of several seats the one to decide at; absent: the own one. */
  readonly seat?: string | undefined
}

export type Decided = { readonly approval: string; readonly status: Approval['status']; readonly entity: string; readonly documentId: string; readonly state: string | null }

/** Decides, passes on or withdraws, in one transaction with what follows for the document. Of two at the same moment one is too late and is told so. */
export async function decideApproval(payload: Payload, actor: Actor, decision: Decision, { door = 'panel', now }: { readonly door?: Door; readonly now?: string } = {}): Promise<Decided> {
  if (actor.key || actor.isAnyone) failRefused([refusals.personOnly])
  const decided = await transact(payload, { actor, ...(now === undefined ? {} : { now }) }, (context) => decideWithin(context, decision, door))
  nudgeRunner(payload)
  return decided
}

export async function decideWithin(context: CommandContext, decision: Decision, door: Door): Promise<Decided> {
  const row = await context.store.get('approvals', decision.approval)
  if (!row) fail('notThere')
  const approval = approvalOf(row)
  const entity = context.entity(approval.entity)
  const document = ((await context.store.get<string>(approval.entity, approval.documentId)) ?? fail('notThere')) as Row
  requireRight(context.actor, 'read', entity, { document })
  if (approval.status !== 'waiting') failRefused([refusals.over(await lastWords(context, approval))])
  if (decision.hash !== undefined && decision.hash !== approval.hash) failRefused([refusals.changed])
  const { chain, noted } = decision.decision === 'withdraw' ? withdrawn(context, approval) : await decidedAt(context, approval, { decision, document })
  await note(context, approval, { decision: decision.decision, door, comment: decision.comment, step: waitingStep(approval.chain)?.name, ...noted })
  const subject = await subjectOf(context, approval)
  const next = await saveApproval(context, approval, { chain: await advance(context, { chain, subject, approval }) })
  await tellSubmitter(context, next)
  const event = outcomeEvent(next)
  if (event !== undefined) await context.send(approval.entity, approval.documentId, event, decision.comment?.trim() ? { reason: decision.comment } : {})
  const after = (await context.store.require<string>(approval.entity, approval.documentId)) as Row
  return { approval: approval.id, status: next.status, entity: approval.entity, documentId: approval.documentId, state: stateOf(after) ?? null }
}

/** The event that moves the document, now that it is decided. */
function outcomeEvent({ status, terms }: Approval): string | undefined {
  if (status === 'approved') return terms.approved
  if (status === 'rejected') return terms.rejected
  return status === 'returned' || status === 'withdrawn' ? terms.returned : undefined
}

type Step = { readonly chain: Chain; readonly noted: { readonly seat?: string; readonly target?: string; readonly behalf?: Behalf } }

function withdrawn({ actor }: CommandContext, approval: Approval): Step {
  if (approval.terms.returned === undefined) failRefused([refusals.noReturn])
  if (actor.id !== approval.submitter && !actor.roles.includes('owner')) failRefused([refusals.notYours])
  return { chain: withdraw(approval.chain), noted: {} }
}

async function decidedAt(context: CommandContext, approval: Approval, { decision, document }: { readonly decision: Decision; readonly document: Row }): Promise<Step> {
  const { chain, terms } = approval
  const staff = staffOf(context.store)
  const { seat, behalf } = await seatOfActor(context, staff, { approval, decision })
  const noted = { seat: seat.id, ...(behalf && { behalf }) }
  const hasComment = Boolean(decision.comment?.trim())
  switch (decision.decision) {
    case 'approve': return { chain: vote(chain, seat.id, 'approve'), noted }
    case 'reject': {
      if (!hasComment) failRefused([refusals.commentMissing])
      return { chain: vote(chain, seat.id, 'reject'), noted }
    }
    case 'return': {
      if (!hasComment) failRefused([refusals.commentMissing])
      if (decision.to === undefined && terms.returned === undefined) failRefused([refusals.noReturn])
      if (decision.to !== undefined && !waitingStep(chain)?.returnTo.includes(decision.to)) failRefused([refusals.noSuchStep])
      return { chain: sendBack(chain, decision.to), noted: { ...noted, ...(decision.to === undefined ? {} : { target: decision.to }) } }
    }
    default: {
      const colleague = (await staff.byIds([decision.to])).get(decision.to ?? '')
      const entity = context.entity(approval.entity)
      if (!colleague || colleague.blocked || !(await staff.mayRead(colleague, entity, document))) failRefused([refusals.colleagueUnable])
      if (colleague.id === approval.submitter && !terms.ownToo) failRefused([refusals.ownDocument])
      const assignee = ofUser(colleague.id)
      if (waitingStep(chain)?.seats.some((one) => one.assignee === assignee)) failRefused([refusals.seatedAlready(colleague.name)])
      const label: Text = { en: colleague.name, zh: colleague.name }
      const next = decision.decision === 'delegate' ? giveSeat(chain, seat.id, { assignee }) : addApprover(chain, decision.decision === 'addBefore' ? 'before' : 'after', { assignee, label })
      return { chain: next, noted: { ...noted, target: assignee } }
    }
  }
}

/** At which seat the actor sits, and for whom. An owner may also pass on what nobody answers. */
async function seatOfActor(context: CommandContext, staff: Staff, { approval, decision }: { readonly approval: Approval; readonly decision: Decision }): Promise<{ readonly seat: Seat; readonly behalf: Behalf | null }> {
  const seats = openSeats(approval.chain).filter(({ id }) => decision.seat === undefined || id === decision.seat)
  const authority = await authorityOf(context.store, staff, { actor: context.actor, today: await context.today() })
  const mine = seats.filter(({ assignee }) => authority.has(assignee)).sort((a, b) => Number(authority.get(a.assignee) !== null) - Number(authority.get(b.assignee) !== null))
  const [first] = mine
  if (first && (await mayDecideHere(context, staff, { approval, seat: first }))) return { seat: first, behalf: authority.get(first.assignee) ?? null }
  if (first) failRefused([refusals.ownDocument])
  const [anyone] = seats
  if (anyone && decision.decision === 'delegate' && context.actor.roles.includes('owner')) return { seat: anyone, behalf: null }
  return failRefused([refusals.notAsked])
}

/** Four eyes: nobody decides what they have asked for, unless the firm says so or there is nobody else to fall back to. */
export async function mayDecideHere(context: Pick<CommandContext, 'actor'>, staff: Staff, { approval, seat }: { readonly approval: Pick<Approval, 'submitter' | 'terms'>; readonly seat: Seat }): Promise<boolean> {
  if (approval.submitter !== context.actor.id || approval.terms.ownToo) return true
  if (!seat.instead || !seat.assignee.startsWith('role:')) return false
  return (await staff.holders(seat.assignee.slice('role:'.length))).every(({ id }) => id === context.actor.id)
}

/** Who has decided what is decided. */
async function lastWords(context: CommandContext, { id, status }: Approval): Promise<{ readonly status: Approval['status']; readonly by: string | null }> {
  const [last] = await context.store.find('approval-decisions', { where: { and: [{ approval: { equals: id } }, { door: { in: ['panel', 'link'] } }] }, sort: '-at', limit: 1 })
  return { status, by: last?.byName ?? null }
}
