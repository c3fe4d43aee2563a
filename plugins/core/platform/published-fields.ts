import type { EntityDefinition, FieldDefinition } from '../../../config/language/entity.ts'
import type { RevisionInputs } from '../../../config/language/revision.ts'
import { failInput } from '../errors.ts'
import type { TrellisPlugin } from './plugin.ts'
import { revisionFindings } from './revision-findings.ts'

/**
 * The plugins with the fields that the firm has added to their entities.
 * @throws ProblemError (422) with every finding when the inputs cannot be used with these plugins.
 */
export function withPublishedFields(plugins: readonly TrellisPlugin[], inputs: RevisionInputs): readonly TrellisPlugin[] {
  const findings = revisionFindings(inputs, plugins.flatMap(({ entities }) => entities ?? []))
  if (findings.length > 0) failInput(findings)
  const extended = (entity: EntityDefinition): EntityDefinition => {
    const added = publishedFieldsOf(inputs, entity.slug)
    if (added.length === 0) return entity
    const columns = entity.kind === 'line' ? added.filter(({ advanced, retired }) => !advanced && !retired).map(({ name }) => name) : []
    // What is out of use never leaves the server: it is kept, as a secret is.
    const fields = added.map((field) => (field.retired ? { ...field, hidden: true, readOnly: true } : field))
    return { ...entity, fields: [...entity.fields, ...fields], listColumns: [...entity.listColumns, ...columns] }
  }
  return plugins.map((plugin) => (plugin.entities ? { ...plugin, entities: plugin.entities.map(extended) } : plugin))
}

/** The fields that the firm has added to an entity, those out of use too. */
export const publishedFieldsOf = ({ fields }: RevisionInputs, slug: string): readonly FieldDefinition[] => (Object.hasOwn(fields, slug) ? (fields[slug] ?? []) : [])

/** The entities as they are shipped, of a platform that was composed with these inputs. */
export function shippedEntities(entities: Iterable<EntityDefinition>, inputs: RevisionInputs): readonly EntityDefinition[] {
  return [...entities].map((entity) => {
    const own = new Set(publishedFieldsOf(inputs, entity.slug).map(({ name }) => name))
    if (own.size === 0) return entity
    return { ...entity, fields: entity.fields.filter(({ name }) => !own.has(name)), listColumns: entity.listColumns.filter((name) => !own.has(name)) }
  })
}
