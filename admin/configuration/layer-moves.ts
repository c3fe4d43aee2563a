import type { FormSection } from '../../config/language/form.ts'
import type { FieldDraft, FormDraft } from '../../plugins/core/configuration/draft-shape.ts'
import { sectionsOfDraft } from './layout-moves.ts'
import type { Content } from './use-draft.ts'

/** Without the rules of a field; it keeps its place. */
export function withoutRules(content: Content, name: string): Content {
  return { ...content, form: { ...content.form, rules: Object.fromEntries(Object.entries(content.form.rules).filter(([key]) => key !== name)) } }
}

/** Without a section, or without any layout; its fields follow at the end, as they are shipped. A tab or step goes with its only section. */
export function withoutSection(content: Content, key: string): Content {
  const { layout, rules } = content.form
  const all = sectionsOfDraft(content.form) ?? []
  const sections = all.filter((section) => section.key !== key)
  if (!layout || sections.length === 0) return withoutLayout(content)
  const placeOf = ({ part }: FormSection) => part ?? layout.parts?.list[0]?.key
  const left = all.filter((section) => section.key === key).map(placeOf).filter((part) => !sections.some((section) => placeOf(section) === part))
  const parts = layout.parts && { ...layout.parts, list: layout.parts.list.filter((part) => !left.includes(part.key as string | undefined)) }
  return { ...content, form: { rules, layout: { ...layout, sections, ...(parts && { parts }) } } }
}

export const withoutLayout = (content: Content): Content => ({ ...content, form: { rules: content.form.rules } })

/** Without what would name a field that nobody meets any more: its rules, its place. */
export function withoutMention({ rules, layout }: FormDraft, name: string): FormDraft {
  const sections = sectionsOfDraft({ rules, layout }) ?? []
  return {
    rules: Object.fromEntries(Object.entries(rules).filter(([key]) => key !== name)),
    ...(layout ? { layout: { ...layout, sections: sections.map((section) => ({ ...section, fields: section.fields.filter((one) => one !== name) })) } } : {}),
  }
}

/** A field of the firm out of use, or gone where it was never published. */
export function withoutField(content: Content, name: string, isPublished: boolean): Content {
  const fields = isPublished ? content.fields.map((field) => (field.name === name ? { ...field, retired: true } : field)) : content.fields.filter((field) => field.name !== name)
  return { ...content, fields, form: withoutMention(content.form, name) }
}

/** A field of the firm in use again. */
export const withField = (content: Content, name: string): Content => ({ ...content, fields: content.fields.map((field) => (field.name === name ? without(field, 'retired') : field)) })

/** The form as it is shipped: nothing of the firm's is met any more, and nothing that was entered is lost. */
export function asShipped(content: Content, published: ReadonlySet<string>): Content {
  const fields = content.fields.filter(({ name }) => published.has(String(name))).map((field) => ({ ...field, retired: true }))
  return { ...content, fields, form: { rules: {} } }
}

const without = (field: FieldDraft, property: string): FieldDraft => Object.fromEntries(Object.entries(field).filter(([key]) => key !== property))
