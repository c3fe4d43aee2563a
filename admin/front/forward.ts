import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import { pipeline, type Readable } from 'node:stream'
import { staleHeader } from '../../config/language/revision.ts'
import { outcomeUnknown, refuse, tooLarge, waitedTooLong } from './answers.ts'
import type { Application } from './application.ts'
import { forwardedNames } from './forwarded.ts'
import { isHarmless, isRead } from './harmless.ts'
import { holdAnswer } from './hold-answer.ts'
import { readBody, type RequestBody } from './request-body.ts'
import type { Supervisor } from './supervisor.ts'

const mostAttempts = 3
/** How long a process that broke off an exchange is given to be seen as ended, before it is asked again, by attempt. */
const fateMilliseconds = [250, 2_000] as const

type Inputs = {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly supervisor: Pick<Supervisor, 'host' | 'hostAfter'>
  readonly bodyLimit: number
  /** Where large bodies are kept while they are on their way. */
  readonly folder: string
  /** Where the request comes from, for the application. */
  readonly forwarded: Readonly<Record<string, string>>
  /** Told of each that is sent again, and why. */
  readonly repeated: (why: 'stale' | 'broken') => void
}

/**
 * Sends a request to the application and its answer back, as streams; small ones are held until they are whole. What met the end
 * of a process is sent again when that is safe: reads, commands with an idempotency key, and what was refused because it came
 * under an old revision. A write whose outcome is unknown is never sent twice.
 */
export async function forward(inputs: Inputs): Promise<void> {
  const { request, response, bodyLimit, folder } = inputs
  const body = await readBody({
    request, folder, limit: bodyLimit,
    refuse() {
      refuse(response, tooLarge(bodyLimit))
      discard(request)
    },
  })
  if (!body) return
  try {
    await send(inputs, body)
  } finally {
    if ('forget' in body) body.forget()
  }
}

async function send({ request, response, supervisor, forwarded, repeated }: Inputs, body: RequestBody): Promise<void> {
  const mayRepeat = request.headers['idempotency-key'] !== undefined || isHarmless(request, body)
  let stale: Application | undefined
  for (let attempt = 1; ; attempt++) {
    const host = await (stale ? supervisor.hostAfter(stale) : supervisor.host())
    if (response.destroyed) return
    if (!host) return refuse(response, waitedTooLong)
    const content = 'bytes' in body ? body.bytes : attempt === 1 ? body.stream : await body.again()
    // It was not kept: what it met is told.
    if (!content) return refuse(response, stale ? waitedTooLong : outcomeUnknown)
    if (attempt > 1) repeated(stale ? 'stale' : 'broken')
    const isLast = attempt === mostAttempts
    const outcome = await exchange({ host, request, response, content, forwarded, isLast })
    if (outcome === 'answered' || response.destroyed) return
    // The rest of a large one need not reach a process that has refused it.
    if ('stream' in body) body.stream.destroy()
    if (outcome === 'stale') stale = host
    else if (outcome === 'broken' && !mayRepeat) return refuse(response, outcomeUnknown)
    else if (isLast) return refuse(response, outcome === 'unreached' || isRead(request.method) ? waitedTooLong : outcomeUnknown)
    else await Promise.race([host.ended, new Promise((resolve) => setTimeout(resolve, fateMilliseconds[attempt - 1]))])
  }
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
function exchange({ host, request, response, content, forwarded, isLast }: {
  host: Application; request: IncomingMessage; response: ServerResponse; content: Buffer | Readable; forwarded: Inputs['forwarded']; isLast: boolean
}): Promise<Outcome> {
  return new Promise((resolve) => {
    const count = host.begin()
    let isConnected = false
    let isAnswering = false
    const isHeld = content instanceof Buffer
    const length = isHeld ? content.length : request.headers['content-length']
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
      void deliver({ answer, response, canHold: isHeld }).then((isDelivered) => resolve(isDelivered ? 'answered' : 'broken'))
    })
    upstream.on('error', () => {
      if (!isAnswering) resolve(isConnected ? 'broken' : 'unreached')
    })
    if (isHeld) upstream.end(content)
    else pipeline(content, upstream, () => {})
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
