import type { Payload } from 'payload'
import type { EntityDefinition } from '../../../config/language/entity.ts'
import { openReferenceSlots } from '../data/reference-slots.ts'
import type { Store } from '../data/store.ts'
import { platformOf, type Platform } from '../platform/platform.ts'
import { usersEntity } from '../users/users-entity.ts'

/**
 * Sees to it that of two commands at the same moment, one that refers to a document and one that discards it, only one
 * commits; the other runs again and finds what the first has done.
 */
export type ReferenceGuard = {
  /** The same store, watched for rows that refer to something. */
  watch(store: Store): Store
  /**
   * From here on no other command commits a new reference before this one ends; asked before references are counted.
   * Throws `ShutOutLost` when others were faster.
   */
  shutOut(): Promise<void>
  /** Last, before the commit. */
  seal(): Promise<void>
  /** After the transaction has ended, however it ended. */
  release(): void
}

/** Its cause says whether to run again. Meanwhile those that refer to something give way. */
export class ShutOutLost extends Error {}

export function openReferenceGuard(payload: Payload, transactionID: number | string): ReferenceGuard {
  const slots = openReferenceSlots(payload, transactionID)
  if (!slots) return needless
  const platform = platformOf(payload)
  let refers = false
  let hasAll = false
  const note = (entity: string, row: object) => {
    refers ||= refersToSomething(platform, entity, row)
  }
  return {
    watch: (store) => ({
      ...store,
      insert(entity, row) {
        note(entity, row)
        return store.insert(entity, row)
      },
      insertMany(entity, rows) {
        for (const row of rows) note(entity, row)
        return store.insertMany(entity, rows)
      },
      update(entity, id, changes, where) {
        note(entity, changes)
        return store.update(entity, id, changes, where)
      },
    }),
    async shutOut() {
      if (hasAll) return
      try {
        await slots.takeAll()
        hasAll = true
      } catch (error) {
        giveWayUntil = Date.now() + courtesyMilliseconds
        throw new ShutOutLost('Others were about to refer to something.', { cause: error })
      }
    },
    async seal() {
      if (!refers || hasAll) return
      for (let waited = 0; waited < courtesyMilliseconds && Date.now() < giveWayUntil; waited += stepMilliseconds) await pause(stepMilliseconds)
      await slots.takeOne()
    },
    release() {
      slots.release()
      if (hasAll) giveWayUntil = 0
    },
  }
}

/** How long those that refer to something wait for one that tries to shut them out: under steady load it would never get through. */
const courtesyMilliseconds = 300
const stepMilliseconds = 5
let giveWayUntil = 0

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

const needless: ReferenceGuard = { watch: (store) => store, shutOut: async () => {}, seal: async () => {}, release: () => {} }

function refersToSomething(platform: Platform, slug: string, row: object): boolean {
  return relationsOf(platform, slug).some((name) => {
    const value = (row as Readonly<Record<string, unknown>>)[name]
    return Array.isArray(value) ? value.length > 0 : typeof value === 'string' && value !== ''
  })
}

/** Fields that name what can be discarded: masters and documents with their lines, and accounts. Ledgers and records stay. */
function relationsOf(platform: Platform, slug: string): readonly string[] {
  const entity = platform.entities.get(slug)
  if (!entity) return []
  const known = relations.get(entity)
  if (known) return known
  const names = entity.fields.filter(({ type, to }) => type === 'relation' && (to === usersEntity.slug || removable(to ? platform.entities.get(to) : undefined))).map(({ name }) => name)
  relations.set(entity, names)
  return names
}

const removable = (target: EntityDefinition | undefined) => target !== undefined && target.kind !== 'ledger' && target.kind !== 'record'

const relations = new WeakMap<EntityDefinition, readonly string[]>()
