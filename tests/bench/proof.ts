import type { WorkflowDefinition } from '../../config/language/workflow.ts'
import { configurationLimit, verifyWorkflow } from '../../workflows/engine/verify/verify-workflow.ts'
import { ladder, regions, sketchRegistry } from '../core/workflow-verify/flow.ts'
import type { Run } from './area.ts'
import { below, told } from './measures.ts'
import { median } from './rounds.ts'

/** How long the proof of a workflow takes: while one draws it, when it is large, and when it is larger than is looked at. */
export async function measureProof({ quick, add }: Run): Promise<void> {
  const rounds = quick ? 3 : 9
  const small = timesOf(ladder(30), rounds)
  const large = timesOf(ladder(200), rounds)
  const before = process.memoryUsage().heapUsed
  const wide = timesOf(regions(12), 1)
  const held = (process.memoryUsage().heapUsed - before) / 2 ** 20
  add(
    below({ area: 'workflows', name: 'proof of 30 states', unit: 'ms', value: median(small), limit: 10 }),
    below({ area: 'workflows', name: 'proof of 200 states', unit: 'ms', value: median(large), limit: 1_000 }),
    below({ area: 'workflows', name: `proof that stops at ${configurationLimit.toLocaleString('en')} configurations`, unit: 'ms', value: median(wide), limit: 10_000 }),
    told({ area: 'workflows', name: 'memory after it', unit: 'MiB', value: Math.max(0, held) }),
  )
  return Promise.resolve()
}

function timesOf(definition: WorkflowDefinition, rounds: number): number[] {
  return Array.from({ length: rounds }, () => {
    const began = performance.now()
    verifyWorkflow(definition, sketchRegistry)
    return performance.now() - began
  })
}
