import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import { Transform, pipeline, type Readable } from 'node:stream'
import { staleHeader } from '../../config/language/revision.ts'
import { outcomeUnknown, refuse, tooLarge, waitedTooLong } from './answers.ts'
import type { Application } from './application.ts'
import { forwardedNames } from './forwarded.ts'
import { isHarmless, isRead } from './harmless.ts'
import { holdAnswer } from './hold-answer.ts'
import type { Supervisor } from './supervisor.ts'

/** Bodies up to this size are read before they are sent on: their sender cannot hold up a switch, and they can be sent again. */
const smallBytes = 65_536
const mostAttempts = 3
/** How long a process that broke off an exchange is given to be seen as ended, before it is asked again, by attempt. */
const fateMilliseconds = [250, 2_000] as const

type Inputs = {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly supervisor: Pick<Supervisor, 'host' | 'hostAfter'>
  readonly bodyLimit: number
  /** Where the request comes from, for the application. */
  readonly forwarded: Readonly<Record<string, string>>
}

/**
 * Sends a request to the application and its answer back, as streams; small ones are held until they are whole. What met the end
 * of a process is sent again when that is safe: reads, commands with an idempotency key, and what was refused because it came
 * under an old revision. A write whose outcome is unknown is never sent twice.
 */
export async function forward({ request, response, supervisor, bodyLimit, forwarded }: Inputs): Promise<void> {
  const body = await readBody(request, response, bodyLimit)
  if (!body) return
  const mayRepeat = request.headers['idempotency-key'] !== undefined || isHarmless(request, body)
  let stale: Application | undefined
  for (let attempt = 1; ; attempt++) {
    const host = await (stale ? supervisor.hostAfter(stale) : supervisor.host())
    if (response.destroyed) return
    if (!host) return refuse(response, waitedTooLong)
    const isLast = attempt === mostAttempts || !('bytes' in body)
    const outcome = await exchange({ host, request, response, body, forwarded, isLast })
    if (outcome === 'answered' || response.destroyed) return
    if (outcome === 'stale') stale = host
    else if (outcome === 'broken' && !mayRepeat) return refuse(response, outcomeUnknown)
    else if (isLast) return refuse(response, outcome === 'unreached' || isRead(request.method) ? waitedTooLong : outcomeUnknown)
    else await Promise.race([host.ended, new Promise((resolve) => setTimeout(resolve, fateMilliseconds[attempt - 1]))])
  }
}

type Body = { readonly bytes: Buffer } | { readonly stream: Readable }

/** @returns undefined when the request was refused or given up. */
async function readBody(request: IncomingMessage, response: ServerResponse, limit: number): Promise<Body | undefined> {
  const declared = Number(request.headers['content-length'] ?? 0)
  const refused = () => {
    refuse(response, tooLarge(limit))
    discard(request)
    return undefined
  }
  if (declared > limit) return refused()
  if (request.headers['transfer-encoding'] !== undefined || declared > smallBytes) {
    let size = 0
    const counted = new Transform({
      transform(chunk: Buffer, _, done) {
        size += chunk.length
        if (size <= limit) return done(null, chunk)
        refused()
        done(new Error('The body is too large.'))
      },
    })
    pipeline(request, counted, () => {})
    return { stream: counted }
  }
  const chunks: Buffer[] = []
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer)
  } catch {
    return undefined
  }
  return { bytes: Buffer.concat(chunks) }
}

/** Reads on, so that the sender gets to the answer instead of a broken connection; who has not ended by then is cut off. */
function discard(request: IncomingMessage) {
  // Taken now: a request that has ended by then has let go of its socket.
  const { socket } = request
  const cutOff = setTimeout(() => socket.destroy(), 2_000).unref()
  request.once('end', () => clearTimeout(cutOff))
  request.unpipe()
  request.resume()
}

/** `stale`: refused under an old revision; `unreached`: nothing of it was sent; `broken`: it may have been done, and was not answered. */
type Outcome = 'answered' | 'stale' | 'unreached' | 'broken'

/** `isLast`: what is refused as stale is an answer like any other. */
function exchange({ host, request, response, body, forwarded, isLast }: {
  host: Application; request: IncomingMessage; response: ServerResponse; body: Body; forwarded: Inputs['forwarded']; isLast: boolean
}): Promise<Outcome> {
  return new Promise((resolve) => {
    const count = host.begin()
    let isConnected = false
    let isAnswering = false
    const length = 'bytes' in body ? body.bytes.length : request.headers['content-length']
    const upstream = http.request({
      socketPath: host.socketPath, agent: host.agent, method: request.method, path: request.url, setHost: false,
      headers: { ...endToEnd(request.headers), ...forwarded, ...(length === undefined && { 'transfer-encoding': 'chunked' }) },
    })
    // Reads are given up with their caller; a write goes on, and its answer is thrown away.
    const leave = () => { if (!response.writableFinished && (isRead(request.method) || !upstream.writableFinished)) upstream.destroy() }
    response.once('close', leave)
    upstream.on('socket', (socket) => {
      if (socket.connecting) socket.once('connect', () => { isConnected = true })
      else isConnected = true
    })
    upstream.on('finish', count.sent)
    upstream.on('close', () => {
      count.closed()
      response.off('close', leave)
      // Of an answer that has begun, its reader says how it ended.
      if (!isAnswering) resolve('broken')
    })
    upstream.on('response', (answer) => {
      isAnswering = true
      count.answered()
      if (!isLast && answer.statusCode === 503 && answer.headers[staleHeader] !== undefined) {
        answer.on('error', () => {}).resume()
        return resolve('stale')
      }
      void deliver({ answer, response, canHold: 'bytes' in body }).then((isDelivered) => resolve(isDelivered ? 'answered' : 'broken'))
    })
    upstream.on('error', () => {
      if (!isAnswering) resolve(isConnected ? 'broken' : 'unreached')
    })
    if ('bytes' in body) upstream.end(body.bytes)
    else pipeline(body.stream, upstream, () => {})
  })
}

/** @returns false when the answer was broken off before anything of it was sent on. */
async function deliver({ answer, response, canHold }: { answer: IncomingMessage; response: ServerResponse; canHold: boolean }): Promise<boolean> {
  const held = canHold ? await holdAnswer(answer) : { bytes: Buffer.alloc(0), isWhole: false }
  if (!held) return false
  if (response.headersSent || response.destroyed) {
    answer.on('error', () => {}).resume()
    return true
  }
  const delay = answer.statusCode === 503 && answer.headers['retry-after'] === undefined ? { 'Retry-After': '2' } : {}
  response.writeHead(answer.statusCode ?? 502, answer.statusMessage, { ...endToEnd(answer.headers), ...delay })
  if (held.isWhole) {
    response.end(held.bytes)
    return true
  }
  if (held.bytes.length > 0) response.write(held.bytes)
  await new Promise<void>((resolve) => pipeline(answer, response, () => resolve()))
  return true
}

const hopByHop: ReadonlySet<string> = new Set(['connection', 'keep-alive', 'proxy-connection', 'proxy-authenticate', 'proxy-authorization', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'expect'])

/** The headers that are not between neighbours only (RFC 9110, 7.6.1), without what senders may not say about themselves. */
export function endToEnd(headers: IncomingMessage['headers']): http.OutgoingHttpHeaders {
  const named = new Set(String(headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase()))
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !hopByHop.has(name) && !named.has(name) && !forwardedNames.has(name)))
}
