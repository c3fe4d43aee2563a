import { fieldOf, variableOf } from '../../../config/expression/environment.ts'
import type { EntityDefinition, FieldDefinition } from '../../../config/language/entity.ts'
import type { FieldRules, FormDefinition } from '../../../config/language/form.ts'
import type { PageDefinition } from '../../../config/language/page.ts'
import type { RevisionInputs } from '../../../config/language/revision.ts'
import { formFields } from '../entities/system-fields.ts'
import { movedReferences } from './moved-references.ts'

/** A field of the firm whose key a new version of Trellis gives to a field that it ships: it goes on under another one. */
export type MovedKey = { readonly entity: string; readonly from: string; readonly to: string }

/** Behind the former key; the databases know columns by it (`config/sqlite/move-columns.ts`). */
export const movedSuffix = 'Own'
const longestKey = 50

/** The firm's fields that stand where one is shipped now, with the keys they shall have. `entities`: as they are shipped. */
export function movedKeys(inputs: RevisionInputs, entities: readonly EntityDefinition[]): readonly MovedKey[] {
  return entities.flatMap((entity) => {
    const own = Object.hasOwn(inputs.fields, entity.slug) ? inputs.fields[entity.slug] ?? [] : []
    const shipped = new Set(formFields(entity).map(({ name }) => name.toLowerCase()))
    const taken = new Set([...shipped, ...own.map(({ name }) => name.toLowerCase())])
    return own.filter(({ name }) => shipped.has(name.toLowerCase())).map(({ name }): MovedKey => {
      let to = name
      do to = `${to.slice(0, longestKey - movedSuffix.length)}${movedSuffix}`
      while (taken.has(to.toLowerCase()))
      taken.add(to.toLowerCase())
      return { entity: entity.slug, from: name, to }
    })
  })
}

/** What was published, with every mention of a moved key following it: rules, layouts, pages, references and lookups of other forms. */
export function withMovedKeys(inputs: RevisionInputs, moved: readonly MovedKey[], entities: readonly EntityDefinition[]): RevisionInputs {
  if (moved.length === 0) return inputs
  const keyIn = (entity: string | undefined) => (name: string): string => moved.find((key) => key.entity === entity && key.from === name)?.to ?? name
  const targetOf = (entity: string, through: string | undefined) =>
    [...(inputs.fields[entity] ?? []), ...(entities.find(({ slug }) => slug === entity)?.fields ?? [])].find(({ name }) => name === through)?.to
  return {
    ...inputs,
    fields: mapped(inputs.fields, (fields, slug) => fields.map((field) => movedField(field, keyIn(slug), (through) => keyIn(through === undefined ? field.to : targetOf(slug, through))))),
    ...(inputs.forms ? { forms: mapped(inputs.forms, (form, slug) => movedForm(form, keyIn(slug), keyIn(entities.find((entity) => entity.slug === slug)?.parent?.entity))) } : {}),
    ...(inputs.pages ? { pages: mapped(inputs.pages, (page) => movedPage(page, keyIn(page.entity))) } : {}),
    ...(inputs.workflows ? { workflows: mapped(inputs.workflows, (layer, slug) => movedReferences(layer, { keyOf: keyIn(slug), lineKeyOf: keyIn(entities.find((entity) => entity.slug === slug)?.lines?.entity), inExpression: (source) => renamed(source, keyIn(slug)) })) } : {}),
  }
}

type Rename = (name: string) => string
const same: Rename = (name) => name

/** A form, finished or not, with the keys that its fields have now; of lines, `headKeyOf` is of their document. */
export function movedForm<Form extends Pick<FormDefinition, 'rules' | 'layout'>>(form: Form, keyOf: Rename, headKeyOf: Rename = same): Form {
  return {
    ...form,
    rules: Object.fromEntries(Object.entries(form.rules).map(([name, rules]) => [keyOf(name), movedRules(rules, keyOf, headKeyOf)])),
    ...(form.layout ? { layout: movedLayout(form.layout, keyOf) } : {}),
  }
}

/** `theirKeyOf`: of the record that a lookup goes through, or that the field itself refers to. */
export function movedField(field: FieldDefinition, keyOf: Rename, theirKeyOf: (through?: string) => Rename = () => same): FieldDefinition {
  const { name, convertedFrom, signedIn, lookup, filter, columns } = field
  const to = keyOf(name)
  return {
    ...field, name: to, ...(to === name ? {} : { formerly: name }),
    ...(convertedFrom === undefined ? {} : { convertedFrom: keyOf(convertedFrom) }),
    ...(signedIn === undefined ? {} : { signedIn: keyOf(signedIn) }),
    // To the rows of a table the form is the head.
    ...(columns ? { columns: columns.map((column) => (column.rules ? { ...column, rules: movedRules(column.rules, same, keyOf) } : column)) } : {}),
    ...(lookup ? { lookup: { through: keyOf(lookup.through), of: theirKeyOf(lookup.through)(lookup.of) } } : {}),
    ...(filter ? { filter: filter.map((one) => ({ ...one, field: theirKeyOf()(one.field), ...(one.same === undefined ? {} : { same: keyOf(one.same) }) })) } : {}),
  }
}

/** Rules are trees of texts: whatever is an expression in them is called `when`, `holds`, or stands right below. */
function movedRules<Rules extends Partial<FieldRules>>(rules: Rules, keyOf: Rename, headKeyOf: Rename): Rules {
  const read = (source: string) => renamed(source, keyOf, headKeyOf)
  return mapped(rules as Readonly<Record<string, unknown>>, (rule, place) => {
    if (place === 'whenHidden') return rule
    if (typeof rule === 'string') return read(rule)
    if (Array.isArray(rule)) return (rule as { holds?: string }[]).map((check) => (typeof check.holds === 'string' ? { ...check, holds: read(check.holds) } : check))
    const { when } = rule as { when?: string }
    return typeof when === 'string' ? { ...(rule as object), when: read(when) } : rule
  }) as Rules
}

const movedLayout = (layout: NonNullable<FormDefinition['layout']>, keyOf: Rename): NonNullable<FormDefinition['layout']> => ({
  ...layout, sections: layout.sections.map((section) => (Array.isArray(section.fields) ? { ...section, fields: section.fields.map(keyOf) } : section)),
})

const movedPage = (page: PageDefinition, keyOf: Rename): PageDefinition => ({
  ...page, layout: movedLayout(page.layout, keyOf),
  ...(page.given ? { given: withKeys(page.given, keyOf) } : {}), ...(page.offers ? { offers: withKeys(page.offers, keyOf) } : {}),
  ...(page.gs1 ? { gs1: mapped(page.gs1, keyOf) } : {}),
})

/** Texts are passed over, and so is what follows a point: the columns of a row are not the fields of the form; but those of the head are its own. */
const words = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|(?:\bhead\s*\.\s*|\.\s*)?[A-Za-z_][A-Za-z0-9_]*/g

/** An expression with the keys that its fields have now. */
export const renamed = (source: string, keyOf: Rename, headKeyOf: Rename = same): string => source.replace(words, (word) => {
  const [, head, key = ''] = /^(head\s*\.\s*)(.*)$/.exec(word) ?? []
  if (head !== undefined) return head + headKeyOf(key)
  if (!/^[A-Za-z_]/.test(word)) return word
  const name = fieldOf(word)
  const now = keyOf(name)
  return now === name ? word : variableOf(now)
})

const mapped = <Value, Result>(all: Readonly<Record<string, Value>>, make: (value: Value, key: string) => Result): Record<string, Result> =>
  Object.fromEntries(Object.entries(all).map(([key, value]) => [key, make(value, key)]))
const withKeys = <Value>(all: Readonly<Record<string, Value>>, keyOf: Rename): Record<string, Value> => Object.fromEntries(Object.entries(all).map(([key, value]) => [keyOf(key), value]))
