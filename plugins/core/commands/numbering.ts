import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { Row } from '../data/store.ts'
import type { CommandContext } from './context.ts'

/**
 * Gives a document its number, e.g. SO-2026-00042, once. Gapless series (invoices, credit notes, journals, where the
 * law asks) are numbered at posting and inside the transaction; the others when they are created.
 */
export async function assignNumber(
  context: CommandContext, entity: EntityDefinition, document: Row, moment: 'create' | 'posting',
): Promise<void> {
  const { numbering } = entity
  if (!numbering || document.number || (numbering.at ?? 'create') !== moment) return
  const year = String((numbering.dateField && document[numbering.dateField]) || context.now).slice(0, 4)
  const series = `${numbering.prefix}-${year}`
  const next = await context.store.nextNumber(series, { gapless: numbering.gapless ?? false })
  document.number = `${series}-${String(next).padStart(5, '0')}`
}
