import fc from 'fast-check'
import type { EntityDefinition } from '../../../config/language/entity.ts'
import { allFields } from '../../../plugins/core/entities/system-fields.ts'
import { hostileKeys, hostileText, hostileValue } from './hostile.ts'
import { valueFor, type Vocabulary } from './spoken.ts'

export type HostileFile = { readonly entity: string; readonly name: string; readonly content: Uint8Array<ArrayBuffer>; readonly change: unknown; readonly steps: readonly string[] }

/** A list as people bring it, of which one part is wrong: cells, headers, quotes, encoding, bytes, or what is said about it. */
export function anyFile(words: Vocabulary, workbook: Uint8Array): fc.Arbitrary<HostileFile> {
  const entities = [...words.platform.entities.values()].filter(({ kind }) => kind === 'master' || kind === 'document')
  const text = fc.constantFrom(...entities).chain((entity) => fc.record({ entity: fc.constant(entity.slug), name: fc.constantFrom('list.csv', 'list.txt', '列表.csv'), content: csvOf(entity, words), change: changeOf(entity), steps }))
  const book = fc.record({ entity: fc.constantFrom('parts', 'customers'), name: fc.constantFrom('list.xlsx', 'list.csv'), content: spoiled(workbook), change: fc.constant({}), steps })
  const bytes = fc.record({ entity: fc.constantFrom('parts', 'quotes'), name: fc.constantFrom('list.csv', 'list.xlsx'), content: fc.uint8Array({ minLength: 1, maxLength: 300 }).map((each) => new Uint8Array(each)), change: fc.constant({}), steps })
  return fc.oneof({ weight: 6, arbitrary: text }, { weight: 2, arbitrary: book }, { weight: 1, arbitrary: bytes })
}

const steps = fc.oneof(
  { weight: 4, arbitrary: fc.constant(['check', 'run', 'undo']) }, { weight: 1, arbitrary: fc.array(fc.constantFrom('check', 'run', 'pause', 'resume', 'cancel', 'undo', '__proto__'), { minLength: 1, maxLength: 5 }) },
)

function csvOf(entity: EntityDefinition, words: Vocabulary): fc.Arbitrary<Uint8Array<ArrayBuffer>> {
  const lineEntity = entity.lines && words.platform.entities.get(entity.lines.entity)
  const usable = (definition: EntityDefinition) => allFields(definition).filter(({ readOnly, hidden }) => !readOnly && !hidden)
  const fields = [
    ...usable(entity).map((field) => ({ field, heads: [field.name, field.label.en, field.label.zh] })),
    ...(lineEntity ? usable(lineEntity).filter(({ name }) => name !== entity.lines?.parentField).map((field) => ({ field, heads: [`lines.${field.name}`] })) : []),
  ]
  const required = fields.filter(({ field }) => field.required)
  const short = hostileText.map((text) => text.slice(0, 3_000))
  return fc.subarray(fields, { maxLength: Math.min(6, fields.length) }).chain((some) => {
    const chosen = [...new Set([...required, ...some])]
    const row = fc.tuple(...chosen.map(({ field }) => valueFor(field, words).map((value) => (typeof value === 'object' ? JSON.stringify(value) : String(value)))))
    return fc.record({
      heads: fc.tuple(...chosen.map(({ heads }) => fc.constantFrom(...heads))), rows: fc.array(row, { minLength: 0, maxLength: 6 }), delimiter: fc.constantFrom(',', ';', '\t'), end: fc.constantFrom('\r\n', '\n', '\r'),
      odd: fc.option(fc.record({ at: fc.nat(100), text: short, inHead: fc.boolean() })), encoding: fc.constantFrom('utf-8', 'utf-8', 'utf-8', 'bom', 'utf-16', 'latin'), cut: fc.option(fc.nat(400), { freq: 5 }), quote: fc.option(fc.nat(200), { freq: 6 }),
    })
  }).map(({ heads, rows, delimiter, end, odd, encoding, cut, quote }) => {
    const cells = [heads as string[], ...(rows as string[][])].map((row) => [...row])
    const target = odd && (odd.inHead ? cells[0] : cells[odd.at % cells.length])
    if (odd && target) target[odd.at % target.length] = odd.text
    const quoted = (cell: string) => (/["\r\n]/.test(cell) || cell.includes(delimiter) ? `"${cell.replaceAll('"', '""')}"` : cell)
    const whole = cells.map((row) => row.map(quoted).join(delimiter)).join(end) + end
    const said = (quote === null ? whole : `${whole.slice(0, quote)}"${whole.slice(quote)}`).slice(0, cut === null ? undefined : whole.length - cut)
    return encodedAs(said, encoding)
  })
}

function encodedAs(text: string, encoding: string): Uint8Array<ArrayBuffer> {
  switch (encoding) {
    case 'bom': return new Uint8Array([0xef, 0xbb, 0xbf, ...new TextEncoder().encode(text)])
    case 'utf-16': return new Uint8Array([0xff, 0xfe, ...Buffer.from(text, 'utf16le')])
    case 'latin': return new Uint8Array(Buffer.from(text, 'latin1'))
    default: return new TextEncoder().encode(text)
  }
}

/** A file with some of its bytes changed, or its end missing. */
function spoiled(file: Uint8Array): fc.Arbitrary<Uint8Array<ArrayBuffer>> {
  return fc.tuple(fc.array(fc.tuple(fc.nat(file.length - 1), fc.nat(255)), { maxLength: 6 }), fc.option(fc.nat(file.length - 1), { freq: 4 })).map(([changes, end]) => {
    const bytes = new Uint8Array(file)
    for (const [at, value] of changes) bytes[at] = value
    return end === null ? bytes : bytes.slice(0, end)
  })
}

/** What is said about a file: nothing, or something that does not fit it. */
function changeOf(entity: EntityDefinition): fc.Arbitrary<unknown> {
  const field = fc.constantFrom(...entity.fields.map(({ name }) => name), 'lines.quantity', 'id', '__proto__', 'constructor', 'version')
  const target = fc.oneof(fc.record({ field, by: fc.option(fc.constantFrom('id', 'code', 'number', '__proto__'), { nil: undefined }) }), hostileValue)
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant({}) },
    { weight: 2, arbitrary: fc.dictionary(fc.constantFrom('0', '1', '2', '99', '-1', '__proto__', ...hostileKeys.slice(0, 3)), target, { maxKeys: 3, noNullPrototype: true }).map((mapping) => ({ mapping })) },
    { weight: 1, arbitrary: fc.record({ key: fc.oneof(field, hostileValue), existing: fc.oneof(fc.constantFrom('skip', 'update', 'refuse'), hostileValue) }).map((matching) => ({ matching })) },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom('encoding', 'delimiter', 'headerRow', 'sheet', 'dateOrder', 'decimalMark', '__proto__'), fc.oneof(hostileValue, fc.constantFrom('utf-8', ';', 2, 'gb18030', 'dmy', ','))).map(([name, value]) => ({ options: Object.fromEntries([[name, value]]) })) },
  )
}
