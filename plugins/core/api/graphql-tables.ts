import type * as GraphQL from 'graphql'
import type { ColumnDefinition, FieldDefinition } from '../../../config/language/entity.ts'
import { isDecimal } from '../commands/defaults.ts'
import { graphqlTypes, type Library } from './graphql-types.ts'

type TableTypes = { readonly output: GraphQL.GraphQLOutputType; readonly input: GraphQL.GraphQLInputType }

const known = new WeakMap<GraphQL.GraphQLObjectType, Map<string, TableTypes>>()

/** The rows of a table as a list of a type of their own, to be read and to be written. `type`: of the entity, in whose name they stand. */
export function tableTypes(library: Library, type: GraphQL.GraphQLObjectType, field: FieldDefinition): TableTypes {
  const tables = known.get(type) ?? new Map<string, TableTypes>()
  known.set(type, tables)
  const types = tables.get(field.name) ?? makeTypes(library, `${type.name}_${field.name}_Row`, field)
  tables.set(field.name, types)
  return types
}

function makeTypes(library: Library, name: string, { label, columns = [] }: FieldDefinition): TableTypes {
  const cells = columns.map((column) => [column, cellType(library, `${name}_${column.name}`, column)] as const)
  const described = ({ label: own, help }: ColumnDefinition) => help?.en ?? own.en
  const rows = <Row extends GraphQL.GraphQLNullableType>(row: Row) => new library.GraphQLList(new library.GraphQLNonNull(row))
  return {
    output: rows(new library.GraphQLObjectType({ name, description: `A row of ${label.en}.`, fields: Object.fromEntries(cells.map(([column, type]) => [column.name, { type, description: described(column) }])) })),
    input: rows(new library.GraphQLInputObjectType({ name: `${name}Input`, fields: Object.fromEntries(cells.map(([column, type]) => [column.name, { type, description: described(column) }])) })),
  }
}

function cellType(library: Library, name: string, column: ColumnDefinition): GraphQL.GraphQLScalarType | GraphQL.GraphQLEnumType {
  if (isDecimal(column)) return graphqlTypes(library).decimalType
  switch (column.type) {
    case 'integer': case 'duration': case 'rating': return library.GraphQLInt
    case 'boolean': return library.GraphQLBoolean
    case 'select': return new library.GraphQLEnumType({ name, values: Object.fromEntries((column.options ?? []).map(({ value, label }) => [enumName(value), { value, description: label.en }])) })
    default: return library.GraphQLString
  }
}

/** GraphQL keeps three words for itself. */
const enumName = (value: string) => (/^(true|false|null)$/.test(value) ? `_${value}` : value)
