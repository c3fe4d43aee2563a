import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { Language } from '../../../config/language/text.ts'

/** What a document is called by people: its number or name, the Chinese name where the reader is Chinese. */
export function titleOf(entity: EntityDefinition, row: Readonly<Record<string, unknown>>, language: Language): string {
  const isNamed = entity.titleField === 'name' || entity.slug === 'units'
  const named = language === 'zh' && isNamed ? row.nameZh : undefined
  const title = named || row[entity.titleField] || row.name || row.id
  return String(title)
}
