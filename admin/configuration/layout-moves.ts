import type { FieldDefinition } from '../../config/language/entity.ts'
import type { FormSection } from '../../config/language/form.ts'
import type { FormDraft } from '../../plugins/core/configuration/draft-shape.ts'
import { layoutTexts } from '../locales/layout-texts.ts'

/** The sections of a draft, with what may be missing in it. */
export const sectionsOfDraft = (form: FormDraft): readonly FormSection[] | null => (form.layout ? form.layout.sections.map((section, index) => ({
  key: `section${index + 1}`, columns: 3, fields: [], ...(section as Partial<FormSection>), label: { en: '', zh: '', ...(section.label as Partial<FormSection['label']> | undefined) },
})) : null)

/** What a layout begins with: the form as it stands, in one section. */
export const firstLayout = (fields: readonly FieldDefinition[]): readonly FormSection[] =>
  [{ key: 'details', label: layoutTexts.main, columns: 4, fields: fields.filter(({ readOnly, advanced }) => !readOnly && !advanced).map(({ name }) => name) }]

/** Puts a field before another one of a section, or at its end; `to`: key of the section, '' takes it out of all. */
export function placeField(sections: readonly FormSection[], field: string, { to, before }: { readonly to: string; readonly before?: string | undefined }): readonly FormSection[] {
  if (field === before) return sections
  return sections.map((section) => {
    const fields = section.fields.filter((name) => name !== field)
    if (section.key !== to) return { ...section, fields }
    const at = before === undefined ? -1 : fields.indexOf(before)
    return { ...section, fields: at < 0 ? [...fields, field] : [...fields.slice(0, at), field, ...fields.slice(at)] }
  })
}

export function newSection(sections: readonly FormSection[]): readonly FormSection[] {
  const keys = new Set(sections.map(({ key }) => key))
  let number = sections.length + 1
  while (keys.has(`section${number}`)) number++
  return [...sections, { key: `section${number}`, label: { en: `${layoutTexts.section.en} ${number}`, zh: `${layoutTexts.section.zh} ${number}` }, columns: 3, fields: [] }]
}

export function moveSection(sections: readonly FormSection[], from: number, to: number): readonly FormSection[] {
  const section = sections[from]
  if (!section) return sections
  const others = sections.filter((_, index) => index !== from)
  return [...others.slice(0, to), section, ...others.slice(to)]
}
