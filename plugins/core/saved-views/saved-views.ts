import type { SavedViews } from '../../../config/generated/entities.ts'
import type { EntityDefinition } from '../../../config/language/entity.ts'
import type { Text } from '../../../config/language/text.ts'
import type { ViewDefinition, ViewSharing } from '../../../config/language/view.ts'
import { revisions } from '../../../collections/core/platform.ts'
import type { Actor } from '../access/actor.ts'
import { can, hiddenFields } from '../access/can.ts'
import type { Store } from '../data/store.ts'
import { allFields } from '../entities/system-fields.ts'
import { type EntityView } from '../views/entity-view.ts'
import { listedEntity } from '../views/listed-entity.ts'
import type { Reader } from '../views/titles.ts'
import { seenView } from '../views/view-rules.ts'

/** A view as one reader meets it. */
export type SavedView = {
  readonly id: string
  readonly name: string
  readonly nameZh: string | null
  readonly view: ViewDefinition
  /** What it names that this reader does not meet: fields that are gone, and how many that the reader may not see. */
  readonly gone: readonly Text[]
  readonly hidden: number
  readonly sharing: ViewSharing
  readonly roles: readonly string[]
  readonly standard: boolean
  readonly owner: string
  readonly ownerName: string
  /** May be changed and deleted by the reader. */
  readonly mine: boolean
  readonly version: number
}

export type SavedViewList = {
  readonly views: readonly SavedView[]
  /** The view with which the reader begins; empty for the table as it is shipped. */
  readonly first: string
  /** May share with others, and decide what opens first for them. */
  readonly mayShare: boolean
  /** For who may share. */
  readonly roles: readonly { readonly slug: string; readonly label: Text }[]
}

/** Sharing changes what others see, as publishing a form does. */
export const mayShareViews = (actor: Actor): boolean => can(actor, 'edit', revisions).allowed

type Seen = Pick<SavedViews, 'owner' | 'sharing' | 'roles'>

export const maySee = (actor: Actor, { owner, sharing, roles }: Seen): boolean =>
  owner === actor.id || sharing === 'everyone' || (sharing === 'roles' && (roles as readonly string[]).some((role) => actor.roles.includes(role)))

/** One's own; what is shared is everyone's who may share. */
export const mayChange = (actor: Actor, row: Seen): boolean => row.owner === actor.id || (row.sharing !== 'private' && mayShareViews(actor))

/** The views of an entity that a reader meets, its own first, in four queries. The caller has asked for the right to read. */
export async function savedViewsOf(reader: Reader, definition: EntityDefinition): Promise<SavedViewList> {
  const { store, actor } = reader
  const entity = listedEntity(reader, definition)
  const rows = await store.find('saved-views', { where: { and: [{ entity: { equals: definition.slug } }, { or: [{ owner: { equals: actor.id } }, { sharing: { not_equals: 'private' } }] }] }, sort: 'createdAt' })
  const seen = rows.filter((row) => maySee(actor, row))
  const mayShare = mayShareViews(actor)
  const [owners, choice, roles] = await Promise.all([
    store.byIds('users', seen.map(({ owner }) => owner)), choiceOf(store, actor.id, definition.slug), mayShare ? store.find('roles', { sort: 'slug' }) : [],
  ])
  const views = seen.map((row) => readView(row, { actor, definition, entity, ownerName: String((owners.get(row.owner) as { name?: string } | undefined)?.name ?? '') }))
  return {
    views: views.toSorted((a, b) => Number(b.sharing !== 'private') - Number(a.sharing !== 'private')),
    first: choice !== undefined && (choice === '' || views.some(({ id }) => id === choice)) ? choice : views.find(({ standard }) => standard)?.id ?? '',
    mayShare, roles: roles.map(({ slug, name, nameZh }) => ({ slug, label: { en: name, zh: nameZh || name } })),
  }
}

type Reading = { readonly actor: Actor; readonly definition: EntityDefinition; readonly entity: EntityView; readonly ownerName: string }

function readView(row: SavedViews, { actor, definition, entity, ownerName }: Reading): SavedView {
  const { view, missing } = seenView(row.definition as ViewDefinition, entity)
  const hidden = hiddenFields(actor, definition)
  // What one may not see is counted, never named, and its filters stay here: their values would tell of it.
  const gone = missing.filter((name) => !hidden.has(name))
  return {
    id: row.id, name: row.name, nameZh: row.nameZh ?? null, view, hidden: missing.length - gone.length,
    gone: gone.map((name) => allFields(definition).find((field) => field.name === name)?.label ?? { en: name, zh: name }),
    sharing: row.sharing, roles: row.roles as readonly string[], standard: row.standard === true,
    owner: row.owner, ownerName, mine: mayChange(actor, row), version: row.version,
  }
}

const choiceOf = async (store: Store, user: string, slug: string): Promise<string | undefined> => {
  const choice = await store.get('view-choices', choiceId(user, slug))
  return choice ? choice.view ?? '' : undefined
}

export const choiceId = (user: string, slug: string): string => `${user}.${slug}`
