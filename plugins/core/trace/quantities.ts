import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { Text } from '../../../config/language/text.ts'
import type { Store } from '../data/store.ts'
import { formatDecimal, scales } from '../engine/decimal.ts'

/** Quantities at 1e-6 by the id of their unit; '' where lines have no unit by nature. Different units are never added up. */
export type ByUnit = ReadonlyMap<string, number>
/** A spoken quantity in one unit, as people write it behind the number: the unit's code, in Chinese its name. */
export type UnitQuantity = { readonly quantity: string; readonly unit: Text | null }

export const plus = (known: ByUnit | undefined, unit: string, quantity: number): ByUnit => new Map([...(known ?? []), [unit, (known?.get(unit) ?? 0) + quantity]])

/** Whether the lines of an entity say which unit they count in. */
export const hasUnit = (line: EntityDefinition): boolean => line.fields.some(({ name }) => name === 'unit')

/** One query for all units that occur. */
export async function loadSpeaker(store: Store, quantities: readonly (ByUnit | undefined)[]): Promise<(byUnit: ByUnit | undefined) => UnitQuantity[]> {
  const units = await store.byIds('units', quantities.flatMap((byUnit) => [...(byUnit?.keys() ?? [])]).filter((id) => id !== ''))
  return (byUnit) => [...(byUnit ?? [])].map(([id, quantity]) => {
    const unit = units.get(id)
    return { quantity: formatDecimal(quantity, scales.quantity), unit: unit ? { en: unit.code, zh: unit.nameZh || unit.code } : null }
  })
}

/** The one quantity, where there is one unit. */
export const singleOf = (quantities: readonly UnitQuantity[]): string | null => (quantities.length === 1 ? quantities[0]?.quantity ?? null : null)
