import { DateTime } from 'luxon'
import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { Platform } from '../platform/platform.ts'
import { hasDeadlines } from '../workflow/deadlines.ts'
import { dueField, type DueSpans } from './due-field.ts'
import { describeEntity, type EntityView } from './entity-view.ts'

/** Whether documents of the entity may have a deadline: by its workflow of now, or one that some still follow. */
export function mayBeDue(platform: Platform, slug: string): boolean {
  const current = platform.workflows.get(slug)
  return current !== undefined && [current.definition, ...(platform.formerWorkflows.get(slug) ?? [])].some((definition) => definition && hasDeadlines(definition))
}

/** An entity as its lists know it: where documents have deadlines, these stand beside the state. */
export function listedEntity(seer: Parameters<typeof describeEntity>[0], definition: EntityDefinition): EntityView {
  const entity = describeEntity(seer, definition)
  if (!mayBeDue(seer.platform, definition.slug) || entity.fields.some(({ name }) => name === dueField.name)) return entity
  return { ...entity, fields: [...entity.fields, dueField], listColumns: [...entity.listColumns.slice(0, 1), dueField.name, ...entity.listColumns.slice(1)] }
}

/** The spans as of a moment, by the company's clock. */
export function spansAt(at: string, timeZone: string): DueSpans {
  const now = DateTime.fromISO(at, { zone: timeZone })
  const span = (unit: 'day' | 'week') => ({ from: utc(now.startOf(unit)), before: utc(now.startOf(unit).plus(unit === 'day' ? { days: 1 } : { weeks: 1 })) })
  return { overdue: { before: at }, today: span('day'), week: span('week') }
}

const utc = (moment: DateTime): string => moment.toUTC().toISO() ?? ''
