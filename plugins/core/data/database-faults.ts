import { LockTimeout } from '../../../config/sqlite/fifo-lock.ts'
import { RetryCommand } from '../errors.ts'

/** Of the error and what caused it, whether one is as said: Payload, drizzle and mongoose wrap what the drivers throw. */
function some(error: unknown, is: (cause: { readonly name?: unknown; readonly code?: unknown; readonly message?: unknown }) => boolean): boolean {
  for (let cause: unknown = error, depth = 0; typeof cause === 'object' && cause !== null && depth < 6; cause = (cause as { cause?: unknown }).cause, depth++) {
    if (is(cause)) return true
  }
  return false
}

const awayNames: ReadonlySet<unknown> = new Set([
  'MongoNetworkError', 'MongoNetworkTimeoutError', 'MongoServerSelectionError', 'MongooseServerSelectionError', 'MongoPoolClearedError', 'PoolClearedOnNetworkError',
  'MongoConnectionPoolClearedError', 'MongoPoolClosedError', 'MongoTopologyClosedError', 'MongoNotConnectedError', 'MongoWaitQueueTimeoutError', 'MongoOperationTimeoutError',
])
/** The connection itself; not primary, stepping down, shutting down, no primary yet. */
const awayCodes: ReadonlySet<unknown> = new Set(['EPIPE', 'ECONNRESET', 'ECONNREFUSED', 'ETIMEDOUT', 'ENOTFOUND', 6, 7, 89, 91, 133, 189, 9001, 10107, 11600, 11602, 13435, 13436])

/** The database cannot be reached, or is not ready to write: MongoDB's ways to say so. Many rows at once wrap what broke, without its labels. */
export const isAway = (error: unknown): boolean => some(error, ({ name, code }) => awayNames.has(name) || awayCodes.has(code) || (name === 'MongoBulkWriteError' && code === undefined))

/** The disk has no room for what is to be written: SQLite's and the system's ways to say so, and MongoDB's (OutOfDiskSpace). */
export const isFull = (error: unknown): boolean => some(error, ({ code, message }) => code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 14031 || /database or disk is full/.test(String(message)))

/** Another program holds the database file of SQLite. */
export const isHeld = (error: unknown): boolean => some(error, ({ code }) => code === 'SQLITE_BUSY')

/** The databases' ways to say "someone else was faster": run the whole transaction again. */
export const isConflict = (error: unknown): boolean => some(error, (cause) => {
  if (cause instanceof RetryCommand || cause instanceof LockTimeout) return true
  const { code, errorLabels, errorLabelSet } = cause as { readonly code?: unknown; readonly errorLabels?: readonly string[]; readonly errorLabelSet?: ReadonlySet<string> }
  return conflictCodes.has(code) || errorLabels?.includes('TransientTransactionError') === true || errorLabelSet?.has('TransientTransactionError') === true
})

/** MongoDB's WriteConflict, NoSuchTransaction, and MaxTimeMSExpired: it waited for what another one holds for as long as it may; SQLite's. */
const conflictCodes: ReadonlySet<unknown> = new Set([112, 251, 50, 'SQLITE_BUSY'])
