import type { ApprovalDefinition } from '../../../config/language/approval.ts'
import type { Row } from '../data/store.ts'
import type { Content } from './content.ts'
import type { Chain, Outcome } from './engine/chain.ts'

/** What is kept of the definition: an approval goes on as it began, whatever is published meanwhile. */
export type Terms = Omit<ApprovalDefinition, 'steps'>

export type ApprovalStatus = Outcome | 'closed' | 'reopened'

/** A stored approval. */
export type Approval = {
  readonly id: string
  readonly entity: string
  readonly documentId: string
  /** Path of the state that it belongs to. */
  readonly state: string
  readonly status: ApprovalStatus
  readonly submitter: string
  readonly submitterName: string
  readonly at: string
  readonly due: string | null
  readonly terms: Terms
  readonly chain: Chain
  readonly snapshot: Content
  readonly hash: string
  readonly version: number
}

export const approvalOf = (row: unknown): Approval => {
  const { due, submitter, submitterName, ...rest } = row as Approval & Row
  return { ...rest, due: due ?? null, submitter: submitter ?? '', submitterName: submitterName ?? '' }
}

export type Door = 'panel' | 'link' | 'platform'

export type DecisionKind = 'approve' | 'reject' | 'return' | 'delegate' | 'addBefore' | 'addAfter' | 'withdraw' | 'remind' | 'escalate' | 'instead' | 'reopen'
