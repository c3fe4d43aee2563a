import { stat } from 'node:fs/promises'
import type { Payload } from 'payload'
import { openStore } from '../data/open-store.ts'
import { surroundingsOf } from '../operations/surroundings.ts'
import { foldersBelow, importFolder, removeFolder } from './import-files.ts'

/** So long the files of an import are kept that has ended, or that nobody went on with. */
const keptDays = 90
/** A folder without an import is one that is just being opened, or was left by a crash. */
const orphanHours = 24

/** Removes files that nobody needs any more; what an import made and changed stays known, so that it can still be undone. */
export async function sweepImportFiles(payload: Payload, now = new Date()): Promise<{ readonly removed: number }> {
  const { dataDir } = surroundingsOf(payload)
  const names = await foldersBelow(dataDir)
  const known = await openStore(payload).byIds('imports', names)
  let removed = 0
  for (const name of names) {
    const found = known.get(name)
    const folder = importFolder(dataDir, name)
    const isOld = found
      ? !underWay.has(found.status) && now.getTime() - Date.parse(found.updatedAt ?? '') > keptDays * 86_400_000
      : now.getTime() - (await stat(folder.folder)).mtimeMs > orphanHours * 3_600_000
    if (!isOld) continue
    await removeFolder(folder)
    removed++
  }
  return { removed }
}

const underWay: ReadonlySet<string> = new Set(['reading', 'checking', 'running', 'paused', 'undoing'])
