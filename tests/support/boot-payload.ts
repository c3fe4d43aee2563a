import { getPayload, type Payload, type SanitizedConfig } from 'payload'
import { createTestDatabase, type TestDatabase } from './test-database.ts'

export type Booted = {
  readonly payload: Payload
  readonly database: TestDatabase
  /** Closes and deletes the database. */
  readonly stop: () => Promise<void>
}

/** Starts Payload on a database of its own with the configuration that `configure` builds for it; `isUsual`: see `createTestDatabase`. */
export async function bootPayload(configure: (database: TestDatabase) => SanitizedConfig | Promise<SanitizedConfig>, { isUsual = false } = {}): Promise<Booted> {
  const database = await createTestDatabase({ isUsual })
  try {
    // Payload keeps one instance a key: the database's address makes it this test's own.
    const payload = await getPayload({ config: await configure(database), key: database.url })
    return {
      payload,
      database,
      stop: async () => {
        await payload.destroy()
        // Another file may get a database of this address.
        ;(globalThis as { _payload?: Map<string, unknown> })._payload?.delete(database.url)
        await database.remove()
      },
    }
  } catch (error) {
    await database.remove()
    throw error
  }
}
