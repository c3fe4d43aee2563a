import { RetryCommand } from '../../core/errors.ts'

/**
 * Creates a row that is made on first use (a balance). When another command made it at the same moment, the unique
 * index refuses it and the command runs again from the start, where it then finds the other's row.
 */
export async function onFirstUse(insert: () => Promise<void>): Promise<void> {
  try {
    await insert()
  } catch (error) {
    if (isUniqueViolation(error)) throw new RetryCommand('Another command created the same row.', { cause: error })
    throw error
  }
}

/** MongoDB says 11000, SQLite SQLITE_CONSTRAINT…; both may stand behind a wrapper. */
function isUniqueViolation(error: unknown): boolean {
  for (let cause: unknown = error, depth = 0; cause && depth < 5; cause = (cause as { cause?: unknown }).cause, depth++) {
    const { code } = cause as { code?: unknown }
    if (code === 11000 || (typeof code === 'string' && code.startsWith('SQLITE_CONSTRAINT'))) return true
  }
  return false
}
