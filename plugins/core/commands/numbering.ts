import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { Row } from '../data/store.ts'
import type { CommandContext } from './context.ts'

type Moment = 'create' | 'posting'

/**
 * Gives a document its number, e.g. SO-2026-00042, once. Gapless series (invoices, credit notes, journals, where the
 * law asks) are numbered at posting and inside the transaction; the others when they are created.
 */
export async function assignNumber(context: CommandContext, entity: EntityDefinition, document: Row, moment: Moment): Promise<void> {
  await assignNumbers(context, entity, [document], moment)
}

/** The same for many, in their order: one question a series. */
export async function assignNumbers(context: CommandContext, entity: EntityDefinition, documents: readonly Row[], moment: Moment): Promise<void> {
  const { numbering } = entity
  if (!numbering || (numbering.at ?? 'create') !== moment) return
  const bySeries = new Map<string, Row[]>()
  for (const document of documents) {
    if (document.number) continue
    const year = String((numbering.dateField && document[numbering.dateField]) || context.now).slice(0, 4)
    const series = `${numbering.prefix}-${year}`
    bySeries.set(series, [...(bySeries.get(series) ?? []), document])
  }
  for (const [series, own] of bySeries) {
    const last = await context.store.nextNumber(series, { gapless: numbering.gapless ?? false, count: own.length })
    own.forEach((document, index) => { document.number = `${series}-${String(last - own.length + 1 + index).padStart(5, '0')}` })
  }
}
