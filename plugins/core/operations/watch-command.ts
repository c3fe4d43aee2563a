import type { Payload } from 'payload'
import type { WorkItems } from '../../../config/generated/entities.ts'
import { platformOf } from '../platform/platform.ts'
import { observeCommand, observeWork } from './metrics.ts'
import { newContext, withRequestContext } from './request-context.ts'
import { inSpan } from './tracing.ts'

type Watched = { readonly action: string; readonly entity: string; readonly event?: string }

/** Counts a command, times it and makes it a span. */
export function watchCommand<Result>(payload: Payload, command: Watched, work: () => Promise<Result>): Promise<Result> {
  const labels = labelsOf(payload, command)
  const attributes = { 'trellis.entity': labels.entity, 'trellis.event': labels.event }
  return inSpan(`command ${labels.entity}.${labels.event}`, attributes, () => observeCommand(labels, work))
}

/** The same for later work, whose lines in the log name the piece. */
export function watchWork<Result>({ id, handler, entity }: Pick<WorkItems, 'id' | 'handler' | 'entity'>, work: () => Promise<Result>): Promise<Result> {
  return withRequestContext(newContext(`work:${id}`), () =>
    inSpan(`work ${handler}`, { 'trellis.handler': handler, 'trellis.entity': entity }, () => observeWork(handler, work)))
}

/** Only names that the platform knows: callers may send any. */
function labelsOf(payload: Payload, { action, entity, event }: Watched): { entity: string; event: string } {
  const platform = platformOf(payload)
  if (!platform.entities.has(entity)) return { entity: 'unknown', event: action }
  if (event === undefined) return { entity, event: action }
  const events = platform.workflows.get(entity)?.definition.events
  return { entity, event: events && Object.hasOwn(events, event) ? event : 'unknown' }
}
