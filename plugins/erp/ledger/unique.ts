import { DuplicateRow, RetryCommand } from '../../core/errors.ts'

/**
 * Creates a row that is made on first use (a balance). When another command made it at the same moment, the unique
 * index refuses it and the command runs again from the start, as often as it takes, and then finds the other's row.
 */
export async function onFirstUse(insert: () => Promise<void>): Promise<void> {
  try {
    await insert()
  } catch (error) {
    if (error instanceof DuplicateRow) throw new RetryCommand('Another command created the same row.', { cause: error })
    throw error
  }
}
