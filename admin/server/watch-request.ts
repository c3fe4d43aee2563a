import type { IncomingMessage, ServerResponse } from 'node:http'
import { timingSafeEqual } from 'node:crypto'
import type { Payload } from 'payload'
import { metricsOf } from '../../plugins/core/operations/metrics-of.ts'
import { observeRequest } from '../../plugins/core/operations/metrics.ts'
import { contextOfHeaders, withRequestContext } from '../../plugins/core/operations/request-context.ts'
import { inRequestSpan } from '../../plugins/core/operations/tracing.ts'

/**
 * Gives a request its ids, which stand on every line that is logged while it is answered and in the answer's header
 * `X-Request-Id`; counts, times and logs it. The address is logged without its question: that may hold what people search.
 */
export function watchRequest(request: IncomingMessage, response: ServerResponse, payload: Payload | undefined, answer: () => void): void {
  const began = performance.now()
  const method = request.method ?? 'GET'
  inRequestSpan(method, request.headers, (span) => {
    const { requestId, traceId } = contextOfHeaders(request.headers)
    const ids = { requestId, traceId: span.traceId ?? traceId }
    response.setHeader('X-Request-Id', requestId)
    response.once('close', () => {
      const milliseconds = performance.now() - began
      const status = response.writableFinished ? response.statusCode : 499
      observeRequest({ method, status, seconds: milliseconds / 1000 })
      span.end(status)
      payload?.logger.info({ ...ids, method, path: request.url?.split('?')[0], status, milliseconds: Math.round(milliseconds) }, 'request')
    })
    withRequestContext(ids, answer)
  })
}

/** `/metrics` as OpenMetrics, for who knows METRICS_TOKEN; without one, for this machine. @returns whether it was asked for */
export function answerMetrics({ request, response, payload, token }: {
  request: IncomingMessage
  response: ServerResponse
  payload: Payload | undefined
  token: string | undefined
}): boolean {
  if (request.url?.split('?')[0] !== '/metrics') return false
  if (!mayRead(request, token)) {
    const english = token ? 'Send METRICS_TOKEN as a bearer token.' : 'Metrics are for this machine only: set METRICS_TOKEN to read them from another one.'
    plain(response, token ? 401 : 403, `${english}\n`, token ? { 'WWW-Authenticate': 'Bearer' } : {})
  } else if (!payload) {
    plain(response, 503, 'starting\n', { 'Retry-After': '2' })
  } else {
    metricsOf(payload).then(
      ({ contentType, text }) => response.writeHead(200, { 'Content-Type': contentType, 'Cache-Control': 'no-store' }).end(text),
      (error: unknown) => {
        payload.logger.error({ err: error, msg: 'The metrics could not be gathered.' })
        plain(response, 500, 'The metrics could not be gathered; the log says why.\n')
      },
    )
  }
  return true
}

function mayRead(request: IncomingMessage, token: string | undefined): boolean {
  if (token) {
    const given = Buffer.from(/^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '')
    const wanted = Buffer.from(token)
    return given.length === wanted.length && timingSafeEqual(given, wanted)
  }
  // On the front's socket there is no address: the front has written it, whatever the sender wrote.
  const address = request.socket.remoteAddress ?? String(request.headers['x-forwarded-for'] ?? '').split(',')[0]?.trim() ?? ''
  return /^(127\.|::1$|::ffff:127\.)/.test(address)
}

function plain(response: ServerResponse, status: number, text: string, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store', ...headers }).end(text)
}
