import type { GraphQLInputObjectType, GraphQLInputType, GraphQLObjectType, GraphQLOutputType } from 'graphql'
import { isDecimal } from '../commands/defaults.ts'
import { allFields } from '../entities/system-fields.ts'
import type { Platform } from '../platform/platform.ts'
import { tableTypes } from './graphql-tables.ts'
import { graphqlTypes, type Library } from './graphql-types.ts'

type Collections = Record<string, { graphQL?: { type?: GraphQLObjectType; whereInputType?: GraphQLInputObjectType } }>

const comparisons = ['greater_than', 'greater_than_equal', 'less_than', 'less_than_equal'] as const

/**
 * Payload makes scaled integers `Float` and calendar dates plain texts. Here their types become `Decimal`, in answers
 * and filters, dates can be compared, and tables of rows are lists of a type of their own. Types are changed in place, before the schema is built from them.
 */
export function speakDecimals(library: Library, platform: Platform, collections: Collections): void {
  for (const entity of platform.entities.values()) {
    const type = collections[entity.slug]?.graphQL?.type
    if (!type) continue
    const filter = collections[entity.slug]?.graphQL?.whereInputType
    for (const field of allFields(entity)) {
      const output = type.getFields()[field.name]
      if (field.type === 'table' && output) output.type = tableTypes(library, type, field).output
      if (isDecimal(field) && output) output.type = replaceFloat(library, output.type) as GraphQLOutputType
      const operators = library.getNamedType(filter?.getFields()[field.name]?.type)
      if (!(operators instanceof library.GraphQLInputObjectType)) continue
      if (isDecimal(field)) for (const operator of Object.values(operators.getFields())) operator.type = replaceFloat(library, operator.type) as GraphQLInputType
      if (field.type === 'date') addComparisons(library, operators)
    }
  }
}

function replaceFloat(library: Library, type: unknown): unknown {
  if (library.isNonNullType(type)) return new library.GraphQLNonNull(replaceFloat(library, type.ofType) as typeof library.GraphQLFloat)
  if (library.isListType(type)) return new library.GraphQLList(replaceFloat(library, type.ofType) as typeof library.GraphQLFloat)
  return type === library.GraphQLFloat ? graphqlTypes(library).decimalType : type
}

function addComparisons(library: Library, operators: GraphQLInputObjectType): void {
  const fields = operators.getFields()
  const model = fields.equals
  if (!model) return
  for (const name of comparisons) fields[name] ??= { ...model, name, type: library.GraphQLString }
}
