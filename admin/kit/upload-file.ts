import { importTexts } from '../locales/import-texts.ts'
import { problemOf, RequestProblem } from './api.ts'

type Upload = {
  readonly file: File
  /** An upload of this file that was begun before: it goes on from what has arrived. */
  readonly id?: string | undefined
  /** As soon as the upload has an id: what to go on with after an interruption. */
  readonly onBegin: (id: string) => void
  readonly onProgress: (sent: number) => void
  readonly signal: AbortSignal
}

const chunkBytes = 8 * 1_048_576
const mostAttempts = 6

/**
 * Uploads a file in parts by the protocol tus 1.0.0 (https://tus.io/protocols/resumable-upload); a part that is lost with the
 * connection is sent again from where the server stands.
 * @returns the upload's id
 * @throws RequestProblem, or AbortError when `signal` says so
 */
export async function uploadFile({ file, id: known, onBegin, onProgress, signal }: Upload): Promise<string> {
  const resumed = known === undefined ? undefined : await arrivedOf(known, signal).catch(gone)
  const id = known !== undefined && resumed !== undefined ? known : await create(file, signal)
  onBegin(id)
  let arrived = resumed ?? 0
  let failures = 0
  while (arrived < file.size) {
    onProgress(arrived)
    try {
      const from = arrived
      await sendPart({ id, from, part: file.slice(from, from + chunkBytes), signal, onProgress: (sent) => onProgress(from + sent) })
      arrived = Math.min(file.size, from + chunkBytes)
      failures = 0
    } catch (error) {
      failures++
      if (!(error instanceof RequestProblem) || !passing.has(error.status) || failures >= mostAttempts) throw error
      await pause(2 ** failures * 250, signal)
      arrived = await arrivedOf(id, signal).catch((fault: unknown) => { if (fault instanceof RequestProblem && passing.has(fault.status)) return arrived; throw fault })
    }
  }
  onProgress(file.size)
  return id
}

/** Gives an upload up; what has arrived is deleted. */
export async function forgetUpload(id: string): Promise<void> {
  await fetch(`/uploads/${encodeURIComponent(id)}`, { method: 'DELETE', credentials: 'same-origin', headers: version }).catch(() => undefined)
}

/** No connection, an offset or a lock that will be right when asked again, a server that is being replaced. */
const passing: ReadonlySet<number> = new Set([0, 409, 423, 429, 502, 503, 504])

const version = { 'Tus-Resumable': '1.0.0' }

async function create(file: File, signal: AbortSignal): Promise<string> {
  const answer = await ask('/uploads', { method: 'POST', signal, headers: { ...version, 'Upload-Length': String(file.size), 'Upload-Metadata': `filename ${base64(file.name)}` } })
  const id = /\/uploads\/([^/]+)$/.exec(answer.headers.get('location') ?? '')?.[1]
  if (answer.status === 201 && id !== undefined) return id
  // Where no front process runs, nobody answers at this address, or not so.
  if (answer.status === 404 || answer.ok) throw new RequestProblem({ text: importTexts.noUploads, status: 404 })
  throw problemOf(await answer.json().catch(() => undefined), answer.status)
}

async function arrivedOf(id: string, signal: AbortSignal): Promise<number> {
  const answer = await ask(`/uploads/${encodeURIComponent(id)}`, { method: 'HEAD', signal, headers: version })
  if (!answer.ok) throw problemOf(undefined, answer.status)
  return Number(answer.headers.get('upload-offset'))
}

/** An upload that has expired begins again. */
function gone(error: unknown): undefined {
  if (error instanceof RequestProblem && error.status === 404) return undefined
  throw error
}

async function ask(address: string, init: RequestInit & { signal: AbortSignal }): Promise<Response> {
  try {
    return await fetch(address, { credentials: 'same-origin', ...init })
  } catch (error) {
    if (init.signal.aborted) throw error
    throw new RequestProblem({ text: importTexts.lostConnection, status: 0 })
  }
}

/** By XMLHttpRequest: fetch does not tell how much of a body has gone. */
function sendPart({ id, from, part, signal, onProgress }: { id: string; from: number; part: Blob; signal: AbortSignal; onProgress: (sent: number) => void }): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const abort = () => request.abort()
    const settle = (done: () => void) => { signal.removeEventListener('abort', abort); done() }
    request.open('PATCH', `/uploads/${encodeURIComponent(id)}`)
    request.setRequestHeader('Tus-Resumable', '1.0.0')
    request.setRequestHeader('Upload-Offset', String(from))
    request.setRequestHeader('Content-Type', 'application/offset+octet-stream')
    request.upload.onprogress = ({ loaded }) => onProgress(loaded)
    request.onload = () => settle(() => (request.status === 204 ? resolve() : reject(problemOf(parsed(request.responseText), request.status))))
    request.onerror = () => settle(() => reject(new RequestProblem({ text: importTexts.lostConnection, status: 0 })))
    request.onabort = () => settle(() => reject(new DOMException('The upload was stopped.', 'AbortError')))
    signal.addEventListener('abort', abort)
    if (signal.aborted) abort()
    else request.send(part)
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener('abort', () => { clearTimeout(timer); reject(new DOMException('The upload was stopped.', 'AbortError')) }, { once: true })
  })
}

const base64 = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)))
