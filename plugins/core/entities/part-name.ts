import type { Language } from '../../../config/language/text.ts'

type Named = Readonly<Record<string, unknown>>

const textOf = (value: unknown) => (typeof value === 'string' ? value.trim() : '')

/** The name of a part (or of anything with two names) in a language, else the one there is. */
export const nameIn = (language: Language, { name, nameZh }: Named): string => (language === 'zh' && textOf(nameZh)) || textOf(name)

/**
 * The description of a line for a reader: what was written for this line as it was written; what is only the name of its
 * part, in whatever language, in the reader's. So the panel speaks the language of who looks and paper that of the document.
 */
export function describeLine(language: Language, part: Named | undefined, description: unknown): string {
  const written = textOf(description)
  if (!part) return written
  return written === '' || written === textOf(part.name) || written === textOf(part.nameZh) ? nameIn(language, part) : written
}
