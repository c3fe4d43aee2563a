import type { EntityDefinition, FieldDefinition } from '../../../config/language/entity.ts'
import { allFields, workflowFields } from '../entities/system-fields.ts'
import { failField } from '../errors.ts'
import type { Platform } from '../platform/platform.ts'
import type { Actor } from './actor.ts'
import { can, hiddenFields } from './can.ts'

/** The field at the end of a path such as `customer.country`, if it is one of ours. `parameter`: what names it, `sort`. */
export type PathGuard = (path: string, parameter: string) => FieldDefinition | undefined

/**
 * Guards what a filter or a sort may touch, along relations too: whoever could filter by a hidden field could read it by
 * guessing. @throws 403 for a hidden field or an entity that may not be read, 400 for what is no field
 */
export function guardPaths(platform: Platform, actor: Actor, entity: EntityDefinition): PathGuard {
  return (path, parameter) => {
    let at = entity
    // GraphQL writes customer__country.
    const names = path.replaceAll('__', '.').split('.')
    for (const [index, name] of names.entries()) {
      // The entity that is asked for is guarded by its own access; relations to what one may not read come back as ids.
      if ((index > 0 && !can(actor, 'read', at).allowed) || hiddenFields(actor, at).has(name)) failField('hiddenField', parameter, { field: path })
      const isLast = index === names.length - 1
      if (isLast && everywhere.has(name)) return undefined
      const ofWorkflow = at.workflow && name === 'workflow' ? shownWorkflow.get(names.slice(index + 1).join('.')) : undefined
      if (ofWorkflow) return ofWorkflow
      const field = allFields(at).find((candidate) => candidate.name === name && !candidate.hidden)
      if (isLast && field) return field
      if (field?.type === 'json') return undefined
      if (field?.type === 'relation' && field.to === 'users') return guardUser(actor, { path, parameter }, names.slice(index + 1).join('.'))
      const next = field?.type === 'relation' ? field.to : name === 'lines' ? at.lines?.entity : undefined
      at = platform.entities.get(next ?? '') ?? failField('unknownField', parameter, { field: path.slice(0, 120), entity: entity.labels, known: knownPaths(at) })
    }
    return undefined
  }
}

const everywhere: ReadonlySet<string> = new Set(['id', 'createdAt', 'updatedAt'])
const shownWorkflow: ReadonlyMap<string, FieldDefinition> = new Map(workflowFields.filter(({ hidden }) => !hidden).map((field) => [field.name, field]))
/** Never its secrets: password hash, sessions, keys. */
const userNames: ReadonlySet<string> = new Set(['id', 'name', 'email', 'roles', 'language'])

function guardUser(actor: Actor, { path, parameter }: { readonly path: string; readonly parameter: string }, rest: string): undefined {
  if (rest === 'id') return
  if (!userNames.has(rest) || !can(actor, 'read', { slug: 'users', kind: 'master' }).allowed) failField('hiddenField', parameter, { field: path })
}

const knownPaths = (entity: EntityDefinition) =>
  [...allFields(entity).filter(({ hidden }) => !hidden).map(({ name }) => name), ...(entity.workflow ? ['workflow.state'] : [])].join(', ')
