import { createReadStream } from 'node:fs'
import { copyFile, mkdir, readdir } from 'node:fs/promises'
import path from 'node:path'
import type { ManifestFile } from './manifest.ts'
import { writeFile } from './write-file.ts'

/** Files that people have uploaded, in DATA_DIR and in a backup. */
export const uploadsFolder = 'uploads'

/**
 * Copies the uploads as they are. To be called after the database was read: a file is written before the row that names it,
 * so whatever the rows name is there; one that was discarded meanwhile is left out.
 */
export async function saveUploads({ dataDir, folder, signal }: { dataDir: string; folder: string; signal?: AbortSignal }): Promise<ManifestFile[]> {
  const saved: ManifestFile[] = []
  for (const name of await filesBelow(path.join(dataDir, uploadsFolder))) {
    signal?.throwIfAborted()
    try {
      const source = createReadStream(path.join(dataDir, uploadsFolder, name))
      saved.push(await writeFile({ folder, name: `${uploadsFolder}/${name}`, source, gzip: false, ...(signal && { signal }) }))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
  }
  return saved
}

/** Brings them to `place`, a folder that is not there yet. */
export async function bringUploads({ folder, uploads, place }: { folder: string; uploads: readonly ManifestFile[]; place: string }): Promise<void> {
  for (const { path: name } of uploads) {
    const target = path.join(place, path.relative(uploadsFolder, name))
    await mkdir(path.dirname(target), { recursive: true })
    await copyFile(path.join(folder, name), target)
  }
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => [])
  return entries.filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/')).sort()
}
