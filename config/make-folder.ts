import { existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'

/**
 * Makes a folder and those above it. Node's own `recursive` never returns where a folder exists but takes no new
 * ones and says ENOENT, as /proc does (seen on Node 20.20).
 * @throws the system's error of the first folder that cannot be made.
 */
export function makeFolder(folder: string) {
  if (existsSync(folder)) return
  makeFolder(path.dirname(folder))
  mkdirSync(folder)
}
