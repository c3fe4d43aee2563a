import type { Parts } from '../../../config/generated/entities.ts'
import type { CommandContext } from '../../core/commands/context.ts'
import { formatDecimal, scales } from '../../core/engine/decimal.ts'

/** What people call a part. */
export type NamedPart = { readonly part: string; readonly partNumber: string; readonly name: string; readonly nameZh: string; readonly unit: string }

export const spokenQuantity = (value: number): string => formatDecimal(value, scales.quantity)
export const spokenCost = (value: number): string => formatDecimal(value, scales.unitPrice, { minDigits: 2 })

/** How to call parts, asked for many at once. */
export async function loadNames({ store }: CommandContext, ids: Iterable<string>): Promise<(part: string) => NamedPart> {
  const parts = await store.byIds('parts', ids)
  const units = await store.byIds('units', [...parts.values()].map(({ unit }) => unit))
  return (part) => named(part, parts.get(part), units.get(parts.get(part)?.unit ?? '')?.code)
}

const named = (part: string, found: Parts | undefined, unit = ''): NamedPart =>
  ({ part, partNumber: found?.partNumber ?? '', name: found?.name ?? '', nameZh: found?.nameZh || found?.name || '', unit })
