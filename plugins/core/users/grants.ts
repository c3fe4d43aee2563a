import type { Permission, PermissionAction } from '../../../config/language/role.ts'

/**
 * One line of a role as people edit it: all that a role may do with an entity, once for all documents and once for own
 * ones. Pure: the browser edits with it what the server stores.
 */
export type Grant = {
  readonly entity: string
  /** Only documents whose owner the user is. */
  readonly own: boolean
  readonly actions: ReadonlySet<PermissionAction>
  /** Steps that `send` is limited to; null: all. */
  readonly events: ReadonlySet<string> | null
  readonly hidden: ReadonlySet<string>
}

/** The grants of a list of permissions: the same rights, one grant an entity and reach. */
export function toGrants(permissions: readonly Permission[]): Grant[] {
  const grants = new Map<string, Permission[]>()
  for (const permission of permissions) {
    const key = grantKey({ entity: permission.entity, own: permission.own ?? false })
    grants.set(key, [...(grants.get(key) ?? []), permission])
  }
  return [...grants.values()].map((same): Grant => {
    const [first] = same
    const sends = same.filter(({ actions }) => actions.includes('send'))
    const [read, ...reads] = same.filter(({ actions }) => actions.includes('read')).map(({ hiddenFields }) => new Set(hiddenFields ?? []))
    return {
      entity: first?.entity ?? '', own: first?.own ?? false,
      actions: new Set(same.flatMap(({ actions }) => actions)),
      events: sends.length === 0 || sends.some(({ events }) => !events) ? null : new Set(sends.flatMap(({ events }) => events ?? [])),
      // A field is hidden when no grant shows it.
      hidden: new Set([...(read ?? [])].filter((field) => reads.every((other) => other.has(field)))),
    }
  })
}

/** What is stored; grants that allow nothing are left out. */
export function toPermissions(grants: readonly Grant[]): Permission[] {
  return grants.filter(({ actions }) => actions.size > 0).map(({ entity, own, actions, events, hidden }) => ({
    entity, actions: [...actions],
    ...(events && actions.has('send') ? { events: [...events] } : {}),
    ...(hidden.size > 0 && actions.has('read') ? { hiddenFields: [...hidden] } : {}),
    ...(own ? { own: true } : {}),
  }))
}

export const grantKey = ({ entity, own }: Pick<Grant, 'entity' | 'own'>) => `${entity}${own ? ' own' : ''}`
