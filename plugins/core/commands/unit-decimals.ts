import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import type { Row } from '../data/store.ts'
import { formatDecimal, scales } from '../engine/decimal.ts'
import type { CommandContext } from './context.ts'

/** Half a piece cannot be counted: quantities in a unit have no more decimals than the unit allows. One query. `of`: which of several documents a row belongs to. */
export async function brokenUnits(
  context: CommandContext, rows: readonly { readonly entity: EntityDefinition; readonly row: Row; readonly path: string; readonly of: number }[],
): Promise<{ readonly of: number; readonly finding: Finding }[]> {
  const measured = rows.filter(({ entity, row }) => typeof row.unit === 'string' && entity.fields.some(({ name, to }) => name === 'unit' && to === 'units'))
  if (measured.length === 0) return []
  const units = await context.store.byIds('units', measured.map(({ row }) => row.unit as string))
  return measured.flatMap(({ of, entity, row, path }) => {
    const unit = units.get(row.unit as string)
    if (!unit) return []
    const decimals = unit.decimals ?? scales.quantity
    const step = 10 ** (scales.quantity - Math.min(decimals, scales.quantity))
    return entity.fields
      .filter(({ name, type, readOnly }) => type === 'quantity' && !readOnly && Number(row[name] ?? 0) % step !== 0)
      .map(({ name, label }) => ({ of, finding: {
        code: 'unitDecimals', path: path + name, severity: 'error',
        message: {
          en: `${label.en}: ${formatDecimal(Number(row[name]), scales.quantity)} ${unit.code} is not possible, the unit takes ${decimals === 0 ? 'whole numbers' : `${decimals} decimals`}. Round it, or choose another unit.`,
          zh: `${label.zh}：${formatDecimal(Number(row[name]), scales.quantity)} ${unit.code} 无效，该单位${decimals === 0 ? '只能取整数' : `最多 ${decimals} 位小数`}。请取整或改用其他单位。`,
        },
      } }))
  })
}
