import type { AfterErrorHook } from 'payload'
import { staleHeader } from '../../../config/language/revision.ts'
import { problemOfError } from './problem-of-error.ts'

/**
 * The one place where errors become answers: the sentence in the request's language, the code and all findings. GraphQL's
 * `extensions` hold what REST's `data` holds.
 */
export const localizeError: AfterErrorHook = ({ collection, error, req, graphqlResult }) => {
  const problem = problemOfError(error, { req, collection })
  const message = problem.message[req.i18n?.language === 'zh' ? 'zh' : 'en']
  const { code, status } = problem
  if (graphqlResult) {
    return { graphqlResult: { ...graphqlResult, message, extensions: { name: code, ...problem, statusCode: status } } as unknown as typeof graphqlResult }
  }
  if (code === 'staleRevision') req.responseHeaders = new Headers({ ...Object.fromEntries(req.responseHeaders ?? []), [staleHeader]: '1', 'Retry-After': '2' })
  return { response: { errors: [{ name: code, message, data: problem }] }, status }
}
