import type { FieldDefinition } from '../../config/language/entity.ts'
import type { FormLayout, FormPart, FormSection } from '../../config/language/form.ts'
import type { FormDraft, LayoutDraft } from '../../plugins/core/configuration/draft-shape.ts'
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

/** One more section at the end, or at the end of a tab or step. */
export function newSection(sections: readonly FormSection[], part?: string): readonly FormSection[] {
  const number = freeNumber('section', sections)
  return [...sections, { ...(part === undefined ? {} : { part }), key: `section${number}`, label: { en: `${layoutTexts.section.en} ${number}`, zh: `${layoutTexts.section.zh} ${number}` }, columns: 3, fields: [] }]
}

export function moveSection(sections: readonly FormSection[], from: number, to: number): readonly FormSection[] {
  const section = sections[from]
  if (!section) return sections
  const others = sections.filter((_, index) => index !== from)
  return [...others.slice(0, to), section, ...others.slice(to)]
}

/**
 * Puts a section where another one stands, behind it where it comes from above in the same tab or step; or at the end of a tab or step.
 * What has said nothing about its tab or step, since it stood in the first, says so then.
 */
export function placeSection({ sections, parts }: FormLayout, key: string, to: { readonly at: string } | { readonly part: string }): FormLayout {
  const first = parts?.list[0]?.key
  const placed = first === undefined ? sections : sections.map((section) => ({ ...section, part: section.part ?? first }))
  const moved = placed.find((section) => section.key === key)
  const rest = placed.filter((section) => section !== moved)
  const rebuilt = (list: readonly FormSection[]): FormLayout => ({ sections: list, ...(parts ? { parts } : {}) })
  if (!moved) return rebuilt(sections)
  if ('part' in to) return rebuilt([...rest, { ...moved, part: to.part }])
  const target = placed.find((section) => section.key === to.at)
  if (!target || target === moved) return rebuilt(sections)
  const isDown = target.part === moved.part && placed.indexOf(moved) < placed.indexOf(target)
  const at = rest.indexOf(target) + (isDown ? 1 : 0)
  return rebuilt([...rest.slice(0, at), { ...moved, ...(target.part === undefined ? {} : { part: target.part }) }, ...rest.slice(at)])
}

/** The tabs or steps of a draft, with what may be missing in them. */
export const partsOfDraft = ({ parts }: LayoutDraft): FormLayout['parts'] => parts && {
  shownAs: parts.shownAs === 'steps' ? 'steps' : 'tabs',
  list: parts.list.map((part, index) => ({ key: String(part.key ?? `part${index + 1}`), label: { en: '', zh: '', ...(part.label as Partial<FormPart['label']> | undefined) } })),
}

/** The sections of a part in their order; what names no part that is there stands in the first. */
export const sectionsIn = ({ sections, parts }: FormLayout, part: string): readonly FormSection[] => {
  const keys = parts?.list.map(({ key }) => key) ?? []
  return sections.filter((section) => (keys.includes(section.part ?? '') ? section.part : keys[0]) === part)
}

/** Shows a layout in another way: tabs and steps keep their parts, sections below each other lose them. */
export function shownAs({ sections, parts }: FormLayout, as: 'tabs' | 'steps' | 'sections'): FormLayout {
  if (as === 'sections') return { sections: sections.map(({ part: _, ...section }) => section) }
  return { sections, parts: { shownAs: as, list: parts?.list ?? [{ key: 'part1', label: numbered(as, 1) }] } }
}

/** One more tab or step, with a section to drag fields into. */
export function newPart({ sections, parts }: FormLayout): FormLayout {
  const list = parts?.list ?? []
  const number = freeNumber('part', list)
  return { sections: newSection(sections, `part${number}`), parts: { shownAs: parts?.shownAs ?? 'tabs', list: [...list, { key: `part${number}`, label: numbered(parts?.shownAs ?? 'tabs', number) }] } }
}

/** Takes a tab or step out; its sections move to the one before it, or the next. */
export function withoutPart({ sections, parts }: FormLayout, key: string): FormLayout {
  const list = parts?.list ?? []
  const index = list.findIndex((part) => part.key === key)
  const heir = (list[index - 1] ?? list[index + 1])?.key
  if (!parts || heir === undefined) return shownAs({ sections }, 'sections')
  const own = new Set(sectionsIn({ sections, parts }, key).map((section) => section.key))
  return { sections: sections.map((section) => (own.has(section.key) ? { ...section, part: heir } : section)), parts: { ...parts, list: list.filter((part) => part.key !== key) } }
}

export function movePart({ sections, parts }: FormLayout, from: number, to: number): FormLayout {
  const part = parts?.list[from]
  if (!parts || !part) return { sections, ...(parts ? { parts } : {}) }
  const others = parts.list.filter((_, index) => index !== from)
  // What stands in the first part by saying nothing says so now.
  const first = parts.list[0]?.key
  return { sections: sections.map((section) => (section.part === undefined && first !== undefined ? { ...section, part: first } : section)), parts: { ...parts, list: [...others.slice(0, to), part, ...others.slice(to)] } }
}

function freeNumber(word: string, taken: readonly { readonly key: string }[]): number {
  const keys = new Set(taken.map(({ key }) => key))
  let number = taken.length + 1
  while (keys.has(`${word}${number}`)) number++
  return number
}

const numbered = (as: 'tabs' | 'steps', number: number): FormPart['label'] => {
  const what = as === 'tabs' ? layoutTexts.tab : layoutTexts.step
  return { en: `${what.en} ${number}`, zh: `${what.zh} ${number}` }
}
