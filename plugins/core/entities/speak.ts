import { fromStored, toSpoken } from '../../../config/expression/rule-values.ts'
import type { EntityDefinition, FieldDefinition } from '../../../config/language/entity.ts'
import { formatDecimal, scaleOf, type DecimalType } from '../engine/decimal.ts'
import { isDecimal } from '../commands/defaults.ts'
import { allFields } from './system-fields.ts'

/** A stored row as people and programs outside see it: decimals as texts ("12.50"), nothing hidden. */
export function speakRow(entity: EntityDefinition, row: Readonly<Record<string, unknown>>, exponent: number): Record<string, unknown> {
  const spoken: Record<string, unknown> = { ...row }
  const { hidden, decimals, tables } = speechOf(entity)
  for (const name of hidden) if (name in spoken) delete spoken[name]
  for (const { name, type } of decimals) {
    const value = spoken[name]
    if (typeof value === 'number') spoken[name] = formatDecimal(value, scaleOf(type, exponent), type === 'money' ? { minDigits: exponent } : {})
  }
  for (const field of tables) if (Array.isArray(spoken[field.name])) spoken[field.name] = toSpoken(field, fromStored(field, spoken[field.name], exponent), exponent)
  const workflow = row.workflow as Record<string, unknown> | undefined
  if (workflow) {
    const { snapshot: _, ...told } = workflow
    spoken.workflow = told
  }
  return spoken
}

type Speech = { readonly hidden: readonly string[]; readonly decimals: readonly { readonly name: string; readonly type: DecimalType }[]; readonly tables: readonly FieldDefinition[] }

const speeches = new WeakMap<EntityDefinition, Speech>()

/** Sorted out once for an entity: a list speaks hundreds of rows. */
function speechOf(entity: EntityDefinition): Speech {
  const known = speeches.get(entity)
  if (known) return known
  const fields = allFields(entity)
  const speech = { hidden: fields.filter(({ hidden }) => hidden).map(({ name }) => name), decimals: fields.filter(({ hidden }) => !hidden).filter(isDecimal), tables: fields.filter(({ hidden, type }) => !hidden && type === 'table') }
  speeches.set(entity, speech)
  return speech
}
