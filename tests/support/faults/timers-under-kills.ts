import { setTimeout as pause } from 'node:timers/promises'
import type { Payload, Where } from 'payload'
import { systemActor } from '../../../plugins/core/access/actor.ts'
import { runCommand } from '../../../plugins/core/commands/run-command.ts'
import { openStore } from '../../../plugins/core/data/open-store.ts'
import { timerHandler } from '../../../plugins/core/workflow/timers.ts'
import type { Random } from './random.ts'

const pending: Where = { and: [{ handler: { equals: timerHandler } }, { entity: { equals: 'opportunities' } }, { status: { equals: 'pending' } }] }

/** Opportunities whose timers are all due at one moment: each is then flagged as at risk, once. @returns their ids */
export async function armTimers(payload: Payload, { count, customer, dueAt }: { readonly count: number; readonly customer: string; readonly dueAt: Date }): Promise<readonly string[]> {
  const ids: string[] = []
  for (let index = 0; index < count; index++) {
    ids.push(String((await runCommand(payload, systemActor, { action: 'create', entity: 'opportunities', data: { name: `Timer ${index}`, customer } })).id))
  }
  const store = openStore(payload)
  for (const { id } of await store.findOnly('work-items', ['id'], { where: pending })) await store.update('work-items', id, { dueAt: dueAt.toISOString() })
  return ids
}

/** What is wrong with timers that have drained: those that were lost, and those that had effect twice. */
export async function faultsOfTimers(payload: Payload, ids: readonly string[]): Promise<string[]> {
  const store = openStore(payload)
  const left = await store.count('work-items', pending)
  const fired = new Map<string, number>()
  for (const { documentId } of await store.findOnly('history', ['documentId'], { where: { and: [{ entity: { equals: 'opportunities' } }, { event: { equals: 'flagRisk' } }] } })) fired.set(documentId, (fired.get(documentId) ?? 0) + 1)
  return [...(left > 0 ? [`${left} timers are still pending`] : []), ...ids.flatMap((id) => (fired.get(id) === 1 ? [] : [`${id} was flagged ${fired.get(id) ?? 0} times`]))]
}

/**
 * Kills the application again and again at moments spread over the time until the timers have drained. `left`: how many still wait.
 * @returns how often it was killed while timers waited
 */
export async function killWhileDraining({ kills, random, left, victim, kill }: {
  readonly kills: number
  readonly random: Random
  readonly left: () => Promise<number>
  /** The application's process; undefined while there is none. */
  readonly victim: () => Promise<number | undefined>
  readonly kill: (pid: number) => Promise<void>
}): Promise<number> {
  let [killed, before] = [0, Number.POSITIVE_INFINITY]
  for (let waiting = await left(); waiting > 0; waiting = await left()) {
    // Each time some more were done, so that every process that is killed had begun.
    if (killed < kills && waiting < before) {
      await pause(random.below(60))
      const pid = await victim()
      if (!pid) continue
      before = waiting
      await kill(pid)
      killed += 1
    } else await pause(20)
  }
  return killed
}
