import type { GraphQLField, GraphQLOutputType } from 'graphql'
import { formatNames, type Payload } from 'payload'
import { canaryId, canaryTrace } from './canaries.ts'
import { graphqlLibrary, schemaOf } from './graphql.ts'

const { getNamedType, isEnumType, isListType, isNonNullType, isObjectType, isScalarType } = graphqlLibrary
const known = new WeakMap<Payload, string[]>()

/** One query for each field of the schema: all scalars of the canary it gives and of what that refers to. */
export function readingQueries(payload: Payload): string[] {
  const queries = known.get(payload) ?? Object.values(schemaOf(payload).getQueryType()?.getFields() ?? {}).flatMap((field) => {
    const selection = selectionOf(field.type, 4)
    return selection === undefined ? [] : [`{ ${field.name}${requiredArguments(payload, field)} ${selection} }`]
  })
  known.set(payload, queries)
  return queries
}

function requiredArguments(payload: Payload, { name, args }: GraphQLField<unknown, unknown>): string {
  const slug = payload.config.collections.find((collection) => formatNames(collection.slug).singular === name)?.slug
  const id = JSON.stringify(name === 'trace' ? canaryTrace : canaryId(slug ?? 'quotes'))
  const values = args.filter(({ type }) => isNonNullType(type)).map(({ name: argument, type }) => {
    if (argument === 'entity') return 'entity: "quotes"'
    return `${argument}: ${isListType(isNonNullType(type) ? type.ofType : type) ? `[${id}]` : id}`
  })
  return values.length > 0 ? `(${values.join(', ')})` : ''
}

/** `{ … }` of an object, nothing of a scalar, undefined of what is too deep or has several types. */
function selectionOf(output: GraphQLOutputType, depth: number): string | undefined {
  const type = getNamedType(output)
  if (isScalarType(type) || isEnumType(type)) return ''
  if (!isObjectType(type) || depth === 0) return undefined
  const fields = Object.values(type.getFields()).flatMap((field) => {
    const selection = selectionOf(field.type, depth - 1)
    return selection === undefined || field.args.some(({ type: argument }) => isNonNullType(argument)) ? [] : [`${field.name} ${selection}`]
  })
  return fields.length > 0 ? `{ ${fields.join(' ')} }` : undefined
}
