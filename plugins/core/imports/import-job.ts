import type { Payload } from 'payload'
import type { Json, Text } from '../../../config/language/text.ts'
import { openStore } from '../data/open-store.ts'
import { ProblemError } from '../errors.ts'
import { unfinished, type JobKind, type RunningJob } from '../jobs/job-kind.ts'
import { checkRows } from './check-rows.ts'
import { jobKinds, type ImportStep } from './import-commands.ts'
import { importRecord, type ImportRecord, type ImportStatus, type WorkSignal } from './import-record.ts'
import { readFileOfImport } from './read-file.ts'
import { runRows } from './run-rows.ts'
import { sweepImportFiles } from './sweep-files.ts'
import { undoRows } from './undo-rows.ts'

type Input = { readonly scheduled?: boolean; readonly import: string; readonly step: ImportStep; readonly from?: ImportStatus }
/** A step of an import, done beside everything else. May end at any moment and be begun again. */
export type ImportWork = (payload: Payload, record: ImportRecord, work: WorkSignal) => Promise<typeof unfinished | void>

const works: Readonly<Record<ImportStep, ImportWork>> = { read: readFileOfImport, check: checkRows, run: runRows, undo: undoRows }
const statusOf = { read: 'reading', check: 'checking', run: 'running', undo: 'undoing' } as const

const kind = (name: string, label: Text): JobKind => ({
  name, label,
  async run({ payload, input, signal }: RunningJob): Promise<Json | typeof unfinished> {
    const { scheduled, import: id, step, from } = input as Input
    if (scheduled) return sweepImportFiles(payload)
    const found = await openStore(payload).get('imports', id)
    // Cancelled or paused meanwhile.
    if (!found || found.status !== statusOf[step]) return {}
    return (await works[step](payload, importRecord(found), { signal, ...(from ? { from } : {}) })) === unfinished ? unfinished : { import: found.number }
  },
  async gaveUp(payload, input, error) {
    const { scheduled, import: id, step } = input as Input
    if (!scheduled) await openStore(payload).update('imports', id, { status: 'failed', error: sentenceOf(error), endedAt: new Date().toISOString() }, { status: { equals: statusOf[step] } })
  },
})

/** Reading and checking; once a day also what removes old files. */
export const importCheckJob: JobKind = { ...kind(jobKinds.check, { en: 'Import: read and check', zh: '导入：读取与检查' }), every: () => 86_400_000 }
/** Running and undoing. */
export const importJob: JobKind = kind(jobKinds.run, { en: 'Import', zh: '导入' })

/** What people are told; what is no sentence for them stands in the log. */
function sentenceOf(error: unknown): Text & Json {
  if (error instanceof ProblemError) return { ...error.problem.message }
  const at = new Date().toISOString()
  return { en: `Something went wrong on our side at ${at}; the log says more. Resume it, or tell whoever runs Trellis.`, zh: `系统内部出错（${at}），日志中有详细信息。可继续执行，或联系系统管理员。` }
}
