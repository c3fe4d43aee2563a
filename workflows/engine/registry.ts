import type { EntityDefinition, FieldDefinition } from '../../config/language/entity.ts'
import type { Operator } from '../../config/language/references.ts'
import type { Refusal } from '../../config/language/refusal.ts'
import type { RoleDefinition } from '../../config/language/role.ts'
import type { Reference, WorkflowDefinition } from '../../config/language/workflow.ts'
import type { Json, JsonScalar, Text } from '../../config/language/text.ts'
import { canonicalJson } from './canonical.ts'
import type { NameKind } from './check-names.ts'

export type Params = { readonly [name: string]: Json }
export type Facts = Readonly<Record<string, unknown>>
/** A business document as the runtime loaded it. */
export type WorkflowDocument = Readonly<Record<string, unknown>>
/** What the user entered for the event; shape checked by the runtime before the engine sees it. */
export type EventInput = Readonly<Record<string, unknown>>

export type GuardQuestion = {
  /** Holds every fact the guard declares. */
  readonly facts: Facts
  readonly params: Params
  readonly document: WorkflowDocument
  /** Absent while only asking what is possible: a guard that judges the input then answers true. */
  readonly input?: EventInput
  readonly roles: readonly string[]
}

/**
 * What a guard looks at, so that a proof can tell which guards exclude each other. It holds exactly when it says so:
 * always or never; when the subject is one of some finite cases; or when a value compares so with a literal (nothing is less
 * or greater than an empty one). Guards with the same subject look at the same value; `neverEmpty`: that
 * value is always there, and of the literal's type.
 */
export type Condition =
  | { readonly constant: boolean }
  | { readonly subject: string; readonly of: readonly string[]; readonly in: readonly string[] }
  | { readonly subject: string; readonly operator: Operator; readonly value?: JsonScalar; readonly neverEmpty?: boolean }

/** What a guard or an action asks of its own parameters when a definition is checked. */
export type ParamQuestion = { readonly params: Params; readonly definition: WorkflowDefinition; readonly entity: NamedEntity; readonly entities: ReadonlyMap<string, NamedEntity>; readonly operations: readonly NamedOperation[] }
export type ParamFault = { readonly param: string; readonly message: Text }
type Checked = {
  /** Parameters that name something: so that it can be chosen from a list, and is looked up. */
  readonly names?: Readonly<Record<string, NameKind>>
  /** What is wrong with parameters of the right types and names, where the entities are known. */
  readonly faults?: (question: ParamQuestion) => readonly ParamFault[]
}

/** A pure question about a document. It declares the facts it needs; the runtime loads them in the transaction. */
export type GuardType = Checked & {
  readonly type: string
  readonly label: Text
  readonly facts: readonly string[]
  readonly params?: readonly FieldDefinition[]
  readonly check: (question: GuardQuestion) => true | Refusal
  /** What `check` decides, for the proof of workflows. Absent: it may hold or not, whatever others do. */
  readonly condition?: (params: Params) => Condition | undefined
}

/** An effect that the runtime carries out; the engine only says which and in what order. */
export type ActionType = Checked & {
  readonly type: string
  readonly label: Text
  readonly params?: readonly FieldDefinition[]
}

/** A named length of time, evaluated after the actions ran, because they may set the date it depends on. */
export type DelayType = {
  readonly type: string
  readonly label: Text
  /** `now` is a UTC ISO time, `timeZone` the IANA zone of the document's company. Not negative; 0 means as soon as possible. */
  readonly milliseconds: (question: { readonly document: WorkflowDocument; readonly now: string; readonly timeZone: string }) => number
}

export type RoleType = Pick<RoleDefinition, 'slug' | 'label'>

export type Registry = {
  readonly guards: ReadonlyMap<string, GuardType>
  readonly actions: ReadonlyMap<string, ActionType>
  readonly delays: ReadonlyMap<string, DelayType>
  readonly roles: ReadonlyMap<string, RoleType>
  /** All entities with their fields, by slug. Absent: it is not looked at whether what a definition names is there. */
  readonly entities?: ReadonlyMap<string, NamedEntity>
  /** What actions may run beyond documents. */
  readonly operations?: readonly NamedOperation[]
  /** Codes of the working calendars, `firm` included. Absent: they are data, and are looked at where a workflow is proved. */
  readonly calendars?: ReadonlySet<string>
}

/** What is asked of an entity that a definition names. */
export type NamedEntity = Pick<EntityDefinition, 'slug' | 'label' | 'labels' | 'kind' | 'workflow' | 'fields'>

/** What is asked of an operation that a definition names. */
export type NamedOperation = { readonly name: string; readonly entity: string; readonly input?: readonly FieldDefinition[] }

/** The platform itself: timers, handlers of events of other systems. */
export const systemRole = 'system'
/** The firm's owner: may send every event that people may send. */
export const ownerRole = 'owner'

/**
 * The names a definition may use. `system` and `owner` always exist; a role of that slug replaces the built-in label.
 * @throws Error when two things of a kind have one name, or a name is not made of letters, digits, `.`, `-`, `_`.
 */
export function createRegistry(parts: {
  readonly guards?: readonly GuardType[]
  readonly actions?: readonly ActionType[]
  readonly delays?: readonly DelayType[]
  readonly roles?: readonly RoleType[]
  readonly entities?: readonly NamedEntity[]
  readonly operations?: readonly NamedOperation[]
}): Registry {
  const roles = byName('role', parts.roles ?? [], (role) => role.slug)
  for (const role of builtInRoles) if (!roles.has(role.slug)) roles.set(role.slug, role)
  return {
    guards: byName('guard', parts.guards ?? [], (guard) => guard.type),
    actions: byName('action', parts.actions ?? [], (action) => action.type),
    delays: byName('delay', parts.delays ?? [], (delay) => delay.type),
    roles,
    ...(parts.operations && { operations: parts.operations }),
    ...(parts.entities && { entities: new Map(parts.entities.map((entity) => [entity.slug, entity])) }),
  }
}

/** The key under which a guard's outcome is recorded; the same guard with other parameters is another question. */
export function guardKey(reference: Reference): string {
  const { type, params } = reference
  return params && Object.keys(params).length > 0 ? `${type}(${canonicalJson(params)})` : type
}

const builtInRoles: readonly RoleType[] = [
  { slug: systemRole, label: { en: 'System', zh: '系统' } },
  { slug: ownerRole, label: { en: 'Owner', zh: '企业主' } },
]

// A leading lower-case letter keeps delay names apart from ISO 8601 durations ("P3D").
const namePattern = /^[a-z][A-Za-z0-9._-]*$/

function byName<Item>(kind: string, items: readonly Item[], nameOf: (item: Item) => string): Map<string, Item> {
  const map = new Map<string, Item>()
  for (const item of items) {
    const name = nameOf(item)
    if (!namePattern.test(name)) throw new Error(`The ${kind} "${name}" needs a name of letters, digits, ".", "-" or "_" that starts in lower case.`)
    if (map.has(name)) throw new Error(`The ${kind} "${name}" is registered twice.`)
    map.set(name, item)
  }
  return map
}
