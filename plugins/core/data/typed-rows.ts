import type { Entities } from '../../../config/generated/entities.ts'
import type { Row } from './store.ts'

/** The same row, seen with the type of its entity; a change of one is a change of the other. */
export function typed<E extends keyof Entities>(row: Row): Entities[E] {
  return row as unknown as Entities[E]
}

/** The same rows, seen with the type of their entity. */
export function typedRows<E extends keyof Entities>(rows: readonly Row[]): Entities[E][] {
  return rows as unknown as Entities[E][]
}
