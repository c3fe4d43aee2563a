import { z } from 'zod'
import type { PageDefinition } from '../../../config/language/page.ts'
import { draftLayout, draftText, misshapen, mostCharacters, tooMuch, words, type LayoutDraft } from '../configuration/draft-shape.ts'
import { failInput } from '../errors.ts'

/** A page as someone has begun to describe it. */
export type PageDraft = { readonly [Property in Exclude<keyof PageDefinition, 'layout'>]?: unknown } & { readonly layout?: LayoutDraft | undefined }

const byField = <Value extends z.ZodType>(value: Value) => z.record(z.string().max(60), value).refine((record) => Object.keys(record).length <= 300)

const draft = z.strictObject({
  entity: words.optional(), kind: words.optional(), title: draftText.optional(), intro: draftText.optional(), thanks: draftText.optional(), layout: draftLayout.optional(),
  given: byField(z.union([words, z.number(), z.boolean()])).optional(), link: z.number().optional(), offers: byField(z.array(words).max(200)).optional(), gs1: byField(words).optional(),
  retired: z.boolean().optional(),
})

/** @throws ProblemError 422 for what cannot become a page, however it is completed */
export function pageDraftOf(given: unknown): PageDraft {
  const hostile = inheritedKey(given)
  if (hostile) failInput([misshapen(['page', ...hostile])])
  const parsed = draft.safeParse(given)
  if (!parsed.success) failInput(parsed.error.issues.slice(0, 50).map(({ path, ...issue }) => misshapen(['page', ...path, ...('keys' in issue ? issue.keys.slice(0, 1) : [])])))
  if (JSON.stringify(parsed.data).length > mostCharacters) failInput([tooMuch('page')])
  return parsed.data
}

/** Where a name stands that every object has already: what reads it by name would find that. */
function inheritedKey(value: unknown): readonly string[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  for (const [name, part] of Object.entries(value)) {
    if (!Array.isArray(value) && name in Object.prototype) return [name]
    const within = inheritedKey(part)
    if (within) return [name, ...within]
  }
  return undefined
}
