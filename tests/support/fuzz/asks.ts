import fc from 'fast-check'
import { hostileBody, hostileHeader, hostileKeys, hostileText, hostileTypes, hostileValue, jsonText } from './hostile.ts'

/** A request as data, so that one part of it can be broken. */
export type Ask = {
  readonly method: string
  /** Below /api, not yet encoded. */
  readonly path: readonly string[]
  readonly query: readonly (readonly [string, string])[]
  readonly headers: Readonly<Record<string, string>>
  readonly body?: unknown
  /** Instead of `body`, as it is. */
  readonly raw?: string | Uint8Array<ArrayBuffer>
}

export type Break =
  | { readonly on: 'value' | 'repeat'; readonly at: number; readonly value: unknown }
  | { readonly on: 'key'; readonly at: number; readonly key: string; readonly value: unknown }
  | { readonly on: 'raw'; readonly raw: string | Uint8Array<ArrayBuffer> }
  | { readonly on: 'query'; readonly at: number; readonly name: string | null; readonly value: string }
  | { readonly on: 'segment'; readonly at: number; readonly value: string }
  | { readonly on: 'method'; readonly method: string }
  | { readonly on: 'header'; readonly header: readonly [string, string] }

/** One thing that is wrong; where it goes depends on the request it meets. `ids`: of other documents, of accounts, of what was discarded. */
export function anyBreak(ids: readonly string[]): fc.Arbitrary<Break> {
  const at = fc.nat(400)
  const foreign = fc.constantFrom(...ids)
  const text = fc.oneof({ weight: 3, arbitrary: hostileText }, { weight: 1, arbitrary: foreign })
  const value = fc.oneof({ weight: 4, arbitrary: hostileValue }, { weight: 1, arbitrary: foreign })
  const parameter = fc.constantFrom('where', 'where[and]', 'where[or][0]', 'where[id]', 'where[id][equals]', 'where[__proto__][equals]', 'where[constructor][exists]', 'where[number][$gt]', 'where[number][in][]', 'where[and][0][or][0][id][in][0]', 'sort', 'sort[0]', 'limit', 'limit[]', 'page', 'depth',
    'select', 'select[id]', 'select[name][foo]', 'select[__proto__]', 'populate', 'populate[parts]', 'populate[parts][name]', 'joins', 'joins[lines]', 'joins[lines][limit]', 'joins[lines][where][id][equals]', 'joins[__proto__][limit]', 'locale', 'fallback-locale', 'draft', 'trash', 'pagination', 'overrideAccess', 'showHiddenFields',
    'columns', 'language', 'headers', 'format', 'q', 'f', 'state', 'ids', 'hash', 'token', '__proto__', 'constructor', '', '[]', '[[]]', 'a[b][c][d][e][f][g][h][i][j][k][l][m]')
  return fc.oneof(
    { weight: 8, arbitrary: fc.record({ on: fc.constant('value' as const), at, value }) },
    { weight: 3, arbitrary: fc.record({ on: fc.constant('key' as const), at, key: fc.oneof(fc.constantFrom(...hostileKeys), hostileText), value }) },
    { weight: 1, arbitrary: fc.record({ on: fc.constant('repeat' as const), at, value }) },
    { weight: 2, arbitrary: hostileBody.map((raw) => ({ on: 'raw' as const, raw })) },
    { weight: 6, arbitrary: fc.record({ on: fc.constant('query' as const), at, name: fc.option(parameter), value: text }) },
    { weight: 3, arbitrary: fc.record({ on: fc.constant('segment' as const), at, value: text }) },
    { weight: 1, arbitrary: fc.constantFrom('GET', 'POST', 'PATCH', 'DELETE', 'PUT', 'OPTIONS', 'HEAD').map((method) => ({ on: 'method' as const, method })) },
    { weight: 2, arbitrary: fc.oneof(hostileHeader, fc.constantFrom(...hostileTypes).map((type) => ['content-type', type] as const)).map((header) => ({ on: 'header' as const, header })) },
  )
}

export function broken(ask: Ask, { ...broke }: Break): Ask {
  switch (broke.on) {
    case 'value': return { ...ask, body: withValue(ask.body, broke.at, () => broke.value) }
    case 'key': return { ...ask, body: withValue(ask.body, broke.at, (place) => (isObject(place) ? Object.fromEntries([...Object.entries(place), [broke.key, broke.value]]) : { [broke.key]: place })) }
    case 'repeat': return { ...ask, body: withValue(ask.body, broke.at, (place) => [place, place]) }
    case 'raw': return { ...ask, raw: broke.raw }
    case 'query': return { ...ask, query: withParameter(ask.query, broke) }
    case 'segment': return { ...ask, path: ask.path.map((segment, index) => (index === broke.at % ask.path.length ? broke.value : segment)) }
    case 'method': return { ...ask, method: broke.method }
    case 'header': return { ...ask, headers: { ...ask.headers, [broke.header[0]]: broke.header[1] } }
  }
}

/** As it goes over the wire: an address is never longer than what a server takes (16 kB with all headers). */
export function written({ method, path, query, headers, body, raw }: Ask): { path: string; method: string; headers: Record<string, string>; raw?: string | Uint8Array<ArrayBuffer> } {
  const asked = query.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&')
  const content = raw ?? (body === undefined ? undefined : jsonText(body))
  const hasBody = content !== undefined && method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS'
  return {
    method, path: `/${path.map(encoded).join('/')}${asked ? `?${asked}` : ''}`.slice(0, 7_000), headers: { ...headers },
    ...(hasBody ? { raw: content } : {}),
  }
}

/** A half character is written as what stands for it; `%` and what follows is left alone now and then, as a careless client would. */
function encoded(text: string): string {
  const cut = text.slice(0, 1_500)
  if (/^%[0-9A-F]{2}/.test(cut)) return cut.replaceAll(/[^\x21-\x7e]|[?#&]/g, '')
  return encodeURIComponent(cut.replaceAll(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')).replaceAll('%5B', '[').replaceAll('%5D', ']')
}

function withParameter(query: Ask['query'], { at, name, value }: { readonly at: number; readonly name: string | null; readonly value: string }): Ask['query'] {
  if (name !== null || query.length === 0) return [...query, [name ?? 'where', value]]
  // The value of one that is there, or that one a second time.
  const index = at % query.length
  const [known] = query[index] ?? ['where']
  return at % 3 === 0 ? [...query, [known, value]] : query.map((pair, place) => (place === index ? [known, value] : pair))
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The value with one of its parts (itself, a field, an entry, at any depth) changed. */
function withValue(value: unknown, at: number, change: (place: unknown) => unknown): unknown {
  const count = partsOf(value)
  return changed(value, at % count, change)
}

const partsOf = (value: unknown): number => 1 + (typeof value === 'object' && value !== null ? Object.values(value).reduce<number>((sum, part) => sum + partsOf(part), 0) : 0)

function changed(value: unknown, index: number, change: (place: unknown) => unknown): unknown {
  if (index === 0) return change(value)
  if (typeof value !== 'object' || value === null) return value
  let rest = index - 1
  const entries = Object.entries(value).map(([key, part]): [string, unknown] => {
    const count = partsOf(part)
    const here = rest >= 0 && rest < count ? changed(part, rest, change) : part
    rest -= count
    return [key, here]
  })
  return Array.isArray(value) ? entries.map(([, part]) => part) : Object.fromEntries(entries)
}
