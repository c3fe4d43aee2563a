import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/**
 * JSON text that is the same for equal values, whatever the order of their keys (RFC 8785: keys sorted by UTF-16
 * code unit, numbers as ECMAScript prints them). Properties that are `undefined` are left out, as JSON leaves them out,
 * so a value hashes alike before and after it was stored.
 * @throws TypeError for what JSON cannot hold: functions, NaN, dates, class instances, cycles.
 */
export function canonicalJson(value: unknown): string {
  return write(value, [])
}

/** SHA-256 of the canonical JSON, first 160 bits as 40 hex characters. */
export function hashOf(value: unknown): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(value)))).slice(0, 40)
}

/** True for `{}` and for objects without prototype; false for class instances, dates, maps and arrays. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function write(value: unknown, ancestors: readonly object[]): string {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value)
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value)
  if (typeof value !== 'object') throw new TypeError(`JSON cannot hold ${typeof value} ${String(value)}`)
  if (ancestors.includes(value)) throw new TypeError('JSON cannot hold a cycle')
  const path = [...ancestors, value]
  if (Array.isArray(value)) return `[${value.map((item) => write(item, path)).join(',')}]`
  if (!isPlainObject(value)) throw new TypeError(`JSON cannot hold an instance of ${value.constructor.name}`)
  const entries = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${write(value[key], path)}`)
  return `{${entries.join(',')}}`
}
