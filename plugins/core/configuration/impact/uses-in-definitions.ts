import type { EntityDefinition, FieldDefinition } from '../../../../config/language/entity.ts'
import type { PageDefinition } from '../../../../config/language/page.ts'
import type { RevisionInputs } from '../../../../config/language/revision.ts'
import type { Text } from '../../../../config/language/text.ts'
import type { Platform } from '../../platform/platform.ts'
import type { Asked, Use } from './use.ts'

/** Forms, pages and other fields that use it, as they are published. */
export function usesInDefinitions({ entities, forms }: Pick<Platform, 'entities' | 'forms'>, { pages = {} }: RevisionInputs, asked: Asked): readonly Use[] {
  const { entity, name } = asked
  const program = forms.get(entity.slug)
  const form = `/admin/configuration/${entity.slug}`
  const ofForm: Use[] = name === undefined ? [] : [
    ...(program?.steps ?? []).filter(({ field, references }) => field.name !== name && references.has(name)).map(({ field, madeOf }): Use => ({ kind: 'rule', label: field.label, note: madeOf.has(name) ? notes.madeOf : notes.asksFor, href: form, first: true })),
    ...(forms.get(entity.lines?.entity ?? '')?.steps ?? []).filter(({ ofHead: { madeOf, asks } }) => madeOf.has(name) || asks.has(name)).map(({ field, ofHead }): Use => ({ kind: 'rule', label: of(entities.get(entity.lines?.entity ?? '') ?? entity, field), note: ofHead.madeOf.has(name) ? notes.madeOf : notes.asksFor, href: `/admin/configuration/${entity.lines?.entity ?? ''}`, first: true })),
    ...(program?.layout?.sections ?? []).filter(({ fields }) => fields.includes(name)).map(({ label }): Use => ({ kind: 'section', label, href: form })),
  ]
  const ofPages = Object.entries(pages).filter(([, page]) => page.entity === entity.slug && !page.retired && (name === undefined || namesField(page, name))).map(([slug, page]): Use => ({ kind: 'page', label: page.title, href: `/admin/configuration/pages/${slug}`, first: true }))
  return [...ofForm, ...ofPages, ...[...entities.values()].flatMap((other) => other.fields.filter(({ retired }) => !retired).flatMap((field) => usesByField(other, field, asked)))]
}

const namesField = ({ layout, given = {}, offers = {}, gs1 = {} }: PageDefinition, name: string): boolean =>
  layout.sections.some(({ fields }) => fields.includes(name)) || Object.hasOwn(given, name) || Object.hasOwn(offers, name) || Object.values(gs1).includes(name)

/** A field of another form, told with it. */
const of = ({ labels }: EntityDefinition, { label }: FieldDefinition): Text => ({ en: `${labels.en}: ${label.en}`, zh: `${labels.zh}：${label.zh}` })

/** How a field of any form leans on what is asked about. */
function usesByField(other: EntityDefinition, field: FieldDefinition, { entity, name }: Asked): Use[] {
  const { lookup, filter = [], to, convertedFrom, signedIn } = field
  const use = (note: Text): Use => ({ kind: 'field', label: of(other, field), note, href: `/admin/configuration/${other.slug}`, first: true })
  if (name === undefined) return to === entity.slug ? [use(notes.refersTo)] : []
  const isHere = other.slug === entity.slug
  const through = lookup && other.fields.find((one) => one.name === lookup.through)
  return [
    ...(isHere && lookup?.through === name ? [use(notes.takesThrough)] : []),
    ...(through?.to === entity.slug && lookup?.of === name ? [use(notes.takesOver)] : []),
    ...((isHere && filter.some(({ same }) => same === name)) || (to === entity.slug && filter.some((one) => one.field === name)) ? [use(notes.filtersBy)] : []),
    ...(isHere && signedIn === name ? [use(notes.signed)] : []),
    ...(isHere && convertedFrom === name ? [{ ...use(notes.converted), first: false }] : []),
  ]
}

const notes = {
  madeOf: { en: 'its value is made of it', zh: '取值由其得出' },
  asksFor: { en: 'its rules ask for it', zh: '规则引用' },
  refersTo: { en: 'refers to it', zh: '关联到此' },
  takesThrough: { en: 'takes a value over through it', zh: '通过其引用取值' },
  takesOver: { en: 'takes its value over', zh: '引用其取值' },
  filtersBy: { en: 'filters by it what may be chosen', zh: '按其筛选可选项' },
  signed: { en: 'is signed in it', zh: '在其中签名' },
  converted: { en: 'has taken over its values', zh: '已转换其取值' },
} as const satisfies Record<string, Text>
