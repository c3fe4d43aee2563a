import type { CollectionBeforeOperationHook, PayloadRequest, Where } from 'payload'
import type { EntityDefinition, FieldDefinition, FieldType } from '../../../config/language/entity.ts'
import { isDecimal } from '../commands/defaults.ts'
import { isId } from '../commands/written-values.ts'
import { parseDecimal, scaleOf } from '../engine/decimal.ts'
import { fail, failField, failQuestion } from '../errors.ts'
import { platformOf } from '../platform/platform.ts'
import { systemActor } from './actor.ts'
import { requireRight } from './can.ts'
import { actorOfRequest, exponentOfFirm, reads } from './collection-hooks.ts'
import { guardPaths, type PathGuard } from './path-guard.ts'
import { namesOf, requireSelection } from './selection-rules.ts'
import { isGroup, requireComparable, requireKnown, requireObject, requirePaging, requireParameters, requireSort, requireWhere, type Condition } from './query-rules.ts'

type Query = {
  id?: unknown; where?: Where; sort?: string | string[]; field?: string; limit?: unknown; page?: unknown; depth?: unknown; joins?: unknown
  overrideAccess?: boolean; disableErrors?: boolean
}
type JoinQuery = { where?: Where; sort?: string | string[] }

/** Filters and sorts are sound, speak decimals and touch no field the user cannot see, in joined lines neither. */
export const shapeQuery = (entity: EntityDefinition): CollectionBeforeOperationHook => async ({ args, req, operation }) => {
  if (!reads.has(operation)) return args
  const query = args as Query
  // Payload alone would say neither what may not be read nor by whom. It asks without errors for what is only referred to.
  if (!query.overrideAccess && !query.disableErrors) {
    requireRight(await actorOfRequest(req), 'read', entity)
    requireKnown(req.url, entity.slug)
    requireParameters(req.url)
    requireSelection(req.url, { slug: entity.slug, known: { select: namesOf(entity), joins: entity.lines ? ['lines'] : [] }, platform: platformOf(req.payload) })
  }
  requirePaging(query)
  // Whatever is no id is the id of nothing; one database would read a comma in it as a list.
  if (typeof query.id === 'string' && !isId(query.id)) fail('notFound', { entity: entity.label, id: query.id.slice(0, 120) })
  const lines = joinQuery(query, 'lines')
  if (query.where === undefined && !query.sort && !query.field && !lines) return args
  const shape = await shaperOf(req, query.overrideAccess)
  if (query.field) shape(entity, { sort: query.field })
  const lineEntity = entity.lines && platformOf(req.payload).entities.get(entity.lines.entity)
  return {
    ...query, ...shape(entity, query),
    ...(lines && lineEntity ? { joins: { ...(query.joins as object), lines: { ...lines, ...shape(lineEntity, lines) } } } : {}),
  } as typeof args
}

/** A condition as people say it, as it is stored: for questions that go past Payload. The caller has asked for the right to read. */
export async function storedWhere(req: PayloadRequest, entity: EntityDefinition, where: Where): Promise<Where> {
  const shape = await shaperOf(req, false)
  return shape(entity, { where }).where ?? {}
}

/** The same rules for a collection of Payload's own (accounts): sound questions only, its fields are Payload's to guard. */
export const refuseUnsound: CollectionBeforeOperationHook = ({ args, collection, req, operation }) => {
  const query = args as Query
  // A body of another type, or none, reaches Payload as anything or nothing.
  if (operation === 'create' || operation === 'update') requireObject((args as { data?: unknown }).data)
  if (reads.has(operation)) {
    const known = collection.flattenedFields.map(({ name }) => name)
    if (!query.overrideAccess && !query.disableErrors) {
      requireKnown(req.url, collection.slug)
      requireParameters(req.url)
      requireSelection(req.url, { slug: collection.slug, known: { select: known, joins: [] }, platform: platformOf(req.payload) })
    }
    requirePaging(query)
    requireSort(query.sort)
    for (const name of sortNames(query.sort)) {
      if (!known.includes(name.split('.', 1)[0] ?? '')) failField('unknownField', 'sort', { field: name.slice(0, 120), entity: collection.slug, known: collection.flattenedFields.filter((field) => !('hidden' in field && field.hidden)).map((field) => field.name).join(', ') })
    }
    if (typeof query.id === 'string' && !isId(query.id)) fail('notThere')
    if (query.where) requireOwn(query.where, collection)
  }
  return args
}

/** A filter on Payload's own fields, each compared as its type can be. */
function requireOwn(where: Where, collection: { readonly flattenedFields: readonly { readonly name: string; readonly type: string }[] }): void {
  requireWhere(where)
  for (const [key, value] of Object.entries(where)) {
    if (isGroup(key)) (value as Where[]).forEach((part) => requireOwn(part, collection))
    else requireComparable(key, ownTypes[collection.flattenedFields.find(({ name }) => name === key)?.type ?? ''] ?? 'text', value as Condition)
  }
}

const ownTypes: Readonly<Record<string, FieldType>> = { checkbox: 'boolean', date: 'dateTime', number: 'integer' }

function joinQuery({ joins }: Query, name: string): JoinQuery | undefined {
  if (typeof joins !== 'object' || joins === null) return undefined
  const join = (joins as Record<string, unknown>)[name]
  return typeof join === 'object' && join !== null ? join : undefined
}

async function shaperOf(req: PayloadRequest, overrideAccess: boolean | undefined) {
  const exponent = await exponentOfFirm(req)
  const actor = overrideAccess || !req.user ? systemActor : await actorOfRequest(req)
  return (entity: EntityDefinition, { where, sort }: JoinQuery): JoinQuery => {
    const guard = guardPaths(platformOf(req.payload), actor, entity)
    requireSort(sort)
    for (const name of sortNames(sort)) guard(name, 'sort')
    if (where === undefined || where === null) return {}
    requireWhere(where)
    return { where: shapeWhere(where, guard, exponent) }
  }
}

const sortNames = (sort: string | string[] | undefined): string[] => [sort ?? []].flat().flatMap((names) => names.split(',')).map((name) => name.trim().replace(/^-/, ''))

function shapeWhere(where: Where, guard: PathGuard, exponent: number): Where {
  return Object.fromEntries(Object.entries(where).map(([key, value]) => {
    if (isGroup(key)) return [key, (value as Where[]).map((part) => shapeWhere(part, guard, exponent))]
    const field = guard(key, `where.${key.slice(0, 120)}`)
    if (field) requireComparable(key, field.type, value as Condition)
    return [key, field && isDecimal(field) ? scaleOperands(field, value as Condition, exponent) : value]
  })) as Where
}

function scaleOperands(field: FieldDefinition & { type: Parameters<typeof scaleOf>[0] }, operators: Condition, exponent: number): Where[string] {
  const scale = scaleOf(field.type, exponent)
  const scaled = (operand: unknown): unknown => {
    if (operand === null || operand === 'null') return operand
    if (Array.isArray(operand)) return operand.map(scaled)
    const parsed = parseDecimal(typeof operand === 'number' ? operand : String(operand), scale)
    if (!parsed.ok) failQuestion(`where.${field.name}`, { en: `${field.label.en}: ${parsed.message.en}`, zh: `${field.label.zh}：${parsed.message.zh}` })
    return parsed.value
  }
  return Object.fromEntries(Object.entries(operators).map(([operator, operand]) =>
    [operator, operator === 'exists' ? operand : typeof operand === 'string' && operator.endsWith('in') ? operand.split(',').map(scaled) : scaled(operand)])) as Where[string]
}
