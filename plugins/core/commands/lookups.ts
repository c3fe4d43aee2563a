import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { Row } from '../data/store.ts'
import type { CommandContext } from './context.ts'

type LookupRow = { readonly entity: EntityDefinition; readonly row: Row }

/**
 * Takes over into each row what the records say that it refers to, before any rule is asked. It is stored: lists, filters and files
 * know it, and a document that is not edited any more keeps what was true of it. One query for each entity referred to.
 */
export async function takeLookups({ store }: CommandContext, rows: readonly LookupRow[]): Promise<void> {
  const wanted = rows.flatMap(({ entity, row }) => entity.fields.filter(({ lookup, retired }) => lookup && !retired).flatMap((field) => {
    const { through = '', of = '' } = field.lookup ?? {}
    const to = entity.fields.find(({ name }) => name === through)?.to
    return to === undefined ? [] : [{ row, field, of, to, id: typeof row[through] === 'string' ? row[through] : null }]
  }))
  for (const to of new Set(wanted.map((one) => one.to))) {
    const asked = wanted.filter((one) => one.to === to)
    const found = await store.byIds(to, asked.map(({ id }) => id))
    for (const { row, field, of, id } of asked) row[field.name] = ((id === null ? undefined : found.get(id)) as Row | undefined)?.[of] ?? null
  }
}
