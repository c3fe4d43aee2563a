import { ValidationError } from 'payload'

/**
 * What a unique index refused, as the database names it: the first of its fields or columns (`part`, `part_id`), '' when it does not say
 * which; undefined for any other error.
 * Payload turns what its own writes meet into a ValidationError, which it raises for nothing else below its operations;
 * raw writes say 11000 (MongoDB) or SQLITE_CONSTRAINT with "UNIQUE" (SQLite), both perhaps behind a wrapper.
 */
export function violatedUnique(error: unknown): string | undefined {
  for (let cause: unknown = error, depth = 0; cause && depth < 5; cause = (cause as { cause?: unknown }).cause, depth++) {
    if (cause instanceof ValidationError) return cause.data.errors[0]?.path ?? ''
    const { code, message } = cause as { code?: unknown; message?: unknown }
    if (code === 11000) return /index: (\w+?)_-?1/.exec(String(message))?.[1] ?? ''
    const [refused, column = ''] = (typeof code === 'string' && code.startsWith('SQLITE_CONSTRAINT') && /UNIQUE(?:.*: \w+\.(\w+))?/.exec(String(message))) || []
    if (refused) return column
  }
  return undefined
}
