import type { Payload } from 'payload'
import { forgetRoles } from '../access/actor.ts'
import { forgetFirm } from '../access/collection-hooks.ts'
import type { CommandContext } from '../commands/context.ts'
import { newId } from '../commands/context.ts'
import { storeDrafts } from '../commands/create.ts'
import { draftEdit, storeEdit, type EditDraft } from '../commands/edit.ts'
import { transact } from '../commands/transact.ts'
import { openStore } from '../data/open-store.ts'
import type { Row } from '../data/store.ts'
import { ProblemError } from '../errors.ts'
import { nudgeRunner } from '../events/nudge.ts'
import { unfinished } from '../jobs/job-kind.ts'
import { surroundingsOf } from '../operations/surroundings.ts'
import { countsAfter } from './check-rows.ts'
import { batchesOf, groupRows, type RowGroup } from './group-rows.ts'
import { importFolder, openLines, readRows, type ImportFolder } from './import-files.ts'
import { openPlan, type ImportPlan } from './import-plan.ts'
import { countedBy } from './import-problems.ts'
import { importRecord, type ImportRecord, type WorkSignal } from './import-record.ts'
import { judgeBatch, keepsNumber, keyTextOf, type EarlierRows, type Judged } from './judge-batch.ts'
import { raiseSeries } from './raise-series.ts'
import { openLookup, type Lookup } from './relation-lookup.ts'
import { problemAt } from './read-group.ts'
import { notedSplitDocuments, noteSplitDocuments, type Elsewhere } from './split-documents.ts'

/** After so long others of the queue have their turn; it goes on where it stood. */
const turnMilliseconds = 5_000

/**
 * Brings the rows in from where the import stands, a batch a transaction; the new position is a part of it, so that whatever
 * ends the process, no row is brought in twice and none is left out.
 */
export async function runRows(payload: Payload, record: ImportRecord, { signal }: WorkSignal): Promise<typeof unfinished | void> {
  const began = Date.now()
  const plan = await openPlan(payload, record)
  const folder = importFolder(surroundingsOf(payload).dataDir, record.id)
  const lookup = openLookup()
  if (record.position.rows === 0) await noteSplitDocuments(folder, plan, signal)
  const elsewhere = await notedSplitDocuments(folder)
  for await (const groups of batchesOf(groupRows(readRows(folder.rows, record.position.rows), plan), plan)) {
    signal.throwIfAborted()
    if (!(await bringIn(payload, { plan, folder, lookup, elsewhere, groups }))) return undefined
    nudgeRunner(payload)
    if (Date.now() - began > turnMilliseconds) return unfinished
  }
  await openStore(payload).update('imports', record.id, { status: 'done', endedAt: new Date().toISOString() }, { status: { equals: 'running' } })
  return undefined
}

type Work = { readonly plan: ImportPlan; readonly folder: ImportFolder; readonly lookup: Lookup; readonly elsewhere: Elsewhere; readonly groups: readonly RowGroup[] }

/** @returns false when the import is not running any more */
async function bringIn(payload: Payload, work: Work): Promise<boolean> {
  try {
    return await once(payload, work)
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.status >= 500) throw error
    const [only] = work.groups
    if (work.groups.length > 1) {
      // Something is refused only when it is stored: each document by itself, so that the others come in.
      for (const group of work.groups) if (!(await bringIn(payload, { ...work, groups: [group] }))) return false
      return true
    }
    return only ? once(payload, work, error) : true
  }
}

/** `refused`: why the one document of the batch could not be stored. */
async function once(payload: Payload, { plan, folder, lookup, elsewhere, groups }: Work, refused?: ProblemError): Promise<boolean> {
  const isThrough = await transact(payload, { actor: plan.actor }, async (context) => {
    const record = importRecord(await context.store.require('imports', plan.record.id))
    const firstRow = groups[0]?.rows[0]?.row ?? 0
    // Paused or cancelled, or another process has come further.
    if (record.status !== 'running' || (record.lastRow ?? 0) >= firstRow) return false
    const { judged, problems } = refused ? asRefused(groups, refused) : await judgeBatch(context, { plan, groups, lookup, earlier: earlierRows(plan), elsewhere })
    await store(context, plan, judged)
    const file = await openLines(folder.problems('run'), record.position.problems)
    let length = record.position.problems
    for (const problem of problems) length = file.write(problem)
    await file.close()
    const last = groups.at(-1)
    const moved = await context.store.update('imports', record.id, {
      counts: countsAfter(record.counts, { groups, judged, problems: problems.length }), byColumn: countedBy(record.byColumn, problems),
      position: { rows: last?.next ?? record.position.rows, problems: length }, lastRow: last?.rows.at(-1)?.row ?? firstRow,
    }, { and: [{ status: { equals: 'running' } }, { lastRow: { equals: record.lastRow ?? 0 } }] })
    if (!moved) throw new MovedOn('The import was paused, or another process went on with it.')
    return true
  }).catch((error: unknown) => {
    if (error instanceof MovedOn) return false
    throw error
  })
  if (plan.entity.slug === 'roles') forgetRoles(payload)
  if (plan.entity.slug === 'companies') forgetFirm(payload)
  return isThrough
}

class MovedOn extends Error {}

function asRefused(groups: readonly RowGroup[], { problem }: ProblemError): Awaited<ReturnType<typeof judgeBatch>> {
  const readings = groups.map((group) => ({ group, values: {}, lines: [], lineRows: [], emptied: [], problems: [], wrong: new Set<string>() }))
  return {
    judged: readings.map((reading) => ({ kind: 'bad', reading })),
    problems: groups.flatMap((group) => group.rows.map((_, at) => problemAt(group, { at, column: null, message: problem.findings?.[0]?.message ?? problem.message }))),
  }
}

/** Keys of this batch that earlier rows of the file had already: by the documents that have them, or by themselves where they are not kept. */
function earlierRows({ record, key, entity }: ImportPlan): EarlierRows {
  const rows = new Map<string, number>()
  const isKept = key?.field.path !== 'number' || keepsNumber(entity)
  return {
    rowOf: (text) => rows.get(text),
    async load({ store: data }, { keys, documents }) {
      const [field, wanted] = isKept ? (['documentId', documents] as const) : (['key', keys] as const)
      for (let from = 0; key && from < wanted.length; from += 500) {
        const made = await data.find('import-rows', { where: { and: [{ import: { equals: record.id } }, { [field]: { in: wanted.slice(from, from + 500) } }] } })
        for (const row of made) rows.set(keyTextOf(String(row.key)), row.row)
      }
    },
  }
}

async function store(context: CommandContext, plan: ImportPlan, judged: readonly Judged[]): Promise<void> {
  const { entity, record } = plan
  const created = judged.filter((one) => one.kind === 'create')
  await raiseSeries(context, entity, created.map(({ drafted }) => drafted.draft.document))
  await storeDrafts(context, entity.slug, created.map(({ drafted }) => drafted))
  const note = ({ group }: Judged['reading']) => ({ id: newId(), import: record.id, row: group.rows[0]?.row ?? 0, key: plan.key && group.key !== '' ? group.key : null })
  const rows: Row[] = created.map(({ reading, drafted: { draft } }) => ({
    ...note(reading), documentId: draft.document.id, action: 'created', version: Number(draft.document.version ?? 1), before: null,
  }))
  for (const one of judged) {
    // Known, so that a later row of the file with the same key is told.
    if (one.kind === 'unchanged') rows.push({ ...note(one.reading), documentId: one.id, action: 'updated', version: one.version, before: null })
    if (one.kind !== 'update') continue
    const draft = await draftEdit(context, entity.slug, one.id, one.change)
    const document = await storeEdit(context, entity.slug, { ...draft, ...(one.change.reason === undefined ? {} : { reason: one.change.reason }) })
    rows.push({ ...note(one.reading), documentId: one.id, action: 'updated', version: Number(document.version), before: beforeOf(draft, one.change) })
  }
  await context.store.insertMany('import-rows', rows)
}

/** What stood in the fields that are changed, and all lines where lines are. */
function beforeOf({ previous, previousLines }: EditDraft, { values = {}, lines }: { readonly values?: Readonly<Record<string, unknown>>; readonly lines?: unknown }) {
  return { values: Object.fromEntries(Object.keys(values).map((name) => [name, previous[name] ?? null])), ...(lines === undefined ? {} : { lines: previousLines }) }
}
