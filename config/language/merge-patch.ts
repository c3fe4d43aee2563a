import type { Json } from './text.ts'

type JsonObject = { readonly [key: string]: Json }

/** What a patch makes of a value (JSON Merge Patch, RFC 7396): objects are merged, null takes a property away, all else replaces. */
export function mergePatch(target: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch
  const base = isObject(target) ? target : {}
  const kept = Object.entries(base).filter(([key]) => !Object.hasOwn(patch, key) || patch[key] !== null)
  const before = new Map(kept)
  const merged = new Map<string, Json>(kept)
  for (const [key, value] of Object.entries(patch)) if (value !== null) merged.set(key, mergePatch(before.get(key), value))
  // `Object.fromEntries` makes properties, also of a key that objects inherit.
  return Object.fromEntries(merged)
}

/**
 * The smallest patch that makes `after` of `before`: `mergePatch(before, diffPatch(before, after))` equals `after`, but for the order of its keys.
 * A null that is a property cannot be said by a patch (in lists it can): `after` has none.
 */
export function diffPatch(before: Json | undefined, after: Json): Json {
  if (!isObject(after)) return after
  if (!isObject(before)) return after
  const gone = Object.keys(before).filter((key) => !Object.hasOwn(after, key)).map((key) => [key, null] as const)
  const changed = Object.entries(after).flatMap(([key, value]): (readonly [string, Json])[] => {
    const old = Object.hasOwn(before, key) ? before[key] : undefined
    return old !== undefined && isEqual(old, value) ? [] : [[key, diffPatch(old, value)]]
  })
  return Object.fromEntries([...gone, ...changed])
}

const isObject = (value: Json | undefined): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value)

function isEqual(a: Json, b: Json): boolean {
  if (a === b) return true
  if (Array.isArray(a) || Array.isArray(b)) return Array.isArray(a) && Array.isArray(b) && a.length === b.length && (a as readonly Json[]).every((item, index) => isEqual(item, (b as readonly Json[])[index] ?? null))
  if (!isObject(a) || !isObject(b)) return false
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isEqual(a[key] ?? null, b[key] ?? null))
}
