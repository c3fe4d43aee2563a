import type { PayloadRequest, SanitizedConfig } from 'payload'
import type * as GraphQL from 'graphql'
import type { GraphQLEnumType, GraphQLFieldConfigMap, GraphQLInputFieldConfigMap, GraphQLInputType, GraphQLObjectType, GraphQLScalarType } from 'graphql'
import type { EntityDefinition, FieldDefinition } from '../../../config/language/entity.ts'
import { actorOfRequest } from '../access/collection-hooks.ts'
import { approvalMutations, approvalQueries } from '../approvals/graphql-approvals.ts'
import { isDecimal } from '../commands/defaults.ts'
import { runCommand, type Command } from '../commands/run-command.ts'
import { allFields } from '../entities/system-fields.ts'
import type { Platform } from '../platform/platform.ts'
import { traceOf } from '../trace/trace.ts'
import { previewEvent } from '../views/event-preview.ts'
import { availableFor } from '../workflow/available.ts'
import { acceptedBy } from './rest.ts'
import { tableTypes } from './graphql-tables.ts'
import { graphqlTypes, type Library } from './graphql-types.ts'
import { speakDecimals } from './graphql-decimals.ts'

type Context = { req: PayloadRequest }
type Fields = GraphQLFieldConfigMap<unknown, Context>
type Generated = {
  config: SanitizedConfig
  /** Payload adds the platform's queries to these. */
  Query: { fields: Record<string, unknown> }
  Mutation: { fields: Record<string, unknown> }
  collections: Record<string, { graphQL?: { type?: GraphQLObjectType; whereInputType?: GraphQL.GraphQLInputObjectType } }>
}

/** `availableEvents`, `trace`, `waitingApprovals`, and decimals as texts in everything that Payload generated. */
export function graphqlQueries(library: Library, generated: unknown): Fields {
  const { GraphQLList, GraphQLNonNull, GraphQLString } = library
  const nonNull = nonNullOf(library)
  const { availableEventType, traceType } = graphqlTypes(library)
  const { config, collections, Query } = generated as Generated
  const platform = config.custom.platform as Platform
  speakDecimals(library, platform, collections)
  leaveOutAccess(Query.fields)
  const json = jsonType(library, collections)
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
    previewEvent: {
      type: new GraphQLNonNull(json),
      description: 'What an event would do, without doing it: state, fields, lines, figures, warnings and other documents, before and after.',
      args: {
        entity: { type: nonNull(GraphQLString) }, id: { type: nonNull(GraphQLString) }, event: { type: nonNull(GraphQLString) },
        input: { type: json }, lines: { type: json }, newLines: { type: json }, reason: { type: GraphQLString },
      },
      resolve: (_, args, { req }) => previewEvent(req, { ...withoutNulls(args), action: 'send' } as Command & { action: 'send' }),
    },
    trace: {
      type: traceType,
      description: 'Every document, quantity and amount in the life of one trace.',
      args: { id: { type: nonNull(GraphQLString) } },
      resolve: async (_, { id }: { id: string }, { req }) => traceOf(req.payload, await actorOfRequest(req), id),
    },
    ...approvalQueries(library),
  }
}

/** `sendEvent`, `runOperation`, `decideApproval`, and create, update and delete of every entity as the commands they are. */
export function graphqlMutations(library: Library, generated: unknown): Fields {
  const { GraphQLInt, GraphQLString } = library
  const nonNull = nonNullOf(library)
  const { config, collections, Mutation } = generated as Generated
  const platform = config.custom.platform as Platform
  // Payload makes the door of its email verification for every collection of accounts, also where that is off.
  delete Mutation.fields.verifyEmailUser
  const json = jsonType(library, collections)
  const commandResultType = graphqlTypes(library).commandResultType(json)
  const fields: Fields = {
    sendEvent: {
      type: nonNull(commandResultType),
      description: 'Takes a document one step along its workflow.',
      args: {
        entity: { type: nonNull(GraphQLString) }, id: { type: nonNull(GraphQLString) }, event: { type: nonNull(GraphQLString) },
        input: { type: json }, lines: { type: json }, newLines: { type: json }, reason: { type: GraphQLString },
        expectedVersion: { type: GraphQLInt }, idempotencyKey: { type: GraphQLString },
      },
      resolve: (_, args, context, info) => run({ ...context, info }, { action: 'send', ...args } as unknown as Command, args),
    },
    runOperation: {
      type: nonNull(commandResultType),
      description: 'Runs a command on an entity as a whole.',
      args: {
        entity: { type: nonNull(GraphQLString) }, operation: { type: nonNull(GraphQLString) },
        input: { type: json }, idempotencyKey: { type: GraphQLString },
      },
      resolve: (_, args, context, info) => run({ ...context, info }, { action: 'operate', ...args } as unknown as Command, args),
    },
    ...approvalMutations(library),
  }
  for (const entity of platform.entities.values()) {
    if (entity.kind !== 'master' && entity.kind !== 'document') continue
    Object.assign(fields, entityMutations(library, generated as Generated, entity))
  }
  return fields
}

function entityMutations(library: Library, { config, collections }: Generated, entity: EntityDefinition): Fields {
  const { GraphQLInt, GraphQLList, GraphQLString } = library
  const nonNull = nonNullOf(library)
  const commandResultType = graphqlTypes(library).commandResultType(jsonType(library, collections))
  const platform = config.custom.platform as Platform
  const type = collections[entity.slug]?.graphQL?.type
  if (!type) return {}
  const lineEntity = entity.lines && platform.entities.get(entity.lines.entity)
  const lineType = lineEntity && collections[lineEntity.slug]?.graphQL?.type
  const input = inputType(library, type, entity)
  const lines: GraphQL.GraphQLFieldConfigArgumentMap = lineEntity && lineType && entity.lines
    ? { lines: { type: new GraphQLList(nonNull(inputType(library, lineType, lineEntity, entity.lines.parentField))) } }
    : {}
  const key: GraphQL.GraphQLFieldConfigArgumentMap = { idempotencyKey: { type: GraphQLString } }
  const change: GraphQL.GraphQLFieldConfigArgumentMap = { expectedVersion: { type: GraphQLInt }, reason: { type: GraphQLString } }
  const { slug } = entity
  return {
    [`create${type.name}`]: {
      type: nonNull(commandResultType), args: { data: { type: nonNull(input) }, ...lines, ...key },
      resolve: (_, { data, lines: rows, ...rest }, context, info) => run({ ...context, info }, { action: 'create', entity: slug, data, lines: rows }, rest),
    },
    [`update${type.name}`]: {
      type: nonNull(commandResultType), args: { id: { type: nonNull(GraphQLString) }, data: { type: input }, ...lines, ...change, ...key },
      resolve: (_, { data, lines: rows, id, ...rest }, context, info) => run({ ...context, info }, { action: 'edit', entity: slug, id: id as string, data, lines: rows, ...rest }, rest),
    },
    [`delete${type.name}`]: {
      type: nonNull(commandResultType), args: { id: { type: nonNull(GraphQLString) }, ...change, ...key },
      resolve: (_, { id, ...rest }, context, info) => run({ ...context, info }, { action: 'discard', entity: slug, id: id as string, ...rest }, rest),
    },
  }
}

/**
 * Absent GraphQL arguments arrive as null or not at all: both mean absent. Without a key of its own a command goes by the request's
 * header, as over REST; each command of the request by a part of its own, since each is applied once.
 */
async function run({ req, info }: Context & { info: { path: { key: string | number } } }, command: Command, { idempotencyKey }: { idempotencyKey?: unknown }) {
  const ofRequest = req.headers.get('idempotency-key')
  const key = typeof idempotencyKey === 'string' ? idempotencyKey : ofRequest && `${ofRequest}:${info.path.key}`
  return runCommand(req.payload, await actorOfRequest(req), withoutNulls(command) as Command, { accepted: acceptedBy(req), ...(key ? { idempotencyKey: key } : {}) })
}

const withoutNulls = (args: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(args).filter(([name, value]) => name !== 'idempotencyKey' && value !== null && value !== undefined))

/** What may be entered: every field that is not kept by commands. Required is checked by the command, with a sentence. */
function inputType(library: Library, type: GraphQLObjectType, entity: EntityDefinition, without?: string): GraphQL.GraphQLInputObjectType {
  const fields: GraphQLInputFieldConfigMap = { id: { type: library.GraphQLString } }
  for (const field of allFields(entity)) {
    if (field.readOnly || field.name === without) continue
    fields[field.name] = { type: inputFieldType(library, type, field), description: field.help?.en ?? field.label.en }
  }
  return new library.GraphQLInputObjectType({ name: `${type.name}Input`, fields })
}

function inputFieldType(library: Library, type: GraphQLObjectType, field: FieldDefinition): GraphQLInputType {
  if (isDecimal(field)) return graphqlTypes(library).decimalType
  switch (field.type) {
    case 'integer': case 'duration': case 'rating': return library.GraphQLInt
    case 'boolean': return library.GraphQLBoolean
    case 'relation': return field.many ? new library.GraphQLList(nonNullOf(library)(library.GraphQLString)) : library.GraphQLString
    // Enumerations and the JSON scalar are those that Payload made for the output.
    case 'select': return library.getNullableType(type.getFields()[field.name]?.type) as GraphQLEnumType
    case 'table': return tableTypes(library, type, field).input
    case 'json': case 'richText': return library.getNullableType(type.getFields()[field.name]?.type) as GraphQLScalarType
    default: return library.GraphQLString
  }
}

/**
 * Payload answers by types for each right on each field of each entity: two thirds of the schema, of which nobody here
 * asks. What a person may do is in `availableEvents`, and in REST's `/api/access`.
 */
function leaveOutAccess(fields: Record<string, unknown>): void {
  for (const name of Object.keys(fields)) if (name === 'Access' || name.startsWith('docAccess')) delete fields[name]
}

/** Payload's own JSON scalar, since a schema has one type of a name. */
function jsonType(library: Library, collections: Generated['collections']): GraphQLScalarType {
  return library.getNamedType(collections.roles?.graphQL?.type?.getFields().permissions?.type) as GraphQLScalarType
}

const nonNullOf = (library: Library) => <T extends GraphQL.GraphQLNullableType>(type: T) => new library.GraphQLNonNull(type)
