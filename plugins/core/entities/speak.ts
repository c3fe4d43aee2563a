import type { EntityDefinition } from '../../../config/language/entity.ts'
import { formatDecimal, scaleOf } from '../engine/decimal.ts'
import { isDecimal } from '../commands/defaults.ts'
import { allFields } from './system-fields.ts'

/** A stored row as people and programs outside see it: decimals as texts ("12.50"), nothing hidden. */
export function speakRow(entity: EntityDefinition, row: Readonly<Record<string, unknown>>, exponent: number): Record<string, unknown> {
  const spoken: Record<string, unknown> = { ...row }
  for (const field of allFields(entity)) {
    const value = row[field.name]
    if (field.hidden) delete spoken[field.name]
    else if (isDecimal(field) && typeof value === 'number') {
      const scale = scaleOf(field.type, exponent)
      spoken[field.name] = formatDecimal(value, scale, field.type === 'money' ? { minDigits: exponent } : {})
    }
  }
  const workflow = row.workflow as Record<string, unknown> | undefined
  if (workflow) {
    spoken.workflow = Object.fromEntries(Object.entries(workflow).filter(([name]) => name !== 'snapshot'))
  }
  return spoken
}
