import { readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { readManifest, sizeOf, type Manifest } from './manifest.ts'
import { partialEnd, prefix } from './make-backup.ts'

export type BackupOnDisk = { readonly folder: string; readonly createdAt: string; readonly by: Manifest['by']; readonly bytes: number; readonly kind: Manifest['kind']; readonly revision: number }
export type Retention = { readonly keepHourly: number; readonly keepDaily: number; readonly keepWeekly: number }

/** The complete backups of a folder, newest first; anything else in it is passed over. */
export async function listBackups(folder: string): Promise<BackupOnDisk[]> {
  const names = await readdir(folder).catch(() => [])
  const found = await Promise.all(names.filter((name) => name.startsWith(prefix) && !name.endsWith(partialEnd)).map(async (name) => {
    const place = path.join(folder, name)
    const manifest = await readManifest(place).catch(() => undefined)
    return manifest && { folder: place, createdAt: manifest.createdAt, by: manifest.by, bytes: sizeOf(manifest), kind: manifest.kind, revision: manifest.revision.number }
  }))
  return found.filter((backup) => backup !== undefined).sort((one, other) => other.createdAt.localeCompare(one.createdAt))
}

/**
 * Which of the scheduled ones may go: not the newest nor those of the `keepHourly` hours before it, not the last one of each of the last
 * `keepDaily` days, nor of the last `keepWeekly` weeks (ISO, UTC). What a person has made stays until a person removes it.
 */
export function superfluous(backups: readonly BackupOnDisk[], { keepHourly, keepDaily, keepWeekly }: Retention): BackupOnDisk[] {
  const scheduled = backups.filter(({ by }) => by === 'schedule').sort((one, other) => other.createdAt.localeCompare(one.createdAt))
  const newestOf = (periodOf: (time: string) => string, count: number) => {
    const newest = new Map<string, BackupOnDisk>()
    for (const backup of scheduled) if (!newest.has(periodOf(backup.createdAt))) newest.set(periodOf(backup.createdAt), backup)
    return [...newest.values()].slice(0, count)
  }
  const [newest] = scheduled
  const since = newest ? Date.parse(newest.createdAt) - keepHourly * 3_600_000 : 0
  const recent = scheduled.filter((backup) => backup === newest || Date.parse(backup.createdAt) > since)
  const kept = new Set([...recent, ...newestOf(dayOf, keepDaily), ...newestOf(mondayOf, keepWeekly)])
  return scheduled.filter((backup) => !kept.has(backup))
}

/** An interrupted one of another process may still be at work. */
const abandonedMilliseconds = 86_400_000

/** Removes what retention no longer wants, and what interrupted backups have left. @returns the folders that are gone */
export async function removeSuperfluous(folder: string, retention: Retention): Promise<string[]> {
  const gone = superfluous(await listBackups(folder), retention).map(({ folder: place }) => place)
  for (const name of await readdir(folder)) {
    if (!name.startsWith(prefix) || !name.endsWith(partialEnd)) continue
    const { mtimeMs } = await stat(path.join(folder, name))
    if (Date.now() - mtimeMs > abandonedMilliseconds) gone.push(path.join(folder, name))
  }
  for (const place of gone) await rm(place, { recursive: true, force: true })
  return gone
}

const dayOf = (time: string) => time.slice(0, 10)

function mondayOf(time: string): string {
  const day = new Date(`${dayOf(time)}T00:00:00Z`)
  day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7))
  return day.toISOString().slice(0, 10)
}
