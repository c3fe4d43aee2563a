import type { FieldDefinition } from '../../../config/language/entity.ts'
import { dateTime } from '../../../config/language/fields.ts'

/** What lists know beside the fields of an entity whose workflow has deadlines: until when a document may stay in its state. Pure, the same in the browser and on the server. */
export const dueField: FieldDefinition = dateTime('stateDue', { en: 'Due', zh: '时限' }, { readOnly: true })

/** Where a column of a list is stored. */
export const pathOfField = (name: string): string => (name === dueField.name ? 'workflow.due' : name)

/** Spans by which one asks what is due: as of now, so that a kept view goes on meaning it. A week begins on Monday. */
export const dueSpans = ['overdue', 'today', 'week'] as const
export type DueSpan = (typeof dueSpans)[number]
/** From a moment on and before another, UTC ISO. */
export type Span = { readonly from?: string; readonly before: string }
export type DueSpans = Readonly<Record<DueSpan, Span>>

export const isDueSpan = (value: string): value is DueSpan => dueSpans.some((one) => one === value)
