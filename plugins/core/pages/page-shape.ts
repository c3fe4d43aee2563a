import { z } from 'zod'
import type { PageDefinition } from '../../../config/language/page.ts'
import type { Text } from '../../../config/language/text.ts'
import { layoutShape } from '../forms/form-findings.ts'
import { applicationIdentifiers } from './gs1-identifiers.ts'

/** Stands in addresses, so small letters, digits and single dashes only. */
export const pageSlug = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/).max(50)

const fieldName = z.string().max(60)
const title = z.strictObject({ en: z.string().trim().min(1).max(200), zh: z.string().trim().min(1).max(200) })
const sentences = z.strictObject({ en: z.string().trim().min(1).max(2_000), zh: z.string().trim().min(1).max(2_000) })

/** What a page is when it is published; whether it fits its entity, `page-findings.ts` says. */
export const pageShape = z.strictObject({
  entity: z.string().max(60), kind: z.enum(['internal', 'public', 'shopFloor']),
  title, intro: sentences.optional(), thanks: sentences, layout: layoutShape,
  given: z.record(fieldName, z.union([z.string().max(500), z.number().safe(), z.boolean()])).optional(),
  link: z.int().min(1).max(1_000_000).optional(),
  offers: z.record(fieldName, z.array(z.string().max(64)).min(1).max(200)).optional(),
  gs1: z.record(z.string().refine((identifier) => applicationIdentifiers.has(identifier)), fieldName).optional(),
  retired: z.boolean().optional(),
}) satisfies z.ZodType<PageDefinition>

/** By the end of the path: what a person has left out or typed wrongly in a page. */
export const pageShapeTexts: Readonly<Record<string, Text>> = {
  entity: { en: 'Choose what the page makes.', zh: '请选择该页面用于新建何种记录。' },
  kind: { en: 'Choose who the page is for: internal, public or shop floor.', zh: '请选择页面类型：内部、公开或车间。' },
  title: { en: 'Give the page a title in English and in Chinese.', zh: '请填写页面的中英文标题。' },
  'title.en': { en: 'Give the English title, 200 characters at most.', zh: '请填写英文标题（不超过 200 个字符）。' },
  'title.zh': { en: 'Give the Chinese title, 200 characters at most.', zh: '请填写中文标题（不超过 200 个字符）。' },
  'intro.en': { en: 'Give the English introduction too, or remove the Chinese one.', zh: '请同时填写英文引言，或去掉中文引言。' },
  'intro.zh': { en: 'Give the Chinese introduction too, or remove the English one.', zh: '请同时填写中文引言，或去掉英文引言。' },
  thanks: { en: 'Say thank you in English and in Chinese.', zh: '请填写提交后的中英文致谢语。' },
  'thanks.en': { en: 'Say thank you in English too.', zh: '请填写英文致谢语。' },
  'thanks.zh': { en: 'Say thank you in Chinese too.', zh: '请填写中文致谢语。' },
  layout: { en: 'Lay out the fields that the page asks for.', zh: '请布置该页面要填写的字段。' },
}
