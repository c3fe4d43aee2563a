import type { FieldDefinition } from '../../config/language/entity.ts'
import type { DocumentView } from '../../plugins/core/views/document-view.ts'

/** What tells a line from the others, and its quantities. */
export function contextFields({ entity }: Pick<DocumentView, 'entity'>): FieldDefinition[] {
  const fields = entity.lines?.fields ?? []
  const columns = entity.lines?.columns ?? []
  const named = fields.filter(({ name, type }) => columns.includes(name) && (type === 'relation' || name === 'description')).slice(0, 2)
  const quantities = fields.filter(({ name, type }) => type === 'quantity' && (columns.includes(name) || name.startsWith('received') || name.startsWith('delivered'))).slice(0, 4)
  return [...named, ...quantities]
}
