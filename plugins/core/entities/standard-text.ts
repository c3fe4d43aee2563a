import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { Language, Text } from '../../../config/language/text.ts'

/** A standard text with its parameters: "Less deposit {invoice}" with { invoice: "INV-2026-00001" }. */
export const writeStandard = (text: Text, language: Language, parameters: Readonly<Record<string, string>> = {}): string =>
  text[language].replace(/\{(\w+)\}/g, (whole, name: string) => parameters[name] ?? whole)

/**
 * What the system wrote by itself, in whatever language, in the reader's; what somebody wrote or changed stays as it is. The
 * stored text tells its own parameters, so nothing else is kept with it.
 */
export function readStandard(texts: readonly Text[] | undefined, language: Language, written: string): string {
  for (const text of texts ?? []) {
    for (const template of Object.values(text) as string[]) {
      const parameters = patternOf(template).exec(written)?.groups
      if (parameters || written === template) return writeStandard(text, language, parameters)
    }
  }
  return written
}

/** A row with the standard texts of its fields in the reader's language. */
export function inReaderLanguage<R extends Readonly<Record<string, unknown>>>({ fields }: Pick<EntityDefinition, 'fields'>, language: Language, row: R): R {
  const told = fields.flatMap(({ name, standardTexts }) => {
    const written = row[name]
    return standardTexts && typeof written === 'string' ? [[name, readStandard(standardTexts, language, written)] as const] : []
  })
  return told.length === 0 ? row : { ...row, ...Object.fromEntries(told) }
}

const patternOf = (template: string): RegExp =>
  new RegExp(`^${template.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{(\w+)\}/g, '(?<$1>\\S+?)')}$`, 'u')
