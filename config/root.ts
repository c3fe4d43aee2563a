import { existsSync } from 'node:fs'
import path from 'node:path'

/** The repository's folder: the working directory, or the nearest one above that holds the composition root. */
export const root = findRoot(process.cwd())

function findRoot(folder: string): string {
  if (existsSync(path.join(folder, 'config', 'payload.config.ts'))) return folder
  const above = path.dirname(folder)
  return above === folder ? process.cwd() : findRoot(above)
}
