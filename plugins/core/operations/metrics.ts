import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry, type OpenMetricsContentType } from 'prom-client'
import { isCallersFault, problemOfError } from '../api/problem-of-error.ts'

type Metrics = ReturnType<typeof createMetrics>
type Outcome = 'ok' | 'refused' | 'busy' | 'failed'

/* One set a process, whichever of its bundles counts: hence globalThis. */
const key = Symbol.for('trellis.metrics')
type Holder = { [key]?: Metrics }

/** What this process has counted since it started. */
export const metrics = (): Metrics => ((globalThis as Holder)[key] ??= createMetrics())

/** All metrics as OpenMetrics text, with its content type. */
export async function renderMetrics(): Promise<{ contentType: string; text: string }> {
  const { registry } = metrics()
  return { contentType: registry.contentType, text: await registry.metrics() }
}

/** Names are ours, never a caller's: each new one is a series that stays. */
export function observeCommand<Result>(labels: { entity: string; event: string }, work: () => Promise<Result>): Promise<Result> {
  const { commands, commandSeconds } = metrics()
  return timed(work, (outcome, seconds) => {
    commands.inc({ ...labels, outcome })
    commandSeconds.observe(labels, seconds)
  })
}

export function observeWork<Result>(handler: string, work: () => Promise<Result>): Promise<Result> {
  const { work: counter, workSeconds } = metrics()
  return timed(work, (outcome, seconds) => {
    counter.inc({ handler, outcome })
    workSeconds.observe({ handler }, seconds)
  })
}

export function observeJob<Result>(kind: string, work: () => Promise<Result>): Promise<Result> {
  return timed(work, (outcome, seconds) => {
    metrics().jobs.inc({ kind, outcome })
    metrics().jobSeconds.set({ kind }, seconds)
  })
}

export function observeRequest({ method, status, seconds }: { method: string; status: number; seconds: number }): void {
  const labels = { method: knownMethods.has(method) ? method : 'other', status: `${Math.floor(status / 100)}xx` }
  metrics().requests.inc(labels)
  metrics().requestSeconds.observe({ method: labels.method }, seconds)
}

export function observeDatabase(operation: string, seconds: number): void {
  metrics().databaseSeconds.observe({ operation }, seconds)
}

const knownMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

async function timed<Result>(work: () => Promise<Result>, done: (outcome: Outcome, seconds: number) => void): Promise<Result> {
  const began = performance.now()
  const seconds = () => (performance.now() - began) / 1000
  try {
    const result = await work()
    done('ok', seconds())
    return result
  } catch (error) {
    done(outcomeOf(error), seconds())
    throw error
  }
}

function outcomeOf(error: unknown): Outcome {
  if (isCallersFault(error)) return 'refused'
  return problemOfError(error).status === 503 ? 'busy' : 'failed'
}

function createMetrics() {
  const registry = new Registry<OpenMetricsContentType>()
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE)
  const registers = [registry]
  collectDefaultMetrics({ register: registry as never })
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) => new Counter({ name, help, labelNames, registers })
  const gauge = <Label extends string>(name: string, help: string, labelNames: Label[] = []) => new Gauge({ name, help, labelNames, registers })
  const histogram = <Label extends string>(name: string, help: string, labelNames: Label[], buckets: number[]) => new Histogram({ name, help, labelNames, buckets, registers })
  const answers = [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10]
  return {
    registry,
    info: gauge('trellis_info', 'Always 1: what runs.', ['version', 'revision', 'database']),
    commands: counter('trellis_commands_total', 'Commands by entity, event and outcome.', ['entity', 'event', 'outcome']),
    commandSeconds: histogram('trellis_command_duration_seconds', 'Time a command takes, tries included.', ['entity', 'event'], answers),
    requests: counter('trellis_requests_total', 'Answered requests.', ['method', 'status']),
    requestSeconds: histogram('trellis_request_duration_seconds', 'Time until a request is answered.', ['method'], answers),
    work: counter('trellis_work_total', 'Events handled and timers fired.', ['handler', 'outcome']),
    workSeconds: histogram('trellis_work_duration_seconds', 'Time a handler takes.', ['handler'], answers),
    jobs: counter('trellis_jobs_total', 'Background jobs.', ['kind', 'outcome']),
    jobSeconds: gauge('trellis_job_last_duration_seconds', 'Time the last background job took.', ['kind']),
    databaseSeconds: histogram('trellis_database_operation_duration_seconds', 'Time a database operation takes.', ['operation'], [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10]),
    workItems: gauge('trellis_work_items', 'Events and timers that are due, overdue, dead letters, or failed and will be tried again.', ['state']),
    runnerLag: gauge('trellis_runner_lag_seconds', 'How long the oldest due work has waited.'),
    backupAge: gauge('trellis_backup_age_seconds', 'Age of the last complete backup; absent: there is none.'),
  }
}
