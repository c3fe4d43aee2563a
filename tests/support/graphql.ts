import { configToSchema } from '@payloadcms/graphql'
import type { GraphQLSchema } from 'graphql'
import { createRequire } from 'node:module'
import { createLocalReq, type Payload } from 'payload'
import type { SignedInUser } from '../../plugins/core/access/actor.ts'

// The copy of the library that the schema is made with: an import would be resolved to its other build here.
export const graphqlLibrary = createRequire(import.meta.url)('graphql') as typeof import('graphql')

const schemas = new WeakMap<Payload, GraphQLSchema>()

/** The schema that the platform answers with. */
export function schemaOf(payload: Payload): GraphQLSchema {
  const schema = schemas.get(payload) ?? configToSchema(payload.config).schema
  schemas.set(payload, schema)
  return schema
}

/** Executes a GraphQL request as a signed-in user, in process. */
export async function askGraphql(payload: Payload, user: SignedInUser | null, source: string, variableValues: Record<string, unknown> = {}, headers = new Headers()) {
  const schema = schemaOf(payload)
  const req = await createLocalReq({ ...(user ? { user: { collection: 'users', ...user } as never } : {}) }, payload)
  Object.assign(req, { headers })
  const { data, errors } = await graphqlLibrary.graphql({ schema, source, variableValues, contextValue: { req, headers: {} } })
  return { data: data as Record<string, never> | null | undefined, errors }
}
