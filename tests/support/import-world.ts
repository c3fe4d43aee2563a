import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { runDueJobs } from '../../plugins/core/jobs/run-jobs.ts'
import { surroundingsOf } from '../../plugins/core/operations/surroundings.ts'
import type { Booted } from './boot-payload.ts'
import type { Answer, Person } from './rest.ts'

/** Files of this platform in a folder of their own, which its caller removes; tests of other databases share the usual one. */
export async function ownFolder({ payload }: Pick<Booted, 'payload'>): Promise<string> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'trellis-imports-'))
  Object.assign(surroundingsOf(payload), { dataDir })
  return dataDir
}

/** A finished upload of the person, as the front leaves it. @returns its id */
export async function finishedUpload({ payload }: Pick<Booted, 'payload'>, { id: owner }: Pick<Person, 'id'>, { name, content }: { readonly name: string; readonly content: string | Uint8Array }): Promise<string> {
  const folder = path.join(surroundingsOf(payload).dataDir, 'uploads')
  await mkdir(folder, { recursive: true })
  const id = randomUUID()
  const bytes = Buffer.from(content)
  await writeFile(path.join(folder, `${id}.data`), bytes)
  await writeFile(path.join(folder, `${id}.json`), JSON.stringify({ owner, name, length: bytes.length }))
  return id
}

/** Does what waits in the background, until nothing is due. */
export async function doJobs({ payload }: Pick<Booted, 'payload'>): Promise<void> {
  while ((await runDueJobs(payload)) > 0);
}

export type Column = { readonly index: number; readonly header: string; readonly samples: readonly string[]; readonly proposed: string | null; readonly by: string | null; readonly confidence: number }
export type Target = { readonly field: string; readonly by?: string } | null
/** What GET /api/imports/:id answers, as far as tests look at it. */
export type ImportView = {
  readonly id: string
  readonly number: string
  readonly status: string
  readonly columns: readonly Column[]
  readonly mapping: Readonly<Record<string, Target>>
  readonly matching: { readonly key: string | null; readonly existing: string }
  readonly options: Readonly<Record<string, unknown>>
  readonly remembered: boolean
  readonly counts: Readonly<Record<'rows' | 'read' | 'good' | 'bad' | 'created' | 'changed' | 'skipped' | 'problems', number>>
  readonly fields: readonly { readonly path: string; readonly isKey: boolean; readonly required: boolean; readonly relation?: { readonly entity: string; readonly keys: readonly { readonly field: string }[] } }[]
  readonly can: Readonly<Record<string, true | { readonly en: string; readonly zh: string }>>
  readonly error: { readonly en: string; readonly zh: string } | null
  readonly progress: number | null
}
export type Problem = { readonly row: number; readonly column: number | null; readonly header: string; readonly value: string; readonly message: { readonly en: string; readonly zh: string } }
export type Problems = { readonly docs: readonly Problem[]; readonly totalDocs: number; readonly byColumn: readonly { readonly header: string; readonly count: number }[] }

export type File = { readonly entity: string; readonly name?: string; readonly content: string | Uint8Array }

export type ImportDesk = {
  readonly id: string
  readonly look: () => Promise<ImportView>
  readonly change: (change: object) => Promise<Answer>
  readonly act: (action: string) => Promise<Answer>
  /** Takes the step and does what it put in the background. @throws when it is refused */
  readonly do: (action: string) => Promise<ImportView>
  readonly problems: (query?: string) => Promise<Problems>
}

/** Opens an import as the person would, on an uploaded file, and lets it be read. @throws when it is refused */
export async function openDesk(booted: Booted, person: Person, { entity, name = 'list.csv', content }: File): Promise<ImportDesk> {
  const upload = await finishedUpload(booted, person, { name, content })
  const { status, body, text } = await person.door('/imports', { method: 'POST', body: { entity, upload } })
  if (status !== 201) throw new Error(`The import was not opened: ${status} ${text}`)
  await doJobs(booted)
  return deskOf(booted, person, (body as { id: string }).id)
}

export function deskOf(booted: Booted, { door }: Pick<Person, 'door'>, id: string): ImportDesk {
  const act = (action: string) => door(`/imports/${id}/${action}`, { method: 'POST' })
  const look = async () => (await door(`/imports/${id}`)).body as ImportView
  return {
    id, look, act,
    change: (change) => door(`/imports/${id}`, { method: 'PATCH', body: change }),
    async do(action) {
      const { status, text } = await act(action)
      if (status !== 200) throw new Error(`${action} was refused: ${status} ${text}`)
      await doJobs(booted)
      return look()
    },
    problems: async (query = '?limit=500') => (await door(`/imports/${id}/problems${query}`)).body as Problems,
  }
}

/** CSV text of rows. */
export const csv = (rows: readonly (readonly string[])[]): string => rows.map((row) => row.map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')).join('\r\n') + '\r\n'
