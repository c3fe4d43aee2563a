import { getPayload } from 'payload'
import { closeDatabase } from '../../plugins/core/data/close-database.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { platformOf } from '../../plugins/core/platform/platform.ts'
import { makeDocument } from '../../plugins/core/workflow/walks/bring-about.ts'
import { openScratch } from '../../plugins/core/workflow/walks/scratch.ts'
import { platformConfig } from '../support/test-platform.ts'
import { differenceOf, openNumbers, repeat, snapshotOf } from './template.ts'
import { readWorkflowVolume, workflowsWithDocuments } from './workflow-volume.ts'

/*
 * Fills an empty database (DATABASE_URL) with live documents of twelve workflows: one of each is made by commands, as walks make theirs,
 * and what that left is repeated in bulk, its timers included.
 */
const volume = readWorkflowVolume(process.env.BENCH_VOLUME)
const url = process.env.DATABASE_URL ?? ''
const payload = await getPayload({ config: await platformConfig({ kind: url.startsWith('file:') ? 'sqlite' : 'mongodb', url }, []) })
const desk = await openScratch(payload)
const platform = platformOf(payload)
await desk.make('customers', { number: 'V-1', name: 'Station Cycles' })
for (const slug of workflowsWithDocuments) {
  const [compiled, entity] = [platform.workflows.get(slug), platform.entities.get(slug)]
  if (!compiled || !entity) throw new Error(`${slug} has no workflow.`)
  await desk.drain()
  const before = await snapshotOf(payload)
  const make = platform.arrangers.get(slug)?.make
  if (make) await make(desk, [])
  else await makeDocument({ platform, compiled, entity, desk }, [])
  await desk.drain()
  const began = Date.now()
  const numbers = await openNumbers(payload)
  await repeat(payload, differenceOf(before, await snapshotOf(payload)), { copies: volume[slug === 'leads' ? 'leads' : 'others'] - 1, numbers })
  await numbers.save()
  console.error(`    ${await openStore(payload).count(slug)} ${slug} in ${Math.round((Date.now() - began) / 1000)} s`)
}
await closeDatabase(payload)
process.exit(0)
