import fc from 'fast-check'
import type { Payload } from 'payload'
import type { EntityDefinition } from '../../../config/language/entity.ts'
import { allFields } from '../../../plugins/core/entities/system-fields.ts'
import { operatorsOf } from '../../../plugins/core/views/list-query.ts'
import type { Ask } from './asks.ts'
import { atLeastOne, documentFor, valueFor, valuesFor, type Vocabulary } from './spoken.ts'

export type Route = { readonly method: string; readonly path: string; readonly collection?: string; readonly entity?: EntityDefinition }

/** Every address that the platform answers, as it stands in the configuration: a new one is asked without being named here. */
export function routesOf(payload: Payload, { platform }: Vocabulary): Route[] {
  const own = Object.values(payload.collections).flatMap(({ config: { slug, endpoints } }) => {
    const entity = platform.entities.get(slug)
    return (endpoints || []).map(({ method, path }) => ({ method: method.toUpperCase(), path, collection: slug, ...(entity ? { entity } : {}) }))
  })
  const shared = payload.config.endpoints.map(({ method, path }) => ({ method: method.toUpperCase(), path }))
  return [...new Map([...own, ...shared].map((route) => [nameOf(route), route])).values()]
}

/** Names a route in counts, whatever stands in its parameters. */
export const nameOf = ({ method, path, collection }: Route): string => `${method} /${collection ?? ''}${path}`

/** A request that the route takes, or would take if the documents were in the right state. */
export function askFor(route: Route, words: Vocabulary): fc.Arbitrary<Ask> {
  const segments = `${route.collection ?? ''}${route.path}`.split('/').filter(Boolean).filter((segment) => !segment.endsWith('?'))
  const entityOf = segments.includes(':entity') ? fc.constantFrom(...words.platform.entities.values()) : fc.constant(route.entity)
  return entityOf.chain((entity) => fc.record({
    method: fc.constant(route.method),
    path: fc.tuple(...segments.map((segment) => segmentFor(segment, { route, entity, words }))),
    query: route.method === 'GET' ? queryFor(route, entity, words) : fc.constant([]),
    headers: fc.record({ 'accept-language': fc.constantFrom('en', 'zh'), 'content-type': fc.constant('application/json') }).chain((headers) =>
      fc.oneof({ weight: 9, arbitrary: fc.constant(headers) }, { weight: 1, arbitrary: fc.constantFrom('again', 'once').map((key) => ({ ...headers, 'idempotency-key': key })) })),
    body: route.method === 'GET' ? fc.constant(undefined) : bodyFor(route, words),
  }))
}

type Filling = { readonly route: Route; readonly entity: EntityDefinition | undefined; readonly words: Vocabulary }

function segmentFor(segment: string, { route, entity, words }: Filling): fc.Arbitrary<string> {
  const { platform, idsOf } = words
  switch (segment) {
    case ':id': return fc.constantFrom(...atLeastOne(idsOf(entity?.slug ?? route.collection ?? (route.path.startsWith('/trace') ? 'traces' : route.path.startsWith('/keys') ? 'api-keys' : ''))))
    case ':user': return fc.constantFrom(...atLeastOne(idsOf('users')))
    case ':entity': return fc.constant(entity?.slug ?? 'parts')
    case ':event': return fc.constantFrom(...atLeastOne(Object.keys(platform.workflows.get(entity?.slug ?? '')?.definition.events ?? {})))
    case ':operation': return fc.constantFrom(...atLeastOne(platform.operations.filter((operation) => operation.entity === entity?.slug).map(({ name }) => name)))
    default: return fc.constant(segment.startsWith(':') ? 'nav' : segment)
  }
}

type Parameters = fc.Arbitrary<(readonly [string, string])[]>
const some = (...parameters: Parameters[]): Parameters => fc.subarray(parameters).chain((chosen) => fc.tuple(...chosen)).map((lists) => lists.flat())
const one = (name: string, ...values: string[]): Parameters => fc.constantFrom(...values).map((value) => [[name, value] as const])

function queryFor({ path, collection }: Route, entity: EntityDefinition | undefined, words: Vocabulary): Parameters {
  const language = one('language', 'en', 'zh')
  if (path === '/search' || path.startsWith('/options')) return one('q', '', 'a', 'HEL', 'w', '10%')
  if (path.startsWith('/views/events')) return fc.subarray([...words.idsOf(entity?.slug ?? '')]).map((ids) => [['ids', ids.join(',')]])
  if (path.startsWith('/workflows')) return some(one('hash', 'none'))
  if (!entity) return collection === 'users' ? some(one('where[email][contains]', 'a'), one('sort', 'name', '-email'), one('limit', '1', '50'), one('depth', '0', '1')) : fc.constant([])
  const fields = allFields(entity).filter(({ hidden }) => !hidden)
  // An entity whose fields are all hidden has nothing to ask by.
  if (fields.length === 0) return fc.constant([])
  const names = fields.map(({ name }) => name)
  const field = fc.constantFrom(...fields)
  if (path.startsWith('/views/lists')) {
    // What has no order and no words (JSON, a signature) is asked for by nothing.
    const filter = fc.constantFrom(...fields.filter((each) => operatorsOf(each).length > 0)).chain((each) => fc.tuple(fc.constantFrom(...operatorsOf(each)), valueFor(each, words)).map(([operator, value]): readonly [string, string] => ['f', `${each.name}:${operator}:${String(value)}`]))
    return some(fc.array(filter, { maxLength: 2 }), one('sort', 'createdAt', `-${names[0] ?? 'id'}`), one('page', '1', '2'), one('limit', '25', '50'), one('q', 'a', ''), one('columns', names.slice(0, 3).join(',')), one('state', 'draft'))
  }
  if (path.startsWith('/views/documents')) return fc.array(field.chain((each) => valueFor(each, words).map((value): readonly [string, string] => [each.name, String(value)])), { maxLength: 2 })
  if (path.endsWith('/pdf')) return some(language)
  const where: Parameters = fc.array(field.chain((each) => fc.tuple(fc.constantFrom('equals', 'not_equals', 'exists', 'in', 'not_in', 'greater_than', 'less_than_equal', 'like', 'contains'), valueFor(each, words)).map(([operator, value]): readonly [string, string] =>
    [`where[${each.name}][${operator}]`, operator === 'exists' ? 'true' : String(value)])), { maxLength: 2 })
  if (path.endsWith('/count')) return where
  const sort = one('sort', 'id', '-createdAt', ...names.slice(0, 4))
  if (path.endsWith('/export')) return some(where, sort, language, one('columns', names.slice(0, 3).join(',')), one('headers', 'names', 'labels'), one('format', 'csv'))
  return some(where, sort, one('limit', '1', '10', '1000'), one('page', '1', '2'), one('depth', '0', '1', '2'), one(`select[${names[0] ?? 'id'}]`, 'true'), one('joins[lines][limit]', '1'), one('populate[parts][name]', 'true'), one('locale', 'en'), one('pagination', 'true'))
}

function bodyFor({ method, path, entity, collection }: Route, words: Vocabulary): fc.Arbitrary<unknown> {
  const { platform, idsOf } = words
  const reason = { reason: fc.constant('because'), expectedVersion: fc.integer({ min: 1, max: 3 }) }
  if (entity && path === '/') return documentFor(entity, words)
  if (entity && path === '/:id') return fc.tuple(documentFor(entity, words).map((body) => Object.fromEntries(Object.entries(body).slice(0, 3))), fc.record(reason, { requiredKeys: [], noNullPrototype: true })).map(([changes, more]) => (method === 'DELETE' ? more : { ...changes, ...more }))
  if (entity && path.includes('/events/')) return eventBody(entity, words)
  if (entity && path.includes('/operations/')) {
    const inputs = platform.operations.filter((operation) => operation.entity === entity.slug).map(({ input }) => valuesFor(input ?? [], words))
    return fc.oneof(fc.constant({}), ...inputs.map((input) => input.map((values) => ({ input: values }))))
  }
  const email = fc.constantFrom('owner@firm.example', 'salesrep@firm.example', 'bystander@firm.example', 'nobody@nowhere.example')
  const password = fc.constantFrom('long enough for a test', 'quite another phrase', 'short')
  if (collection === 'users') {
    const account = fc.record({ email, password, name: fc.constant('Ann'), roles: fc.constantFrom(['viewer'], ['salesRep'], []), language: fc.constantFrom('en', 'zh'), blocked: fc.boolean() }, { requiredKeys: [], noNullPrototype: true })
    return path === '/login' ? fc.record({ email, password }) : path === '/reset-password' ? fc.record({ token: fc.constant('none'), password }) : account
  }
  if (path === '/keys') return fc.record({ name: fc.constant('Till'), roles: fc.constantFrom(['salesRep'], ['viewer']), readOnly: fc.boolean(), entities: fc.constantFrom([], ['parts']), days: fc.integer({ min: 1, max: 400 }) })
  if (path === '/sessions/end') return fc.record({ user: fc.constantFrom(...atLeastOne(idsOf('users'))), session: fc.constantFrom('others', 'all', 'none') })
  if (path.startsWith('/dead-letters')) return fc.record({ ids: fc.constantFrom(['none'], ['a', 'b']), reason: fc.constant('given up') }, { requiredKeys: [], noNullPrototype: true })
  if (collection === 'payload-preferences') return fc.record({ value: fc.constantFrom<unknown>({ open: true }, 'x', 1, []) })
  return fc.constantFrom<unknown>({}, { company: { name: 'x' }, confirmation: 'x' }, { id: 'x' })
}

function eventBody(entity: EntityDefinition, words: Vocabulary): fc.Arbitrary<unknown> {
  const events = Object.values(words.platform.workflows.get(entity.slug)?.definition.events ?? {})
  const lines = words.idsOf(entity.lines?.entity ?? '')
  const bodies = events.map(({ input = [], lineInput = [], newLines = [] }) => fc.record({
    input: valuesFor(input, words), reason: fc.constant('because'), expectedVersion: fc.integer({ min: 1, max: 4 }),
    ...(lineInput.length > 0 ? { lines: fc.array(fc.tuple(fc.constantFrom(...atLeastOne(lines)), valuesFor(lineInput, words)).map(([line, values]) => ({ line, ...values })), { maxLength: 2 }) } : {}),
    ...(newLines.length > 0 ? { newLines: fc.array(valuesFor(newLines, words), { maxLength: 2 }) } : {}),
  }, { requiredKeys: ['input', 'reason'], noNullPrototype: true }))
  return fc.oneof({ weight: 1, arbitrary: fc.constant({}) }, ...bodies.map((arbitrary) => ({ weight: 1, arbitrary })))
}
