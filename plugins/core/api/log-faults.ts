import type { Config } from 'payload'
import { isCallersFault, problemOfError } from './problem-of-error.ts'

type LoggerOptions = Extract<NonNullable<Config['logger']>, { options: unknown }>['options']
type LogMethod = NonNullable<NonNullable<LoggerOptions['hooks']>['logMethod']>

/**
 * Payload logs every error of a request as one, with its stack. A caller's fault is told to the caller: here it becomes
 * one line at `info`, so that what is logged as an error is one.
 */
export const logFaults: LogMethod = function logFaults(args, method) {
  const error = (args[0] as { err?: unknown } | undefined)?.err
  if (error === undefined || !isCallersFault(error)) return method.apply(this, args)
  const { code, status, message } = problemOfError(error)
  this.info({ code, status }, message.en)
}
