import { once } from 'node:events'
import { closeSync, existsSync, openSync, unlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { makeFolder } from '../../config/make-folder.ts'
import { resolveSecret } from '../../config/secret.ts'
import { readSettings, SettingsError, type Settings } from '../../config/settings.ts'
import { requireFree } from '../front/held-folder.ts'
import { readableError } from './readable-error.ts'

/**
 * Looks for what would keep the platform from starting: a bad setting, a folder that is served, a taken port, an unreachable database.
 * @returns one sentence, or null when nothing stands in the way.
 */
export async function findProblem(env: Readonly<Record<string, string | undefined>>): Promise<string | null> {
  let settings: Settings | undefined
  try {
    settings = readSettings(env)
    resolveSecret(settings)
    await requireFree(settings)
    await tryPort(settings)
    await tryDatabase(settings)
    return null
  } catch (error) {
    return readableError(error, { settings })
  }
}

/** Whether the log is made of objects, as these settings have it. */
export const logsAsJson = (env: Readonly<Record<string, string | undefined>>): boolean => readSettings(env).operations.logFormat === 'json'

/** Opens and closes the port; the application process may still lose a race for it, and tells that by the same sentence. */
async function tryPort({ host, port }: Settings) {
  const server = createServer()
  server.listen({ host, port })
  await once(server, 'listening')
  server.close()
  await once(server, 'close')
}

async function tryDatabase({ database }: Settings) {
  if (database.kind === 'sqlite') tryFile(database.file)
  else await tryMongo(database.url)
}

/** SQLite writes the database file and, beside it, its log: tried for real, since permissions do not tell all (read-only disks). */
function tryFile(file: string) {
  const beside = `${file}.try-${process.pid}`
  try {
    makeFolder(path.dirname(file))
    closeSync(openSync(beside, 'wx'))
    unlinkSync(beside)
    if (existsSync(file)) closeSync(openSync(file, 'r+'))
  } catch {
    throw new SettingsError(`The database file ${file} cannot be written: make it and its folder writable, or set DATABASE_URL or DATA_DIR to another place.`)
  }
}

const PING_MS = 3000

async function tryMongo(url: string) {
  const { MongoClient } = await import('mongodb')
  let client: InstanceType<typeof MongoClient> | undefined
  try {
    client = new MongoClient(url, { serverSelectionTimeoutMS: PING_MS, connectTimeoutMS: PING_MS })
    await client.db().command({ ping: 1 })
    if (!client.options.replicaSet) throw new SettingsError(`The database at ${withoutPassword(url)} is not used as a replica set, without which nothing can be written safely: add ?replicaSet=<its name> to DATABASE_URL.`)
  } catch (error) {
    if (error instanceof SettingsError) throw error
    const cause = error instanceof Error ? error.message.split('\n')[0] : String(error)
    throw new SettingsError(`The database at ${withoutPassword(url)} does not answer (${cause}): start it, or correct DATABASE_URL.`)
  } finally {
    await client?.close()
  }
}

function withoutPassword(url: string): string {
  return url.replace(/\/\/[^@/]*@/, '//***@')
}
