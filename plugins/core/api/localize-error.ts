import type { AfterErrorHook } from 'payload'
import type { Problem } from '../../../config/errors.ts'
import { ProblemError } from '../errors.ts'

/** The one place where problems become answers: the sentence in the request's language, the code and all findings. */
export const localizeError: AfterErrorHook = ({ error, req, graphqlResult }) => {
  const cause = (error as { originalError?: unknown }).originalError ?? error
  if (!(cause instanceof ProblemError)) return undefined
  const { problem } = cause
  const message = problem.message[req.i18n?.language === 'zh' ? 'zh' : 'en']
  const data: Problem = problem
  if (graphqlResult) {
    return { graphqlResult: { ...graphqlResult, message, extensions: { ...graphqlResult.extensions, ...data, statusCode: problem.status } } as unknown as typeof graphqlResult }
  }
  return { response: { errors: [{ name: problem.code, message, data }] }, status: problem.status }
}
