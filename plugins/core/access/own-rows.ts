import type { Where } from 'payload'
import type { EntityDefinition } from '../../../config/language/entity.ts'

/** The rows that are a user's own: it owns the document, or the document that a line belongs to. */
export function ownedBy(entity: EntityDefinition, userId: string): Where {
  const path = entity.kind === 'line' && entity.parent ? `${entity.parent.field}.owner` : 'owner'
  return { [path]: { equals: userId } }
}
