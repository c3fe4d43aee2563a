/** An entry of a shop-floor page on its way: kept on this device until the server has said yes or no. */
export type Entry = {
  /** Idempotency key: however often it is sent, it makes one record. */
  readonly key: string
  readonly user: string
  readonly page: string
  /** As it is sent. */
  readonly data: Readonly<Record<string, unknown>>
  /** Pictures and papers, by field: kept here too, and uploaded before the rest is sent. `id`: of the upload, once it is there. */
  readonly files?: Readonly<Record<string, KeptFile>>
  /** As it was scanned, for people. */
  readonly told: string
  /** UTC ISO. */
  readonly at: string
  /** Why the server has refused it, in both languages; absent while it waits. */
  readonly refused?: { readonly en: string; readonly zh: string }
}

export type KeptFile = { readonly name: string; readonly content: Blob; readonly id?: string }

const database = 'trellis-entries'
const table = 'entries'

function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(database, 1)
    asked.onupgradeneeded = () => { asked.result.createObjectStore(table, { keyPath: 'key' }) }
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error ?? new Error('IndexedDB'))
  })
}

/** One transaction; it is over, and on the disk, when the promise is kept. */
async function within<Result>(mode: IDBTransactionMode, work: (entries: IDBObjectStore) => IDBRequest<Result>): Promise<Result> {
  const db = await opened()
  try {
    return await new Promise<Result>((resolve, reject) => {
      const transaction = db.transaction(table, mode)
      const asked = work(transaction.objectStore(table))
      transaction.oncomplete = () => resolve(asked.result)
      transaction.onabort = () => reject(transaction.error ?? new Error('IndexedDB'))
    })
  } finally {
    db.close()
  }
}

/** Entries of this browser in the order they were made. @throws where the browser keeps nothing (private windows of some) */
export const entryStore = {
  all: async ({ user, page }: Pick<Entry, 'user' | 'page'>): Promise<readonly Entry[]> =>
    (await within('readonly', (entries) => entries.getAll() as IDBRequest<Entry[]>)).filter((entry) => entry.user === user && entry.page === page).sort((a, b) => (a.at < b.at ? -1 : 1)),
  put: (entry: Entry): Promise<IDBValidKey> => within('readwrite', (entries) => entries.put(entry)),
  remove: (key: string): Promise<undefined> => within('readwrite', (entries) => entries.delete(key)),
}
