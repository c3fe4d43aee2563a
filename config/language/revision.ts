import type { FieldDefinition } from './entity.ts'
import type { FormDefinition } from './form.ts'

/** What a firm has published on top of what is shipped; plain JSON, an input of the composition. */
export type RevisionInputs = {
  /** Fields that the firm has added to shipped entities, by entity slug. */
  readonly fields: Readonly<Record<string, readonly FieldDefinition[]>>
  /** What it has decided about forms, by entity slug. Absent in what was published before forms had rules. */
  readonly forms?: Readonly<Record<string, FormDefinition>>
}

/** One published configuration. Numbers grow by one; 0 is what is shipped, with nothing published. */
export type Revision = { readonly number: number; readonly inputs: RevisionInputs }

export const shippedRevision: Revision = { number: 0, inputs: { fields: {} } }

/** Header beside 503: nothing was changed, because the process runs an older revision. The front sends such a request again. */
export const staleHeader = 'x-trellis-stale'
