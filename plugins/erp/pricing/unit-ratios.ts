import type { Parts } from '../../../config/generated/entities.ts'
import type { Store } from '../../core/data/store.ts'
import type { UnitRatio } from '../../core/engine/units.ts'

/** How many stock units of the part one `unit` is; undefined when the unit does not convert. */
export type RatioOf = (part: Pick<Parts, 'id' | 'unit'>, unit: string) => UnitRatio | undefined

/** The conversions of some units, in one query: a row of the part goes before the general one, either direction serves. */
export async function loadUnitRatios(store: Store, units: Iterable<string | null | undefined>): Promise<RatioOf> {
  const wanted = [...new Set([...units].filter((unit): unit is string => Boolean(unit)))]
  const rows = wanted.length === 0 ? [] : await store.find('unit-conversions', {
    where: { or: [{ fromUnit: { in: wanted } }, { toUnit: { in: wanted } }] }, sort: 'id',
  })
  return (part, unit) => {
    if (unit === part.unit) return { numerator: 1, denominator: 1 }
    for (const owner of [part.id, null]) {
      const own = rows.filter((row) => (row.part ?? null) === owner)
      const forth = own.find(({ fromUnit, toUnit }) => fromUnit === unit && toUnit === part.unit)
      if (forth) return { numerator: forth.numerator, denominator: forth.denominator }
      const back = own.find(({ fromUnit, toUnit }) => fromUnit === part.unit && toUnit === unit)
      if (back) return { numerator: back.denominator, denominator: back.numerator }
    }
    return undefined
  }
}
