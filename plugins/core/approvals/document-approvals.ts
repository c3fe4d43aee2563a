import type { Text } from '../../../config/language/text.ts'
import type { EntityDefinition, Tone } from '../../../config/language/entity.ts'
import { approvalDecisions, approvals as approvalsEntity } from '../../../collections/core/approvals.ts'
import { dateIn } from '../engine/dates.ts'
import type { Reader } from '../views/titles.ts'
import { approvalOf, type Approval } from './approval-row.ts'
import { authorityOf, type Behalf } from './authority.ts'
import { ofRole, ofUser, openSeats, type Assignee, type ChainStep, type Seat } from './engine/chain.ts'
import { staffOf } from './staff.ts'
import { returnsOf, seatFor, type ReturnChoices } from './waiting.ts'

export type Labelled = { readonly label: Text; readonly tone: Tone }

export type SeatView = { readonly who: Text; readonly vote: 'approve' | 'reject' | null; readonly isOpen: boolean }
export type StepView = { readonly name: string; readonly label: Text; readonly status: ChainStep['status']; readonly mode: ChainStep['mode']; readonly ratio: number | null; readonly seats: readonly SeatView[] }
export type DecisionView = { readonly id: string; readonly at: string; readonly who: string | null; readonly behalf: string | null; readonly what: Labelled; readonly target: Text | null; readonly comment: string | null; readonly byLink: boolean }

/** An approval as the page of its document shows it. */
export type ApprovalView = {
  readonly id: string
  readonly hash: string
  readonly status: Labelled & { readonly name: Approval['status'] }
  readonly submitter: string
  readonly at: string
  readonly due: string | null
  readonly steps: readonly StepView[]
  readonly decisions: readonly DecisionView[]
  /** What the reader may do now. */
  readonly mine: { readonly seat: string; readonly behalf: Behalf | null; readonly returns: ReturnChoices } | null
  readonly mayWithdraw: boolean
}

const mostShown = 5

/** The approvals of one document, the newest first: who has decided, who is asked, what the reader may do. */
export async function documentApprovals({ platform, store, actor }: Reader, entity: EntityDefinition, { id, timeZone }: { readonly id: string; readonly timeZone: string }): Promise<ApprovalView[]> {
  if (!entity.workflow) return []
  const rows = await store.find('approvals', { where: { and: [{ entity: { equals: entity.slug } }, { documentId: { equals: id } }] }, sort: ['-at', '-id'], limit: mostShown })
  if (rows.length === 0) return []
  const approvals = rows.map(approvalOf)
  const decisions = await store.find('approval-decisions', { where: { approval: { in: approvals.map((one) => one.id) } }, sort: ['at', 'id'] })
  const staff = staffOf(store)
  const isWaiting = approvals.some(({ status }) => status === 'waiting') && !actor.key
  const authority = isWaiting ? await authorityOf(store, staff, { actor, today: dateIn({ zone: timeZone, at: new Date().toISOString() }) }) : new Map<string, Behalf | null>()
  const named = [...approvals.flatMap(({ chain }) => chain.steps.flatMap(({ seats }) => seats.map(({ assignee }) => assignee))), ...decisions.map(({ target }) => target ?? '')]
  const people = await staff.byIds(named.flatMap((assignee) => (assignee.startsWith(ofUser('')) ? [assignee.slice(ofUser('').length)] : [])))
  const nameOf = (assignee: Assignee): Text => {
    const name = people.get(assignee.slice(ofUser('').length))?.name
    if (name !== undefined) return { en: name, zh: name }
    const slug = assignee.slice(ofRole('').length)
    return platform.registry.roles.get(slug)?.label ?? gone
  }
  return Promise.all(approvals.map(async (approval): Promise<ApprovalView> => {
    const seat = approval.status === 'waiting' ? await seatFor({ actor }, staff, { approval, authority }) : undefined
    const open = new Set(approval.status === 'waiting' ? openSeats(approval.chain).map((one) => one.id) : [])
    return {
      id: approval.id, hash: approval.hash, submitter: approval.submitterName, at: approval.at, due: approval.due,
      status: { name: approval.status, ...labelled(approvalsEntity, 'status', approval.status) },
      steps: approval.chain.steps.map(({ name, label, status, mode, ratio, seats }) => ({ name, label, status, mode, ratio: ratio ?? null, seats: seats.map((one) => seatView(one, { open, nameOf })) })),
      decisions: decisions.filter((one) => one.approval === approval.id).map((one) => ({
        id: one.id, at: one.at, who: one.byName ?? null, behalf: one.forName ?? null, what: labelled(approvalDecisions, 'decision', one.decision), comment: one.comment ?? null, byLink: one.door === 'link',
        target: one.target ? approval.chain.steps.find(({ name }) => name === one.target)?.label ?? nameOf(one.target) : null,
      })),
      mine: seat ? { seat: seat.id, behalf: authority.get(seat.assignee) ?? null, returns: returnsOf(approval) } : null,
      mayWithdraw: approval.status === 'waiting' && approval.terms.returned !== undefined && !actor.key && (actor.id === approval.submitter || actor.roles.includes('owner')),
    }
  }))
}

const gone: Text = { en: 'Someone who left', zh: '已离职人员' }

const seatView = ({ id, assignee, vote }: Seat, { open, nameOf }: { readonly open: ReadonlySet<string>; readonly nameOf: (assignee: Assignee) => Text }): SeatView => ({ who: nameOf(assignee), vote: vote ?? null, isOpen: open.has(id) })

function labelled({ fields }: EntityDefinition, name: string, value: string): Labelled {
  const found = fields.find((field) => field.name === name)?.options?.find((option) => option.value === value)
  return { label: found?.label ?? { en: value, zh: value }, tone: found?.tone ?? 'neutral' }
}
