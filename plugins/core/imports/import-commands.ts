import type { Payload } from 'payload'
import type { Text } from '../../../config/language/text.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import type { Changes } from '../data/store.ts'
import { systemActor, type Actor } from '../access/actor.ts'
import { newId, type CommandContext } from '../commands/context.ts'
import { transact } from '../commands/transact.ts'
import { failInput, failRefused } from '../errors.ts'
import { addJobWithin, wakeJobs } from '../jobs/run-jobs.ts'
import { surroundingsOf } from '../operations/surroundings.ts'
import { platformOf } from '../platform/platform.ts'
import { problemOfFile } from '../uploads/upload-types.ts'
import { uploadFiles } from '../uploads/upload-files.ts'
import { fieldsOfImport, mappingFindings } from './check-mapping.ts'
import { importFolder, takeOver } from './import-files.ts'
import { noCounts, type FileOptions, type ImportRecord, type ImportStatus } from './import-record.ts'
import { requireImportable } from './import-rights.ts'
import { changeOf } from './requested-change.ts'
import { refusalOf, type ImportAction } from './what-may-happen.ts'

/** Jobs of an import: reading and checking beside running, so that a long run holds up nobody's preparations. */
export const jobKinds = { read: 'import-check', check: 'import-check', run: 'import', undo: 'import' } as const
export type ImportStep = keyof typeof jobKinds

type NewImport = { readonly entity: string; readonly name: string; readonly bytes: number; readonly takeOver: (folder: ReturnType<typeof importFolder>) => Promise<void> }

/** Opens an import on a finished upload of the actor's own. @returns its id */
export async function openImport(payload: Payload, actor: Actor, { entity, upload: uploadId }: { entity: unknown; upload: unknown }): Promise<string> {
  if (typeof entity !== 'string') failInput([finding('entity', { en: 'entity must be the slug of an entity, like "parts".', zh: 'entity 须为实体标识，例如 "parts"。' })])
  requireImportable(platformOf(payload), actor, entity)
  const uploads = uploadFiles(surroundingsOf(payload).dataDir)
  const upload = typeof uploadId === 'string' ? await uploads.find(uploadId, actor.id) : undefined
  if (!upload) failInput([finding('upload', { en: 'There is no upload of yours with this id. Upload the file first; what nobody takes goes after a week.', zh: '没有您上传的此文件。请先上传，未使用的文件一周后清除。' })])
  if (upload.received < upload.length) failInput([finding('upload', { en: 'The file is not uploaded completely. Go on with the upload first.', zh: '文件尚未上传完毕，请先完成上传。' })])
  const wrong = await problemOfFile(upload)
  if (wrong) failInput([finding('upload', wrong)])
  return newImport(payload, actor, {
    entity, name: upload.name, bytes: upload.length,
    async takeOver(folder) {
      await takeOver(upload.file, folder)
      await uploads.remove(upload.id)
    },
  })
}

/** Opens an import on a file of this machine, which it takes over: for programs that run beside the platform. */
export async function openImportOf(payload: Payload, actor: Actor, { entity, file, name, bytes }: { entity: string; file: string; name: string; bytes: number }): Promise<string> {
  requireImportable(platformOf(payload), actor, entity)
  return newImport(payload, actor, { entity, name, bytes, takeOver: (folder) => takeOver(file, folder) })
}

async function newImport(payload: Payload, actor: Actor, { entity, name, bytes, takeOver: take }: NewImport): Promise<string> {
  const format = /\.(csv|txt|xlsx)$/i.exec(name)?.[1]?.toLowerCase()
  if (!format) failInput([finding('upload', { en: `"${name.slice(0, 80)}" is neither CSV nor XLSX. Save it as one of these; older .xls files too.`, zh: `“${name.slice(0, 80)}”不是 CSV 或 XLSX 文件，请另存为其中一种格式（旧版 .xls 亦需另存）。` })])
  if (bytes === 0) failInput([finding('upload', { en: 'The file is empty.', zh: '文件为空。' })])
  if (format === 'xlsx' && bytes > mostXlsxBytes) failInput([finding('upload', tooLarge)])
  const id = newId()
  await take(importFolder(surroundingsOf(payload).dataDir, id))
  await transact(payload, { actor }, async (context) => {
    const year = context.now.slice(0, 4)
    const number = `IMP-${year}-${String(await context.store.nextNumber(`IMP-${year}`)).padStart(5, '0')}`
    await context.store.insert('imports', {
      id, number, entity, status: 'reading', fileName: name.slice(0, 255), fileBytes: bytes, format: format === 'xlsx' ? 'xlsx' : 'csv',
      owner: actor.id, apiKey: actor.key?.id ?? null, options: {}, columns: [], mapping: {}, matching: { key: null, existing: 'refuse' }, counts: noCounts,
    })
    await addImportJob(context, id, 'read')
  })
  wakeJobs(payload)
  return id
}

const mostXlsxBytes = 50 * 1_048_576
const tooLarge: Text = { en: 'An XLSX file may have up to 50 MB. Save it as CSV, which has no such limit.', zh: 'XLSX 文件不得超过 50 MB，请另存为 CSV（无此限制）。' }

/** Changes mapping, matching or how the file is read; findings by their path. What was checked has to be checked anew. */
export async function changeImport(payload: Payload, actor: Actor, { record, body }: { record: ImportRecord; body: Readonly<Record<string, unknown>> }): Promise<void> {
  requireAction(record, 'change')
  const { change, findings } = changeOf(record, body)
  const mapping = change.mapping ?? record.mapping
  const matching = change.matching ?? record.matching
  const fields = fieldsOfImport(payload, actor, { entity: record.entity, matching })
  const wrong = [...findings, ...mappingFindings({ record, fields, mapping, matching })]
  if (wrong.length > 0) failInput(wrong)
  const options: FileOptions = { ...record.options, ...change.options }
  const isReadAnew = (['encoding', 'delimiter', 'sheet', 'headerRow'] as const).some((name) => options[name] !== record.options[name])
  await move(payload, record, {
    status: isReadAnew ? 'reading' : 'mapping', step: isReadAnew ? 'read' : undefined,
    changes: { options, mapping, matching, counts: { ...noCounts, rows: isReadAnew ? null : record.counts.rows }, byColumn: [], error: null },
  })
}

/** Begins the dry run. */
export async function checkImport(payload: Payload, actor: Actor, record: ImportRecord): Promise<void> {
  requireAction(record, 'check')
  const findings = mappingFindings({ record, fields: fieldsOfImport(payload, actor, record), mapping: record.mapping, matching: record.matching, isComplete: true })
  if (findings.length > 0) failInput(findings)
  await move(payload, record, { status: 'checking', step: 'check', changes: { counts: { ...noCounts, rows: record.counts.rows }, byColumn: [], error: null } })
}

/** Begins, or goes on with, bringing the rows in. */
export async function startImport(payload: Payload, actor: Actor, record: ImportRecord, action: 'run' | 'resume'): Promise<void> {
  requireAction(record, action)
  const findings = mappingFindings({ record, fields: fieldsOfImport(payload, actor, record), mapping: record.mapping, matching: record.matching, isComplete: true })
  if (findings.length > 0) failInput(findings)
  const anew = { counts: { ...noCounts, rows: record.counts.rows }, byColumn: [], position: { rows: 0, problems: 0 }, lastRow: 0, startedAt: new Date().toISOString() }
  await move(payload, record, { status: 'running', step: 'run', changes: { error: null, endedAt: null, ...(action === 'run' ? anew : {}) } })
}

export async function pauseImport(payload: Payload, record: ImportRecord): Promise<void> {
  requireAction(record, 'pause')
  await move(payload, record, { status: 'paused' })
}

/** What was brought in stays; it can be undone. */
export async function cancelImport(payload: Payload, record: ImportRecord): Promise<void> {
  requireAction(record, 'cancel')
  await move(payload, record, { status: 'cancelled', changes: { endedAt: new Date().toISOString() } })
}

export async function undoImport(payload: Payload, record: ImportRecord): Promise<void> {
  requireAction(record, 'undo')
  await move(payload, record, { status: 'undoing', step: 'undo', changes: { error: null } })
}

type Move = { readonly status: ImportStatus; readonly step?: ImportStep | undefined; readonly changes?: Changes<'imports'> }

/** From the status that was seen; where it has changed meanwhile, what is asked may not be possible any more. */
async function move(payload: Payload, record: ImportRecord, { status, step, changes = {} }: Move): Promise<void> {
  await transact(payload, { actor: systemActor }, async (context) => {
    const moved = await context.store.update('imports', record.id, { status, ...changes }, { status: { equals: record.status } })
    if (!moved) failRefused([{ code: 'import.moved', message: { en: 'The import has moved on meanwhile. Look at it again.', zh: '导入状态已变化，请刷新后重试。' } }])
    if (step) await addImportJob(context, record.id, step, record.status)
  })
  wakeJobs(payload)
}

function requireAction(record: ImportRecord, action: ImportAction): void {
  const refusal = refusalOf(record, action)
  if (refusal) failRefused([{ code: `import.${action}`, message: refusal }])
}

const addImportJob = ({ store, actor, now }: CommandContext, id: string, step: ImportStep, from: ImportStatus = 'reading') =>
  addJobWithin(store, { kind: jobKinds[step], subject: `${id}:${step}`, actor: actor.id, input: { import: id, step, from } }, now)

const finding = (path: string, message: Text): Finding => ({ code: 'invalid', path, severity: 'error', message })
