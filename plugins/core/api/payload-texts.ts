import { en } from '@payloadcms/translations/languages/en'
import { zh } from '@payloadcms/translations/languages/zh'
import type { Text } from '../../../config/language/text.ts'

/** Payload says a sentence in the language of the request only: here it is in both. A sentence that is not Payload's stays as it is. */
export function inBothLanguages(sentence: string): Text {
  for (const { text, spoken } of templates()) {
    const match = spoken.map((template) => template.pattern.exec(sentence) ?? undefined).find((found) => found !== undefined)
    if (!match) continue
    const filled = (language: keyof Text) => text[language].replace(placeholder, (whole, name: string) => match.groups?.[name] ?? whole)
    return { en: filled('en'), zh: filled('zh') }
  }
  return { en: sentence, zh: sentence }
}

type Template = { readonly text: Text; readonly spoken: readonly { readonly pattern: RegExp }[] }

const placeholder = /\{\{(\w+)\}\}/g
let known: readonly Template[] | undefined

/** Only errors and validations: those are what a request is told. Whole sentences before those with something filled in. */
function templates(): readonly Template[] {
  known ??= (['error', 'validation'] as const)
    .flatMap((group) => {
      const chinese: Readonly<Record<string, string>> = zh.translations[group]
      return Object.entries(en.translations[group]).map(([key, text]) => ({ en: text, zh: chinese[key] ?? text }))
    })
    .sort((a, b) => Number(a.en.includes('{{')) - Number(b.en.includes('{{')))
    .map((text) => ({ text, spoken: [text.en, text.zh].map((template) => ({ pattern: patternOf(template) })) }))
  return known
}

/** A name may stand in a sentence once only, so that its value is a named group. */
function patternOf(template: string): RegExp {
  const escaped = template.replace(/[.*+?^$()|[\]\\]/g, '\\$&')
  const seen = new Set<string>()
  return new RegExp(`^${escaped.replace(placeholder, (_, name: string) => {
    if (seen.has(name)) return '.*?'
    seen.add(name)
    return `(?<${name}>.*?)`
  })}$`, 's')
}
