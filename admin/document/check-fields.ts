import type { FieldDefinition } from '../../config/language/entity.ts'
import type { Text } from '../../config/language/text.ts'
import { decodeInput } from '../../plugins/core/commands/input.ts'
import { missingIn, spokenOf, type FormValues } from '../kit/field-values.ts'
import { documentTexts } from '../locales/document-texts.ts'
import type { RuledRow } from './form-rules.ts'
import { isWritable } from './form-values.ts'

type Typed = { readonly values: FormValues; readonly rules: RuledRow | null; readonly exponent: number }

/** Whether something is wrong with the field, or with a cell of its rows. */
export const isWrong = (findings: ReadonlyMap<string, Text>, name: string): boolean => findings.has(name) || [...findings.keys()].some((path) => path.startsWith(`${name}.`))

/**
 * What the server would refuse of these fields, as the rules leave them to someone now: what is missing, what it could not read, and
 * what a rule says against it. By name, cells of tables by their path (`items.0.price`).
 */
export function wrongFields(fields: readonly FieldDefinition[], { values, rules, exponent }: Typed): ReadonlyMap<string, Text> {
  const asked = fields.filter(isWritable)
  const names = new Set(fields.map(({ name }) => name))
  const label = documentTexts.details
  return new Map([
    ...(rules?.findings ?? []).filter(({ path }) => names.has(path.split('.')[0] ?? '')).map(({ path, message }) => [path, message] as const).reverse(),
    ...missingIn(asked, values).filter(({ name }) => !rules?.findings.some(({ path }) => path === name)).map(({ name, label: { en, zh } }) => [name, { en: `${en} is required.`, zh: `请填写${zh}。` }] as const),
    ...decodeInput(asked, spokenOf(asked, values), { exponent, label }).findings.map(({ path, message }) => [path, message] as const),
  ])
}
