import fc from 'fast-check'

/** JSON that no value can hold (`1e400`, 10,000 levels): stands as it is in what `jsonText` writes. */
export const rawJson = (text: string): string => `\uE000${text}\uE001`

export function jsonText(value: unknown): string {
  return JSON.stringify(value).replaceAll(/"\uE000((?:[^"\\]|\\.)*)\uE001"/g, (_, text: string) => JSON.parse(`"${text}"`) as string)
}

const deep = (open: string, close: string, levels: number) => rawJson(open.repeat(levels) + close.repeat(levels))
const digits = (count: number) => '1234567890'.repeat(Math.ceil(count / 10)).slice(0, count)

/** Names that mean something to JavaScript, to databases, or to the platform itself. */
export const hostileKeys: readonly string[] = [
  '__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty', 'toJSON', 'then', 'length', '', ' ', '0', '-1', '$where', '$gt', '$set', 'a.b', 'lines.0', 'id', '_id',
  'version', 'workflow', 'createdAt', 'updatedAt', 'hash', 'salt', 'password', 'roles', 'and', 'or', 'x'.repeat(5_000), '\0', '\ud800', '\u202e', '名称',
]

const oddTexts: readonly string[] = [
  '', ' ', '\0', 'a\0b', '\ud800', 'x\udc00y', '\u202eabc\u202c', '\ufeff', '\u200b\u200d', 'e\u0301\u0301\u0301', '👩‍👩‍👧‍👦', 'ﷺ'.repeat(40), '\u2028', '\r\n\r\nX: y', '\x1b[31m',
  'NaN', 'Infinity', '-Infinity', '1e400', '-1e400', '1e-400', '-0', '+1', '.5', '5.', '0x10', '1_000', '1,000.00', '١٢٣', '１２', '9007199254740993', '-9223372036854775809', '1.0000000000000000001',
  'null', 'undefined', 'true', '[]', '{}', '{"$gt":""}', "' OR '1'='1", '"; DROP', '\\', '%', '%00', '%E0%A4', '_', '*', '(((((', '[[[', '.*.*.*.*x', '../../x', '/', '?', '#', '&', '=',
  '2026-02-30', '0000-00-00', '9999-12-31', '+275760-09-13', '-000001-01-01', '2026-13-01T00:00:00Z', '2026-01-01T25:00:00+99:99', '1970', 'today',
  '=1+1', '@SUM(1)', '<script>alert(1)</script>', '{{7*7}}', '${7*7}',
]
const longTexts: readonly string[] = [digits(10_000), `0.${digits(10_000)}`, `-${digits(400)}.${digits(400)}`, 'x'.repeat(501), '字'.repeat(100_001), '\ud800'.repeat(2_000), '\u202e'.repeat(3_000), ' '.repeat(20_000)]
const hugeTexts: readonly string[] = ['y'.repeat(1_048_576), '\0'.repeat(1_048_576), '😀'.repeat(262_144)]

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 14, arbitrary: fc.constantFrom(...oddTexts) }, { weight: 3, arbitrary: fc.constantFrom(...hostileKeys) }, { weight: 2, arbitrary: fc.constantFrom(...longTexts) },
  { weight: 4, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) }, { weight: 1, arbitrary: fc.constantFrom(...hugeTexts) },
)

const hostileNumber: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    0, -1, 1.5, 0.1, 1e21, -1e21, 2 ** 31, -(2 ** 31) - 1, 2 ** 53, 2 ** 53 + 2, Number.MAX_VALUE, Number.MIN_VALUE, ...['-0', '1e400', '-1e400', '1e-400', '9007199254740993', '1E+2', '1.0', digits(10_000), `0.${digits(10_000)}`].map(rawJson),
  ),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
)

const structures: readonly unknown[] = [
  null, true, false, [], {}, [[]], [null], [[], {}], { $ne: null }, { $gt: '' }, { equals: 1 }, { en: 'x', zh: 'y' }, { toString: null }, { valueOf: { a: 1 } }, { toJSON: 1 }, { length: 1e9 }, { then: 1 },
  Object.fromEntries([['__proto__', { polluted: true }]]), { constructor: { prototype: { polluted: true } } }, Array<number>(2_001).fill(0), Array<null>(20_000).fill(null),
  Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`k${index}`, index])), deep('[', ']', 60), deep('[', ']', 10_000), deep('{"a":', '}', 10_000).replace('}', '1}'),
]

/** Anything that does not belong: wrong types, numbers beyond all bounds, broken texts, keys of prototypes, endless nesting. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: hostileText }, { weight: 3, arbitrary: hostileNumber }, { weight: 4, arbitrary: fc.constantFrom(...structures) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...hostileKeys), fc.constantFrom<unknown>(1, 'x', {}, null)).map(([key, value]) => Object.fromEntries([[key, value]])) },
)

const boundary = '----WebKitFormBoundaryAbCdEfGhIjKlMnOp'
const bytes = (...values: number[]) => new Uint8Array(values)
const quoted = (inner: Uint8Array) => new Uint8Array([...new TextEncoder().encode('{"name":"'), ...inner, ...new TextEncoder().encode('"}')])

/** Bodies that are no JSON object, or none in UTF-8 at all. */
export const hostileBody: fc.Arbitrary<string | Uint8Array<ArrayBuffer>> = fc.constantFrom<(string | Uint8Array<ArrayBuffer>)[]>(
  '', ' ', '[]', '[{}]', '"text"', '7', 'null', 'true', 'NaN', '{', '}', '{"a":}', "{'a':1}", '{"a":1,}', '{"a":1}{"b":2}', '<xml/>', '\0', '\ufeff{}', '{"a":1,"a":2}', 'a=1&b=2', '{"__proto__":{"polluted":true}}',
  '['.repeat(10_000), '['.repeat(10_000) + ']'.repeat(10_000), '{"a":'.repeat(10_000), `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`, `{"name":${'"x"'.padEnd(1_100_000)}}`,
  bytes(0xff, 0xfe), bytes(0xc0, 0x80), quoted(bytes(0xc0, 0xaf)), quoted(bytes(0xed, 0xa0, 0x80)), quoted(bytes(0xe0, 0x80, 0x80)), quoted(bytes(0xf4, 0x90, 0x80, 0x80)), quoted(bytes(0x80)),
  '--b\r\nContent-Disposition: form-data; name="_payload"\r\n\r\n{"a":\r\n--b--\r\n', `--${boundary}\r\nContent-Disposition: form-data; name="_payload"\r\n\r\n{"email":[],"__proto__":1}\r\n--${boundary}--\r\n`, '--b\r\nContent-Disposition: form-data; name="file"; filename="a.html"\r\nContent-Type: text/html\r\n\r\n<script>\r\n--b--\r\n',
)

export const hostileTypes: readonly string[] = [
  '', 'text/plain', 'application/json; charset=utf-16', 'APPLICATION/JSON', 'application/x-www-form-urlencoded', 'multipart/form-data', 'multipart/form-data; boundary=b', `multipart/form-data; boundary=${boundary}`, 'multipart/mixed; boundary=""', 'application/graphql', 'image/png', 'x'.repeat(2_000), ';', 'application/json, text/plain',
]

/** Headers with what no client sends; bytes above 127 are what a wrong encoding leaves. */
export const hostileHeader: fc.Arbitrary<readonly [string, string]> = fc.oneof(
  fc.tuple(fc.constantFrom('accept-language', 'if-match', 'idempotency-key', 'cookie', 'authorization', 'origin', 'x-forwarded-for', 'user-agent', 'x-payload-http-method-override', 'x-http-method-override', 'content-length', 'accept', 'range'),
    fc.constantFrom('', ' ', '*', 'x', '\xff\xfe', 'zh;q=NaN', 'zh;q=1e400,en;q=-1', ',;=,;=', '"', 'W/"1"', 'null', '-1', '99999999999999999999', 'GET', 'DELETE', 'x'.repeat(6_000), '__proto__', 'constructor',
      'JWT', 'JWT ', 'JWT a.b.c', 'JWT eyJhbGciOiJub25lIn0.eyJpZCI6IjEiLCJjb2xsZWN0aW9uIjoidXNlcnMifQ.', 'Bearer __proto__', 'Basic Og==', 'users API-Key ', 'users API-Key tk_none', 'nothing API-Key x', 'payload-token=x; payload-token=y', 'payload-token=%', 'payload-lng=__proto__', '=;=', 'https://elsewhere.example')),
)
