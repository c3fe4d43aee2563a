import type { EntityDefinition, FieldDefinition } from '../../../config/language/entity.ts'
import { isSignature } from '../../../config/language/signature.ts'
import type { Row } from '../data/store.ts'
import type { CommandContext } from './context.ts'

type Known = Pick<CommandContext, 'platform'>

/** Names of the fields that differ, of those that people enter and sign: what the platform keeps, takes over or computes goes on changing by itself. */
export function changedFields({ platform }: Known, entity: EntityDefinition, now: Row, before: Row): readonly string[] {
  const computed = new Set((platform.forms.get(entity.slug)?.steps ?? []).filter((step) => step.computed).map(({ field }) => field.name))
  return entity.fields.filter((field) => isEntered(field) && !computed.has(field.name) && cells(field, now) !== cells(field, before)).map(({ name }) => name)
}

/** Whether lines came, went or differ in what people enter. */
export function linesDiffer(context: Known, entity: EntityDefinition, now: readonly Row[], before: readonly Row[]): boolean {
  const old = new Map(before.map((line) => [line.id, line]))
  return now.length !== before.length || now.some((line) => {
    const stood = old.get(line.id)
    return !stood || changedFields(context, entity, line, stood).length > 0
  })
}

/** What is taken over, or only said in the form, is read-only. */
const isEntered = (field: FieldDefinition): boolean => !field.readOnly && !field.hidden && !isSignature(field)

/** A field as people have entered it: a table without its computed columns. */
function cells({ name, columns = [] }: FieldDefinition, row: Row): string {
  const computed = new Set(columns.filter(({ rules }) => rules?.computed !== undefined).map((column) => column.name))
  return JSON.stringify(row[name] ?? null, (key, value: unknown) => (computed.has(key) ? undefined : value))
}
