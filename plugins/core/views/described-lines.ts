import type { EntityDefinition } from '../../../config/language/entity.ts'
import { can } from '../access/can.ts'
import { describeLine } from '../entities/part-name.ts'
import { inReaderLanguage } from '../entities/standard-text.ts'
import type { Reader } from './titles.ts'

/** Lines as their reader calls them: a line that is called after its part, or by a standard text, is called so in the reader's language. */
export async function describedLines<Line extends Readonly<Record<string, unknown>>>({ platform, store, actor, language }: Reader, entity: EntityDefinition, stored: readonly Line[]): Promise<Line[]> {
  const lines = stored.map((line) => inReaderLanguage(entity, language, line))
  const parts = platform.entities.get('parts')
  const isDescribed = ['part', 'description'].every((name) => entity.fields.some((field) => field.name === name))
  if (!isDescribed || !parts || !can(actor, 'read', parts).allowed) return lines
  const rows = await store.byIds('parts', lines.flatMap(({ part }) => (typeof part === 'string' ? part : [])))
  return lines.map((line) => (line.description ? { ...line, description: describeLine(language, rows.get(String(line.part)), line.description) } : line))
}
