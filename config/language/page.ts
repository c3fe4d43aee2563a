import type { FormLayout } from './form.ts'
import type { JsonScalar, Text } from './text.ts'

/**
 * Who a page is for. `internal`: whoever is signed in and may create such records; `public`: anyone who has the address, without
 * signing in; `shopFloor`: as internal, one field a screen, for a scanner that types.
 */
export type PageKind = 'internal' | 'public' | 'shopFloor'

/** A page of its own, on which records of one entity are entered and nothing is read. */
export type PageDefinition = {
  readonly entity: string
  readonly kind: PageKind
  readonly title: Text
  /** Above the fields. */
  readonly intro?: Text
  /** What is said when the record is stored; `{number}` is its number. */
  readonly thanks: Text
  /** The fields that it asks for, in their order; nothing else can be entered by it. */
  readonly layout: FormLayout
  /** What the page itself enters, as people speak it, by field. */
  readonly given?: Readonly<Record<string, JsonScalar>>
  /** `public`: absent, the page stands at its slug; otherwise at an address that cannot be guessed, another one for each number. */
  readonly link?: number
  /** `public`: ids of the records that may be chosen, by field; no others can be seen. */
  readonly offers?: Readonly<Record<string, readonly string[]>>
  /** `shopFloor`: which field a part of a GS1 code fills, by application identifier: { "10": "lot" }. */
  readonly gs1?: Readonly<Record<string, string>>
  /** Not to be used any more; whoever still has the address is told so. */
  readonly retired?: boolean
}
