import type { Finding } from '../../config/language/refusal.ts'
import { isPlainObject } from './canonical.ts'
import { finding, say } from './messages.ts'

/**
 * A definition is data: what JSON cannot carry (functions, class instances, cycles, NaN) would be lost when it is
 * stored, and names of Object.prototype would be found in every object.
 */
export function checkJson(value: unknown): Finding[] {
  return inspect({ value, path: '', ancestors: [] })
}

/** `states` + `draft` → `states.draft`; `guards` + 0 → `guards[0]`. */
export function joinPath(path: string, part: PropertyKey): string {
  if (typeof part === 'number') return `${path}[${part}]`
  return path === '' ? String(part) : `${path}.${String(part)}`
}

const depthLimit = 64

type Place = { readonly value: unknown; readonly path: string; readonly ancestors: readonly object[] }

function inspect({ value, path, ancestors }: Place): Finding[] {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return []
  if (typeof value === 'number' && Number.isFinite(value)) return []
  const inside = typeof value === 'object' ? [...ancestors, value] : ancestors
  if (typeof value !== 'object' || ancestors.includes(value) || !(Array.isArray(value) || isPlainObject(value))) return [notJson(path)]
  if (inside.length > depthLimit) return [tooDeep(path)]
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => inspect({ value: item, path: joinPath(path, index), ancestors: inside }))
  if (Object.getOwnPropertySymbols(value).length > 0) return [notJson(path)]
  return Object.entries(value).flatMap(([key, item]) => {
    const place = joinPath(path, key)
    if (key === '__proto__' || key in Object.prototype || key === 'prototype') return [reservedKey(place, key)]
    return item === undefined ? [] : inspect({ value: item, path: place, ancestors: inside })
  })
}

function notJson(path: string): Finding {
  return finding({
    code: 'not-json',
    path,
    message: say('A definition is plain JSON: no functions, dates, class instances, cycles or NaN. Name a registered guard, action or delay instead.', '定义必须是纯 JSON，不能包含函数、日期对象、类实例、循环引用或 NaN。请改为引用已注册的条件、动作或时限。'),
  })
}

function tooDeep(path: string): Finding {
  return finding({ code: 'too-deep', path, message: say(`Nested more than ${depthLimit} levels deep. Flatten the states.`, `嵌套超过 ${depthLimit} 层。请减少状态的嵌套层数。`) })
}

function reservedKey(path: string, key: string): Finding {
  return finding({ code: 'reserved-name', path, message: say(`“${key}” is a reserved name. Choose another.`, `“${key}”是保留名称，请换一个名称。`) })
}
