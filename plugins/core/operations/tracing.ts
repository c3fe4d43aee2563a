import { context, propagation, SpanKind, SpanStatusCode, trace, type Attributes } from '@opentelemetry/api'
import type { IncomingHttpHeaders } from 'node:http'
import { problemOfError, isCallersFault } from '../api/problem-of-error.ts'

/*
 * Hooks for OpenTelemetry: with an SDK in the process (`NODE_OPTIONS=--import …`) requests, commands and later work become
 * spans; without one this costs nothing.
 */
const tracer = () => trace.getTracer('trellis')

/** Runs `work` in a span; what it throws is kept on it, without the values of people. */
export async function inSpan<Result>(name: string, attributes: Attributes, work: () => Promise<Result>): Promise<Result> {
  return tracer().startActiveSpan(name, { attributes }, async (span) => {
    try {
      return await work()
    } catch (error) {
      span.setAttribute('error.type', isCallersFault(error) ? problemOfError(error).code : 'internal')
      if (!isCallersFault(error)) span.setStatus({ code: SpanStatusCode.ERROR })
      throw error
    } finally {
      span.end()
    }
  })
}

export type RequestSpan = { readonly traceId: string | undefined; readonly end: (status: number) => void }

/** Runs `work` in the span of a request, which goes on where its sender's left off. */
export function inRequestSpan(method: string, headers: IncomingHttpHeaders, work: (span: RequestSpan) => void): void {
  const parent = propagation.extract(context.active(), headers)
  tracer().startActiveSpan(`${method} request`, { kind: SpanKind.SERVER, attributes: { 'http.request.method': method } }, parent, (span) => {
    const { traceId } = span.spanContext()
    work({
      traceId: /^0*$/.test(traceId) ? undefined : traceId,
      end: (status) => {
        span.setAttribute('http.response.status_code', status)
        if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
        span.end()
      },
    })
  })
}
