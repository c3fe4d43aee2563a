import type { Endpoint, SanitizedConfig } from 'payload'
import { fail } from '../errors.ts'
import { isKey } from '../sign-ins/login-hooks.ts'

/**
 * Payload keeps collections for itself: migrations, keys and values, locks, and what its panel remembers for a person. Only the
 * last has doors, by key and of one's own; the others answer to nobody, neither over REST nor over GraphQL.
 */
export function closeOwnCollections(config: SanitizedConfig): SanitizedConfig {
  for (const collection of config.collections) {
    if (!collection.slug.startsWith('payload-')) continue
    collection.graphQL = false
    collection.endpoints = collection.slug === 'payload-preferences' && collection.endpoints
      ? collection.endpoints.filter(({ method, path }) => path === '/:key' && (method === 'get' || method === 'post')).map(forPeople)
      : false
  }
  return config
}

const forPeople = (endpoint: Endpoint): Endpoint => ({ ...endpoint, handler: (req) => (isKey(req) ? fail('personOnly') : endpoint.handler(req)) })
