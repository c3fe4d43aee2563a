import type { Payload } from 'payload'
import { systemActor } from '../../plugins/core/access/actor.ts'
import type { CommandContext } from '../../plugins/core/commands/context.ts'
import { transact } from '../../plugins/core/commands/transact.ts'
import type { ProblemError } from '../../plugins/core/errors.ts'

export type Work = (context: CommandContext) => Promise<unknown>

/**
 * Two transactions without the queues of this process before them, as if each came from a process of its own: both have done
 * their work before either commits. Where there is one writer, the second waits for the first.
 * @returns for each the code of its refusal, undefined where it committed
 */
export async function overlapping(payload: Payload, first: Work, second: Work): Promise<(string | undefined)[]> {
  const [done, gate] = [signal(), signal()]
  const held = transact(payload, { actor: systemActor }, async (context) => {
    await first(context)
    done.give()
    await gate.given
  })
  await Promise.race([done.given, held])
  const other = transact(payload, { actor: systemActor }, second)
  await Promise.race([other.catch(() => {}), pause(400)])
  gate.give()
  return (await Promise.allSettled([held, other])).map(codeOf)
}

/** The code of the first refusal or finding, else of the problem. */
export function codeOf(result: PromiseSettledResult<unknown>): string | undefined {
  if (result.status === 'fulfilled') return undefined
  const { problem } = result.reason as ProblemError
  return problem.refusals?.[0]?.code ?? problem.findings?.[0]?.code ?? problem.code
}

function signal(): { readonly given: Promise<void>; readonly give: () => void } {
  let give = () => {}
  const given = new Promise<void>((resolve) => { give = resolve })
  return { given, give }
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))
