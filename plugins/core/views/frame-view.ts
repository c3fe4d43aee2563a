import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { Text } from '../../../config/language/text.ts'
import type { Actor } from '../access/actor.ts'
import { can } from '../access/can.ts'
import type { Platform } from '../platform/platform.ts'

export type NavEntity = { readonly slug: string; readonly label: Text; readonly create: boolean; readonly import: boolean; readonly export: boolean; readonly one: Text }
export type NavGroup = { readonly slug: string; readonly entities: readonly NavEntity[] }

/** The entities a person finds in the navigation, by system, in the order of the installed plugins. */
export function navigation(platform: Platform, actor: Actor): NavGroup[] {
  const groups = new Map<string, NavEntity[]>()
  for (const entity of platform.entities.values()) {
    if (!isListed(entity) || !can(actor, 'read', entity).allowed) continue
    const own = groups.get(entity.system) ?? []
    const isWritable = entity.kind === 'master' || entity.kind === 'document'
    const may = (action: 'create' | 'import' | 'export') => can(actor, action, entity).allowed
    own.push({ slug: entity.slug, label: entity.labels, one: entity.label, create: isWritable && may('create'), import: isWritable && may('import'), export: may('export') })
    groups.set(entity.system, own)
  }
  // Masters come last: people open them less often than what is done today.
  const core = groups.get('core')
  groups.delete('core')
  return [...groups, ...(core ? [['core', core] as const] : [])].map(([slug, entities]) => ({ slug, entities }))
}

/** Balances of a system are records too, but people look at them; those of the platform itself have their own pages. */
function isListed({ kind, system, unlisted, slug }: EntityDefinition): boolean {
  if (unlisted || kind === 'line' || slug === 'roles') return false
  return kind !== 'record' || system !== 'core'
}
