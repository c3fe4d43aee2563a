import type { MongooseAdapter } from '@payloadcms/db-mongodb'
import type { Payload } from 'payload'
import type { Finding } from '../../../config/language/refusal.ts'
import { shippedRevision, type Revision, type RevisionInputs } from '../../../config/language/revision.ts'
import { newId } from '../commands/context.ts'
import { conversionJobs } from '../configuration/conversion/convert-field-job.ts'
import { fieldChanges, type FieldChange } from '../configuration/field-changes.ts'
import { isConflict } from '../data/database-faults.ts'
import { openStore } from '../data/open-store.ts'
import { expelOldRevisions } from '../data/revision-gate-mongodb.ts'
import type { Store } from '../data/store.ts'
import { beginUnguarded } from '../data/revision-guard.ts'
import { fail, failInput } from '../errors.ts'
import { addJobWithin } from '../jobs/run-jobs.ts'
import { beginningJobs } from '../workflow/begin-workflow-job.ts'
import { fitInputs, newMisfits } from './fit-inputs.ts'
import type { Fitted } from './misfits.ts'
import { isOwnSlug, shippedEntities } from './own-fields.ts'
import { platformOf } from './platform.ts'
import { lossFindings } from './revision-findings.ts'
import { composeWorkflows, removedWorkflows } from './workflow-layers.ts'

/** The revision this Payload was configured with. */
export const revisionOf = (payload: Pick<Payload, 'config'>): Revision => payload.config.custom.revision as Revision

/** The number of the current revision, as the database has it now. */
export const currentRevisionNumber = (payload: Payload): Promise<number> => newestNumber(openStore(payload))

/** What the revision of this process comes after, which does not change any more, and what it changes. */
export type Publication = { readonly before: RevisionInputs; readonly changes: readonly FieldChange[] }

/**
 * Looks at what the revision of this process comes after, before anyone waits for it.
 * @throws ProblemError 409 when there is no such revision; 422 when it is wrong, or would lose a published field.
 */
export async function preparePublication(payload: Payload): Promise<Publication> {
  const { number, inputs } = revisionOf(payload)
  const base = number - 1
  const [previous] = base === 0 ? [] : await openStore(payload).find('revisions', { where: { number: { equals: base } }, limit: 1 })
  if (base > 0 && !previous) fail('revisionBase', { current: await currentRevisionNumber(payload), base })
  const before = (previous?.inputs ?? shippedRevision.inputs) as RevisionInputs
  const { misfits } = payload.config.custom.fitted as Fitted
  const shipped = () => shippedEntities(platformOf(payload).entities.values(), inputs).filter(({ slug }) => !isOwnSlug(slug))
  const wrong = misfits.length > 0 ? newMisfits(misfits, fitInputs(before, shipped()).misfits) : []
  const findings = [...wrong, ...newWorkflowMisfits(payload, before), ...(previous ? lossFindings(inputs, before) : [])]
  if (findings.length > 0) failInput(findings)
  return { before, changes: fieldChanges(before, inputs) }
}

/** What of the workflows cannot run and could before, or was not there; and what would be gone. */
function newWorkflowMisfits(payload: Payload, before: RevisionInputs): readonly Finding[] {
  const { shippedWorkflows: shipped, workflowMisfits, entities, registry } = platformOf(payload)
  const known = workflowMisfits.length > 0 ? composeWorkflows(before.workflows ?? {}, { shipped, entities, registry }).misfits : []
  return [...newMisfits(workflowMisfits, known), ...removedWorkflows(revisionOf(payload).inputs, before, shipped)]
}

/**
 * Makes the revision of this process the current one. From then on all other processes are refused what they write.
 * @throws ProblemError 409 when another one was published on the same base, and as `preparePublication` does.
 */
export async function publishRevision(payload: Payload, actor: string, prepared?: Publication): Promise<void> {
  const { before, changes } = prepared ?? await preparePublication(payload)
  const { number, inputs } = revisionOf(payload)
  const base = number - 1
  const transactionID = await beginUnguarded(payload)
  if (transactionID === null) throw new Error('The database does not support transactions: name a replicaSet in DATABASE_URL.')
  try {
    const store = openStore(payload, transactionID)
    const current = await newestNumber(store)
    if (current !== base) fail('revisionBase', { current, base })
    const at = new Date().toISOString()
    await store.insert('revisions', { id: newId(), number, inputs, changes, actor, at })
    const jobs = [...conversionJobs(inputs, before, actor), ...beginningJobs(inputs, before, { actor, shipped: platformOf(payload).shippedWorkflows })]
    for (const job of jobs) await addJobWithin(store, job, at)
    await payload.db.commitTransaction(transactionID)
  } catch (error) {
    await payload.db.rollbackTransaction(transactionID)
    // Only another publisher writes here.
    if (isConflict(error)) fail('revisionBase', { current: number, base })
    throw error
  }
}

async function newestNumber(store: Store): Promise<number> {
  const [row] = await store.findOnly('revisions', ['number'], { sort: '-number', limit: 1 })
  return row?.number ?? 0
}

/** Once it is answered, no write under a revision before `number` can be committed any more. */
export async function settleRevision(payload: Payload, number = revisionOf(payload).number): Promise<void> {
  // On SQLite the publisher's own transaction has waited for all others already.
  if (payload.db.name === 'mongoose') await expelOldRevisions(payload.db as unknown as MongooseAdapter, number)
}
