import fc from 'fast-check'
import type { GraphQLArgument, GraphQLField, GraphQLInputType, GraphQLOutputType, GraphQLSchema } from 'graphql'
import { formatNames } from 'payload'
import type { EntityDefinition } from '../../../config/language/entity.ts'
import { graphqlLibrary } from '../graphql.ts'
import type { Ask } from './asks.ts'
import { hostileText, hostileValue } from './hostile.ts'
import { documentFor, valuesFor, type Vocabulary } from './spoken.ts'

const { getNamedType, isEnumType, isInputObjectType, isListType, isNonNullType, isObjectType, isScalarType } = graphqlLibrary

/** A request over GraphQL that fits the schema: a field of it with arguments as variables, and some of what it gives. */
export function validQuestion(schema: GraphQLSchema, words: Vocabulary): fc.Arbitrary<Ask> {
  const entities = [...words.platform.entities.values()]
  const fields = [schema.getQueryType(), schema.getMutationType()].flatMap((type) => Object.values(type?.getFields() ?? {}).map((field) => ({ field, isMutation: type === schema.getMutationType() })))
  const important = fields.filter(({ field }) => ['sendEvent', 'previewEvent', 'availableEvents', 'runOperation', 'trace'].includes(field.name))
  const commands = fields.filter(({ field, isMutation }) => isMutation && /^(create|update|delete)/.test(field.name))
  const chosen = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...important) }, { weight: 3, arbitrary: fc.constantFrom(...commands) }, { weight: 4, arbitrary: fc.constantFrom(...fields) })
  return chosen.chain(({ field, isMutation }) => {
    const entity = entities.find(({ slug }) => [formatNames(slug).singular, formatNames(slug).plural].some((name) => field.name.replace(/^(create|update|delete|count)/, '') === name))
    const given = field.args.filter(({ type }) => isNonNullType(type) || !/^(draft|trash|populate|locale)$/.test(type.toString()))
    const values = entity || !isMutation ? argumentsOf(field, { entity, words }) : eventArguments(field, words)
    return fc.tuple(values, fc.subarray(given)).map(([known, more]): Ask => {
      const used = field.args.filter((argument) => isNonNullType(argument.type) || (more.includes(argument) && known[argument.name] !== undefined))
      const declared = used.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ')
      const passed = used.map(({ name }) => `${name}: $${name}`).join(', ')
      const query = `${isMutation ? 'mutation' : 'query'} Q${declared ? `(${declared})` : ''} { ${field.name}${passed ? `(${passed})` : ''} ${selectionOf(field.type, 3) ?? ''} }`
      return questionOf({ query, variables: Object.fromEntries(used.map(({ name }) => [name, known[name] ?? null])) })
    })
  })
}

/** Requests that are wrong as texts: endless, circular, unknown, several at once, or no query at all. */
export function oddQuestion(query: fc.Arbitrary<Ask>): fc.Arbitrary<Ask> {
  const nested = (levels: number, inner: string) => `{ ${`${inner} { `.repeat(levels)}id${' }'.repeat(levels)} }`
  const texts = [
    '', ' ', '{', '}', '{}', '{ }', 'query', 'mutation { }', '{ __typename }', '{ __schema { types { name fields { name args { name type { name ofType { name } } } } } } }', '{ __type(name: "__proto__") { name } }', '{ __proto__ }', '{ constructor { id } }', '{ toString }',
    nested(10_000, 'a'), nested(200, 'Parts'), nested(12, 'Parts { docs'), '{ a: '.repeat(5_000), `{ ${Array.from({ length: 3_000 }, (_, index) => `a${index}: __typename`).join(' ')} }`, `query { ${'...f '.repeat(500)} } fragment f on Query { __typename }`,
    '{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }', '{ ...missing }', '{ Parts { ...a } } fragment a on Parts { docs { ...b } } fragment b on Part { ...b }', 'fragment a on Nothing { id } { ...a }',
    '{ Parts @skip { totalDocs } }', '{ Parts @skip(if: "x") { totalDocs } }', '{ Parts @include(if: $x) { totalDocs } }', '{ __typename @nothing }', `{ __typename ${'@skip(if: true) '.repeat(400)} }`, 'subscription { x }', 'query a { __typename } query b { __typename }', 'query ($a: Int = "x") { __typename }', 'query ($a: [[[[[[[[[[Int]]]]]]]]]]) { __typename }',
    '{ Parts(limit: 99999999999999999999) { totalDocs } }', '{ Parts(limit: -1) { totalDocs } }', '{ Parts(page: -1) { totalDocs } }', '{ Parts(sort: "__proto__") { totalDocs } }', '{ Parts(where: { AND: [{ OR: [{ id: { equals: "x" } }] }] }) { totalDocs } }', '{ Parts(where: { listPrice: { greater_than: 1e400 } }) { totalDocs } }', '{ Parts(where: { id: { in: [] } }) { totalDocs } }',
    '{ Part(id: 5) { id } }', '{ Part(id: ["x"]) { id } }', '{ Part(id: null) { id } }', '{ Part(id: "\\ud800") { id } }', '{ Part(id: """\0""") { id } }', '{ Part(id: "%00") { id } }', '{ Part(id: "x", id: "y") { id } }',
    'mutation { a: logoutUser b: logoutUser }', 'mutation { sendEvent(entity: "__proto__", id: "x", event: "y") { id } }', 'mutation { sendEvent(entity: "constructor", id: "constructor", event: "constructor", input: {__proto__: {a: 1}}) { id } }', 'mutation { runOperation(entity: "parts", operation: "__proto__") { data } }',
    `{ Parts(where: ${'{ AND: [ '.repeat(60)}{ id: { equals: "x" } }${' ] }'.repeat(60)}) { totalDocs } }`, `# ${'x'.repeat(120_000)}`, '\ufeff{ __typename }', '{\u2028__typename}', '{ __typename } \0', '"""', '{ Parts(where: "x") { totalDocs } }', '{ availableEvents(entity: "quotes", ids: ["\\u0000"]) { event } }', '{ trace(id: "") { id } }',
  ]
  const text = fc.oneof(fc.constantFrom(...texts), hostileText)
  return fc.oneof(
    { weight: 4, arbitrary: text.map((said) => questionOf({ query: said })) },
    { weight: 1, arbitrary: fc.tuple(query, hostileValue).map(([ask, value]) => ({ ...ask, body: { ...(ask.body as object), operationName: value } })) },
    { weight: 1, arbitrary: fc.tuple(query, hostileValue).map(([ask, value]) => ({ ...ask, body: { ...(ask.body as object), extensions: value } })) },
    { weight: 1, arbitrary: query.map((ask) => ({ ...ask, body: [ask.body, ask.body] })) },
    { weight: 1, arbitrary: fc.constantFrom<unknown>([], [[]], null, 1, 'x', {}, { query: null }, { query: {} }, { variables: {} }, { query: '{ __typename }', variables: 'x' }, { query: '{ __typename }', variables: [] }).map((body) => ({ ...questionOf({ query: '' }), body })) },
    // One character of a valid one goes missing or comes twice.
    { weight: 3, arbitrary: fc.tuple(query, fc.nat(2_000), fc.boolean()).map(([ask, at, twice]) => {
      const { query: said, variables } = ask.body as { query: string; variables: unknown }
      const place = at % Math.max(1, said.length)
      return questionOf({ query: said.slice(0, place) + (twice ? said.slice(place, place + 1).repeat(2) : '') + said.slice(place + 1), variables })
    }) },
  )
}

const questionOf = (body: { readonly query: string; readonly variables?: unknown }): Ask => ({ method: 'POST', path: ['graphql'], query: [], headers: { 'content-type': 'application/json', 'accept-language': 'zh' }, body })

type Around = { readonly entity: EntityDefinition | undefined; readonly words: Vocabulary }

function argumentsOf(field: GraphQLField<unknown, unknown>, { entity, words }: Around): fc.Arbitrary<Record<string, unknown>> {
  const fields = entity ? documentFor(entity, words) : fc.constant<Record<string, unknown>>({})
  const others = fc.record(Object.fromEntries(field.args.map((argument) => [argument.name, valueOf(argument, { entity, words })])), { noNullPrototype: true })
  return fc.tuple(fields, others).map(([{ lines, ...data }, known]) => ({ ...known, ...(field.args.some(({ name }) => name === 'data') ? { data, lines: lines ?? null } : {}) }))
}

/** `sendEvent`, `previewEvent`, `runOperation`: with what an event of an entity asks for. */
function eventArguments(field: GraphQLField<unknown, unknown>, words: Vocabulary): fc.Arbitrary<Record<string, unknown>> {
  const living = [...words.platform.workflows.values()].map(({ definition }) => definition).filter(({ entity }) => words.idsOf(entity).length > 0)
  return fc.constantFrom(...living).chain(({ entity, events }) => fc.tuple(fc.constantFrom(...words.idsOf(entity)), fc.constantFrom(...Object.entries(events))).chain(([id, [event, { input = [] }]]) =>
    fc.tuple(argumentsOf(field, { entity: undefined, words }), valuesFor(input, words)).map(([known, values]) => ({ ...known, entity, id, ids: [id], event, input: values, lines: [], newLines: [], reason: 'because', expectedVersion: 1 }))))
}

function valueOf({ name, type }: Pick<GraphQLArgument, 'name' | 'type'>, around: Around): fc.Arbitrary<unknown> {
  const { entity, words } = around
  if (name === 'id') return fc.constantFrom(...words.idsOf(entity?.slug ?? 'traces'), 'nowhere')
  if (name === 'entity') return fc.constantFrom(...words.platform.entities.keys())
  if (name === 'limit') return fc.constantFrom(1, 10, 1_000)
  if (name === 'page') return fc.constantFrom(1, 2)
  if (name === 'sort') return fc.constantFrom('id', '-createdAt', ...(entity?.fields.slice(0, 3).map((field) => field.name) ?? []))
  return inputFor(type, around, 3)
}

/** Any value of an input type. */
function inputFor(type: GraphQLInputType, around: Around, depth: number): fc.Arbitrary<unknown> {
  if (isNonNullType(type)) return inputFor(type.ofType as GraphQLInputType, around, depth)
  if (isListType(type)) return depth === 0 ? fc.constant([]) : fc.array(inputFor(type.ofType as GraphQLInputType, around, depth - 1), { maxLength: 2 })
  if (isEnumType(type)) return fc.constantFrom(...type.getValues().map(({ name }) => name))
  if (isInputObjectType(type)) {
    if (depth === 0) return fc.constant({})
    const fields = Object.values(type.getFields())
    return fc.subarray(fields, { minLength: 0, maxLength: 2 }).chain((some) => fc.record(Object.fromEntries(some.map((field) => [field.name, inputFor(field.type, around, depth - 1)])), { noNullPrototype: true }))
  }
  switch (type.name) {
    case 'Int': return fc.integer({ min: 0, max: 5 })
    case 'Float': return fc.constantFrom(0, 1.5)
    case 'Boolean': return fc.boolean()
    case 'Decimal': return fc.constantFrom('1', '2.5', 3)
    case 'DateTime': return fc.constant('2026-11-21T08:00:00Z')
    default: return fc.constantFrom('a', '2026-11-21', 'owner@firm.example', ...around.words.idsOf('parts').slice(0, 1), ...around.words.idsOf('customers').slice(0, 1))
  }
}

/** `{ … }` of an object; nothing of a scalar; undefined of what is too deep or has several types. */
function selectionOf(output: GraphQLOutputType, depth: number): string | undefined {
  const type = getNamedType(output)
  if (isScalarType(type) || isEnumType(type)) return ''
  if (!isObjectType(type) || depth === 0) return undefined
  const fields = Object.values(type.getFields()).slice(0, 12).flatMap((field) => {
    const selection = selectionOf(field.type, depth - 1)
    return selection === undefined || field.args.some(({ type: argument }) => isNonNullType(argument)) ? [] : [`${field.name} ${selection}`]
  })
  return fields.length > 0 ? `{ ${fields.join(' ')} }` : '{ __typename }'
}
