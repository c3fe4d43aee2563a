import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { Language, Text } from '../../../config/language/text.ts'
import type { CommandContext } from '../commands/context.ts'
import type { Row } from '../data/store.ts'
import { speakRow } from '../entities/speak.ts'
import { allFields } from '../entities/system-fields.ts'

const placeholder = /\{([A-Za-z]\w*)\}/g

/** The fields that a text in both languages names in braces. */
export const textFieldsOf = (value: unknown): string[] =>
  Object.values(typeof value === 'object' && value !== null ? value : {}).flatMap((text) => (typeof text === 'string' ? [...text.matchAll(placeholder)].map(([, name = '']) => name) : []))

/** A text with the values of the document in the places of its fields: records by their titles, choices by their labels. */
export async function filledText(context: CommandContext, entity: EntityDefinition, document: Row, template: Text): Promise<Text> {
  const spoken = speakRow(entity, document, await context.exponent())
  const texts = new Map<string, Text>()
  for (const name of new Set(textFieldsOf(template))) texts.set(name, await textOf(context, entity, { name, value: spoken[name] }))
  const fill = (language: Language) => template[language].replaceAll(placeholder, (_, name: string) => texts.get(name)?.[language] ?? '')
  return { en: fill('en'), zh: fill('zh') }
}

async function textOf(context: CommandContext, entity: EntityDefinition, { name, value }: { readonly name: string; readonly value: unknown }): Promise<Text> {
  const field = allFields(entity).find((one) => one.name === name)
  const plain = (text: string): Text => ({ en: text, zh: text })
  if (!field || value === null || value === undefined) return plain('–')
  if (field.type === 'select') return field.options?.find((option) => option.value === value)?.label ?? plain(String(value))
  if (field.type !== 'relation' || typeof value !== 'string') return plain(typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean))
  const target = context.platform.entities.get(field.to ?? '')
  const row = (await context.store.get(field.to ?? '', value)) as Row | undefined
  return plain(String(row?.number ?? row?.[target?.titleField ?? 'name'] ?? value))
}
