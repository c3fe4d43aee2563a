import type { EntityDefinition, FieldDefinition } from '../../../config/language/entity.ts'
import type { FormDefinition } from '../../../config/language/form.ts'
import { compileForm, ruledFields, type FormProgram } from './compile-form.ts'

/** Fields whose value a rule makes of others, or is taken over through a reference: by name, everything that it is made of, also by way of others. */
export function madeOf({ fields, steps }: FormProgram): ReadonlyMap<string, ReadonlySet<string>> {
  const made = new Map<string, ReadonlySet<string>>(fields.flatMap(({ name, lookup, convertedFrom }) => {
    const own = [...(lookup ? [lookup.through] : []), ...(convertedFrom === undefined ? [] : [convertedFrom])]
    return own.length > 0 ? [[name, new Set(own)] as const] : []
  }))
  // Each step comes after those that its value depends on.
  for (const { field, madeOf: own } of steps) {
    if (own.size > 0) made.set(field.name, new Set([...own].flatMap((name) => [name, ...(made.get(name) ?? [])])))
  }
  return made
}

type Entities = ReadonlyMap<string, EntityDefinition>

/** The entity, each of whose lookups knows where its value comes from, also by way of other lookups: whoever may not see that there does not see it here either. */
export function withTakenFrom(entities: Entities, entity: EntityDefinition): EntityDefinition {
  if (!entity.fields.some(({ lookup }) => lookup)) return entity
  return { ...entity, fields: entity.fields.map((field) => (field.lookup ? { ...field, takenFrom: sourcesOf(entities, { entity, field, seen: new Set() }) } : field)) }
}

/** `seen`: lookups may refer to each other in a circle. */
function sourcesOf(entities: Entities, { entity, field, seen }: { readonly entity: EntityDefinition; readonly field: FieldDefinition; readonly seen: Set<string> }): NonNullable<FieldDefinition['takenFrom']> {
  const { through, of } = field.lookup ?? {}
  const target = entities.get(entity.fields.find(({ name }) => name === through)?.to ?? '')
  if (!target || of === undefined || seen.has(`${entity.slug}.${field.name}`)) return []
  seen.add(`${entity.slug}.${field.name}`)
  const { slug, kind, parent, fields } = target
  const names = [of, ...(fields.find(({ name }) => name === of)?.derivedFrom ?? [])]
  const further = fields.filter(({ name, lookup }) => lookup && names.includes(name)).flatMap((source) => sourcesOf(entities, { entity: target, field: source, seen }))
  return [{ entity: { slug, kind, ...(parent && { parent }) }, fields: names }, ...further]
}

/** The entity, each of whose fields knows what it is made of: whoever may not see that does not see the field either. */
export function withDerived(entity: EntityDefinition, form: FormDefinition): EntityDefinition {
  if (!entity.fields.some(({ lookup, convertedFrom }) => lookup || convertedFrom !== undefined) && !Object.values(form.rules).some(({ computed, default: usual }) => computed !== undefined || usual !== undefined)) return entity
  const made = madeOf(compileForm(ruledFields(entity), form).program)
  return { ...entity, fields: entity.fields.map((field) => (made.has(field.name) ? { ...field, derivedFrom: [...(made.get(field.name) ?? [])] } : field)) }
}
