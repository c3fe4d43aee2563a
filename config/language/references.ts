import type { JsonScalar, Text } from './text.ts'
import type { Reference } from './workflow.ts'

/**
 * Constructors of the platform's general guards and actions, so that a workflow reads like a table.
 * What each does stands in `workflows/erp/README.md`.
 */

/** A value to compare or to set. Literals are as stored; a sum adds fields, those named with "-" in front subtract. */
export type Operand =
  | JsonScalar
  | { readonly field: string }
  | { readonly sum: readonly string[] }
  | { readonly input: string }
  | { readonly company: string }
  | { readonly reason: true }
  | { readonly today: true }

export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'filled' | 'empty'

/** A comparison and the sentence that refuses when it does not hold. */
export type Comparison = {
  readonly left: Operand
  readonly operator: Operator
  readonly right?: Operand
  readonly refusal: Text
}

export const today = { today: true } as const
/** What the sender wrote as the reason of the step. */
export const reason = { reason: true } as const
export const field = (name: string) => ({ field: name }) as const
export const input = (name: string) => ({ input: name }) as const
export const sum = (...fields: readonly string[]) => ({ sum: fields }) as const

export const hasLines: Reference = { type: 'core.hasLines' }
export const fieldRequired = (name: string): Reference => ({ type: 'core.fieldRequired', params: { field: name } })
/** Exactly one of the fields is filled. */
export const exactlyOne = (...fields: readonly string[]): Reference => ({ type: 'core.exactlyOne', params: { fields } })
export const compare = (comparison: Comparison): Reference => ({ type: 'core.compare', params: { ...comparison } })
export const everyLine = (comparison: Comparison): Reference => ({ type: 'core.lines', params: { match: 'every', ...comparison } })
export const someLine = (comparison: Comparison): Reference => ({ type: 'core.lines', params: { match: 'some', ...comparison } })
/** Every row that the event asked for, against the line it names (`left` of the row, `right` of the line). */
export const eachInput = (comparison: Comparison): Reference => ({ type: 'core.lineInput', params: { ...comparison } })
/** The lines that name the same source line, `left` added up, against that source line (`right`). */
export const withinSource = (comparison: Comparison & { readonly relation: string }): Reference =>
  ({ type: 'core.sourceLines', params: { ...comparison } })

export const setField = (name: string, value: Operand): Reference =>
  ({ type: 'core.setField', params: { field: name, value } })
/** Sets the field when it is empty. */
export const setDefault = (name: string, value: Operand): Reference =>
  ({ type: 'core.setField', params: { field: name, value, onlyIfEmpty: true } })
/** Copies each given input to the document's field of that name. */
export const applyInput = (...fields: readonly string[]): Reference => ({ type: 'core.applyInput', params: { fields } })
export const increment = (name: string): Reference => ({ type: 'core.increment', params: { field: name } })
export const assignNumber: Reference = { type: 'core.assignNumber' }
/** Leaves one more event beside the one every step leaves. */
export const emit = (event: string): Reference => ({ type: 'core.emit', params: { event } })
/** Sends an event to the document that a relation names, in the same transaction, as the platform. */
export const sendTo = (relation: string, event: string): Reference => ({ type: 'core.sendTo', params: { relation, event } })
/** Like `sendTo`, but a document that refuses is left as it is. */
export const offerTo = (relation: string, event: string): Reference =>
  ({ type: 'core.sendTo', params: { relation, event, optional: true } })
