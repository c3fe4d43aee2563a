import type { FieldDefinition } from '../../config/language/entity.ts'
import type { Text } from '../../config/language/text.ts'
import { conditionTexts } from '../locales/condition-texts.ts'

/** What conditions can be about: a field of the form, or what is known beside them. */
export type Subject = Pick<FieldDefinition, 'name' | 'type' | 'many' | 'label'> & { readonly options?: readonly { readonly value: string; readonly label: Text }[] }
export type RoleChoice = { readonly slug: string; readonly label: Text }

/** The subjects of a form. */
export const subjectsOf = (fields: readonly FieldDefinition[], roles: readonly RoleChoice[]): readonly Subject[] => [
  ...fields.filter(({ type }) => type !== 'json'),
  { name: 'isNew', type: 'boolean', label: conditionTexts.isNew }, { name: 'workflowState', type: 'text', label: conditionTexts.workflowState },
  { name: 'userRoles', type: 'text', many: true, label: conditionTexts.roleOf, options: roles.map(({ slug, label }) => ({ value: slug, label })) },
]
