import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import path from 'node:path'
import { z } from 'zod'

/** A backup or restore that cannot go on: one sentence that says what is wrong and what to do. */
export class BackupError extends Error {
  override readonly name = 'BackupError'
}

export const manifestName = 'manifest.json'
/** Grows when an older Trellis could not read what a newer one writes. */
export const backupFormat = 1

const file = z.object({
  /** Inside the backup, with forward slashes. */
  path: z.string().regex(/^(?!\/)(?!.*(^|\/)\.\.(\/|$)).+$/),
  bytes: z.number().int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})

const manifestSchema = z.object({
  format: z.number().int(),
  /** Of Trellis. */
  version: z.string(),
  createdAt: z.string(),
  /** UTC ISO: the moment whose state it holds. */
  snapshotAt: z.string(),
  by: z.enum(['schedule', 'person']),
  /** `sqlite`: the database file; `portable`: a file of JSON lines an entity, for either database. */
  kind: z.enum(['sqlite', 'portable']),
  database: z.enum(['sqlite', 'mongodb']),
  revision: z.object({ number: z.number().int().min(0), inputs: z.record(z.string(), z.unknown()) }),
  /** Rows an entity (portable) or a table (sqlite). */
  counts: z.record(z.string(), z.number().int().min(0)),
  data: z.array(file.extend({ entity: z.string().optional() })).min(1),
  uploads: z.array(file),
})

export type Manifest = z.infer<typeof manifestSchema>
export type ManifestFile = z.infer<typeof file>

/** @throws BackupError when it is not there, cannot be read, or comes from a newer Trellis. */
export async function readManifest(folder: string): Promise<Manifest> {
  const place = path.join(folder, manifestName)
  let text: string
  try {
    text = await readFile(place, 'utf8')
  } catch {
    throw new BackupError(`${folder} is not a complete backup: ${manifestName}, which is written last, is not there. Choose another backup.`)
  }
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch {
    throw new BackupError(`${place} is damaged and cannot be read: choose another backup, or another copy of this one.`)
  }
  const format = (raw as { format?: unknown } | null)?.format
  if (typeof format === 'number' && format > backupFormat) {
    throw new BackupError(`${folder} was made by a newer Trellis (format ${format}; this one reads up to ${backupFormat}): restore it with that version.`)
  }
  const parsed = manifestSchema.safeParse(raw)
  if (!parsed.success) throw new BackupError(`${place} is damaged (${parsed.error.issues[0]?.path.join('.')}): choose another backup, or another copy of this one.`)
  return parsed.data
}

/** Reads every file once. @throws BackupError naming the first that is missing, cut or changed. */
export async function checkFiles(folder: string, { data, uploads }: Manifest): Promise<void> {
  for (const { path: name, bytes, sha256 } of [...data, ...uploads]) {
    const place = path.join(folder, name)
    const size = await stat(place).then((found) => found.size, () => undefined)
    if (size === undefined) throw new BackupError(`${place} is missing from the backup: choose another backup, or another copy of this one.`)
    if (size !== bytes) throw new BackupError(`${place} has ${size} bytes instead of ${bytes}, so it was cut or changed: choose another backup, or another copy of this one.`)
    if ((await hashOfFile(place)) !== sha256) throw new BackupError(`${place} is not what was saved (its SHA-256 differs): choose another backup, or another copy of this one.`)
  }
}

export const sizeOf = ({ data, uploads }: Pick<Manifest, 'data' | 'uploads'>): number =>
  [...data, ...uploads].reduce((sum, { bytes }) => sum + bytes, 0)

async function hashOfFile(place: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(place)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
