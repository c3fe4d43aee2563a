import type { EntityDefinition, FieldDefinition } from '../../../config/language/entity.ts'
import { isSectionText, key, required, text } from '../../../config/language/fields.ts'
import type { FormDefinition } from '../../../config/language/form.ts'
import type { RevisionInputs } from '../../../config/language/revision.ts'

/** An entity with fields that the firm has added. */
export function withFields(entity: EntityDefinition, added: readonly FieldDefinition[]): EntityDefinition {
  if (added.length === 0) return entity
  const columns = entity.kind === 'line' || isOwnSlug(entity.slug) ? added.filter((field) => !field.advanced && !field.retired && !isSectionText(field)).map(({ name }) => name) : []
  // What is out of use never leaves the server: it is kept, as a secret is.
  const fields = added.map((field) => (field.retired ? { ...field, hidden: true, readOnly: true } : field.lookup || isSectionText(field) ? { ...field, readOnly: true } : field.type === 'sequence' ? { help: nextFree, ...field, ...numberedField } : field))
  return { ...entity, fields: [...entity.fields, ...fields], listColumns: [...entity.listColumns, ...columns] }
}

/** Given in a new record where nobody gives it, and never twice. */
const numberedField = { unique: true, index: true, givenWhenEmpty: true, maxLength: 64 } as const
const nextFree = { en: 'Empty: the next free number.', zh: '留空则自动编号。' }

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

/** What the firm has decided about the form of an entity; one without rules where that is nothing. */
export const publishedFormOf = ({ forms = {} }: RevisionInputs, slug: string): FormDefinition => (Object.hasOwn(forms, slug) ? (forms[slug] ?? noForm) : noForm)

const noForm: FormDefinition = { rules: {} }

/** Slugs of the firm's own entities begin with this: what is shipped later never takes one. */
export const isOwnSlug = (slug: string): boolean => slug.startsWith('own-')

/** The entities that the firm has made, without the fields that it gave them. */
export const ownEntities = ({ entities = {} }: Pick<RevisionInputs, 'entities'>): readonly EntityDefinition[] => Object.entries(entities).map(([slug, { label, labels, help, retired }]) => ({
  slug, label, labels, system: 'core', kind: 'master', titleField: 'name', ...(help ? { help } : {}), ...(retired ? { retired, unlisted: true } : {}),
  fields: [
    text('number', { en: 'Number', zh: '编号' }, { ...key, givenWhenEmpty: true, help: nextFree }),
    text('name', { en: 'Name', zh: '名称' }, { ...required, index: true }),
  ],
  listColumns: ['number', 'name'], searchFields: ['number', 'name'], defaultSort: 'number',
}))
