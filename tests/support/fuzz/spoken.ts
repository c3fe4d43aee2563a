import fc from 'fast-check'
import type { EntityDefinition, FieldDefinition } from '../../../config/language/entity.ts'
import { allFields } from '../../../plugins/core/entities/system-fields.ts'
import type { Platform } from '../../../plugins/core/platform/platform.ts'

/** Ids of documents that are there, by entity. */
export type KnownIds = (slug: string) => readonly string[]
export type Vocabulary = { readonly platform: Platform; readonly idsOf: KnownIds }

const word = fc.string({ unit: fc.constantFrom(...'abcdefgh ABC-123轮行'), minLength: 1, maxLength: 10 }).map((text) => `w${text}`)
const decimal = fc.tuple(fc.nat(2_000), fc.constantFrom('', '.5', '.25')).map(([whole, part]) => `${whole}${part}`)
const day = fc.nat(700).map((days) => new Date(Date.UTC(2025, 11, 1) + days * 86_400_000).toISOString())

/** A value as people speak it, that the field takes. */
export function valueFor(field: FieldDefinition, { idsOf }: Pick<Vocabulary, 'idsOf'>): fc.Arbitrary<unknown> {
  if (field.many) return fc.array(valueFor({ ...field, many: false }, { idsOf }), { maxLength: 2 })
  switch (field.type) {
    case 'integer': return fc.integer({ min: field.min ?? 0, max: Math.min(field.max ?? 60, (field.min ?? 0) + 60) })
    case 'quantity': case 'unitPrice': case 'money': return decimal
    case 'percent': case 'rate': return fc.constantFrom('0', '1', '12.5', '100')
    case 'boolean': return fc.boolean()
    case 'date': return day.map((text) => text.slice(0, 10))
    case 'dateTime': return day
    case 'select': return fc.constantFrom(...(field.options ?? []).map(({ value }) => value))
    case 'relation': return fc.constantFrom(...atLeastOne(idsOf(field.to ?? '')))
    case 'json': return fc.constantFrom<unknown>([], {}, [{ a: 1 }])
    case 'email': return word.map((text) => `${text.replaceAll(/\W/g, 'x')}@firm.example`)
    case 'url': return fc.constant('https://firm.example')
    case 'phone': return fc.constant('+86 21 5555 0100')
    default: return field.unique ? fc.uuid().map((text) => text.slice(0, 12).toUpperCase()) : word
  }
}

/** Fields with values that fit: all that are required, some of the others. */
export function valuesFor(fields: readonly FieldDefinition[], words: Pick<Vocabulary, 'idsOf'>): fc.Arbitrary<Record<string, unknown>> {
  const taken = fields.filter(({ readOnly, hidden }) => !readOnly && !hidden)
  return fc.record(Object.fromEntries(taken.map((field) => [field.name, valueFor(field, words)])), { requiredKeys: taken.filter(({ required }) => required).map(({ name }) => name), noNullPrototype: true })
}

/** The body that creates or edits a document: its fields, and lines where it has them. */
export function documentFor(entity: EntityDefinition, words: Vocabulary): fc.Arbitrary<Record<string, unknown>> {
  const lineEntity = entity.lines && words.platform.entities.get(entity.lines.entity)
  // Most lines go well with few fields: figures that contradict each other are refused before anything deeper is reached.
  const plain = (definition: EntityDefinition) => allFields(definition).filter(({ required, advanced, name }) => name !== entity.lines?.parentField && (required || !advanced))
  const head = valuesFor(plain(entity), words)
  return lineEntity
    ? fc.tuple(head, fc.array(valuesFor(plain(lineEntity), words), { maxLength: 3 })).map(([fields, lines]) => ({ ...fields, lines }))
    : head
}

export const atLeastOne = (ids: readonly string[]): readonly string[] => (ids.length > 0 ? ids : ['nowhere'])
