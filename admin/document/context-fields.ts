import type { FieldDefinition } from '../../config/language/entity.ts'
import type { Text } from '../../config/language/text.ts'
import type { DocumentView } from '../../plugins/core/views/document-view.ts'
import { toldColumns } from './line-columns.ts'

/** What tells a line from the others, and its quantities that are not zero; the document's own is named after it, for a step asks for another. */
export function contextFields({ entity, lines }: Pick<DocumentView, 'entity' | 'lines'>): FieldDefinition[] {
  if (!entity.lines) return []
  const { fields, columns } = entity.lines
  const named = fields.filter(({ name, type }) => columns.includes(name) && (type === 'relation' || name === 'description')).slice(0, 2)
  const quantities = toldColumns(entity.lines, lines).filter(({ type }) => type === 'quantity').slice(0, mostQuantities)
  return [...named, ...quantities.map((field) => (field.name === 'quantity' ? { ...field, label: quantityOf(entity.label) } : field))]
}

const mostQuantities = 5
const quantityOf = (document: Text): Text => ({ en: `${document.en} quantity`, zh: `${document.zh}数量` })
