import { z } from 'zod'
import type { FieldDefinition } from '../../../config/language/entity.ts'
import type { FieldRules } from '../../../config/language/form.ts'
import type { OwnEntity } from '../../../config/language/revision.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import { failInput } from '../errors.ts'

/** A field as someone has begun to describe it: anything may be missing or wrong, but nothing is there that no field has. */
export type FieldDraft = { readonly [Property in keyof FieldDefinition]?: unknown }

/** A form whose rules may be unfinished or wrong. */
export type FormDraft = { readonly rules: Readonly<Record<string, { readonly [Property in keyof FieldRules]?: unknown }>> }

/** An entity of the firm that someone has begun to describe. */
export type EntityDraft = { readonly [Property in keyof OwnEntity]?: unknown }

const mostCharacters = 200_000
const words = z.string().max(1_000)
const text = z.strictObject({ en: words.optional(), zh: words.optional() })
const field = z.strictObject({
  name: words.optional(), type: words.optional(), label: text.optional(), help: text.optional(),
  unique: z.boolean().optional(), index: z.boolean().optional(), advanced: z.boolean().optional(), many: z.boolean().optional(), retired: z.boolean().optional(),
  default: z.union([words, z.number(), z.boolean()]).optional(), min: z.number().optional(), max: z.number().optional(), maxLength: z.number().optional(),
  options: z.array(z.strictObject({ value: words.optional(), label: text.optional(), tone: words.optional() })).max(200).optional(),
  to: words.optional(),
})
const fields = z.array(field).max(200)

const rule = z.strictObject({ when: words.optional(), message: text.optional() })
const form = z.strictObject({
  rules: z.record(z.string().max(60), z.strictObject({
    visible: words.optional(), whenHidden: words.optional(), required: rule.optional(), readOnly: rule.optional(), computed: words.optional(), default: words.optional(), options: rule.optional(),
    checks: z.array(z.strictObject({ holds: words.optional(), message: text.optional() })).max(20).optional(),
  })),
})

/** @throws ProblemError 422 for what cannot become the form of an entity, however it is completed */
export function formDraftOf(given: unknown): FormDraft {
  const parsed = form.safeParse(given)
  if (!parsed.success) failInput(parsed.error.issues.slice(0, 50).map(({ path, message }) => misshapen(['form', ...path].join('.'), message)))
  if (JSON.stringify(parsed.data).length > mostCharacters) failInput([misshapen('form', `more than ${mostCharacters} characters`)])
  return parsed.data
}

const entity = z.strictObject({ label: text.optional(), labels: text.optional(), help: text.optional(), prefix: words.optional(), retired: z.boolean().optional() })

/** @throws ProblemError 422 for what cannot become an entity of the firm, however it is completed */
export function entityDraftOf(given: unknown): EntityDraft {
  const parsed = entity.safeParse(given)
  if (!parsed.success) failInput(parsed.error.issues.slice(0, 50).map(({ path, message }) => misshapen(['entity', ...path].join('.'), message)))
  return parsed.data
}

/** @throws ProblemError 422 for what cannot become the fields of an entity, however it is completed */
export function draftOf(given: unknown): readonly FieldDraft[] {
  const parsed = fields.safeParse(given)
  if (!parsed.success) failInput(parsed.error.issues.slice(0, 50).map(({ path, message }) => misshapen(['fields', ...path].join('.'), message)))
  if (JSON.stringify(parsed.data).length > mostCharacters) failInput([misshapen('fields', `more than ${mostCharacters} characters`)])
  return parsed.data
}

const misshapen = (path: string, reason: string): Finding => ({
  code: 'misshapen', path, severity: 'error',
  message: { en: `${path} cannot be kept: ${reason}. Send an array of at most 200 fields as the documentation describes them.`, zh: `${path} 无法保存：${reason}。请按文档格式提交字段列表（最多 200 个）。` },
})
