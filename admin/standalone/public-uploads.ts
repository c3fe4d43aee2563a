import { publicFileBytes } from '../../plugins/core/pages/page-limits.ts'
import { asProblem, problemOf, RequestProblem } from '../kit/api.ts'
import type { UploadDoor, UploadOf } from '../kit/upload-door.tsx'
import { importTexts } from '../locales/import-texts.ts'
import { pageTexts } from '../locales/page-texts.ts'
import { filled } from './read-scan.ts'

/** The stamp of this opening of the page, and a way to another one where it is too old. */
type Opening = { readonly stamp: () => string; readonly renew: () => Promise<void> }

/** Files of a public page: each in one piece, for the record of this opening and for nothing else. `path`: of the page below /api. */
export function publicUploads(path: string, { stamp, renew }: Opening): UploadDoor {
  const send = async ({ file, field, signal }: UploadOf): Promise<string> => {
    const answer = await fetch(`${path}/files/${encodeURIComponent(field)}`, {
      method: 'POST', body: file, signal, headers: { 'Content-Type': 'application/octet-stream', 'X-Page-Stamp': stamp(), 'X-File-Name': encodeURIComponent(file.name) },
    }).catch((error: unknown) => {
      if (signal.aborted) throw error
      throw new RequestProblem({ text: importTexts.lostConnection, status: 0 })
    })
    const told: unknown = await answer.json().catch(() => undefined)
    if (!answer.ok) {
      const problem = problemOf(told, answer.status)
      const [finding] = problem.findings
      // It is told beside the field: what is wrong, not that something is.
      throw finding ? new RequestProblem({ text: finding.message, status: problem.status }) : problem
    }
    return (told as { id: string }).id
  }
  return {
    async upload(upload) {
      return send(upload).catch(async (error: unknown) => {
        if (asProblem(error).code !== 'pageExpired') throw error
        await renew()
        return send(upload)
      })
    },
    // What no record takes goes by itself after a day.
    forget: () => undefined,
    problemOf: ({ name, size }) => (size > publicFileBytes ? filled(pageTexts.fileTooLarge, { name, limit: String(publicFileBytes / 1_048_576) }) : undefined),
  }
}
