import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { makeFolder } from './make-folder.ts'
import { SettingsError, type Settings } from './settings.ts'

/**
 * The key that signs sessions: the one that was set, else the one in `DATA_DIR/secret`, made at the first start.
 * Invariant: settings without a secret are in demo mode on the embedded database (`readSettings` sees to it).
 * @throws SettingsError when the file can be neither read nor written.
 */
export function resolveSecret(settings: Pick<Settings, 'secret' | 'dataDir'>): string {
  if (settings.secret) return settings.secret
  const file = path.join(settings.dataDir, 'secret')
  if (!existsSync(file)) writeSecret(file)
  const secret = readSecret(file)
  if (secret.length < 32) throw new SettingsError(`The secret in ${file} is shorter than 32 characters: delete the file to get a new one (everyone signs in again).`)
  return secret
}

function writeSecret(file: string) {
  try {
    makeFolder(path.dirname(file))
    // "wx" never overwrites: of two first starts at once, one writes and both read the same.
    writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { flag: 'wx', mode: 0o600 })
  } catch {
    if (existsSync(file)) return
    throw new SettingsError(`The secret cannot be kept in ${file}: make the folder writable, or set TRELLIS_SECRET or DATA_DIR.`)
  }
}

function readSecret(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    throw new SettingsError(`The secret in ${file} cannot be read: make the file readable for this user, or set TRELLIS_SECRET.`)
  }
}
