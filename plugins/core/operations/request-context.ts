import { AsyncLocalStorage } from 'node:async_hooks'
import { randomBytes, randomUUID } from 'node:crypto'

/** What each line of the log says about where it comes from. */
export type RequestContext = {
  /** Of one request or one piece of later work. */
  readonly requestId: string
  /** W3C trace context: the same through all programs that take part. */
  readonly traceId: string
  /** The database did not answer something of it: who asks may not be known because of that. */
  isDatabaseAway?: boolean
}

/*
 * The process holds several bundles of this file (the server's, the panel's): they must mean the same storage, hence
 * globalThis.
 */
const key = Symbol.for('trellis.request-context')
type Holder = { [key]?: AsyncLocalStorage<RequestContext> }
const storage = ((globalThis as Holder)[key] ??= new AsyncLocalStorage<RequestContext>())

export const requestContext = (): RequestContext | undefined => storage.getStore()

export function withRequestContext<Result>(context: RequestContext, work: () => Result): Result {
  return storage.run(context, work)
}

/** The ids that a caller sends, where they are well-formed; new ones otherwise: nobody writes into our log by a header. */
export function contextOfHeaders(headers: { readonly [name: string]: string | readonly string[] | undefined }): RequestContext {
  const given = headers['x-request-id']
  const traced = typeof headers.traceparent === 'string' ? /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/.exec(headers.traceparent) : null
  const isTraced = traced && !/^0+$/.test(traced[1] ?? '') && !/^0+$/.test(traced[2] ?? '')
  return {
    requestId: typeof given === 'string' && /^[A-Za-z0-9][A-Za-z0-9._:-]{7,127}$/.test(given) ? given : randomUUID(),
    traceId: isTraced ? (traced[1] ?? '') : newTraceId(),
  }
}

/** For work that nobody asked for by a request. */
export const newContext = (requestId: string): RequestContext => ({ requestId, traceId: newTraceId() })

const newTraceId = () => randomBytes(16).toString('hex')
