import { rename } from 'node:fs/promises'
import { newId } from '../commands/context.ts'
import { groupRows, type RowGroup } from './group-rows.ts'
import { openLines, readLines, readRows, type ImportFolder } from './import-files.ts'
import type { ImportPlan } from './import-plan.ts'
import { openRowIndex } from './row-index.ts'

/** For rows of a document of which others stand apart from them: where such others begin. */
export type Elsewhere = (group: RowGroup) => number | undefined

type Split = { readonly key: string; readonly first: number; readonly again: number }

/** Documents whose rows do not stand together in the file; the whole file is read for it. */
async function* splitDocuments({ rows }: ImportFolder, plan: ImportPlan, signal: AbortSignal): AsyncGenerator<Split> {
  if (!plan.key || plan.lines.length === 0) return
  const seen = openRowIndex()
  for await (const { key, rows: [first], continued } of groupRows(readRows(rows), plan)) {
    signal.throwIfAborted()
    if (key === '' || continued || !first) continue
    const before = seen.rowOf(key)
    if (before === undefined) seen.add(key, first.row)
    else yield { key, first: before, again: first.row }
  }
}

async function elsewhereBy(splits: AsyncIterable<Split>): Promise<Elsewhere> {
  const firsts = openRowIndex()
  const agains = openRowIndex()
  for await (const { key, first, again } of splits) {
    firsts.add(key, first)
    agains.add(key, again)
  }
  return ({ key, rows }) => {
    const first = firsts.rowOf(key)
    return first === rows[0]?.row ? agains.rowOf(key) : first
  }
}

export const findSplitDocuments = (folder: ImportFolder, plan: ImportPlan, signal: AbortSignal): Promise<Elsewhere> => elsewhereBy(splitDocuments(folder, plan, signal))

/** Looks for them once for all turns of a run, before its first batch. */
export async function noteSplitDocuments(folder: ImportFolder, plan: ImportPlan, signal: AbortSignal): Promise<void> {
  const unfinished = `${folder.splits}.${newId()}`
  const file = await openLines(unfinished)
  try {
    for await (const split of splitDocuments(folder, plan, signal)) {
      file.write(split)
      await file.flush()
    }
  } finally {
    await file.close()
  }
  await rename(unfinished, folder.splits)
}

export const notedSplitDocuments = ({ splits }: ImportFolder): Promise<Elsewhere> => elsewhereBy(linesOf(splits))

async function* linesOf(file: string): AsyncGenerator<Split> {
  for await (const { value } of readLines<Split>(file)) yield value
}
