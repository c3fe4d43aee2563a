import type { Finding } from '../../../config/language/refusal.ts'
import type { Permission, PermissionAction } from '../../../config/language/role.ts'
import type { Text } from '../../../config/language/text.ts'
import type { Roles } from '../../../config/generated/entities.ts'
import { systemActor } from '../access/actor.ts'
import { reachesAll } from '../access/reach.ts'
import { roleChangeFindings } from '../configuration/role-findings.ts'
import { warningKey } from '../configuration/warning-key.ts'
import type { CommandContext } from '../commands/context.ts'
import { allFields } from '../entities/system-fields.ts'
import { failInput, failRefused } from '../errors.ts'
import type { Platform } from '../platform/platform.ts'
import type { EntityBehaviour } from '../platform/plugin.ts'
import { usersEntity } from './users-entity.ts'

export const permissionActions = ['read', 'create', 'edit', 'discard', 'export', 'import', 'send'] as const satisfies readonly PermissionAction[]

/**
 * Roles are data, so what is written into one is checked: every entity, action, event and field exists. The owner's role
 * keeps every right; a role's key never changes, since accounts carry it; only an owner gives rights over users and roles. What a change
 * means for rules that are published is told, and has to be accepted, as it is when rules are published.
 */
export const roleRules: EntityBehaviour = {
  prepare(context, { document, previous }) {
    const findings = [
      ...(previous && previous.slug !== document.slug ? [finding('slug', keyFixed)] : []),
      ...(typeof document.slug === 'string' && !keyPattern.test(document.slug) ? [finding('slug', keyShape)] : []),
      ...basedOnFindings(context, document),
      ...permissionFindings(context.platform, document.permissions),
      ...(document.slug === 'owner' && !isUnlimited(document.permissions) ? [finding('permissions', ownerWhole)] : []),
    ]
    if (findings.length > 0) failInput(findings)
    const permissions = document.permissions as readonly Permission[]
    if (!context.actor.roles.includes('owner') && (reachesAll(permissions) || document.basedOn === 'owner' || context.actor.roles.includes(String(document.slug)))) {
      failRefused([{ code: 'ownerOnly', message: ownerOnly }])
    }
    const unread = context.actor.id === systemActor.id ? [] : roleChangeFindings(context.platform, document as unknown as Roles, previous as Roles | undefined).filter((warning) => !context.accepted.includes(warningKey(warning)))
    if (unread.length > 0) failInput(unread)
    return Promise.resolve()
  },
  async discarding({ store, platform }, document) {
    if (document.shipped) failRefused([{ code: 'shipped', message: { en: 'A role shipped with Trellis stays. Take it away from its people instead.', zh: '系统预置角色不能删除，可将其从用户身上移除。' } }])
    const holders = await store.count('users', { roles: { in: [document.slug] } })
    if (holders > 0) {
      failRefused([{ code: 'inUse', message: { en: `${holders} account(s) have this role. Give them another one first.`, zh: `有 ${holders} 个账号使用此角色，请先改用其他角色。` } }])
    }
    const using = [...platform.workflows.values()].filter(({ definition }) => namesRole(definition, String(document.slug))).map(({ definition }) => definition.label)
    if (using.length > 0) {
      failRefused([{ code: 'inUse', message: { en: `Workflows name this role: ${using.map(({ en }) => en).join(', ')}. Name another one there first.`, zh: `以下流程使用此角色：${using.map(({ zh }) => zh).join('、')}。请先在流程中改用其他角色。` } }])
    }
  },
}

/** Whether a workflow names the role: who may send, approve, or is told. */
function namesRole(value: unknown, role: string): boolean {
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([key, inner]: [string, unknown]) => (key === 'role' && inner === role) || (key === 'roles' && Array.isArray(inner) && inner.includes(role)) || namesRole(inner, role))
}

/** Everything that is wrong with a list of permissions, each at its place. */
export function permissionFindings(platform: Known, permissions: unknown): Finding[] {
  if (!Array.isArray(permissions)) return [finding('permissions', { en: 'Permissions must be a list.', zh: '权限必须是列表。' })]
  return permissions.flatMap((permission: unknown, index) => onePermission(platform, permission, `permissions.${index}`))
}

type Known = Pick<Platform, 'entities' | 'workflows' | 'roles'>

function onePermission(platform: Known, permission: unknown, path: string): Finding[] {
  if (typeof permission !== 'object' || permission === null || Array.isArray(permission)) return [finding(path, { en: 'A permission is an object {entity, actions}.', zh: '每项权限须为对象 {entity, actions}。' })]
  const { entity: slug, actions, events, hiddenFields, own, ...unknown } = permission as Record<string, unknown>
  // Shipped roles also name entities of systems that are not unlocked yet.
  const isKnown = slug === '*' || slug === usersEntity.slug || platform.entities.has(String(slug)) || platform.roles.some((role) => role.permissions.some(({ entity }) => entity === slug))
  const findings: Finding[] = Object.keys(unknown).map((name) => finding(`${path}.${name}`, { en: `"${name}" is not part of a permission.`, zh: `权限中没有“${name}”一项。` }))
  if (typeof slug !== 'string') findings.push(finding(`${path}.entity`, { en: 'A permission names its entity, like "parts".', zh: '每项权限须指明实体，例如“parts”。' }))
  else if (!isKnown) findings.push(finding(`${path}.entity`, { en: `There is no entity "${slug.slice(0, 60)}".`, zh: `不存在实体“${slug.slice(0, 60)}”。` }))
  findings.push(...listFindings(actions, { path: `${path}.actions`, known: permissionActions, what: { en: 'action', zh: '操作' } }))
  const workflow = platform.workflows.get(String(slug))?.definition
  if (events !== undefined) findings.push(...listFindings(events, { path: `${path}.events`, known: workflow && Object.keys(workflow.events), what: { en: 'event', zh: '流程操作' } }))
  if (hiddenFields !== undefined) findings.push(...listFindings(hiddenFields, { path: `${path}.hiddenFields`, known: fieldNames(platform), what: { en: 'field', zh: '字段' } }))
  if (own !== undefined && typeof own !== 'boolean') findings.push(finding(`${path}.own`, { en: '"own" is true or false.', zh: '“own”须为 true 或 false。' }))
  return findings
}

/** Of all entities, also of systems that are locked: one list of hidden fields is often given for several. */
function fieldNames({ entities, roles }: Known): string[] {
  const shipped = roles.flatMap(({ permissions }) => permissions.flatMap(({ hiddenFields }) => hiddenFields ?? []))
  return [...new Set([...[...entities.values()].flatMap((entity) => allFields(entity).map(({ name }) => name)), ...shipped])]
}

function listFindings(value: unknown, { path, known, what }: { path: string; known: readonly string[] | undefined; what: Text }): Finding[] {
  if (!Array.isArray(value) || value.some((item) => typeof item !== 'string')) return [finding(path, { en: `A list of ${what.en} names is needed.`, zh: `须为${what.zh}名称的列表。` })]
  return (value as string[]).filter((name) => known && !known.includes(name)).map((name) => finding(path, { en: `There is no ${what.en} "${name}".`, zh: `不存在${what.zh}“${name}”。` }))
}

function basedOnFindings({ platform }: CommandContext, document: Readonly<Record<string, unknown>>): Finding[] {
  const { basedOn } = document
  if (basedOn === undefined || basedOn === null || basedOn === '') return []
  const shipped = platform.roles.filter(({ slug }) => slug !== 'system').map(({ slug }) => slug)
  return shipped.includes(String(basedOn)) ? [] : [finding('basedOn', { en: `"${String(basedOn)}" is not a shipped role: ${shipped.join(', ')}.`, zh: `“${String(basedOn)}”不是预置角色：${shipped.join('、')}。` })]
}

const isUnlimited = (permissions: unknown) =>
  Array.isArray(permissions) && (permissions as Permission[]).some(({ entity, actions, own }) => entity === '*' && !own && permissionActions.every((action) => actions.includes(action)))

const finding = (path: string, message: Text): Finding => ({ code: 'invalidRole', path, severity: 'error', message })

const keyPattern = /^[A-Za-z][A-Za-z0-9-]{1,63}$/
const keyShape = { en: 'A key is 2–64 letters, digits or "-" and begins with a letter.', zh: '标识为 2–64 位字母、数字或“-”，以字母开头。' }
const keyFixed = { en: 'The key of a role does not change, because accounts carry it. Make a copy under another key.', zh: '角色标识不可修改（账号引用它）。请以新标识复制一份。' }
const ownerWhole = { en: 'The owner’s role keeps every right, so that nobody is locked out.', zh: '企业主角色须保留全部权限，以免无人可管理。' }
const ownerOnly = { en: 'Only an owner gives rights over users, roles or everything, or changes a role that you hold yourself.', zh: '只有企业主可以授予对用户、角色或全部数据的权限；自己持有的角色也须由企业主修改。' }
