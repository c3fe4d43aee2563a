import { headFieldsOf, headWord } from '../../config/expression/environment.ts'
import { kindOf } from '../../config/expression/rule-values.ts'
import type { FieldDefinition } from '../../config/language/entity.ts'
import type { Text } from '../../config/language/text.ts'
import { conditionTexts } from '../locales/condition-texts.ts'

/** What conditions can be about: a field of the form, of its head (`head.priority`), or what is known beside them. */
export type Subject = Pick<FieldDefinition, 'name' | 'type' | 'many' | 'label'> & { readonly options?: readonly { readonly value: string; readonly label: Text }[] }
export type RoleChoice = { readonly slug: string; readonly label: Text }

/** The subjects of a form. `head`: of lines and columns, the fields of what their rows belong to. */
export const subjectsOf = (fields: readonly FieldDefinition[], roles: readonly RoleChoice[], head: readonly FieldDefinition[] = []): readonly Subject[] => [
  ...fields.filter((field) => kindOf(field) !== undefined),
  ...headFieldsOf(head).map(({ name, label: { en, zh }, ...field }): Subject => ({ ...field, name: `${headWord}.${name}`, label: { en: `${en} (${conditionTexts.ofHead.en})`, zh: `${zh}（${conditionTexts.ofHead.zh}）` } })),
  { name: 'isNew', type: 'boolean', label: conditionTexts.isNew }, { name: 'workflowState', type: 'text', label: conditionTexts.workflowState },
  { name: 'userRoles', type: 'text', many: true, label: conditionTexts.roleOf, options: roles.map(({ slug, label }) => ({ value: slug, label })) },
]
