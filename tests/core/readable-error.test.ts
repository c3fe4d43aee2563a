import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { readableError } from '../../admin/server/readable-error.ts'
import { readSettings, SettingsError } from '../../config/settings.ts'
import { readRevision } from '../../plugins/core/data/read-revision.ts'

const fault = new Error('disk full\n    at somewhere')

it('tells that the platform could not start', () => {
  expect(readableError(fault, {})).toBe('Trellis could not start: disk full (LOG_LEVEL=debug shows more).')
})

it('tells which command broke off, which is not a start', () => {
  expect(readableError(fault, { command: 'import' })).toBe('The command import broke off: disk full (LOG_LEVEL=debug shows more).')
})

it('tells a wrong setting by its own sentence, whatever was to be done', () => {
  expect(readableError(new SettingsError('PORT is no number.'), { command: 'import' })).toBe('PORT is no number.')
})

it('names a damaged database file and the remedy', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'trellis-damaged-'))
  try {
    const settings = readSettings({ DATA_DIR: folder })
    const file = path.join(folder, 'trellis.db')
    writeFileSync(file, 'no database at all, however long it may be. '.repeat(200))
    const error: unknown = await readRevision(settings.database).then(() => undefined, (reason: unknown) => reason)
    for (const one of [error, new Error('Failed query: select 1', { cause: error })]) {
      expect(readableError(one, { settings })).toBe(
        `The database file ${file} is damaged or not a database: move it away (\`mv ${file} ${file}.damaged\`), then bring a backup back with \`npm run restore -- <backup>\`, or start without it to begin anew.`)
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
})
