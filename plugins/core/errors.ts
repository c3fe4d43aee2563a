import { APIError } from 'payload'
import { problem, type Problem, type ProblemCode, type ProblemParameters } from '../../config/errors.ts'
import type { Finding, Refusal } from '../../config/language/refusal.ts'
import type { Text } from '../../config/language/text.ts'

/** A problem on its way to the caller: REST and GraphQL answer with its status, code, sentence and findings. */
export class ProblemError extends APIError<Problem> {
  // A text of its own: builds rename classes. They may also hold this one twice, so an instance is known by its name.
  override name = 'ProblemError'
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'ProblemError' && 'problem' in value
  }
  readonly problem: Problem
  constructor(value: Problem) {
    super(value.message.en, value.status, value, true)
    this.problem = value
  }
}

export function fail(code: ProblemCode, parameters: ProblemParameters = {}): never {
  throw new ProblemError(problem(code, parameters))
}

/** Refuses an input with everything that is wrong with it at once. */
export function failInput(findings: readonly Finding[]): never {
  throw new ProblemError(inputProblem(findings))
}

/** The problem of an input: how much is wrong with it, the first finding in words, and all of them. */
export function inputProblem(findings: readonly Finding[]): Problem {
  const problems: Text = { en: findings.length === 1 ? '1 problem' : `${findings.length} problems`, zh: `${findings.length} 处问题` }
  return problem('invalidInput', { problems, first: findings[0]?.message ?? '' }, { findings })
}

/** Refuses a question that cannot be answered as it is asked. `parameter`: the part of it that is wrong, `where.dueDate`. */
export function failQuestion(parameter: string, reason: Text): never {
  throw new ProblemError(questionProblem(parameter, reason))
}

export const questionProblem = (parameter: string, reason: Text): Problem =>
  problem('badRequest', { reason }, { findings: [{ code: 'invalid', path: parameter, severity: 'error', message: reason }] })

/** Refuses a field that does not exist or is not shown. `parameter`: where it was named, `where.colour`, `sort`. */
export function failField(code: 'unknownField' | 'hiddenField', parameter: string, parameters: ProblemParameters): never {
  const { message } = problem(code, parameters)
  throw new ProblemError(problem(code, parameters, { findings: [{ code, path: parameter, severity: 'error', message }] }))
}

/** Refuses a step with every reason at once. */
export function failRefused(refusals: readonly Refusal[]): never {
  const joined = (language: 'en' | 'zh') => refusals.map(({ message }) => message[language]).join(' ')
  throw new ProblemError(problem('refused', { first: { en: joined('en'), zh: joined('zh') } }, { refusals }))
}

/** Something else was faster (a compare-and-set lost): the command runs again from the start. */
export class RetryCommand extends Error {}

/**
 * A unique index refused a row inside a command, mostly because another command has stored the same at the same moment:
 * run again, the command meets it and says so. `named`: as the database names the field or column, '' when it does not.
 */
export class DuplicateRow extends RetryCommand {
  readonly entity: string
  readonly named: string
  constructor({ entity, named }: { readonly entity: string; readonly named: string }, options: ErrorOptions) {
    super('A unique value is already stored.', options)
    this.entity = entity
    this.named = named
  }
}
