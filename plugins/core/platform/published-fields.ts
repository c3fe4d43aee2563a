import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { RevisionInputs } from '../../../config/language/revision.ts'
import { numbered } from '../entities/master-numbers.ts'
import { withDerived, withTakenFrom } from '../forms/derived-fields.ts'
import { ownEntities, publishedFieldsOf, publishedFormOf, withFields } from './own-fields.ts'
import type { TrellisPlugin } from './plugin.ts'

/**
 * The plugins with the fields that the firm has added to their entities, and one more with the entities that it has made.
 * @param inputs what can be used with these plugins (`fitInputs`)
 */
export function withPublishedFields(plugins: readonly TrellisPlugin[], inputs: RevisionInputs): readonly TrellisPlugin[] {
  const own: TrellisPlugin = {
    slug: 'core', entities: ownEntities(inputs),
    behaviours: Object.fromEntries(Object.entries(inputs.entities ?? {}).map(([slug, { prefix }]) => [slug, numbered({ entity: slug, field: 'number', prefix, key: slug })])),
  }
  const unread = new Map([...plugins, own].flatMap(({ entities = [] }) => entities.map((entity) => [entity.slug, entity])))
  const extended = (entity: EntityDefinition): EntityDefinition => {
    // Lines are made of what their document is made of.
    const owner = entity.kind === 'line' ? unread.get(entity.parent?.entity ?? '') : undefined
    return withDerived(withFields(entity, publishedFieldsOf(inputs, entity.slug)), publishedFormOf(inputs, entity.slug), owner && new Map([[owner.slug, extended(owner)]]))
  }
  const all = [...plugins, own].map((plugin) => (plugin.entities ? { ...plugin, entities: plugin.entities.map(extended) } : plugin))
  const known = new Map(all.flatMap(({ entities = [] }) => entities.map((entity) => [entity.slug, entity])))
  return all.map((plugin) => (plugin.entities ? { ...plugin, entities: plugin.entities.map((entity) => withTakenFrom(known, entity)) } : plugin))
}
