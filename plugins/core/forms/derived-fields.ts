import type { EntityDefinition, FieldDefinition } from '../../../config/language/entity.ts'
import type { FormDefinition } from '../../../config/language/form.ts'
import { compileForm, headOf, ruledFields, type FormProgram } from './compile-form.ts'

/**
 * Fields whose value a rule makes of others, or is taken over through a reference: by name, everything that it is made of, also by way of others
 * and of the head, whose names are hidden from the same people (a role hides names of a document and its lines alike).
 */
export function madeOf({ fields, steps, head }: FormProgram): ReadonlyMap<string, ReadonlySet<string>> {
  const ofHead = new Map(head.map(({ name, derivedFrom = [] }) => [name, [name, ...derivedFrom]]))
  const made = new Map<string, ReadonlySet<string>>(fields.flatMap(({ name, lookup, convertedFrom, formerly }) => {
    const own = [lookup?.through, convertedFrom, formerly].filter((other) => other !== undefined)
    return own.length > 0 ? [[name, new Set(own)] as const] : []
  }))
  // Each step comes after those that its value depends on.
  for (const { field, madeOf: own, ofHead: { madeOf: above } } of steps) {
    if (own.size + above.size > 0) made.set(field.name, new Set([...[...own].flatMap((name) => [name, ...(made.get(name) ?? [])]), ...[...above].flatMap((name) => ofHead.get(name) ?? [])]))
  }
  return made
}

type Entities = ReadonlyMap<string, EntityDefinition>

/** The entity, each of whose lookups knows where its value comes from, also by way of other lookups: whoever may not see that there does not see it here either. */
export function withTakenFrom(entities: Entities, entity: EntityDefinition): EntityDefinition {
  const owner = entity.kind === 'line' ? entities.get(entity.parent?.entity ?? '') : undefined
  const taken = (field: FieldDefinition) => [
    ...(field.lookup ? sourcesOf(entities, { entity, field, seen: new Set() }) : []),
    // What a line makes of its head may be taken over there.
    ...(owner && field.derivedFrom ? owner.fields.filter(({ name, lookup }) => lookup && field.derivedFrom?.includes(name)).flatMap((source) => sourcesOf(entities, { entity: owner, field: source, seen: new Set() })) : []),
  ]
  return { ...entity, fields: entity.fields.map((field) => {
    const takenFrom = taken(field)
    return takenFrom.length > 0 ? { ...field, takenFrom } : field
  }) }
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

/** The entity, each of whose fields knows what it is made of: whoever may not see that does not see the field either. `entities`: with the document of lines, whose fields know it already. */
export function withDerived(entity: EntityDefinition, form: FormDefinition, entities: Entities = new Map()): EntityDefinition {
  const isMade = ({ lookup, convertedFrom, formerly, columns = [] }: FieldDefinition) => lookup || convertedFrom !== undefined || formerly !== undefined || columns.some(({ rules }) => rules?.computed !== undefined)
  if (!entity.fields.some(isMade) && !Object.values(form.rules).some(({ computed, default: usual }) => computed !== undefined || usual !== undefined)) return entity
  const made = madeOf(compileForm(ruledFields(entity), form, headOf(entity, entities)).program)
  return { ...entity, fields: entity.fields.map((field) => (made.has(field.name) ? { ...field, derivedFrom: [...(made.get(field.name) ?? [])] } : field)) }
}
