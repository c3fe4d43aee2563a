import type { EntityDefinition } from '../../../../config/language/entity.ts'
import type { Text } from '../../../../config/language/text.ts'
import type { ViewDefinition } from '../../../../config/language/view.ts'

/** What can use a field, or an entity as a whole. `field`: another field that takes over, filters by, or refers to it. */
export const useKinds = ['rule', 'section', 'page', 'field', 'workflow', 'view', 'role', 'import', 'key'] as const
export type UseKind = (typeof useKinds)[number]

/** One user of a field or an entity. */
export type Use = {
  readonly kind: UseKind
  readonly label: Text
  /** What it does with it. */
  readonly note?: Text
  /** Where in the panel it is looked at and changed. */
  readonly href?: string
  /** It keeps the field from going out of use until it is changed. */
  readonly first?: boolean
}

/** What is asked about: a field of an entity, or without a name the entity itself. */
export type Asked = { readonly entity: EntityDefinition; readonly name?: string | undefined }

/** Every field that a saved view names. */
export function fieldsOfView({ fields = [], widths = {}, filters = [], sort, groupBy, measure, from, to, title, picture }: ViewDefinition): ReadonlySet<string> {
  return new Set([...fields, ...Object.keys(widths), ...filters.map(({ field }) => field), sort?.replace(/^-/, ''), groupBy, measure, from, to, title, picture].filter((one) => one !== undefined))
}
