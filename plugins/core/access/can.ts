import type { EntityDefinition, FieldDefinition } from '../../../config/language/entity.ts'
import type { Permission, PermissionAction } from '../../../config/language/role.ts'
import { fail } from '../errors.ts'
import type { Actor } from './actor.ts'

/** `own`: only documents whose `owner` is the user. */
export type Decision = { readonly allowed: boolean; readonly own: boolean }

/** What a right is about. */
export type EntityKey = Pick<EntityDefinition, 'slug' | 'kind' | 'parent' | 'retired'>

/** The one question about rights. Lines belong to their document: its rights are theirs. */
export function can(actor: Actor, action: PermissionAction, entity: EntityKey, event?: string): Decision {
  const grants = grantsOf(actor, action, entity).filter(
    ({ events }) => action !== 'send' || !events || event === undefined || events.includes(event),
  )
  return { allowed: grants.length > 0, own: grants.length > 0 && grants.every(({ own }) => own === true) }
}

/** Refuses with 403 what the actor may not do. */
export function requireRight(
  actor: Actor, action: PermissionAction, entity: EntityDefinition,
  { document, event }: { document?: Readonly<Record<string, unknown>>; event?: string } = {},
): void {
  const { allowed, own } = can(actor, action, entity, event)
  if (allowed && (!own || !document || document.owner === actor.id)) return
  fail('forbidden', { action: actionWords[action], entity: entity.labels })
}

/** Fields that no role of the actor lets it read, and those that a rule makes of them. */
export function hiddenFields(actor: Actor, entity: EntityKey & Pick<EntityDefinition, 'fields'>): ReadonlySet<string> {
  const known = hiddenByActor.get(actor) ?? new WeakMap<EntityKey, ReadonlySet<string>>()
  hiddenByActor.set(actor, known)
  const hidden = known.get(entity) ?? withDerived(hiddenBy(grantsOf(actor, 'read', entity)), entity, actor)
  known.set(entity, hidden)
  return hidden
}

/** An actor's rights do not change: they are read anew for each request. */
const hiddenByActor = new WeakMap<Actor, WeakMap<EntityKey, ReadonlySet<string>>>()

function withDerived(hidden: ReadonlySet<string>, { fields }: Pick<EntityDefinition, 'fields'>, actor: Actor): ReadonlySet<string> {
  const taken = fields.filter(({ takenFrom }) => takenFrom?.some((source) => isHiddenThere(actor, source))).map(({ name }) => name)
  if (hidden.size + taken.length === 0) return hidden
  const unseen = new Set([...hidden, ...taken])
  return new Set([...unseen, ...fields.filter(({ derivedFrom }) => derivedFrom?.some((name) => unseen.has(name))).map(({ name }) => name)])
}

/** Who may not read the other entity at all sees nothing that is taken from it. */
function isHiddenThere(actor: Actor, { entity, fields }: NonNullable<FieldDefinition['takenFrom']>[number]): boolean {
  const grants = grantsOf(actor, 'read', entity)
  const hidden = hiddenBy(grants)
  return grants.length === 0 || fields.some((name) => hidden.has(name))
}

function hiddenBy(grants: readonly Permission[]): ReadonlySet<string> {
  const [first, ...others] = grants.map(({ hiddenFields: hidden }) => new Set(hidden ?? []))
  if (!first) return new Set()
  return new Set([...first].filter((field) => others.every((other) => other.has(field))))
}

const actionWords = {
  read: { en: 'read', zh: '查看' }, create: { en: 'create', zh: '新建' }, edit: { en: 'edit', zh: '编辑' },
  discard: { en: 'discard', zh: '删除' }, export: { en: 'export', zh: '导出' }, import: { en: 'import', zh: '导入' },
  send: { en: 'send this event to', zh: '执行该操作' },
} as const

function grantsOf(actor: Actor, action: PermissionAction, entity: EntityKey): Permission[] {
  if (entity.retired) return []
  const slug = entity.kind === 'line' && entity.parent ? entity.parent.entity : entity.slug
  const grants = actor.permissions.filter(
    (permission) => permission.actions.includes(action) && (permission.entity === slug || permission.entity === '*'),
  )
  return slug === 'imports' && action === 'read' && actor.permissions.some(({ actions }) => actions.includes('import')) ? [...grants, ownImports] : grants
}

/** Whoever may import anything sees the imports that it began. */
const ownImports: Permission = { entity: 'imports', actions: ['read'], own: true }
