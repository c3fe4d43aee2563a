import type { Payload } from 'payload'
import type { Finding } from '../../../config/language/refusal.ts'
import type { Actor } from '../access/actor.ts'
import { isAway, isConflict, isHeld } from '../data/database-faults.ts'
import { DecimalOverflowError } from '../engine/decimal.ts'
import { uniqueKeys } from '../data/unique-keys.ts'
import { DuplicateRow, fail, failInput } from '../errors.ts'
import { platformOf } from '../platform/platform.ts'
import type { CommandContext } from './context.ts'
import { openContext } from './open-context.ts'
import { inTurn } from './in-turn.ts'
import { openReferenceGuard, ShutOutLost } from './reference-guard.ts'

/** How long a command tries again after it lost against others. */
const patienceMilliseconds = 20_000
const longestPauseMilliseconds = 400
/** A unique value that is still there after so many tries is no accident of the moment. */
const mostDuplicates = 4

/** `now`: the UTC ISO time at which the work counts as done, for history that is loaded later; else this moment. `accepted`: keys of the warnings that were read. */
export type TransactOptions = { readonly actor: Actor; readonly cause?: string; readonly now?: string; readonly accepted?: readonly string[] }

/**
 * Runs `work` in one transaction. When another transaction was faster (a write conflict, a lost compare-and-set, a
 * busy database) everything is rolled back and runs again with growing pauses, until patience ends: then 503 and
 * nothing was changed. Any other error rolls back and goes to the caller.
 *
 * Those that lost try again one after the other within this process: fifty that want the same balance would otherwise
 * undo each other's work again and again, and the slowest never get their turn.
 */
export async function transact<Result>(
  payload: Payload, options: TransactOptions, work: (context: CommandContext) => Promise<Result>,
): Promise<Result> {
  const deadline = Date.now() + patienceMilliseconds
  let queue = 'conflicts'
  try {
    return await once(payload, options, work)
  } catch (error) {
    if (!isConflict(error)) throw error
    // Those that refer to something give way to it: it must not queue behind them.
    if (error instanceof ShutOutLost) queue = 'discards'
  }
  return inTurn(queue, async () => {
    let duplicates = 0
    for (let attempt = 0; ; attempt++) {
      try {
        return await once(payload, options, work)
      } catch (error) {
        if (!isConflict(error)) throw error
        if (error instanceof DuplicateRow && ++duplicates >= mostDuplicates) failInput([taken(payload, error)])
        if (Date.now() > deadline) fail(isAway(error) ? 'databaseAway' : isHeld(error) ? 'databaseHeld' : 'busy')
        await pause(Math.random() * Math.min(longestPauseMilliseconds, 4 * 2 ** Math.min(attempt, 7)))
      }
    }
  })
}

async function once<Result>(
  payload: Payload, options: TransactOptions, work: (context: CommandContext) => Promise<Result>,
): Promise<Result> {
  const transactionID = await payload.db.beginTransaction()
  if (transactionID === null) throw new Error('The database does not support transactions: name a replicaSet in DATABASE_URL.')
  const references = openReferenceGuard(payload, transactionID)
  try {
    const result = await work(openContext(payload, { ...options, transactionID, references }))
    await references.seal()
    await payload.db.commitTransaction(transactionID)
    return result
  } catch (error) {
    await payload.db.rollbackTransaction(transactionID)
    if (error instanceof DecimalOverflowError) failInput([tooLarge])
    throw error
  } finally {
    references.release()
  }
}

const tooLarge = {
  code: 'tooLarge', path: '', severity: 'error',
  message: {
    en: 'A figure or a total becomes too large to be kept exactly. Enter smaller quantities or prices, or split the document.',
    zh: '某项数值或合计过大，无法精确保存。请减小数量或单价，或拆分单据。',
  },
} as const

/** Names the fields that no two records share. Columns are called as their fields, in small letters, of relations with `_id`. */
function taken(payload: Payload, { entity: slug, named }: DuplicateRow): Finding {
  const entity = platformOf(payload).entities.get(slug)
  const isNamed = (field: string) => [field, `${field}id`].some((name) => name.toLowerCase() === named.replaceAll('_', '').toLowerCase())
  const fields = entity ? uniqueKeys(entity).find((key) => key.some(isNamed)) ?? [] : []
  const labels = fields.map((name) => entity?.fields.find((field) => field.name === name)?.label ?? { en: name, zh: name })
  const same = labels.length === 0
    ? { en: 'The same record exists already', zh: '已存在相同的记录' }
    : { en: `There is a record with the same ${labels.map(({ en }) => en.toLowerCase()).join(', ')} already`, zh: `已存在${labels.map(({ zh }) => zh).join('、')}相同的记录` }
  return {
    code: 'taken', path: fields.at(-1) ?? '', severity: 'error',
    message: {
      en: `${same.en}, and there may be only one. Change that one, or choose other values.`,
      zh: `${same.zh}，且只允许有一条。请修改该记录，或更换取值。`,
    },
  }
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))
