import type { Parts } from '../../../config/generated/entities.ts'
import type { Store } from '../data/store.ts'
import type { UnitRatio } from '../engine/units.ts'

/** `ratioOf`: how many stock units one `unit` of the part is; undefined when there is no conversion. */
export type UnitRatios = { readonly ratioOf: (part: Pick<Parts, 'id' | 'unit'>, unit: string) => UnitRatio | undefined }

/**
 * Conversions of the given parts, in one query. A row of the part goes before a general one; a row the other way round is
 * turned over.
 */
export async function loadUnitRatios(store: Store, parts: Iterable<Pick<Parts, 'id' | 'unit'>>): Promise<UnitRatios> {
  const units = [...new Set([...parts].map(({ unit }) => unit))]
  const rows = units.length === 0 ? [] : await store.find('unit-conversions', {
    where: { or: [{ toUnit: { in: units } }, { fromUnit: { in: units } }] },
  })
  return {
    ratioOf(part, unit) {
      if (unit === part.unit) return { numerator: 1, denominator: 1 }
      const own = rows.filter((row) => row.part === part.id)
      const general = rows.filter((row) => !row.part)
      for (const candidates of [own, general]) {
        const forward = candidates.find((row) => row.fromUnit === unit && row.toUnit === part.unit)
        if (forward) return { numerator: forward.numerator, denominator: forward.denominator ?? 1 }
        const backward = candidates.find((row) => row.fromUnit === part.unit && row.toUnit === unit)
        if (backward) return { numerator: backward.denominator ?? 1, denominator: backward.numerator }
      }
      return undefined
    },
  }
}
