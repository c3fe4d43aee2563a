import { getPayload } from 'payload'
import { systemActor } from '../../plugins/core/access/actor.ts'
import { runCommand, type Command } from '../../plugins/core/commands/run-command.ts'
import { ProblemError } from '../../plugins/core/errors.ts'
import { drainWork } from '../../plugins/core/events/runner.ts'
import type { FromChild, Outcome, ToChild } from './second-process.ts'
import { shop } from './shop.ts'
import type { TestDatabase } from './test-database.ts'
import { platformConfig } from './test-platform.ts'

/** The other end of `startShopProcess`. It ends when its parent lets go of it. */
const database = JSON.parse(process.env.SHOP_DATABASE ?? '{}') as Pick<TestDatabase, 'kind' | 'url'>
const payload = await getPayload({ config: await platformConfig(database, [shop]) })

async function outcomeOf(command: Command): Promise<Outcome> {
  try {
    return { result: await runCommand(payload, systemActor, command) }
  } catch (error) {
    if (!(error instanceof ProblemError)) return { code: 'other', message: String(error) }
    const { problem } = error
    return { code: problem.refusals?.[0]?.code ?? problem.findings?.[0]?.code ?? problem.code, message: error.message }
  }
}

async function answer(message: ToChild): Promise<readonly Outcome[]> {
  if ('commands' in message) return Promise.all(message.commands.map(outcomeOf))
  await drainWork(payload)
  return []
}

const tell = (message: FromChild) => process.send?.(message)

process.on('message', (message: ToChild) => {
  void answer(message).then((outcomes) => tell({ id: message.id, outcomes }))
})
process.on('disconnect', () => {
  void payload.destroy().finally(() => process.exit(0))
})
tell({ ready: true })
