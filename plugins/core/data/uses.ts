import type { Where } from 'payload'
import type { EntityDefinition, FieldDefinition } from '../../../config/language/entity.ts'
import type { Platform } from '../platform/platform.ts'
import type { Store } from './store.ts'

/** Rows of an entity that name something in one of their fields. */
export type Use = { readonly entity: EntityDefinition; readonly field: FieldDefinition; readonly count: number }

/**
 * Every place that refers to a row, one count a relation field; the lines of a document do not count as its users.
 * `to`: the slug of the row's collection, also of one that is no entity (users).
 */
export async function* usesOf(store: Store, platform: Platform, { to, id }: { readonly to: string; readonly id: string }): AsyncGenerator<Use, void> {
  for (const entity of platform.entities.values()) {
    for (const field of entity.fields) {
      if (field.type !== 'relation' || field.to !== to) continue
      if (entity.kind === 'line' && entity.parent?.entity === to && entity.parent.field === field.name) continue
      const where: Where = { [field.name]: field.many ? { in: [id] } : { equals: id } }
      const count = await store.count(entity.slug, where)
      if (count > 0) yield { entity, field, count }
    }
  }
}
