/** A map that forgets what was used longest ago, so that a cache cannot grow with what users type. */
export type BoundedMap<Value> = { readonly getOrAdd: (key: string, make: () => Value) => Value; readonly size: () => number }

export function boundedMap<Value>(limit: number): BoundedMap<Value> {
  const entries = new Map<string, { readonly value: Value }>()
  return {
    size: () => entries.size,
    getOrAdd: (key, make) => {
      const entry = entries.get(key) ?? { value: make() }
      entries.delete(key)
      entries.set(key, entry)
      for (const oldest of entries.keys()) {
        if (entries.size <= limit) break
        entries.delete(oldest)
      }
      return entry.value
    },
  }
}
