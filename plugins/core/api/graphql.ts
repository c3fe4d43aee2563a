import type { PayloadRequest, SanitizedConfig } from 'payload'
import type { GraphQLEnumType, GraphQLFieldConfigMap, GraphQLInputFieldConfigMap, GraphQLInputType, GraphQLObjectType, GraphQLScalarType } from 'graphql'
import * as GraphQL from 'graphql'
import type { EntityDefinition, FieldDefinition } from '../../../config/language/entity.ts'
import { actorOfRequest } from '../access/collection-hooks.ts'
import { isDecimal } from '../commands/defaults.ts'
import { runCommand, type Command } from '../commands/run-command.ts'
import { allFields } from '../entities/system-fields.ts'
import type { Platform } from '../platform/platform.ts'
import { traceOf } from '../trace/trace.ts'
import { availableFor } from '../workflow/available.ts'
import { availableEventType, commandResultType, decimalType, traceType } from './graphql-types.ts'
import { speakDecimals } from './graphql-decimals.ts'

type Context = { req: PayloadRequest }
type Fields = GraphQLFieldConfigMap<unknown, Context>
type Generated = {
  config: SanitizedConfig
  collections: Record<string, { graphQL?: { type?: GraphQLObjectType; whereInputType?: GraphQL.GraphQLInputObjectType } }>
}

const { GraphQLInt, GraphQLList, GraphQLNonNull, GraphQLString } = GraphQL

/** `availableEvents`, `trace`, and decimals as texts in everything that Payload generated. */
export function graphqlQueries(_library: typeof GraphQL, generated: unknown): Fields {
  const { config, collections } = generated as Generated
  const platform = config.custom.platform as Platform
  speakDecimals(platform, collections)
  const json = jsonType(collections)
  return {
    availableEvents: {
      type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(availableEventType(json)))),
      description: 'What the user may do with each document now; a refused event says why.',
      args: { entity: { type: nonNull(GraphQLString) }, ids: { type: nonNull(new GraphQLList(nonNull(GraphQLString))) } },
      resolve: async (_, { entity, ids }: { entity: string; ids: string[] }, { req }) => {
        const events = await availableFor(req.payload, await actorOfRequest(req), entity, ids)
        return [...events].flatMap(([id, list]) => list.map((event) => ({ ...event, id, reasonRequired: event.reason === 'required' })))
      },
    },
    trace: {
      type: traceType,
      description: 'Every document, quantity and amount in the life of one trace.',
      args: { id: { type: nonNull(GraphQLString) } },
      resolve: async (_, { id }: { id: string }, { req }) => traceOf(req.payload, await actorOfRequest(req), id),
    },
  }
}

/** `sendEvent`, `runOperation`, and create, update and delete of every entity as the commands they are. */
export function graphqlMutations(_library: typeof GraphQL, generated: unknown): Fields {
  const { config, collections } = generated as Generated
  const platform = config.custom.platform as Platform
  const json = jsonType(collections)
  const fields: Fields = {
    sendEvent: {
      type: nonNull(commandResultType),
      description: 'Takes a document one step along its workflow.',
      args: {
        entity: { type: nonNull(GraphQLString) }, id: { type: nonNull(GraphQLString) }, event: { type: nonNull(GraphQLString) },
        input: { type: json }, lines: { type: json }, reason: { type: GraphQLString },
        expectedVersion: { type: GraphQLInt }, idempotencyKey: { type: GraphQLString },
      },
      resolve: (_, args, context) => run(context, { action: 'send', ...args } as unknown as Command, args),
    },
    runOperation: {
      type: nonNull(commandResultType),
      description: 'Runs a command on an entity as a whole.',
      args: {
        entity: { type: nonNull(GraphQLString) }, operation: { type: nonNull(GraphQLString) },
        input: { type: json }, idempotencyKey: { type: GraphQLString },
      },
      resolve: (_, args, context) => run(context, { action: 'operate', ...args } as unknown as Command, args),
    },
  }
  for (const entity of platform.entities.values()) {
    if (entity.kind !== 'master' && entity.kind !== 'document') continue
    Object.assign(fields, entityMutations(platform, collections, entity))
  }
  return fields
}

function entityMutations(platform: Platform, collections: Generated['collections'], entity: EntityDefinition): Fields {
  const type = collections[entity.slug]?.graphQL?.type
  if (!type) return {}
  const lineEntity = entity.lines && platform.entities.get(entity.lines.entity)
  const lineType = lineEntity && collections[lineEntity.slug]?.graphQL?.type
  const input = inputType(type, entity)
  const lines: GraphQL.GraphQLFieldConfigArgumentMap = lineEntity && lineType && entity.lines
    ? { lines: { type: new GraphQLList(nonNull(inputType(lineType, lineEntity, entity.lines.parentField))) } }
    : {}
  const key: GraphQL.GraphQLFieldConfigArgumentMap = { idempotencyKey: { type: GraphQLString } }
  const change: GraphQL.GraphQLFieldConfigArgumentMap = { expectedVersion: { type: GraphQLInt }, reason: { type: GraphQLString } }
  const { slug } = entity
  return {
    [`create${type.name}`]: {
      type: nonNull(commandResultType), args: { data: { type: nonNull(input) }, ...lines, ...key },
      resolve: (_, { data, lines: rows, ...rest }, context) => run(context, { action: 'create', entity: slug, data, lines: rows }, rest),
    },
    [`update${type.name}`]: {
      type: nonNull(commandResultType), args: { id: { type: nonNull(GraphQLString) }, data: { type: input }, ...lines, ...change, ...key },
      resolve: (_, { data, lines: rows, id, ...rest }, context) => run(context, { action: 'edit', entity: slug, id: id as string, data, lines: rows, ...rest }, rest),
    },
    [`delete${type.name}`]: {
      type: nonNull(commandResultType), args: { id: { type: nonNull(GraphQLString) }, ...change, ...key },
      resolve: (_, { id, ...rest }, context) => run(context, { action: 'discard', entity: slug, id: id as string, ...rest }, rest),
    },
  }
}

/** Absent GraphQL arguments arrive as null or not at all: both mean absent. */
async function run({ req }: Context, command: Command, { idempotencyKey }: { idempotencyKey?: unknown }) {
  const given = Object.entries(command).filter(([name, value]) => name !== 'idempotencyKey' && value !== null && value !== undefined)
  const options = typeof idempotencyKey === 'string' ? { idempotencyKey } : {}
  return runCommand(req.payload, await actorOfRequest(req), Object.fromEntries(given) as Command, options)
}

/** What may be entered: every field that is not kept by commands. Required is checked by the command, with a sentence. */
function inputType(type: GraphQLObjectType, entity: EntityDefinition, without?: string): GraphQL.GraphQLInputObjectType {
  const fields: GraphQLInputFieldConfigMap = { id: { type: GraphQLString } }
  for (const field of allFields(entity)) {
    if (field.readOnly || field.name === without) continue
    fields[field.name] = { type: inputFieldType(type, field), description: field.help?.en ?? field.label.en }
  }
  return new GraphQL.GraphQLInputObjectType({ name: `${type.name}Input`, fields })
}

function inputFieldType(type: GraphQLObjectType, field: FieldDefinition): GraphQLInputType {
  if (isDecimal(field)) return decimalType
  switch (field.type) {
    case 'integer': return GraphQLInt
    case 'boolean': return GraphQL.GraphQLBoolean
    case 'relation': return field.many ? new GraphQLList(nonNull(GraphQLString)) : GraphQLString
    // Enumerations and the JSON scalar are those that Payload made for the output.
    case 'select': return GraphQL.getNullableType(type.getFields()[field.name]?.type) as GraphQLEnumType
    case 'json': return GraphQL.getNullableType(type.getFields()[field.name]?.type) as GraphQLScalarType
    default: return GraphQLString
  }
}

/** Payload's own JSON scalar, since a schema has one type of a name. */
function jsonType(collections: Generated['collections']): GraphQLScalarType {
  return GraphQL.getNamedType(collections.roles?.graphQL?.type?.getFields().permissions?.type) as GraphQLScalarType
}

const nonNull = <T extends GraphQL.GraphQLNullableType>(type: T) => new GraphQLNonNull(type)

