import type { PayloadRequest } from 'payload'
import { savedViews } from '../../../collections/core/views.ts'
import type { SavedViews } from '../../../config/generated/entities.ts'
import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { Finding } from '../../../config/language/refusal.ts'
import type { ViewDefinition } from '../../../config/language/view.ts'
import type { Actor } from '../access/actor.ts'
import { mayOperate } from '../access/key-scope.ts'
import { storedWhere } from '../access/shape-query.ts'
import { newId } from '../commands/context.ts'
import { transact } from '../commands/transact.ts'
import { definitionFile } from '../configuration/definition-file.ts'
import type { Store } from '../data/store.ts'
import { fail, failInput, ProblemError } from '../errors.ts'
import { platformOf } from '../platform/platform.ts'
import { listedEntity } from '../views/listed-entity.ts'
import { whereOf } from '../views/list-query.ts'
import { queryOfView } from '../views/view-query.ts'
import { tidyView, viewFindings } from '../views/view-rules.ts'
import { choiceId, mayChange, maySee, mayShareViews } from './saved-views.ts'
import { changedViewOf, writtenViewOf } from './view-shape.ts'

/** Who asks, for which entity. */
export type ViewDoor = { readonly req: PayloadRequest; readonly actor: Actor; readonly entity: EntityDefinition }

const mostViews = 100

/** Keeps a new view, or one from its file. @throws ProblemError 422 with the place of what is wrong; 403 who may not share */
export async function createView(door: ViewDoor, given: unknown): Promise<{ id: string }> {
  const { req, actor, entity } = door
  requireWriter(door)
  const { entity: of, view, name, nameZh, sharing = 'private', roles = [], standard = false } = writtenViewOf(given)
  if (of !== undefined && of !== entity.slug) failInput([finding('entity', { en: `This is a view of "${of}". Import it there.`, zh: `该视图属于“${of}”，请在对应列表中导入。` })])
  const definition = await soundView(door, view)
  requireSharing(actor, { sharing, standard, roles })
  return transact(req.payload, { actor }, async ({ store }) => {
    if (await store.count('saved-views', { and: [{ owner: { equals: actor.id } }, { entity: { equals: entity.slug } }] }) >= mostViews) failInput([finding('', { en: `You have ${mostViews} views of ${entity.labels.en} already. Delete one first.`, zh: `您的${entity.labels.zh}视图已达 ${mostViews} 个，请先删除一个。` })])
    const id = newId()
    if (standard) await clearStandard(store, entity.slug)
    await store.insert('saved-views', { id, entity: entity.slug, name, nameZh: nameZh || null, owner: actor.id, sharing, roles: [...roles], standard, definition, version: 1 })
    return { id }
  })
}

/** Changes what is given of a view. @throws ProblemError 409 when someone else has changed it meanwhile */
export async function changeView(door: ViewDoor, id: string, given: unknown): Promise<{ id: string; version: number }> {
  const { req, actor, entity } = door
  requireWriter(door)
  const { expectedVersion, view, nameZh, ...changes } = changedViewOf(given)
  const definition = view && await soundView(door, view)
  return transact(req.payload, { actor }, async ({ store }) => {
    const row = await viewOf(store, door, id)
    if (!mayChange(actor, row)) fail('notAllowed')
    if (expectedVersion !== undefined && expectedVersion !== row.version) fail('versionConflict', { entity: savedViews.label, current: row.version, expected: expectedVersion })
    const next = { sharing: row.sharing, standard: row.standard === true, roles: row.roles as readonly string[], ...changes }
    const before = { sharing: row.sharing, standard: row.standard === true, roles: row.roles as readonly string[] }
    if (JSON.stringify(next.roles) !== JSON.stringify(before.roles) || next.sharing !== before.sharing || next.standard !== before.standard) requireSharing(actor, next)
    if (next.standard && !row.standard) await clearStandard(store, entity.slug)
    const stored = { ...changes, ...(changes.roles ? { roles: [...changes.roles] } : {}), ...(next.sharing === 'private' ? { standard: false } : {}), ...(nameZh === undefined ? {} : { nameZh: nameZh || null }), ...(definition ? { definition } : {}), version: row.version + 1 }
    await store.update('saved-views', id, stored)
    return { id, version: row.version + 1 }
  })
}

export async function deleteView(door: ViewDoor, id: string): Promise<{ id: string }> {
  const { req, actor } = door
  requireWriter(door)
  return transact(req.payload, { actor }, async ({ store }) => {
    if (!mayChange(actor, await viewOf(store, door, id))) fail('notAllowed')
    await store.remove('view-choices', { view: { equals: id } })
    await store.remove('saved-views', { id: { equals: id } })
    return { id }
  })
}

/** With which view the person begins in the entity; empty for the table as it is shipped. */
export async function chooseView(door: ViewDoor, view: unknown): Promise<{ first: string }> {
  const { req, actor, entity } = door
  requireWriter(door)
  if (typeof view !== 'string') failInput([finding('view', { en: 'view must be the id of a view, or empty.', zh: 'view 须为视图 id，或为空。' })])
  return transact(req.payload, { actor }, async ({ store }) => {
    if (view !== '') await viewOf(store, door, view)
    const id = choiceId(actor.id, entity.slug)
    if (await store.get('view-choices', id)) await store.update('view-choices', id, { view })
    else await store.insert('view-choices', { id, owner: actor.id, entity: entity.slug, view })
    return { first: view }
  })
}

/**
 * The file of a view, for who may change it: others meet a view without what is not for them, so their file would be another.
 */
export async function viewFile(store: Store, door: ViewDoor, id: string): Promise<{ name: string; text: string }> {
  const row = await viewOf(store, door, id)
  if (!mayChange(door.actor, row)) fail('notAllowed')
  const { name, nameZh, definition } = row
  return { name, text: definitionFile({ kind: 'view', entity: door.entity.slug, name, ...(nameZh ? { nameZh } : {}), view: definition }) }
}

async function viewOf(store: Store, { actor, entity }: ViewDoor, id: string): Promise<SavedViews> {
  const row = await store.get('saved-views', id)
  if (!row || row.entity !== entity.slug || !maySee(actor, row)) fail('notFound', { entity: savedViews.label, id: id.slice(0, 60) })
  return row
}

/** A person, or a key that may do more than read here. */
function requireWriter({ actor, entity }: ViewDoor): void {
  if (actor.key && !mayOperate(actor.key, entity.slug)) fail('notAllowed')
}

function requireSharing(actor: Actor, { sharing, standard, roles }: { readonly sharing: string; readonly standard: boolean; readonly roles: readonly string[] }): void {
  if (standard && sharing === 'private') failInput([finding('standard', { en: 'What opens first for others must be shared with them.', zh: '默认打开的视图须先共享。' })])
  if (sharing === 'roles' && roles.length === 0) failInput([finding('roles', { en: 'Choose at least one role to share with.', zh: '请至少选择一个共享角色。' })])
  if ((sharing !== 'private' || standard) && !mayShareViews(actor)) fail('forbidden', { action: { en: 'share', zh: '共享' }, entity: savedViews.labels })
}

/** One view opens first. */
async function clearStandard(store: Store, entity: string): Promise<void> {
  for (const { id } of await store.find('saved-views', { where: { and: [{ entity: { equals: entity } }, { standard: { equals: true } }] } })) await store.update('saved-views', id, { standard: false })
}

/** The view as it is kept. @throws ProblemError 422 for what it cannot show to who writes it */
async function soundView({ req, actor, entity }: ViewDoor, given: ViewDefinition): Promise<ViewDefinition> {
  const subject = listedEntity({ platform: platformOf(req.payload), actor }, entity)
  const findings = viewFindings(given, subject)
  if (findings.length > 0) failInput(findings)
  const uncomparable = await Promise.all(queryOfView(given).filters.map(async (filter, index): Promise<Finding[]> => {
    try {
      await storedWhere(req, entity, whereOf({ q: '', state: '', filters: [filter] }, subject))
      return []
    } catch (error) {
      if (!(error instanceof ProblemError) || error.problem.status >= 500) throw error
      return [finding(`view.filters.${index}.value`, error.problem.message)]
    }
  }))
  if (uncomparable.flat().length > 0) failInput(uncomparable.flat())
  return tidyView(given)
}

const finding = (path: string, message: Finding['message']): Finding => ({ code: 'invalidView', path, severity: 'error', message })
