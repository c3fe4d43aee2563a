import { setImmediate } from 'node:timers/promises'
import type { Payload, Where } from 'payload'
import type { History } from '../../../config/generated/entities.ts'
import { isEnd } from '../../../workflows/engine/describe.ts'
import { lifeOf, type LifeRow } from '../../../workflows/engine/lives/life.ts'
import { addLife, newTally, type Counting, type Tally } from '../../../workflows/engine/lives/tally.ts'
import { readSnapshot } from '../data/snapshot.ts'
import type { Store } from '../data/store.ts'
import { bucketStart } from '../engine/buckets.ts'
import { dateIn } from '../engine/dates.ts'
import { platformOf, type Platform } from '../platform/platform.ts'
import { definitionsByHash } from '../verify/check-states.ts'
import { firmView } from '../views/firm-view.ts'

/** Which lives: of an entity, from a moment on; `owner`: only of documents that are this person's. */
export type LivesQuestion = { readonly entity: string; readonly from: string; readonly owner: string | null }

/** How far a count has come; plain JSON, so that it can be gone on with. `after`: id of the last document that was counted. */
export type Counted = { readonly tally: Tally; readonly after: string; readonly looked: number; readonly rows: number; readonly isDone: boolean }

export const nothingCounted = (): Counted => ({ tally: newTally(), after: '', looked: 0, rows: 0, isDone: false })

/** Ids that are read at once, and documents whose histories are. */
export const documentsPerBatch = 1_000
const historiesAtOnce = 100

/** What the question is about. A document that has not changed since has not moved since. */
export const documentsOf = (question: LivesQuestion): Where => ({ and: [{ updatedAt: { greater_than_equal: question.from } }, ...ownOf(question)] })
const ownOf = ({ owner }: LivesQuestion): Where[] => (owner === null ? [] : [{ owner: { equals: owner } }])

/**
 * Goes on counting for some batches: the histories of 100 documents are held at a time, each hundred read in one query. Reads one state of
 * the database and holds up no one who writes; between two queries whoever else waits has their turn.
 */
export function countLives(payload: Payload, question: LivesQuestion, { before = nothingCounted(), batches, signal }: { readonly before?: Counted; readonly batches: number; readonly signal?: AbortSignal }): Promise<Counted> {
  return readSnapshot(payload, async (store) => {
    const counting = await countingOf(store, platformOf(payload), question)
    const tally = structuredClone(before.tally)
    let { after, looked, rows } = before
    for (let batch = 0; batch < batches; batch++) {
      // By id alone, which is an index: asked for the time as well, a database may sort all of them for every batch.
      const documents = await store.findOnly<string, string>(question.entity, ['updatedAt'], { where: { and: [{ id: { greater_than: after } }, ...ownOf(question)] }, sort: 'id', limit: documentsPerBatch })
      const changed = documents.filter(({ updatedAt }) => String(updatedAt) >= question.from).map(({ id }) => id)
      for (let from = 0; from < changed.length; from += historiesAtOnce) {
        signal?.throwIfAborted()
        // SQLite answers at once, so that waiting for it lets nobody else have their turn.
        await setImmediate()
        const histories = await historiesOf(store, question.entity, changed.slice(from, from + historiesAtOnce))
        await counting.learn(histories.values())
        for (const history of histories.values()) {
          rows += history.length
          addLife(tally, lifeOf(history), counting)
        }
      }
      looked += changed.length
      after = documents.at(-1)?.id ?? after
      if (documents.length < documentsPerBatch) return { tally, after, looked, rows, isDone: true }
    }
    return { tally, after, looked, rows, isDone: false }
  })
}

const fields = ['documentId', 'documentVersion', 'at', 'action', 'event', 'stateBefore', 'stateAfter', 'definitionHash'] as const satisfies readonly (keyof History)[]

async function historiesOf(store: Store, entity: string, ids: readonly string[]): Promise<Map<string, LifeRow[]>> {
  const found = ids.length === 0 ? [] : await store.findOnly('history', fields, { where: { and: [{ entity: { equals: entity } }, { documentId: { in: [...ids] } }] }, sort: ['documentId', 'documentVersion'] })
  const histories = new Map<string, LifeRow[]>()
  for (const { documentId, at, action, event, stateBefore, stateAfter, definitionHash } of found) {
    const row = { at, action, event: event ?? null, before: stateBefore ?? null, after: stateAfter ?? null, hash: definitionHash ?? null }
    const known = histories.get(documentId)
    if (known) known.push(row)
    else histories.set(documentId, [row])
  }
  return histories
}

/** The definitions that ruled are read as they are met. */
async function countingOf(store: Store, platform: Platform, { entity, from }: LivesQuestion): Promise<Counting & { readonly learn: (histories: Iterable<readonly LifeRow[]>) => Promise<void> }> {
  const { timeZone } = await firmView(store)
  const definitions = definitionsByHash(store, platform)
  const known = new Map<string, (state: string) => boolean>()
  const current = platform.workflows.get(entity)
  const weeks = new Map<number, string>()
  return {
    from: Date.parse(from), until: Infinity,
    isEnd: (state, hash) => known.get(hash ?? '')?.(state) ?? (current !== undefined && isEnd(current, state)),
    weekOf: (at) => {
      // No clock is set within a quarter of an hour.
      const quarter = Math.floor(at / 900_000)
      const week = weeks.get(quarter) ?? bucketStart(dateIn({ zone: timeZone, at: new Date(quarter * 900_000) }), 'week')
      weeks.set(quarter, week)
      return week
    },
    learn: async (histories) => {
      const hashes = new Set([...histories].flatMap((history) => history.flatMap(({ hash }) => hash ?? [])))
      for (const hash of hashes) {
        if (known.has(hash)) continue
        const compiled = await definitions(hash)
        const ends = new Map<string, boolean>()
        known.set(hash, (state) => {
          const end = ends.get(state) ?? (compiled !== undefined && isEnd(compiled, state))
          ends.set(state, end)
          return end
        })
      }
    },
  }
}
