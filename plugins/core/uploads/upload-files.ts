import { randomUUID } from 'node:crypto'
import { link, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** A file that someone uploads in parts. `received` is what stands on disk: after a crash the sender goes on from there. */
export type Upload = {
  readonly id: string
  readonly owner: string
  readonly name: string
  /** Bytes. */
  readonly length: number
  readonly received: number
  readonly file: string
  /** Unfinished, or of anyone: a day after its last byte; finished and not taken: a week. */
  readonly expires: Date
}

export type UploadFiles = {
  readonly create: (upload: Pick<Upload, 'owner' | 'name' | 'length'>) => Promise<Upload>
  /** Only its owner finds it. */
  readonly find: (id: string, owner: string) => Promise<Upload | undefined>
  readonly ofOwner: (owner: string) => Promise<readonly Upload[]>
  /** What anyone has uploaded by public pages, and no record has taken. */
  readonly ofAnyone: () => Promise<readonly Upload[]>
  readonly remove: (id: string) => Promise<void>
  /** Keeps a finished upload for good, for a record: a second name of the same bytes, which no sweep removes. @returns false where it is gone */
  readonly keep: (id: string) => Promise<boolean>
  /** The file that was kept under this id; undefined where there is none. */
  readonly kept: (id: string) => Promise<{ readonly file: string; readonly bytes: number } | undefined>
  /** Removes what has expired. */
  readonly sweep: (now?: Date) => Promise<void>
}

const unfinishedMilliseconds = 86_400_000
const finishedMilliseconds = 7 * 86_400_000
/** Who uploads by a public page is known by nothing but what stands behind this. */
export const anyonePrefix = 'page:'
const wellFormed = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The uploads below `DATA_DIR/uploads`: written by the front, taken by id by whatever imports or attaches a file. */
export function uploadFiles(dataDir: string): UploadFiles {
  const folder = path.join(dataDir, 'uploads')
  const fileOf = (id: string) => path.join(folder, `${id}.data`)
  const noteOf = (id: string) => path.join(folder, `${id}.json`)

  const read = async (id: string): Promise<Upload | undefined> => {
    if (!wellFormed.test(id)) return undefined
    try {
      const { owner, name, length } = JSON.parse(await readFile(noteOf(id), 'utf8')) as Pick<Upload, 'owner' | 'name' | 'length'>
      const { size, mtimeMs } = await stat(fileOf(id))
      return { id, owner, name, length, received: size, file: fileOf(id), expires: new Date(mtimeMs + (size === length && !owner.startsWith(anyonePrefix) ? finishedMilliseconds : unfinishedMilliseconds)) }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw error
    }
  }
  const all = async () => {
    const names = await readdir(folder).catch(() => [])
    const found = await Promise.all(names.filter((name) => name.endsWith('.json')).map((name) => read(name.slice(0, -'.json'.length))))
    return found.filter((upload) => upload !== undefined)
  }
  const remove = async (id: string) => {
    await rm(noteOf(id), { force: true })
    await rm(fileOf(id), { force: true })
  }

  const keptOf = (id: string) => path.join(folder, 'kept', id)

  return {
    remove,
    async keep(id) {
      if (!wellFormed.test(id)) return false
      await mkdir(path.join(folder, 'kept'), { recursive: true, mode: 0o700 })
      try {
        await link(fileOf(id), keptOf(id))
        return true
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException
        // Kept already: another record of the same person, or the same command once more.
        if (code === 'EEXIST') return true
        if (code === 'ENOENT') return stat(keptOf(id)).then(() => true, () => false)
        throw error
      }
    },
    async kept(id) {
      const found = wellFormed.test(id) ? await stat(keptOf(id)).catch(() => undefined) : undefined
      return found && { file: keptOf(id), bytes: found.size }
    },
    async create({ owner, name, length }) {
      const id = randomUUID()
      await mkdir(folder, { recursive: true, mode: 0o700 })
      try {
        await writeFile(fileOf(id), '', { mode: 0o600, flag: 'wx' })
        // Renamed when it is whole: an upload without its note does not exist.
        await writeFile(`${noteOf(id)}.new`, JSON.stringify({ owner, name, length }), { mode: 0o600 })
        await rename(`${noteOf(id)}.new`, noteOf(id))
      } catch (error) {
        // Without a note nobody would find it again to remove it.
        for (const file of [fileOf(id), `${noteOf(id)}.new`]) await rm(file, { force: true })
        throw error
      }
      return (await read(id)) as Upload
    },
    async find(id, owner) {
      const upload = await read(id)
      return upload?.owner === owner ? upload : undefined
    },
    ofOwner: async (owner) => (await all()).filter((upload) => upload.owner === owner),
    ofAnyone: async () => (await all()).filter(({ owner }) => owner.startsWith(anyonePrefix)),
    async sweep(now = new Date()) {
      for (const { id, expires } of await all()) if (expires < now) await remove(id)
    },
  }
}

