import type { Payload } from 'payload'
import type { Problem } from '../../../config/errors.ts'
import type { Actor } from '../access/actor.ts'
import { unstorable } from '../commands/input.ts'
import { longestReason } from '../commands/run-command.ts'
import { failQuestion, ProblemError } from '../errors.ts'
import { decideApproval, type Decided, type Decision } from './decide.ts'

/** What became of one row of many. */
export type RowResult = ({ readonly ok: true } & Decided) | { readonly ok: false; readonly approval: string; readonly problem: Problem }

const mostAtOnce = 100
const kinds: readonly Decision['decision'][] = ['approve', 'reject', 'return', 'delegate', 'addBefore', 'addAfter', 'withdraw']

/** Decides one after the other; what is refused holds up none of the others. */
export async function decideMany(payload: Payload, actor: Actor, given: unknown): Promise<RowResult[]> {
  if (!Array.isArray(given) || given.length === 0 || given.length > mostAtOnce) {
    failQuestion('decisions', { en: `decisions must be a list of 1 to ${mostAtOnce}, like [{"approval": "…", "decision": "approve"}].`, zh: `decisions 必须是含 1 至 ${mostAtOnce} 项的列表，例如 [{"approval": "…", "decision": "approve"}]。` })
  }
  const decisions = given.map((one: unknown, index) => readDecision(one, `decisions.${index}`))
  const results: RowResult[] = []
  for (const decision of decisions) {
    try {
      results.push({ ok: true, ...(await decideApproval(payload, actor, decision)) })
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      results.push({ ok: false, approval: decision.approval, problem: error.problem })
    }
  }
  return results
}

/** @throws ProblemError 400 for what is no decision. */
export function readDecision(given: unknown, path: string): Decision {
  const { approval, decision, comment, to, hash, seat } = (typeof given === 'object' && given !== null ? given : {}) as Readonly<Record<string, unknown>>
  const kind = kinds.find((one) => one === decision)
  if (!kind) failQuestion(`${path}.decision`, { en: `decision must be one of ${kinds.join(', ')}.`, zh: `decision 必须是以下之一：${kinds.join('、')}。` })
  if (typeof approval !== 'string' || !isId(approval)) failQuestion(`${path}.approval`, { en: 'approval must be the id of an approval.', zh: 'approval 必须是审批的 id。' })
  for (const [name, value] of Object.entries({ to, hash, seat })) {
    if (value !== undefined && value !== null && (typeof value !== 'string' || !isId(value))) failQuestion(`${path}.${name}`, { en: `${name} must be a short text.`, zh: `${name} 必须是短文本。` })
  }
  if (comment !== undefined && comment !== null && (typeof comment !== 'string' || comment.length > longestReason || unstorable.test(comment))) {
    failQuestion(`${path}.comment`, { en: `A comment is a text of at most ${longestReason} characters.`, zh: `意见须为不超过 ${longestReason} 个字符的文本。` })
  }
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)
  return { approval, decision: kind, comment: text(comment), to: text(to), hash: text(hash), seat: text(seat) }
}

const isId = (value: string) => value.length <= 100 && !unstorable.test(value)
