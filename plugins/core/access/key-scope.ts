import type { Permission } from '../../../config/language/role.ts'

/** What narrows an API key further than its roles. `entities`: empty for all that the roles reach. */
export type KeyScope = { readonly readOnly: boolean; readonly entities: readonly string[] }

/** The part of the rights that lies within the scope. */
export function withinScope(permissions: readonly Permission[], { readOnly, entities }: KeyScope): Permission[] {
  return permissions.flatMap((permission) => {
    const actions = readOnly ? permission.actions.filter((action) => action === 'read' || action === 'export') : permission.actions
    if (actions.length === 0) return []
    if (entities.length === 0) return [{ ...permission, actions }]
    if (permission.entity === '*') return entities.map((entity) => ({ ...permission, entity, actions }))
    return entities.includes(permission.entity) ? [{ ...permission, actions }] : []
  })
}

/** Operations are allowed by roles; a key runs them on the entities of its scope only, and none where it only reads. */
export const mayOperate = ({ readOnly, entities }: KeyScope, entity: string): boolean =>
  !readOnly && (entities.length === 0 || entities.includes(entity))
