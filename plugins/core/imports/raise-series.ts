import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { CommandContext } from '../commands/context.ts'
import type { Row } from '../data/store.ts'

/** Numbers of our own series that a file brings count as given: the series goes on behind the highest of them. */
export async function raiseSeries({ store }: CommandContext, { numbering }: EntityDefinition, documents: readonly Row[]): Promise<void> {
  if (!numbering) return
  const highest = new Map<string, number>()
  const own = new RegExp(`^(${numbering.prefix}-\\d{4})-(\\d{5,9})$`)
  for (const { number } of documents) {
    const [, series = '', digits = '0'] = own.exec(typeof number === 'string' ? number : '') ?? []
    if (series !== '') highest.set(series, Math.max(highest.get(series) ?? 0, Number(digits)))
  }
  for (const [series, last] of highest) await store.raiseNumber(series, last)
}
