import type { Text } from '../../../config/language/text.ts'
import type { Row } from '../data/store.ts'
import { stateOf } from '../workflow/pinned.ts'
import { stateView, type StateView } from './entity-view.ts'
import { titleOf, type Reader } from './titles.ts'

export type LinkView = {
  readonly direction: 'from' | 'to'
  readonly entity: string
  readonly id: string
  readonly label: Text
  /** Empty when the reader may not see it. */
  readonly title: string
  readonly state: StateView | null
  /** A return or a credit note: it takes back what this led to. */
  readonly takesBack: boolean
}

/**
 * The documents this one came from and those that came from it, with what takes the latter back (the return of a delivery of this
 * order): two queries for the links, one for each entity.
 */
export async function linksView(reader: Reader, id: string): Promise<LinkView[]> {
  const { platform, store } = reader
  const links = await store.find('document-links', { where: { or: [{ toId: { equals: id } }, { fromId: { equals: id } }] }, sort: 'at', limit: mostLinks })
  const direct = links.map((link) => link.toId === id
    ? { direction: 'from' as const, entity: link.fromEntity, id: link.fromId }
    : { direction: 'to' as const, entity: link.toEntity, id: link.toId })
  const others = [...direct, ...await takenBack(reader, { id, direct })]
  const slugs = [...new Set(others.map(({ entity }) => entity))].filter((slug) => platform.entities.has(slug))
  const rows = new Map(await Promise.all(slugs.map(async (slug) =>
    [slug, await store.byIds(slug, others.filter(({ entity }) => entity === slug).map((other) => other.id))] as const)))
  return others.flatMap((other) => {
    const definition = platform.entities.get(other.entity)
    const row = rows.get(other.entity)?.get(other.id) as Row | undefined
    if (!definition || !row) return []
    const { title, redacted, unnamed } = titleOf(reader, other.entity, row)
    // A draft needs no piece of its id: its kind and its state say which it is.
    return [{ ...other, label: definition.label, title: unnamed ? definition.label[reader.language] : title, state: redacted ? null : stateView(platform, other.entity, stateOf(row)), takesBack: other.direction === 'to' && Boolean(definition.takesBack) }]
  })
}

/** What takes back the documents that came from this one, and is not linked to it by itself. */
async function takenBack({ platform, store }: Reader, { id, direct }: { readonly id: string; readonly direct: readonly Pick<LinkView, 'direction' | 'entity' | 'id'>[] }) {
  const slugs = [...platform.entities.values()].flatMap(({ slug, takesBack }) => (takesBack ? [slug] : []))
  const led = direct.filter(({ direction }) => direction === 'to').map((other) => other.id)
  if (led.length === 0 || slugs.length === 0) return []
  const links = await store.find('document-links', { where: { fromId: { in: led }, toEntity: { in: slugs } }, sort: 'at', limit: mostLinks })
  const known = new Set([id, ...direct.map((other) => other.id)])
  return [...new Map(links.filter(({ toId }) => !known.has(toId)).map(({ toEntity, toId }) => [toId, { direction: 'to' as const, entity: toEntity, id: toId }])).values()]
}

const mostLinks = 100
