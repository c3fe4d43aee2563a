import type { ApprovalStepDefinition } from '../../../../config/language/approval.ts'
import type { Text } from '../../../../config/language/text.ts'

/** `user:<id>` or `role:<slug>`: of a role whoever holds it when the decision is made. */
export type Assignee = string
export const ofUser = (id: string): Assignee => `user:${id}`
export const ofRole = (slug: string): Assignee => `role:${slug}`

export type Choice = 'approve' | 'reject'

/** One place at the table. Its id is never used again within a chain. */
export type Seat = {
  readonly id: string
  readonly assignee: Assignee
  readonly vote?: Choice
  /** Escalated to: decides the step alone. */
  readonly decides?: true
  /** Sits here because whoever was named cannot decide. */
  readonly instead?: true
}

export type ChainStep = Pick<ApprovalStepDefinition, 'name' | 'approvers' | 'ratio' | 'when' | 'remind' | 'escalate' | 'calendar'> & {
  readonly label: Text
  readonly mode: NonNullable<ApprovalStepDefinition['mode']>
  readonly returnTo: readonly string[]
  /** `coming` with seats: interrupted by a step that was put before it. */
  readonly status: 'coming' | 'waiting' | 'skipped' | 'approved' | 'rejected'
  readonly seats: readonly Seat[]
  /** Put in by an approver. */
  readonly added?: true
}

export type Outcome = 'waiting' | 'approved' | 'rejected' | 'returned' | 'withdrawn'

/** An approval on its way: steps in order, at most one of which waits. */
export type Chain = {
  readonly steps: readonly ChainStep[]
  readonly outcome: Outcome
  /** How many seats there ever were. */
  readonly seated: number
  /** How often a step has begun. */
  readonly turns: number
}

export function openChain(steps: readonly ApprovalStepDefinition[]): Chain {
  return {
    outcome: 'waiting', seated: 0, turns: 0,
    steps: steps.map(({ mode = 'any', returnTo = [], ...step }) => ({ ...step, mode, returnTo, status: 'coming', seats: [] })),
  }
}

export const waitingStep = ({ steps, outcome }: Chain): ChainStep | undefined => (outcome === 'waiting' ? steps.find(({ status }) => status === 'waiting') : undefined)

/** The step whose turn it is to begin; none while another waits, or when all is done. */
export const nextStep = (chain: Chain): ChainStep | undefined =>
  chain.outcome === 'waiting' && !waitingStep(chain) ? chain.steps.find(({ status }) => status === 'coming') : undefined

/** Which turn it is: the same step begun anew is another one. Empty while nothing waits. */
export function turnOf(chain: Chain): string {
  const step = waitingStep(chain)
  return step ? `${step.name}:${chain.turns}` : ''
}

/** Seats that have not voted, of the step that waits. */
export const openSeats = (chain: Chain): readonly Seat[] => (waitingStep(chain)?.seats ?? []).filter(({ vote }) => vote === undefined)

export const seatOf = (chain: Chain, seat: string): Seat | undefined => openSeats(chain).find(({ id }) => id === seat)

/** Once nothing waits and nothing comes, it is approved. */
export function settled(chain: Chain): Chain {
  return chain.outcome === 'waiting' && !waitingStep(chain) && !nextStep(chain) ? { ...chain, outcome: 'approved' } : chain
}

export const skipStep = (chain: Chain, name: string): Chain => settled(withStep(chain, name, (step) => ({ ...step, status: 'skipped' })))

/** Begins a step. Whoever is named twice sits once; with nobody it is not begun. */
export function seatStep(chain: Chain, name: string, assignees: readonly (Pick<Seat, 'assignee' | 'instead'>)[]): Chain {
  const step = chain.steps.find((one) => one.name === name)
  if (!step || step.status !== 'coming') return chain
  const turns = chain.turns + 1
  if (step.seats.length > 0) return withStep({ ...chain, turns }, name, (one) => ({ ...one, status: 'waiting' }))
  const distinct = assignees.filter(({ assignee }, index) => assignees.findIndex((other) => other.assignee === assignee) === index)
  if (distinct.length === 0) return chain
  const seats = distinct.map((seat, index): Seat => ({ id: String(chain.seated + index + 1), ...seat }))
  return withStep({ ...chain, turns, seated: chain.seated + seats.length }, name, (one) => ({ ...one, status: 'waiting', seats }))
}

export function vote(chain: Chain, seat: string, choice: Choice): Chain {
  const step = waitingStep(chain)
  if (!step || !seatOf(chain, seat)) return chain
  return settleStep(withStep(chain, step.name, (one) => ({ ...one, seats: one.seats.map((each) => (each.id === seat ? { ...each, vote: choice } : each)) })), step.name)
}

/** Sends it back: to an earlier step, from which everyone is asked anew, or (without one) to who has asked for it. */
export function sendBack(chain: Chain, to: string | undefined): Chain {
  if (!waitingStep(chain)) return chain
  if (to === undefined) return { ...chain, outcome: 'returned' }
  const from = chain.steps.findIndex(({ name }) => name === to)
  if (from < 0 || from >= chain.steps.findIndex(({ status }) => status === 'waiting')) return chain
  return { ...chain, steps: chain.steps.flatMap((step, index): ChainStep[] => (index < from ? [step] : step.added ? [] : [{ ...step, status: 'coming', seats: [] }])) }
}

/** Gives the seat to someone else, who then sits there alone: one who sits at the table already is not given a second seat. */
export function giveSeat(chain: Chain, seat: string, to: Pick<Seat, 'assignee' | 'instead'>): Chain {
  const step = waitingStep(chain)
  const known = seatOf(chain, seat)
  if (!step || !known || step.seats.some(({ assignee, id }) => assignee === to.assignee && id !== seat)) return chain
  const given: Seat = { id: String(chain.seated + 1), ...to, ...(known.decides && { decides: true }) }
  return withStep({ ...chain, seated: chain.seated + 1 }, step.name, (one) => ({ ...one, seats: one.seats.map((each) => (each.id === seat ? given : each)) }))
}

/** A seat whose owner is gone falls to `to`; where that one sits there already, the seat goes, unless its vote was needed. */
export function vacateSeat(chain: Chain, seat: string, to: Assignee): Chain {
  const step = waitingStep(chain)
  if (!step || !seatOf(chain, seat)) return chain
  const given = giveSeat(chain, seat, { assignee: to, instead: true })
  if (given !== chain) return given
  return settleStep(withStep(chain, step.name, (one) => ({ ...one, seats: one.seats.filter(({ id }) => id !== seat) })), step.name)
}

/** Asks one more person before the present step goes on, or after it. */
export function addApprover(chain: Chain, place: 'before' | 'after', { assignee, label }: { readonly assignee: Assignee; readonly label: Text }): Chain {
  const present = waitingStep(chain)
  if (!present) return chain
  const name = `added-${chain.steps.filter(({ added }) => added).length + 1}-${chain.seated + 1}`
  const added: ChainStep = { name, label, approvers: [], mode: 'any', returnTo: [], added: true, status: place === 'before' ? 'waiting' : 'coming', seats: [{ id: String(chain.seated + 1), assignee }] }
  const paused: ChainStep = place === 'before' ? { ...present, status: 'coming' } : present
  return { ...chain, seated: chain.seated + 1, steps: chain.steps.flatMap((step) => (step === present ? (place === 'before' ? [added, paused] : [paused, added]) : [step])) }
}

/** Someone who may now decide the step alone, beside those who were asked. */
export function escalateStep(chain: Chain, to: Assignee): Chain {
  const step = waitingStep(chain)
  if (!step || step.seats.some(({ assignee, decides }) => assignee === to && decides)) return chain
  const seat: Seat = { id: String(chain.seated + 1), assignee: to, decides: true }
  return withStep({ ...chain, seated: chain.seated + 1 }, step.name, (one) => ({ ...one, seats: [...one.seats.filter(({ assignee, vote: given }) => assignee !== to || given !== undefined), seat] }))
}

export const withdraw = (chain: Chain): Chain => (chain.outcome === 'waiting' ? { ...chain, outcome: 'withdrawn' } : chain)

/** All that was decided is void; everyone is asked anew. */
export const reopenChain = ({ steps, ...counts }: Chain): Chain =>
  ({ ...counts, outcome: 'waiting', steps: steps.filter(({ added }) => !added).map((step) => ({ ...step, status: 'coming', seats: [] })) })

/** What the votes so far decide; `undefined`: more are needed. */
export function verdictOf({ mode, ratio = 100, seats }: Pick<ChainStep, 'mode' | 'ratio' | 'seats'>): Choice | undefined {
  const alone = seats.find(({ decides, vote: given }) => decides && given !== undefined)
  if (alone) return alone.vote
  const members = seats.filter(({ decides }) => !decides)
  const count = (choice: Choice) => members.filter(({ vote: given }) => given === choice).length
  const [approvals, rejections] = [count('approve'), count('reject')]
  if (mode === 'any') return approvals > 0 ? 'approve' : rejections > 0 ? 'reject' : undefined
  if (members.length === 0) return undefined
  const share = mode === 'all' ? 100 : ratio
  if (approvals * 100 >= share * members.length) return 'approve'
  return (members.length - rejections) * 100 < share * members.length ? 'reject' : undefined
}

function settleStep(chain: Chain, name: string): Chain {
  const step = chain.steps.find((one) => one.name === name)
  const verdict = step && verdictOf(step)
  if (verdict === undefined) return chain
  const decided = withStep(chain, name, (one) => ({ ...one, status: verdict === 'approve' ? 'approved' : 'rejected' }))
  return verdict === 'reject' ? { ...decided, outcome: 'rejected' } : settled(decided)
}

const withStep = (chain: Chain, name: string, change: (step: ChainStep) => ChainStep): Chain =>
  ({ ...chain, steps: chain.steps.map((step) => (step.name === name ? change(step) : step)) })
