import type { FieldDefinition } from '../../../config/language/entity.ts'
import type { RevisionInputs } from '../../../config/language/revision.ts'
import type { Text } from '../../../config/language/text.ts'
import { canonicalJson } from '../../../workflows/engine/canonical.ts'
import { publishedFieldsOf } from '../platform/published-fields.ts'

/** What happened to one field of one entity between two revisions. */
export type FieldChange = {
  readonly entity: string
  readonly field: string
  readonly label: Text
  readonly kind: 'added' | 'changed' | 'retired' | 'restored'
  /** The properties that differ. */
  readonly details: readonly { readonly property: string; readonly before: unknown; readonly after: unknown }[]
}

/** Differences of the fields that a firm has added, entity by entity; a change of their order alone is none. */
export function fieldChanges(before: RevisionInputs, after: RevisionInputs): readonly FieldChange[] {
  const slugs = [...new Set([...Object.keys(before.fields), ...Object.keys(after.fields)])].sort()
  return slugs.flatMap((entity) => {
    const old = new Map(publishedFieldsOf(before, entity).map((field) => [field.name, field]))
    return publishedFieldsOf(after, entity).flatMap((field): FieldChange[] => {
      const previous = old.get(field.name)
      const about = { entity, field: field.name, label: field.label }
      if (!previous) return [{ ...about, kind: 'added', details: [] }]
      const details = detailsOf(previous, field)
      if (details.length === 0) return []
      return [{ ...about, kind: field.retired && !previous.retired ? 'retired' : !field.retired && previous.retired ? 'restored' : 'changed', details }]
    })
  })
}

/**
 * The fields that bring an entity back to what it was in an earlier revision. Nothing is lost by it: what came later is
 * taken out of use.
 */
export function fieldsAsOf(earlier: RevisionInputs, now: RevisionInputs, slug: string): readonly FieldDefinition[] {
  const then = publishedFieldsOf(earlier, slug)
  const names = new Set(then.map(({ name }) => name))
  return [...then, ...publishedFieldsOf(now, slug).filter(({ name }) => !names.has(name)).map((field) => ({ ...field, retired: true }))]
}

function detailsOf(before: FieldDefinition, after: FieldDefinition): FieldChange['details'] {
  const [old, now] = [before, after] as unknown as [Record<string, unknown>, Record<string, unknown>]
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].sort()
    .filter((property) => canonicalJson(old[property] ?? null) !== canonicalJson(now[property] ?? null))
    .map((property) => ({ property, before: old[property] ?? null, after: now[property] ?? null }))
}
