import type { Permission } from '../../../config/language/role.ts'

/** Roles that reach everything, or reach users and roles: who holds one can make itself an owner. */
export const reachesAll = (permissions: readonly Permission[]): boolean =>
  permissions.some(({ entity, actions }) => ['*', 'users', 'roles'].includes(entity) && actions.some((action) => action !== 'read' && action !== 'export'))

export const isUnlimited = ({ slug, basedOn, permissions }: { readonly slug: string; readonly basedOn?: string | null; readonly permissions: unknown }): boolean =>
  slug === 'owner' || basedOn === 'owner' || reachesAll(permissions as readonly Permission[])
