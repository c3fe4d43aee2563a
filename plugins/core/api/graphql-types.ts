import type * as GraphQL from 'graphql'

export type Library = typeof GraphQL

/**
 * The platform's own GraphQL types, made with the library that makes the schema: types of a second copy of the
 * library would be strangers to it. Once a library, since a schema has one type of a name.
 */
export function graphqlTypes(library: Library) {
  const known = cache.get(library)
  if (known) return known
  const types = makeTypes(library)
  cache.set(library, types)
  return types
}

const cache = new WeakMap<Library, ReturnType<typeof makeTypes>>()

function makeTypes({ GraphQLBoolean, GraphQLError, GraphQLInt, GraphQLList, GraphQLNonNull, GraphQLObjectType, GraphQLScalarType, GraphQLString, Kind }: Library) {
  /** Exact decimals as texts, e.g. "12.50"; whole numbers may also be given as numbers. */
  const decimalType = new GraphQLScalarType<string | number, string>({
    name: 'Decimal',
    description: 'An exact decimal as a text, e.g. "12.50". Whole numbers may also be given as numbers.',
    serialize: (value) => String(value),
    parseValue: (value) => {
      if (typeof value === 'string' || (typeof value === 'number' && Number.isSafeInteger(value))) return value
      throw new GraphQLError('A Decimal is a text like "12.50".')
    },
    parseLiteral: (node) => {
      if (node.kind === Kind.STRING || node.kind === Kind.INT || node.kind === Kind.FLOAT) return node.value
      throw new GraphQLError('A Decimal is a text like "12.50".', { nodes: node })
    },
  })

  const required = <T extends GraphQL.GraphQLNullableType>(type: T) => new GraphQLNonNull(type)

  const textType = new GraphQLObjectType({
    name: 'Text', description: 'A text in both languages.',
    fields: { en: { type: required(GraphQLString) }, zh: { type: required(GraphQLString) } },
  })

  const refusalType = new GraphQLObjectType({
    name: 'Refusal', description: 'Why something may not happen, with the remedy.',
    fields: { code: { type: required(GraphQLString) }, message: { type: required(textType) }, path: { type: GraphQLString } },
  })

  let result: GraphQL.GraphQLObjectType | undefined
  const commandResultType = (json: GraphQL.GraphQLScalarType) => (result ??= new GraphQLObjectType({
    name: 'CommandResult', description: 'Where the document stands after the command.',
    fields: {
      id: { type: GraphQLString }, version: { type: GraphQLInt }, number: { type: GraphQLString }, state: { type: GraphQLString },
      message: { type: textType },
      documents: { type: json, description: 'Of an operation: the documents it made.' }, data: { type: json, description: 'Of an operation: what it found.' },
    },
  }))

  const availableEventType = (json: GraphQL.GraphQLScalarType) => new GraphQLObjectType({
    name: 'AvailableEvent', description: 'An event of a document and whether the user may send it now.',
    fields: {
      id: { type: required(GraphQLString), description: 'The document.' },
      event: { type: required(GraphQLString) },
      label: { type: required(textType) }, help: { type: textType },
      allowed: { type: required(GraphQLBoolean) },
      refusals: { type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(refusalType))) },
      primary: { type: required(GraphQLBoolean) }, tone: { type: GraphQLString },
      reasonRequired: { type: required(GraphQLBoolean) },
      input: { type: json, description: 'Fields the event asks for.' },
      lineInput: { type: json, description: 'Fields it asks for on lines.' },
      newLines: { type: json, description: 'Fields of the lines it may add; empty when it adds none.' },
    },
  })

  const unitQuantities = new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(new GraphQLObjectType({
    name: 'UnitQuantity', description: 'A quantity in one unit.', fields: { quantity: { type: required(decimalType) }, unit: { type: textType } },
  }))))

  const traceNodeType = new GraphQLObjectType({
    name: 'TraceNode', description: 'A document in a trace; what the user may not read is redacted.',
    fields: {
      id: { type: required(GraphQLString) }, entity: { type: required(GraphQLString) }, label: { type: required(textType) },
      number: { type: GraphQLString }, state: { type: GraphQLString }, stateLabel: { type: textType }, tone: { type: GraphQLString },
      date: { type: GraphQLString }, amount: { type: decimalType },
      lines: { type: GraphQLInt, description: 'How many lines it has.' }, quantity: { type: decimalType, description: 'Sum of their quantities, where they are all in one unit.' },
      quantities: { type: unitQuantities, description: 'Sums of their quantities, one a unit.' },
      redacted: { type: required(GraphQLBoolean) },
    },
  })

  const traceEdgeType = new GraphQLObjectType({
    name: 'TraceEdge', description: 'A link or a quantity peg between two documents.',
    fields: {
      from: { type: required(GraphQLString) }, to: { type: required(GraphQLString) },
      kind: { type: required(GraphQLString), description: '"link" or "peg".' },
      quantity: { type: decimalType, description: 'How much went along, where lines say so in one unit.' },
      quantities: { type: unitQuantities, description: 'How much went along, one a unit.' }, amount: { type: decimalType, description: 'How much money did, where it was allocated.' },
    },
  })

  const traceType = new GraphQLObjectType({
    name: 'Trace',
    fields: {
      id: { type: required(GraphQLString) }, currency: { type: required(GraphQLString) },
      truncated: { type: required(GraphQLBoolean), description: 'Whether documents beyond the limit were left out.' },
      nodes: { type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(traceNodeType))) },
      edges: { type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(traceEdgeType))) },
    },
  })

  return { decimalType, textType, commandResultType, availableEventType, traceType }
}
