import type { Row, Store } from '../data/store.ts'

type Left = { readonly documentId: string; readonly version: number }

/** Of documents with a later version than an import left, those that have its values all the same: what was edited since was set back. */
export async function setBack(store: Store, entity: string, { left, documents }: { readonly left: readonly Left[]; readonly documents: ReadonlyMap<string, Row> }): Promise<ReadonlySet<string>> {
  if (left.length === 0) return new Set()
  const history = await store.find('history', {
    where: { and: [{ entity: { equals: entity } }, { documentId: { in: left.map(({ documentId }) => documentId) } }, { documentVersion: { greater_than: Math.min(...left.map(({ version }) => version)) } }] },
    sort: 'documentVersion',
  })
  const isSetBack = ({ documentId, version }: Left): boolean => {
    const since = history.filter((entry) => entry.documentId === documentId && entry.documentVersion > version)
    // Every version since is an edit that history tells of, else nothing is known of the values.
    const isTold = since.length === Number(documents.get(documentId)?.version) - version && since.every(({ action, documentVersion }, index) => action === 'edit' && documentVersion === version + index + 1)
    return isTold && isNothingInAll(since.map(({ changes }) => (changes ?? {}) as Changes))
  }
  return new Set(left.filter(isSetBack).map(({ documentId }) => documentId))
}

type Changes = Readonly<Record<string, readonly [unknown, unknown]>>

/** Whether edits, one after the other, leave every field as it was. Lines that came, went or moved are others than before. */
function isNothingInAll(edits: readonly Changes[]): boolean {
  const before = new Map<string, unknown>()
  const after = new Map<string, unknown>()
  for (const [field, [old, now]] of edits.flatMap((changes) => Object.entries(changes))) {
    if (/^lines\.\d+(?: \(removed\)|\.position)?$/.test(field)) return false
    if (!before.has(field)) before.set(field, old)
    after.set(field, now)
  }
  return [...before].every(([field, old]) => JSON.stringify(old ?? null) === JSON.stringify(after.get(field) ?? null))
}
