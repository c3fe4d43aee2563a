import type { Finding } from '../../config/language/refusal.ts'
import type { Json, Text } from '../../config/language/text.ts'
import type { WorkflowDefinition } from '../../config/language/workflow.ts'
import { finding, listed, say } from './messages.ts'
import type { ActionType, GuardType, NamedEntity, Params, Registry } from './registry.ts'

/** What a parameter names, so that it can be chosen from a list and is looked up when a definition is checked. */
export type NameKind = 'field' | 'relation' | 'person' | 'email' | 'event' | 'entity' | 'role' | 'calendar'

type Asked = { readonly definition: WorkflowDefinition; readonly registry: Registry; readonly type: Pick<GuardType | ActionType, 'names' | 'faults'>; readonly params: Params; readonly path: string }

/** Parameters that name what is not there, and what else their guard or action finds wrong with them. */
export function checkNames({ definition, registry, type: { names = {}, faults }, params, path }: Asked): Finding[] {
  const unknown = Object.entries(names).flatMap(([param, kind]) => {
    const known = namesOf(kind, { definition, registry })
    if (!known) return []
    return textsOf(params[param]).filter((name) => !known.includes(name)).map((name) => unknownName(`${path}.params.${param}`, { kind, name, known }))
  })
  const entity = registry.entities?.get(definition.entity)
  if (unknown.length > 0 || !faults || !entity || !registry.entities) return unknown
  return faults({ params, definition, entity, entities: registry.entities, operations: registry.operations ?? [] }).map(({ param, message }) => finding({ code: 'param-wrong', path: `${path}.params.${param}`, message }))
}

/** All that there is of a kind; undefined where it is not known. */
export function namesOf(kind: NameKind, { definition, registry }: { readonly definition: Pick<WorkflowDefinition, 'entity' | 'events'>; readonly registry: Registry }): readonly string[] | undefined {
  if (kind === 'event') return Object.keys(definition.events)
  if (kind === 'role') return [...registry.roles.keys()]
  if (kind === 'calendar') return registry.calendars && [...registry.calendars]
  if (kind === 'entity') return registry.entities && [...registry.entities.keys()]
  return registry.entities?.get(definition.entity)?.fields.filter((field) => isOfKind(kind, field)).map(({ name }) => name)
}

function isOfKind(kind: NameKind, { type, to }: NamedEntity['fields'][number]): boolean {
  switch (kind) {
    case 'relation': return type === 'relation'
    case 'person': return type === 'relation' && to === 'users'
    case 'email': return type === 'email'
    default: return true
  }
}

const textsOf = (value: Json | undefined): string[] => [value].flat().filter((one): one is string => typeof one === 'string')

const kinds: Record<NameKind, { readonly code: string; readonly label: Text }> = {
  field: { code: 'unknown-field', label: say('field', '字段') }, relation: { code: 'unknown-field', label: say('field that refers to a record', '关联字段') },
  person: { code: 'unknown-field', label: say('field that names a user', '指向用户的字段') }, email: { code: 'unknown-field', label: say('field of an email address', '邮箱字段') },
  event: { code: 'unknown-event', label: say('event', '事件') }, entity: { code: 'unknown-entity', label: say('entity', '实体') }, role: { code: 'unknown-role', label: say('role', '角色') },
  calendar: { code: 'unknown-calendar', label: say('working calendar', '工作日历') },
}
/** More names than one reads. */
const mostNamed = 40

export function unknownName(path: string, { kind, name, known }: { readonly kind: NameKind; readonly name: string; readonly known: readonly string[] }): Finding {
  const { code, label } = kinds[kind]
  const names = listed(known.slice(0, mostNamed).map((one) => say(one, one)))
  return finding({ code, path, message: say(`There is no ${label.en} “${name}”. Known: ${names.en || 'none'}.`, `不存在${label.zh}“${name}”。可用：${names.zh || '无'}。`) })
}
