import type { Row } from './store.ts'

/** A stored MongoDB document as the store speaks: `id`, times as texts. */
export function rowOf({ _id, __v, ...values }: Record<string, unknown>): Row {
  return { id: String(_id), ...(plain(values) as Record<string, unknown>) }
}

function plain(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  // An id that MongoDB made itself.
  if ('_bsontype' in value) return String(value)
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]))
}
