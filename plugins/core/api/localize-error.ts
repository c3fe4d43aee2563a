import type { AfterErrorHook, PayloadRequest } from 'payload'
import { problem as problemOf, type Problem } from '../../../config/errors.ts'
import { ProblemError } from '../errors.ts'

/** The one place where problems become answers: the sentence in the request's language, the code and all findings. */
export const localizeError: AfterErrorHook = ({ error, req, graphqlResult }) => {
  const cause = (error as { originalError?: unknown }).originalError ?? error
  const problem = cause instanceof ProblemError ? cause.problem : unreadable(cause, req)
  if (!problem) return undefined
  const message = problem.message[req.i18n?.language === 'zh' ? 'zh' : 'en']
  const data: Problem = problem
  if (graphqlResult) {
    return { graphqlResult: { ...graphqlResult, message, extensions: { ...graphqlResult.extensions, ...data, statusCode: problem.status } } as unknown as typeof graphqlResult }
  }
  return { response: { errors: [{ name: problem.code, message, data }] }, status: problem.status }
}

/** Payload reads a filter and the address before any hook can look at them; what it stumbles over there is the caller's fault. */
function unreadable(cause: unknown, req: PayloadRequest): Problem | undefined {
  if (cause instanceof URIError) {
    return problemOf('badRequest', { reason: { en: 'The address is not valid: percent signs must be followed by two hex digits of UTF-8.', zh: '网址无效：百分号后须为两位十六进制的 UTF-8 编码。' } })
  }
  if (!(cause instanceof SyntaxError) || typeof req.query?.where !== 'string') return undefined
  return problemOf('badRequest', { reason: { en: 'where must be a filter like where[status][equals]=active, or JSON.', zh: 'where 应为筛选条件，例如 where[status][equals]=active，或 JSON。' } })
}
