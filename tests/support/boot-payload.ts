import { getPayload, type Payload, type SanitizedConfig } from 'payload'
import { createTestDatabase, type TestDatabase } from './test-database.ts'

export type Booted = {
  readonly payload: Payload
  readonly database: TestDatabase
  /** Closes and deletes the database. */
  readonly stop: () => Promise<void>
}

/** Starts Payload on a database of its own with the configuration that `configure` builds for it. */
export async function bootPayload(configure: (database: TestDatabase) => SanitizedConfig | Promise<SanitizedConfig>): Promise<Booted> {
  const database = await createTestDatabase()
  try {
    // Payload keeps one instance a key: the database's address makes it this test's own.
    const payload = await getPayload({ config: await configure(database), key: database.url })
    return {
      payload,
      database,
      stop: async () => {
        await payload.destroy()
        await database.remove()
      },
    }
  } catch (error) {
    await database.remove()
    throw error
  }
}
