import type { FieldDefinition } from '../../config/language/entity.ts'

/**
 * The fields whose name in either language has the words: those of the list first, then the others. Without words what only
 * the platform needs (version, trace, company) is left out; JSON can be neither a column nor a condition.
 */
export function foundFields(fields: readonly FieldDefinition[], { words, usual }: { readonly words: string; readonly usual: readonly string[] }): readonly FieldDefinition[] {
  const wanted = words.trim().toLowerCase()
  const found = fields.filter((field) => field.type !== 'json' && (wanted ? `${field.label.en} ${field.label.zh}`.toLowerCase().includes(wanted) : !isInternal(field)))
  const place = ({ name }: FieldDefinition) => (usual.includes(name) ? usual.indexOf(name) : usual.length)
  return found.toSorted((a, b) => place(a) - place(b))
}

const isInternal = ({ advanced, to, name }: FieldDefinition) => Boolean(advanced) || to === 'companies' || name === 'version'
