import type { Run } from './area.ts'
import { measureProof } from './proof.ts'

export async function workflowsArea(run: Run): Promise<void> {
  await measureProof(run)
}
