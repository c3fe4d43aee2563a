import type { Payload, PayloadRequest } from 'payload'
import type { Text } from '../../../config/language/text.ts'
import { actorOf, type Actor } from '../access/actor.ts'
import { can } from '../access/can.ts'
import { openStore } from '../data/open-store.ts'
import type { Row } from '../data/store.ts'
import { fail } from '../errors.ts'
import { platformOf } from '../platform/platform.ts'
import { firmView } from '../views/firm-view.ts'
import { titleOf, type Title } from '../views/titles.ts'
import { approvalOf, type Approval } from './approval-row.ts'
import { amountOf, contentView, type ContentView } from './content-view.ts'
import { decideApproval, type Decided } from './decide.ts'
import { openSeats, waitingStep } from './engine/chain.ts'
import { readDecision } from './decide-many.ts'
import { readLink, type LinkClaim } from './new-link.ts'
import { colleagueOf } from './staff.ts'

/** What the page of a link shows. */
export type LinkView = {
  readonly entity: Text
  readonly title: Title
  readonly amount: string | null
  readonly step: Text
  readonly submitter: string
  readonly at: string
  readonly due: string | null
  /** Who decides by it. */
  readonly approver: string
  readonly content: ContentView
  readonly mayReturn: boolean
}

type Opened = { readonly claim: LinkClaim; readonly approval: Approval; readonly actor: Actor; readonly document: Row }

/** A link that still decides. @throws ProblemError with what has become of it */
async function openLink(payload: Payload, link: string, now = Date.now()): Promise<Opened> {
  const claim = readLink(payload.secret, link, now)
  const store = openStore(payload)
  const [row, user] = await Promise.all([store.get('approvals', claim.approval), store.byIds('users', [claim.user])])
  const account = user.get(claim.user)
  if (!row || !account || colleagueOf(account as unknown as Row).blocked) fail('approvalLinkUsed')
  const approval = approvalOf(row)
  if (!approval.hash.startsWith(claim.hash)) fail('approvalLinkChanged')
  if (approval.status !== 'waiting' || !openSeats(approval.chain).some(({ id }) => id === claim.seat)) fail('approvalLinkUsed')
  const document = (await store.get<string>(approval.entity, approval.documentId)) as Row | undefined
  const entity = platformOf(payload).entities.get(approval.entity)
  const actor = await actorOf(payload, account as never)
  const { allowed, own } = entity ? can(actor, 'read', entity) : { allowed: false, own: false }
  if (!document || !allowed || (own && document.owner !== actor.id)) fail('approvalLinkUsed')
  return { claim, approval, actor, document }
}

/** What the page shows; it decides nothing, whoever opens it. */
export async function linkView(payload: Payload, link: string): Promise<LinkView> {
  const { approval, actor, document } = await openLink(payload, link)
  const platform = platformOf(payload)
  const store = openStore(payload)
  const entity = platform.entities.get(approval.entity) ?? fail('approvalLinkUsed')
  const reader = { platform, store, actor, language: actor.language }
  const { exponent } = await firmView(store)
  return {
    entity: entity.label, title: titleOf(reader, approval.entity, document), amount: amountOf(reader, entity, approval.snapshot.document, exponent), step: waitingStep(approval.chain)?.label ?? entity.label,
    submitter: approval.submitterName, at: approval.at, due: approval.due, approver: actor.name, content: await contentView(reader, entity, approval.snapshot, exponent), mayReturn: approval.terms.returned !== undefined,
  }
}

/** Decides by a link; it is good for one decision, and for nothing but that. */
export async function decideByLink(req: PayloadRequest, link: string, body: Readonly<Record<string, unknown>>): Promise<Decided> {
  const { claim, approval, actor } = await openLink(req.payload, link)
  const { decision, comment } = readDecision({ approval: approval.id, decision: body.decision, comment: body.comment }, 'body')
  if (decision !== 'approve' && decision !== 'reject' && decision !== 'return') fail('notAllowed')
  return decideApproval(req.payload, actor, { approval: approval.id, decision, comment, seat: claim.seat, hash: approval.hash }, { door: 'link' })
}
