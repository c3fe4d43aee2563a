import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { CommandContext } from '../commands/context.ts'
import { newId } from '../commands/context.ts'
import type { Row } from '../data/store.ts'
import { RetryCommand } from '../errors.ts'
import { seatsFor } from './approvers.ts'
import type { Approval, ApprovalStatus, DecisionKind, Door } from './approval-row.ts'
import { conditionHolds } from './condition.ts'
import type { Content } from './content.ts'
import { nextStep, openSeats, seatStep, skipStep, turnOf, waitingStep, type Chain } from './engine/chain.ts'
import { staffOf } from './staff.ts'
import { tellApprovers } from './tell.ts'
import { startApprovalTimers, stopApprovalTimers } from './timers.ts'

/** Lets every step begin whose turn it is: one whose condition does not hold is passed over, the others are given their approvers. */
export async function advance(context: CommandContext, { chain, subject, approval }: { readonly chain: Chain; readonly subject: Content; readonly approval: Pick<Approval, 'entity' | 'submitter' | 'terms'> }): Promise<Chain> {
  const entity = context.entity(approval.entity)
  const staff = staffOf(context.store)
  let present = chain
  for (let step = nextStep(present); step; step = nextStep(present)) {
    const isAsked = step.added || step.seats.length > 0 || (await conditionHolds(context, entity, { when: step.when, document: subject.document }))
    if (!isAsked) present = skipStep(present, step.name)
    else present = seatStep(present, step.name, step.seats.length > 0 ? [] : await seatsFor(context, staff, { step, asking: { entity, ...subject, submitter: approval.submitter, ownToo: approval.terms.ownToo === true } }))
  }
  return present
}

/** Stores where an approval has come to, over what was read; who is asked, reminders and escalations follow from it. */
export async function saveApproval(context: CommandContext, approval: Approval, { chain, status = chain.outcome, content }: { readonly chain: Chain; readonly status?: ApprovalStatus; readonly content?: { readonly snapshot: Content; readonly hash: string } }): Promise<Approval> {
  const waiting = status === 'waiting' ? waitingStep(chain) : undefined
  const isAnew = turnOf(approval.chain) !== turnOf(chain) || status !== 'waiting'
  if (isAnew) await stopApprovalTimers(context, approval)
  const due = waiting && isAnew ? await startApprovalTimers(context, approval, { step: waiting, turn: turnOf(chain) }) : waiting ? approval.due : null
  const changed = {
    chain, status, due, step: waiting?.name ?? null, version: approval.version + 1, ...(status === 'waiting' ? {} : { endedAt: context.now }), ...content,
  }
  if (!(await context.store.update('approvals', approval.id, changed, { version: { equals: approval.version } }))) throw new RetryCommand('The approval was decided meanwhile.')
  const next: Approval = { ...approval, ...changed }
  await followTasks(context, approval, next)
  return next
}

/** One row for each seat that is to decide; whoever is newly asked is told. */
async function followTasks(context: CommandContext, before: Approval, after: Approval): Promise<void> {
  const seats = after.status === 'waiting' ? openSeats(after.chain) : []
  const known = await context.store.find('approval-tasks', { where: { and: [{ approval: { equals: after.id } }, { status: { equals: 'waiting' } }] } })
  const voted = new Set(after.chain.steps.flatMap((step) => step.seats.flatMap(({ id, vote }) => (vote === undefined ? [] : [id]))))
  for (const task of known) {
    const isKept = seats.some(({ id }) => id === task.seat)
    if (!isKept) await context.store.update('approval-tasks', task.id, { status: voted.has(task.seat) ? 'done' : 'closed' })
    else if (task.due !== after.due) await context.store.update('approval-tasks', task.id, { due: after.due })
  }
  const already = new Set(known.map(({ seat }) => seat))
  const opened = seats.filter(({ id }) => !already.has(id))
  const step = waitingStep(after.chain)
  if (opened.length === 0 || !step) return
  // A step that goes on after another was put before it has rows of its seats already.
  const earlier = await context.store.find('approval-tasks', { where: { and: [{ approval: { equals: after.id } }, { seat: { in: opened.map(({ id }) => id) } }] } })
  for (const task of earlier) await context.store.update('approval-tasks', task.id, { status: 'waiting', due: after.due })
  const resumed = new Set(earlier.map(({ seat }) => seat))
  const added = opened.filter(({ id }) => !resumed.has(id))
  await context.store.insertMany('approval-tasks', added.map(({ id, assignee }): Row => ({
    id: newId(), approval: after.id, entity: after.entity, documentId: after.documentId, step: step.name, seat: id, assignee, status: 'waiting', since: context.now, due: after.due,
  })))
  for (const { assignee, instead } of added) {
    if (instead && before.chain.steps.every((one) => one.seats.every((seat) => seat.assignee !== assignee))) await note(context, after, { decision: 'instead', step: step.name, target: assignee, door: 'platform' })
  }
  await tellApprovers(context, after, { kind: 'asked', seats: opened })
}

type Note = {
  readonly decision: DecisionKind
  readonly door: Door
  readonly step?: string | undefined
  readonly seat?: string | undefined
  readonly target?: string | undefined
  readonly comment?: string | undefined
  readonly behalf?: { readonly id: string; readonly name: string } | undefined
}

/** Keeps what was decided, or what the platform did. */
export async function note(context: CommandContext, { id, entity, documentId, hash }: Pick<Approval, 'id' | 'entity' | 'documentId' | 'hash'>, { behalf, ...made }: Note): Promise<void> {
  const isPlatform = made.door === 'platform'
  await context.store.insert('approval-decisions', {
    id: newId(), approval: id, entity, documentId, hash, at: context.now,
    by: isPlatform ? 'system' : context.actor.id, byName: isPlatform ? null : context.actor.name, forUser: behalf?.id ?? null, forName: behalf?.name ?? null,
    decision: made.decision, door: made.door, step: made.step ?? null, seat: made.seat ?? null, target: made.target ?? null, comment: made.comment ?? null,
  })
}

/** The document and its lines as they stand. */
export async function subjectOf(context: CommandContext, { entity, documentId }: Pick<Approval, 'entity' | 'documentId'>): Promise<Content> {
  const definition: EntityDefinition = context.entity(entity)
  const document = (await context.store.require<string>(entity, documentId)) as Row
  const lines = definition.lines ? ((await context.store.find<string>(definition.lines.entity, { where: { [definition.lines.parentField]: { equals: documentId } }, sort: 'position' })) as Row[]) : []
  return { document, lines }
}

