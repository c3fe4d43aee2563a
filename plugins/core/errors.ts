import { APIError } from 'payload'
import { problem, type Problem, type ProblemCode, type ProblemParameters } from '../../config/errors.ts'
import type { Finding, Refusal } from '../../config/language/refusal.ts'

/** A problem on its way to the caller: REST and GraphQL answer with its status, code, sentence and findings. */
export class ProblemError extends APIError<Problem> {
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
  const first = findings[0]
  throw new ProblemError(
    problem('invalidInput', { count: findings.length, first: first ? first.message : '' }, { findings }),
  )
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
 * run again, the command meets it and says so. `path`: the field, '' when the database does not name it.
 */
export class DuplicateRow extends RetryCommand {
  readonly path: string
  constructor(path: string, options: ErrorOptions) {
    super('A unique value is already stored.', options)
    this.path = path
  }
}
