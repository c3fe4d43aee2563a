import type { Run } from './area.ts'
import { measureLiveWorkflows, measureTimers } from './live-workflows.ts'
import { databaseKinds } from './places.ts'
import { measureProof } from './proof.ts'

export async function workflowsArea(run: Run): Promise<void> {
  await measureProof(run)
  await measureTimers(run)
  for (const kind of databaseKinds) await measureLiveWorkflows(run, kind)
}
