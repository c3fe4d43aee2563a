import type { ServerResponse } from 'node:http'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry, type OpenMetricsContentType } from 'prom-client'
import type { Status } from './supervisor.ts'

export type FrontMetrics = {
  /** Counts and times a request until its answer has left, or its sender has. */
  readonly watch: (response: ServerResponse) => void
  /** A request that met the end of a process, or an old revision, is sent again. */
  readonly repeated: (why: 'stale' | 'broken') => void
  /** OpenMetrics, with its content type. */
  readonly render: () => Promise<{ readonly contentType: string; readonly text: string }>
}

const states = ['starting', 'serving', 'replacing', 'down'] as const satisfies readonly Status['state'][]

/** What the front counts of itself, beside what each application process counts; its own process too (memory, descriptors, event loop). */
export function frontMetrics({ status }: { readonly status: () => Status }): FrontMetrics {
  const registry = new Registry<OpenMetricsContentType>()
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE)
  const registers = [registry]
  collectDefaultMetrics({ register: registry as never })
  const requests = new Counter({ name: 'trellis_front_requests_total', help: 'Answered requests by class of status; gone: the sender left before.', labelNames: ['status'], registers })
  const seconds = new Histogram({ name: 'trellis_front_request_duration_seconds', help: 'Time until an answer has left.', buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10, 50], registers })
  const repeated = new Counter({ name: 'trellis_front_repeated_total', help: 'Requests sent to the application again.', labelNames: ['why'], registers })
  const open = new Gauge({ name: 'trellis_front_requests_open', help: 'Requests that are being answered.', registers })
  const gauge = (name: string, help: string, value: (now: Status) => number) => new Gauge({ name, help, registers, collect() { this.set(value(status())) } })
  gauge('trellis_front_requests_waiting', 'Requests that wait for an application process.', ({ waiting }) => waiting)
  gauge('trellis_front_replaced', 'Replacements of the application process since the front has started.', ({ replaced }) => replaced)
  gauge('trellis_front_crashed', 'Application processes that have ended by themselves since the front has started.', ({ crashed }) => crashed)
  gauge('trellis_front_revision', 'Revision of the application process that serves; -1: none does.', ({ revision }) => revision ?? -1)
  new Gauge({
    name: 'trellis_front_state', help: '1 for what the front does now.', labelNames: ['state'], registers,
    collect() { for (const state of states) this.set({ state }, status().state === state ? 1 : 0) },
  })
  return {
    watch(response) {
      const began = performance.now()
      open.inc()
      response.once('close', () => {
        open.dec()
        requests.inc({ status: response.writableFinished ? `${Math.floor(response.statusCode / 100)}xx` : 'gone' })
        seconds.observe((performance.now() - began) / 1000)
      })
    },
    repeated: (why) => repeated.inc({ why }),
    render: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  }
}
