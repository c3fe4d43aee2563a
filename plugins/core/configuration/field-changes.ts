import type { FieldDefinition } from '../../../config/language/entity.ts'
import type { OwnEntity, RevisionInputs, WorkflowLayer } from '../../../config/language/revision.ts'
import type { Text } from '../../../config/language/text.ts'
import { canonicalJson } from '../../../workflows/engine/canonical.ts'
import type { FieldRules, FormDefinition } from '../../../config/language/form.ts'
import { renamed } from '../platform/moved-keys.ts'
import { publishedFieldsOf, publishedFormOf } from '../platform/own-fields.ts'
import { publishedLayerOf, withoutVersion } from '../platform/workflow-layers.ts'

/** What happened to one field of one entity between two revisions, or to an entity of the firm as such (`field` is empty). */
export type FieldChange = {
  readonly entity: string
  readonly field: string
  readonly label: Text
  readonly kind: 'added' | 'changed' | 'retired' | 'restored'
  /** The properties that differ. */
  readonly details: readonly { readonly property: string; readonly before: unknown; readonly after: unknown }[]
}

/** Differences of the fields that a firm has added and of the rules of all fields, entity by entity; a change of their order alone is none. */
export function fieldChanges(before: RevisionInputs, after: RevisionInputs): readonly FieldChange[] {
  const slugs = [...new Set([before, after].flatMap(({ fields, forms, entities }) => Object.keys({ ...fields, ...forms, ...entities })))].sort()
  return [...pageChanges(before, after), ...workflowChanges(before, after), ...slugs.flatMap((entity) => {
    const old = new Map(publishedFieldsOf(before, entity).map((field) => [field.name, field]))
    const [oldRules, rules] = [before, after].map((inputs) => publishedFormOf(inputs, entity).rules) as [FormDefinition['rules'], FormDefinition['rules']]
    const ruleDetails = (name: string) => detailsOf(oldRules[name] ?? {}, rules[name] ?? {}).map((detail) => ({ ...detail, property: `rules.${detail.property}` }))
    const own = publishedFieldsOf(after, entity)
    const ofOwn = own.flatMap((field): FieldChange[] => {
      const previous = old.get(field.name)
      const about = { entity, field: field.name, label: named(field.label, field.name) }
      const details = [...(previous ? detailsOf(previous, field) : []), ...ruleDetails(field.name)]
      if (!previous) return [{ ...about, kind: 'added', details }]
      if (details.length === 0) return []
      return [{ ...about, kind: field.retired && !previous.retired ? 'retired' : !field.retired && previous.retired ? 'restored' : 'changed', details }]
    })
    const names = new Set(own.map(({ name }) => name))
    const ofOthers = [...new Set([...Object.keys(oldRules), ...Object.keys(rules)])].filter((name) => !names.has(name)).sort().flatMap((name): FieldChange[] => {
      const details = ruleDetails(name)
      return details.length > 0 ? [{ entity, field: name, label: { en: name, zh: name }, kind: 'changed', details }] : []
    })
    const [layoutBefore, layout] = [before, after].map((inputs) => publishedFormOf(inputs, entity).layout)
    const ofLayout: FieldChange[] = isSame(layoutBefore, layout) ? [] : [{ entity, field: '', label: { en: 'Layout', zh: '布局' }, kind: 'changed', details: [{ property: 'layout', before: layoutBefore ?? null, after: layout ?? null }] }]
    return [...entityChange(before.entities?.[entity], after.entities?.[entity], entity), ...ofLayout, ...ofOwn, ...ofOthers]
  })]
}

/** Differences of pages of their own; `entity` is `page:<slug>`, `field` is empty. */
function pageChanges(before: RevisionInputs, after: RevisionInputs): FieldChange[] {
  return Object.entries(after.pages ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([slug, page]) => {
    const old = before.pages && Object.hasOwn(before.pages, slug) ? before.pages[slug] : undefined
    return definitionChange(old, page, { entity: `page:${slug}`, label: named(page.title, slug) })
  })
}

/** Differences of what the firm has made of workflows; `entity` is `workflow:<slug>`, `field` is empty. States and events are told one by one. */
function workflowChanges(before: RevisionInputs, after: RevisionInputs): FieldChange[] {
  return Object.keys({ ...before.workflows, ...after.workflows }).sort().flatMap((slug): FieldChange[] => {
    const [old, now] = [before, after].map((inputs) => parts(publishedLayerOf(inputs, slug))) as [Record<string, unknown>, Record<string, unknown>]
    const details = detailsOf(old, now)
    const label = (publishedLayerOf(after, slug)?.label ?? publishedLayerOf(before, slug)?.label) as Partial<Text> | undefined
    return details.length > 0 ? [{ entity: `workflow:${slug}`, field: '', label: named(label, slug), kind: publishedLayerOf(before, slug) ? 'changed' : 'added', details }] : []
  })
}

/** A layer by what it speaks of: `states.draft`, `events.submit`, `label`. What it takes away of the shipped definition says `removed`. */
function parts(layer: WorkflowLayer = {}): Record<string, unknown> {
  return Object.fromEntries(Object.entries(withoutVersion(layer)).flatMap(([property, value]) =>
    (property === 'states' || property === 'events') && typeof value === 'object' && value !== null ? Object.entries(value).map(([name, inner]) => [`${property}.${name}`, inner === null ? { removed: true } : inner] as const) : [[property, value] as const]))
}

function entityChange(before: OwnEntity | undefined, after: OwnEntity | undefined, entity: string): FieldChange[] {
  return after ? definitionChange(before, after, { entity, label: named(after.labels, entity) }) : []
}

type Retirable = { readonly retired?: boolean }

function definitionChange<Definition extends Retirable>(before: Definition | undefined, after: Definition, names: Pick<FieldChange, 'entity' | 'label'>): FieldChange[] {
  const about = { ...names, field: '' }
  if (!before) return [{ ...about, kind: 'added', details: [] }]
  const details = detailsOf(before, after)
  if (details.length === 0) return []
  return [{ ...about, kind: after.retired && !before.retired ? 'retired' : !after.retired && before.retired ? 'restored' : 'changed', details }]
}

/**
 * The fields that bring an entity back to what it was in an earlier revision. Nothing is lost by it: fields that came later are
 * taken out of use, options that came later are kept for what was chosen meanwhile (`formAsOf` no longer offers them).
 */
export function fieldsAsOf(earlier: RevisionInputs, now: RevisionInputs, slug: string): readonly FieldDefinition[] {
  const then = publishedFieldsOf(earlier, slug)
  const names = new Set(then.map(({ name }) => name))
  const present = new Map(publishedFieldsOf(now, slug).map((field) => [field.name, field]))
  const unused = new Set([...present.keys()].filter((name) => !names.has(name) || then.some((field) => field.name === name && field.retired)))
  const kept = then.map((earlierField) => {
    const field = withPresentColumns(earlierField, present.get(earlierField.name), unused)
    const later = laterOptions(field, now, slug)
    return later.length > 0 ? { ...field, options: [...(field.options ?? []), ...later] } : field
  })
  return [...kept, ...publishedFieldsOf(now, slug).filter(({ name }) => !names.has(name)).map((field) => ({ ...field, retired: true }))]
}

/** The form that goes with `fieldsAsOf`: that of the earlier revision, in which options that came later cannot be chosen. */
export function formAsOf(earlier: RevisionInputs, now: RevisionInputs, slug: string): FormDefinition {
  const form = publishedFormOf(earlier, slug)
  const narrowed = publishedFieldsOf(earlier, slug).flatMap((field) => {
    const later = laterOptions(field, now, slug)
    const own = form.rules[field.name]
    // Nobody chooses what is computed or out of use.
    if (later.length === 0 || field.retired || own?.computed !== undefined) return []
    const unoffered = `!(option in [${later.map(({ value }) => JSON.stringify(value)).join(', ')}])`
    const when = own?.options ? `(${own.options.when}) && ${unoffered}` : unoffered
    return [[field.name, { ...own, options: { ...own?.options, when } }] as const]
  })
  return narrowed.length > 0 ? { ...form, rules: { ...form.rules, ...Object.fromEntries(narrowed) } } : form
}

const laterOptions = ({ name, options }: FieldDefinition, now: RevisionInputs, slug: string) => {
  const then = new Set(options?.map(({ value }) => value))
  return (publishedFieldsOf(now, slug).find((field) => field.name === name)?.options ?? []).filter(({ value }) => !then.has(value))
}

/** Columns that a table has got since stay, and so do their options: rows are written as a whole, so what stands in a column out of use would be lost. `unused`: fields of the form that are out of use with it; rules that ask for them go. */
function withPresentColumns(field: FieldDefinition, now: FieldDefinition | undefined, unused: ReadonlySet<string>): FieldDefinition {
  if (!field.columns || !now?.columns) return field
  const present = new Map(now.columns.map((column) => [column.name, column]))
  const kept = field.columns.map((column) => {
    const later = present.get(column.name)?.options?.filter(({ value }) => !column.options?.some((option) => option.value === value)) ?? []
    return later.length > 0 ? { ...column, options: [...(column.options ?? []), ...later] } : column
  })
  const names = new Set(kept.map(({ name }) => name))
  return { ...field, columns: [...kept, ...now.columns.filter(({ name }) => !names.has(name)).map(({ rules, ...column }) => (rules && !asksHead(rules, unused) ? { ...column, rules } : column))] }
}

/** Whether these rules of a column ask the head for one of these fields. */
function asksHead({ computed, required, options, checks = [] }: FieldRules, names: ReadonlySet<string>): boolean {
  let asks = false
  const look = (name: string) => {
    asks ||= names.has(name)
    return name
  }
  for (const source of [computed, required?.when, options?.when, ...checks.map(({ holds }) => holds)]) if (source !== undefined) renamed(source, (name) => name, look)
  return asks
}

function detailsOf(before: object, after: object): FieldChange['details'] {
  const [old, now] = [before, after] as [Record<string, unknown>, Record<string, unknown>]
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].sort()
    .filter((property) => !isSame(old[property], now[property]))
    .map((property) => ({ property, before: old[property] ?? null, after: now[property] ?? null }))
}

const isSame = (a: unknown, b: unknown) => canonicalJson(a ?? null) === canonicalJson(b ?? null)

/** A draft may lack a name in one language, or in both. */
const named = (label: Partial<Text> | undefined, fallback: string): Text => ({ en: fallback, zh: fallback, ...label })
