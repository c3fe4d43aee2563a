import { rm } from 'node:fs/promises'
import path from 'node:path'
import { Piscina } from 'piscina'
import { root } from '../../../config/root.ts'
import type { Text } from '../../../config/language/text.ts'
import { failRefused } from '../errors.ts'
import { readRows, removeFolder } from './import-files.ts'
import { takeIn, type Taking, type TakenIn } from './take-in.ts'

type Task = { readonly source: string; readonly target: string; readonly sheet?: string }
type Read = { readonly sheets: readonly string[]; readonly sheet: string; readonly from1904: boolean } | { readonly problem: Text }

/** Reads a sheet of a workbook into the folder's file of rows. @throws 409 with what is wrong with the file */
export async function takeInXlsx(taking: Taking): Promise<TakenIn> {
  const { folder, given, signal } = taking
  const target = path.join(folder.folder, 'sheet.ndjson')
  try {
    const read = await readInWorker({ source: folder.source, target, ...(given.sheet === undefined ? {} : { sheet: given.sheet }) }, signal)
    if ('problem' in read) {
      // Of a file that never could be read nothing is of use; of another, its other sheets are.
      if (given.sheet === undefined) await removeFolder(folder)
      failRefused([{ code: 'import.unreadable', message: read.problem }])
    }
    const { sheets, sheet, from1904 } = read
    return await takeIn(taking, { options: { sheets, sheet, from1904 }, rows: readRows(target) })
  } finally {
    await rm(target, { force: true })
  }
}

async function readInWorker(task: Task, signal: AbortSignal): Promise<Read> {
  try {
    return (await openPool().run(task, { signal })) as Read
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_WORKER_OUT_OF_MEMORY') return { problem: tooMuch }
    throw error
  }
}

let pool: Piscina | undefined

/** Started with the first workbook; a minute without one ends its thread. */
function openPool(): Piscina {
  pool ??= new Piscina({
    filename: path.join(root, 'plugins/core/imports/xlsx-worker.mjs'), minThreads: 0, maxThreads: 1, idleTimeout: 60_000,
    resourceLimits: { maxOldGenerationSizeMb: 768 },
  })
  return pool
}

const tooMuch: Text = { en: 'The workbook holds more text than can be read at once. Save the sheet as CSV.', zh: '工作簿包含的文本过多，请将工作表另存为 CSV。' }
