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
}

/** The documents this one came from and those that came from it: one query for the links, one for each entity. */
export async function linksView(reader: Reader, id: string): Promise<LinkView[]> {
  const { platform, store } = reader
  const links = await store.find('document-links', { where: { or: [{ toId: { equals: id } }, { fromId: { equals: id } }] }, sort: 'at', limit: mostLinks })
  const others = links.map((link) => link.toId === id
    ? { direction: 'from' as const, entity: link.fromEntity, id: link.fromId }
    : { direction: 'to' as const, entity: link.toEntity, id: link.toId })
  const slugs = [...new Set(others.map(({ entity }) => entity))].filter((slug) => platform.entities.has(slug))
  const rows = new Map(await Promise.all(slugs.map(async (slug) =>
    [slug, await store.byIds(slug, others.filter(({ entity }) => entity === slug).map((other) => other.id))] as const)))
  return others.flatMap((other) => {
    const definition = platform.entities.get(other.entity)
    const row = rows.get(other.entity)?.get(other.id) as Row | undefined
    if (!definition || !row) return []
    const { title, redacted, unnamed } = titleOf(reader, other.entity, row)
    // A draft needs no piece of its id: its kind and its state say which it is.
    return [{ ...other, label: definition.label, title: unnamed ? definition.label[reader.language] : title, state: redacted ? null : stateView(platform, other.entity, stateOf(row)) }]
  })
}

const mostLinks = 100
