import type { FieldDefinition } from './entity.ts'
import type { FormDefinition } from './form.ts'
import type { PageDefinition } from './page.ts'
import type { Json, Text } from './text.ts'

/** An entity that a firm has made: records with a number and a name, and the fields that it adds. */
export type OwnEntity = {
  readonly label: Text
  readonly labels: Text
  readonly help?: Text
  /** What its numbers begin with: EQ-00001. */
  readonly prefix: string
  /** Nobody meets it any more; its records are kept. */
  readonly retired?: boolean
}

/**
 * What a firm has changed about the workflow of an entity: a JSON Merge Patch (RFC 7396) from the shipped definition to the firm's. Where
 * none is shipped it is the whole definition.
 */
export type WorkflowLayer = { readonly [property: string]: Json }

/** What a firm has published on top of what is shipped; plain JSON, an input of the composition. */
export type RevisionInputs = {
  /** Fields that the firm has added to shipped entities, by entity slug. */
  readonly fields: Readonly<Record<string, readonly FieldDefinition[]>>
  /** Entities of its own, by slug, which begins with `own-`; their fields stand in `fields`. */
  readonly entities?: Readonly<Record<string, OwnEntity>>
  /** What it has decided about forms, by entity slug. Absent in what was published before forms had rules. */
  readonly forms?: Readonly<Record<string, FormDefinition>>
  /** Pages of their own on which records are entered, by slug. */
  readonly pages?: Readonly<Record<string, PageDefinition>>
  /** What it has changed about workflows, or drawn itself, by entity slug. */
  readonly workflows?: Readonly<Record<string, WorkflowLayer>>
}

/** One published configuration. Numbers grow by one; 0 is what is shipped, with nothing published. */
export type Revision = { readonly number: number; readonly inputs: RevisionInputs }

export const shippedRevision: Revision = { number: 0, inputs: { fields: {} } }

/** Header beside 503: nothing was changed, because the process runs an older revision. The front sends such a request again. */
export const staleHeader = 'x-trellis-stale'
