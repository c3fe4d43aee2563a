import type { Row, Store } from '../data/store.ts'
import { allFields } from '../entities/system-fields.ts'
import type { Platform } from '../platform/platform.ts'
import type { CheckResult } from '../platform/plugin.ts'
import { openResult } from './check-result.ts'
import { inPages } from './pages.ts'

/**
 * Every document has one history row for each of its versions 1, 2 … n. The database only counts and sums: n different
 * positive versions (the key of history is unique) sum up to n(n+1)/2 exactly when they are 1 to n.
 */
export async function historyComplete(store: Store, platform: Platform): Promise<CheckResult> {
  const { fail, count, result } = openResult()
  for (const entity of platform.entities.values()) {
    if ((entity.kind !== 'master' && entity.kind !== 'document') || !allFields(entity).some(({ name }) => name === 'version')) continue
    for await (const page of inPages(store.streamOnly<string, string>(entity.slug, ['number', 'version']), 500)) {
      const rows = await historyOf(store, entity.slug, page)
      for (const document of page) {
        count()
        const version = Number(document.version)
        const { versions, sum } = rows.get(document.id) ?? { versions: 0, sum: 0 }
        if (versions === version && sum === (version * (version + 1)) / 2) continue
        fail(`${entity.slug} ${title(document)}: version ${version}, but its history has ${versions} ${versions === 1 ? 'row' : 'rows'} that do not run from 1 to ${version}.`)
      }
    }
  }
  return result()
}

/** What a person can find it by. */
export const title = (document: Row): string => [document.number, document.id].filter((part) => typeof part === 'string').join(' · ')

async function historyOf(store: Store, entity: string, page: readonly Row[]) {
  const rows = await store.sum('history', {
    where: { and: [{ documentId: { in: page.map(({ id }) => id) } }, { entity: { equals: entity } }] },
    groupBy: ['documentId'], fields: ['documentVersion'],
  })
  return new Map(rows.map((row) => [String(row.documentId), { versions: Number(row.count), sum: Number(row.documentVersion) }]))
}
