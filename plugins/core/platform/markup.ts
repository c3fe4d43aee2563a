import type { Finding } from '../../../config/language/refusal.ts'
import type { Json, Text } from '../../../config/language/text.ts'
import { joinPath } from '../../../workflows/engine/check-json.ts'

/** What reads like HTML in a text that is shown as it stands: nobody wants to read that, and nothing may ever run it. `path`: of the text. */
export const markupFindings = (text: Text | undefined, path: string): Finding[] => (['en', 'zh'] as const).flatMap((language) => {
  const markup = /<[a-zA-Z!/?][^>]{0,20}/.exec(text?.[language] ?? '')?.[0]
  return markup === undefined ? [] : [{
    code: 'markup', path: `${path}.${language}`, severity: 'error' as const,
    message: { en: `Write plain text: "${markup}" would be shown as it stands.`, zh: `请使用纯文本：“${markup}”不会被解析。` },
  }]
})

/** Texts in both languages, wherever they stand. */
export function markupIn(value: Json, path: string): readonly Finding[] {
  if (typeof value !== 'object' || value === null) return []
  const { en, zh } = value as { readonly en?: Json; readonly zh?: Json }
  const own = typeof en === 'string' && typeof zh === 'string' ? markupFindings({ en, zh }, path) : []
  return [...own, ...Object.entries(value as Readonly<Record<string, Json>>).flatMap(([key, inner]) => markupIn(inner, joinPath(path, Array.isArray(value) ? Number(key) : key)))]
}
