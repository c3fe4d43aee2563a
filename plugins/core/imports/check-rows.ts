import type { Payload } from 'payload'
import { openRehearsal, pretending } from '../commands/rehearse.ts'
import { openStore } from '../data/open-store.ts'
import type { Row } from '../data/store.ts'
import { surroundingsOf } from '../operations/surroundings.ts'
import { batchesOf, groupRows, type RowGroup } from './group-rows.ts'
import { importFolder, openLines, readRows } from './import-files.ts'
import { openPlan, type ImportPlan } from './import-plan.ts'
import { countedBy } from './import-problems.ts'
import { noCounts, type ImportCounts, type ImportRecord, type WorkSignal } from './import-record.ts'
import { judgeBatch, uniqueTexts, type Judged } from './judge-batch.ts'
import { openLookup, type Lookup } from './relation-lookup.ts'
import { openRowIndex } from './row-index.ts'
import { findSplitDocuments } from './split-documents.ts'

const toldEveryMilliseconds = 500

/** The dry run: judges every row as the run would and writes down all that is wrong; stores no document. */
export async function checkRows(payload: Payload, record: ImportRecord, { signal }: WorkSignal): Promise<void> {
  const plan = await openPlan(payload, record)
  const folder = importFolder(surroundingsOf(payload).dataDir, record.id)
  const store = openStore(payload)
  const elsewhere = await findSplitDocuments(folder, plan, signal)
  const problemsFile = await openLines(folder.problems('check'))
  const earlier = openRowIndex()
  const made = openMade(plan)
  let counts: ImportCounts = { ...noCounts, rows: record.counts.rows }
  let byColumn = record.byColumn.slice(0, 0)
  let toldAt = Date.now()
  try {
    for await (const groups of batchesOf(groupRows(readRows(folder.rows), plan), plan)) {
      signal.throwIfAborted()
      const context = made.within(openRehearsal(payload, plan.actor))
      const { judged, problems } = await judgeBatch(context, { plan, groups, lookup: made.lookup, earlier, elsewhere })
      for (const one of judged) {
        if (one.kind !== 'create' && one.kind !== 'update' && one.kind !== 'unchanged') continue
        for (const { text } of uniqueTexts(plan, one.reading)) earlier.add(text, one.reading.group.rows[0]?.row ?? 0)
        made.add(one)
      }
      for (const problem of problems) problemsFile.write(problem)
      await problemsFile.flush()
      counts = countsAfter(counts, { groups, judged, problems: problems.length })
      byColumn = countedBy(byColumn, problems)
      if (Date.now() - toldAt < toldEveryMilliseconds) continue
      toldAt = Date.now()
      if (!(await store.update('imports', record.id, { counts }, { status: { equals: 'checking' } }))) return
    }
  } finally {
    await problemsFile.close()
  }
  await store.update('imports', record.id, { status: 'checked', counts, byColumn }, { status: { equals: 'checking' } })
}

export function countsAfter(counts: ImportCounts, { groups, judged, problems }: { readonly groups: readonly RowGroup[]; readonly judged: readonly Judged[]; readonly problems: number }): ImportCounts {
  const rows = groups.reduce((sum, group) => sum + group.rows.length, 0)
  const of = (kind: Judged['kind']) => judged.filter((one) => one.kind === kind)
  const bad = of('bad').reduce((sum, { reading }) => sum + reading.group.rows.length, 0)
  return {
    ...counts, read: counts.read + rows, good: counts.good + rows - bad, bad: counts.bad + bad, problems: counts.problems + problems,
    created: counts.created + of('create').length, changed: counts.changed + of('update').length, skipped: counts.skipped + of('skip').length + of('unchanged').length,
  }
}

type Made = {
  readonly lookup: Lookup
  readonly within: (context: ReturnType<typeof openRehearsal>) => ReturnType<typeof openRehearsal>
  readonly add: (judged: Judged) => void
}

/** Where rows of the file refer to earlier ones of it, those count as stored: the run will have stored them. */
function openMade({ head, entity }: ImportPlan): Made {
  const stored = openLookup()
  const within = head.filter(({ field }) => field.relation?.entity === entity.slug)
  if (within.length === 0) return { lookup: stored, within: (context) => context, add: () => {} }
  const rows = new Map<string, Row>()
  const ids = new Map<string, string>()
  return {
    async lookup(context, question) {
      const answer = await stored(context, question)
      if (question.entity !== entity.slug) return answer
      return (text) => {
        const there = answer(text)
        const id = ids.get(`${question.by} ${text}`)
        return there === 'none' && id !== undefined ? { id } : there
      }
    },
    within: (context) => pretending(context, new Map([[entity.slug, rows]])),
    add(judged) {
      if (judged.kind !== 'create') return
      const { document } = judged.drafted.draft
      rows.set(document.id, document)
      for (const by of new Set(within.map((column) => column.by ?? 'id'))) if (typeof document[by] === 'string') ids.set(`${by} ${document[by]}`, document.id)
    },
  }
}
