import type { Payload, Where } from 'payload'
import type { Language, Text } from '../../../config/language/text.ts'
import type { Actor } from '../access/actor.ts'
import { openStore } from '../data/open-store.ts'
import { dateIn } from '../engine/dates.ts'
import { platformOf } from '../platform/platform.ts'
import { firmView } from '../views/firm-view.ts'
import { loadTitles, type Reader, type Title } from '../views/titles.ts'
import { approvalOf, type Approval } from './approval-row.ts'
import { authorityOf, type Authority, type Behalf } from './authority.ts'
import { amountOf } from './content-view.ts'
import { openSeats, waitingStep } from './engine/chain.ts'
import { mayDecideHere } from './decide.ts'
import { staffOf, type Staff } from './staff.ts'

/** One document that waits for a person's decision. */
export type WaitingRow = {
  readonly approval: string
  readonly seat: string
  readonly hash: string
  readonly entity: string
  readonly entityLabel: Text
  readonly documentId: string
  readonly title: Title
  readonly amount: string | null
  readonly step: Text
  readonly submitter: string
  readonly since: string
  readonly due: string | null
  /** The colleague whose seat it is. */
  readonly behalf: Behalf | null
  readonly returns: ReturnChoices
}

/** Where an approver may send it back to. */
export type ReturnChoices = { readonly toSubmitter: boolean; readonly steps: readonly { readonly name: string; readonly label: Text }[] }

export type WaitingView = { readonly rows: readonly WaitingRow[]; readonly total: number; readonly at: string }

const mostRows = 200

/** What waits for someone's approval, the oldest first: one query for the tasks, and a bounded number for what they are about. */
export async function waitingFor(payload: Payload, { actor, language, limit = mostRows }: { readonly actor: Actor; readonly language: Language; readonly limit?: number }): Promise<WaitingView> {
  const at = new Date().toISOString()
  if (actor.key || actor.isAnyone) return { rows: [], total: 0, at }
  const store = openStore(payload)
  const staff = staffOf(store)
  const { exponent, timeZone } = await firmView(store)
  const authority = await authorityOf(store, staff, { actor, today: dateIn({ zone: timeZone, at }) })
  const where: Where = { and: [{ status: { equals: 'waiting' } }, { assignee: { in: [...authority.keys()] } }] }
  const tasks = await store.find('approval-tasks', { where, sort: ['since', 'id'], limit: mostRows })
  const approvals = new Map([...(await store.byIds('approvals', tasks.map(({ approval }) => approval)))].map(([id, row]) => [id, approvalOf(row)]))
  const reader: Reader = { platform: platformOf(payload), store, actor, language }
  const titles = await loadTitles(reader, documentsOf(approvals.values()))
  const rows: WaitingRow[] = []
  const told = new Set<string>()
  for (const task of tasks) {
    const approval = approvals.get(task.approval)
    const entity = approval && reader.platform.entities.get(approval.entity)
    const title = approval && titles[approval.entity]?.[approval.documentId]
    // Who holds two seats is asked once.
    if (!approval || !entity || !title || title.redacted || told.has(approval.id)) continue
    const seat = await seatFor({ actor }, staff, { approval, authority })
    if (!seat) continue
    told.add(approval.id)
    rows.push({
      approval: approval.id, seat: seat.id, hash: approval.hash, entity: approval.entity, entityLabel: entity.label, documentId: approval.documentId, title,
      amount: amountOf(reader, entity, approval.snapshot.document, exponent), step: waitingStep(approval.chain)?.label ?? entity.label,
      submitter: approval.submitterName, since: task.since, due: approval.due, behalf: authority.get(seat.assignee) ?? null, returns: returnsOf(approval),
    })
  }
  return { rows: rows.slice(0, limit), total: rows.length, at }
}

/** The seat at which someone may decide, own ones first. */
export async function seatFor(context: { readonly actor: Actor }, staff: Staff, { approval, authority }: { readonly approval: Approval; readonly authority: Authority }) {
  const mine = openSeats(approval.chain).filter(({ assignee }) => authority.has(assignee)).sort((a, b) => Number(authority.get(a.assignee) !== null) - Number(authority.get(b.assignee) !== null))
  for (const seat of mine) if (await mayDecideHere(context, staff, { approval, seat })) return seat
  return undefined
}

export function returnsOf({ chain, terms }: Pick<Approval, 'chain' | 'terms'>): ReturnChoices {
  const names = waitingStep(chain)?.returnTo ?? []
  return { toSubmitter: terms.returned !== undefined, steps: chain.steps.filter(({ name, status }) => names.includes(name) && status !== 'skipped').map(({ name, label }) => ({ name, label })) }
}

function documentsOf(approvals: Iterable<Approval>): Map<string, Set<string>> {
  const documents = new Map<string, Set<string>>()
  for (const { entity, documentId } of approvals) documents.set(entity, (documents.get(entity) ?? new Set()).add(documentId))
  return documents
}
