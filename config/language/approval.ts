import type { Text } from './text.ts'

/**
 * Who may decide. A path leads from a field of the document over references to a user: `owner`, `supplier.owner`.
 * `managerOf`: the line manager of who has asked for the approval (`submitter`), or of the user that a path leads to. `lineOwner`:
 * the user that the path leads to from each line: everyone whose cost it is.
 */
export type ApproverDefinition =
  | { readonly users: readonly string[] }
  | { readonly role: string }
  | { readonly field: string }
  | { readonly managerOf: string }
  | { readonly lineOwner: string }

/** Figures as people speak them ("50000.00"): from this one on, and below that one. An empty figure counts as 0. */
export type ApprovalCondition =
  | { readonly field: string; readonly from?: string; readonly below?: string }
  | { readonly expression: string }

export type ApprovalStepDefinition = {
  readonly name: string
  readonly label: Text
  readonly approvers: readonly ApproverDefinition[]
  /** `any` (as when absent): the first decides. `all`: each must approve. `vote`: `ratio` percent of them must. */
  readonly mode?: 'any' | 'all' | 'vote'
  readonly ratio?: number
  /** Asked when it is its turn. Absent: always. */
  readonly when?: ApprovalCondition
  /** Earlier steps that an approver may send it back to. */
  readonly returnTo?: readonly string[]
  /** ISO 8601 duration after which those who have not answered are reminded, once. */
  readonly remind?: string
  /** Who may then decide in place of those who have not answered; also where an approver is missing. */
  readonly escalate?: { readonly after: string; readonly to: string }
  /** Code of the working calendar that both are counted on, `firm` for that of the document's company. Absent: all time counts. */
  readonly calendar?: string
}

/** What must be agreed while a document stands in a state. Its steps follow each other; the events are sent by the platform. */
export type ApprovalDefinition = {
  readonly steps: readonly ApprovalStepDefinition[]
  readonly approved: string
  readonly rejected: string
  /** Sent back to who has asked for it. Absent: nobody can. */
  readonly returned?: string
  /** Sent when something that was approved is changed later. */
  readonly reopened?: string
  /** What is approved: fields, `lines` or `lines.<field>`; a change of it voids what was decided. Absent: all that people enter. */
  readonly watch?: readonly string[]
  /** Who has asked for it may also decide. */
  readonly ownToo?: boolean
}
