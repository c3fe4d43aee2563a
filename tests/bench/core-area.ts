import type { Run } from './area.ts'
import { buildBare } from './build-bare.ts'
import { measureColdStart } from './cold-start.ts'
import { measureCommands } from './commands.ts'
import { measureEngine } from './engine.ts'
import { databaseKinds } from './places.ts'
import { measureVolume } from './volume-area.ts'

export async function coreArea(run: Run): Promise<void> {
  await buildBare(run.tell)
  await measureEngine(run)
  for (const kind of databaseKinds) {
    await measureColdStart(run, kind)
    await measureCommands(run, kind)
    await measureVolume(run, kind)
  }
}
