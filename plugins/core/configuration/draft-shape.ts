import { z } from 'zod'
import type { FieldDefinition } from '../../../config/language/entity.ts'
import type { FieldRules, FormPart, FormSection } from '../../../config/language/form.ts'
import type { OwnEntity } from '../../../config/language/revision.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import { failInput } from '../errors.ts'

/** A field as someone has begun to describe it: anything may be missing or wrong, but nothing is there that no field has. */
export type FieldDraft = { readonly [Property in keyof FieldDefinition]?: unknown }

/** A form whose rules may be unfinished or wrong. */
export type FormDraft = {
  readonly rules: Readonly<Record<string, { readonly [Property in keyof FieldRules]?: unknown }>>
  readonly layout?: LayoutDraft | undefined
}

/** A layout whose titles may be missing and whose sections may name what is not there. */
export type LayoutDraft = {
  readonly sections: readonly { readonly [Property in keyof FormSection]?: unknown }[]
  readonly parts?: { readonly shownAs?: unknown; readonly list: readonly { readonly [Property in keyof FormPart]?: unknown }[] } | undefined
}

/** An entity of the firm that someone has begun to describe. */
export type EntityDraft = { readonly [Property in keyof OwnEntity]?: unknown }

export const mostCharacters = 200_000
export const words = z.string().max(1_000)
export const draftText = z.strictObject({ en: words.optional(), zh: words.optional() })
/** Texts of a form are longer than labels. */
const content = z.strictObject({ en: z.string().max(10_000).optional(), zh: z.string().max(10_000).optional() })
const options = z.array(z.strictObject({ value: words.optional(), label: draftText.optional(), tone: words.optional() })).max(200)
const rule = z.strictObject({ when: words.optional(), message: draftText.optional() })
const rulesOfField = z.strictObject({
  visible: words.optional(), whenHidden: words.optional(), required: rule.optional(), readOnly: rule.optional(), computed: words.optional(), default: words.optional(), options: rule.optional(),
  checks: z.array(z.strictObject({ holds: words.optional(), message: draftText.optional() })).max(20).optional(),
})
const field = z.strictObject({
  name: words.optional(), type: words.optional(), label: draftText.optional(), help: draftText.optional(),
  unique: z.boolean().optional(), index: z.boolean().optional(), advanced: z.boolean().optional(), many: z.boolean().optional(), retired: z.boolean().optional(),
  default: z.union([words, z.number(), z.boolean()]).optional(), min: z.number().optional(), max: z.number().optional(), maxLength: z.number().optional(),
  options: options.optional(),
  to: words.optional(), convertedFrom: words.optional(), formerly: words.optional(), unit: words.optional(), mask: words.optional(), scan: z.boolean().optional(), quickCreate: z.boolean().optional(),
  filter: z.array(z.strictObject({ field: words.optional(), equals: z.union([words, z.boolean()]).optional(), same: words.optional() })).max(5).optional(),
  lookup: z.strictObject({ through: words.optional(), of: words.optional() }).optional(), prefix: words.optional(), signedIn: words.optional(), content: content.optional(), warning: z.boolean().optional(), minRows: z.number().optional(), maxRows: z.number().optional(),
  columns: z.array(z.strictObject({
    name: words.optional(), type: words.optional(), label: draftText.optional(), help: draftText.optional(), total: z.boolean().optional(), unit: words.optional(), mask: words.optional(),
    min: z.number().optional(), max: z.number().optional(), maxLength: z.number().optional(), options: options.optional(), rules: rulesOfField.pick({ required: true, computed: true, options: true, checks: true }).optional(),
  })).max(50).optional(),
})
const fields = z.array(field).max(400)

export const draftLayout = z.strictObject({
  sections: z.array(z.strictObject({ key: words.optional(), label: draftText.optional(), columns: z.number().optional(), fields: z.array(words).max(300).optional(), part: words.optional() })).max(30),
  parts: z.strictObject({ shownAs: words.optional(), list: z.array(z.strictObject({ key: words.optional(), label: draftText.optional() })).max(12) }).optional(),
})
const form = z.strictObject({
  rules: z.record(z.string().max(60), rulesOfField),
  layout: draftLayout.optional(),
})

/** @throws ProblemError 422 for what cannot become the form of an entity, however it is completed */
export function formDraftOf(given: unknown): FormDraft {
  const parsed = form.safeParse(given)
  const wrong = [...inheritedKeys(given, 'form'), ...issuesOf(parsed, 'form')]
  if (!parsed.success || wrong.length > 0) failInput(wrong)
  if (JSON.stringify(parsed.data).length > mostCharacters) failInput([tooMuch('form')])
  return parsed.data
}

const entity = z.strictObject({ label: draftText.optional(), labels: draftText.optional(), help: draftText.optional(), prefix: words.optional(), retired: z.boolean().optional() })

/** @throws ProblemError 422 for what cannot become an entity of the firm, however it is completed */
export function entityDraftOf(given: unknown): EntityDraft {
  const parsed = entity.safeParse(given)
  const wrong = [...inheritedKeys(given, 'entity'), ...issuesOf(parsed, 'entity')]
  if (!parsed.success || wrong.length > 0) failInput(wrong)
  return parsed.data
}

/** @throws ProblemError 422 for what cannot become the fields of an entity, however it is completed */
export function draftOf(given: unknown): readonly FieldDraft[] {
  const parsed = fields.safeParse(given)
  const wrong = [...inheritedKeys(given, 'fields'), ...issuesOf(parsed, 'fields')]
  if (!parsed.success || wrong.length > 0) failInput(wrong)
  if (JSON.stringify(parsed.data).length > mostCharacters) failInput([tooMuch('fields')])
  return parsed.data
}

type Parsed = { readonly error?: { readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly code?: string; readonly maximum?: number | bigint; readonly origin?: string }[] } | undefined }

/** What the shape refuses: too much of something by its limit, anything else as what it is not. */
function issuesOf({ error }: Parsed, of: string): readonly Finding[] {
  return (error?.issues ?? []).slice(0, 50).map(({ path, code, maximum, origin }) => {
    const place = [of, ...path]
    return code === 'too_big' && origin === 'array' ? tooMany(placeOf(place), Number(maximum)) : misshapen(place)
  })
}

const tooMany = (path: string, most: number): Finding => ({
  code: 'tooMany', path, severity: 'error', message: { en: `${path} has more than ${most} entries, which is the most that are kept there. Make another form of the rest.`, zh: `${path} 超过 ${most} 项的上限，请将其余部分另建表单。` },
})

/** The key by which objects inherit: what stands under it would be read past, and lost. */
function inheritedKeys(given: unknown, path: string): readonly Finding[] {
  if (typeof given !== 'object' || given === null) return []
  return Object.entries(given).flatMap(([key, inner]) => (key === '__proto__' ? [misshapen([path, key])] : inheritedKeys(inner, `${path}.${key}`)))
}

const placeOf = (place: readonly PropertyKey[]): string => place.map((part) => String(part).slice(0, 60)).join('.')

export const misshapen = (place: readonly PropertyKey[]): Finding => {
  const path = placeOf(place)
  return {
    code: 'misshapen', path, severity: 'error',
    message: { en: `${path} cannot be kept: it is missing, of another type, too long, or no property that exists there. docs/configuration.md shows what a form looks like.`, zh: `${path} 无法保存：内容缺失、类型不符、过长，或不存在该属性。格式见 docs/configuration.md。` },
  }
}

export const tooMuch = (path: string): Finding => ({
  code: 'tooLong', path, severity: 'error',
  message: { en: `${path} is longer than ${mostCharacters} characters. Shorten texts, or make two forms of it.`, zh: `${path} 超过 ${mostCharacters} 个字符，请缩短文本或拆分为两个表单。` },
})
