// Runs in a worker thread: unpacking and reading a large spreadsheet takes seconds of CPU.
import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { openWorkbook, readSheet, sharedStrings, styleKinds } from './sheet-reader.mjs'
import { damaged, mostUnpacked, openZip, tooLarge, UnreadableFile } from './zip-reader.mjs'

/**
 * Writes the rows of a sheet (the named one, else the first) to `target`, one JSON value a line: [number, cells].
 * @param {{ source: string, target: string, sheet?: string }} task
 * @returns {Promise<{ sheets: string[], sheet: string, from1904: boolean } | { problem: { en: string, zh: string } }>}
 */
export default async function readXlsx({ source, target, sheet: wanted }) {
  const out = createWriteStream(target, { mode: 0o600 })
  try {
    const zip = await openZip(source)
    const { sheets, from1904, strings, styles } = await openWorkbook(zip)
    const sheet = sheets.find(({ name }) => name === wanted) ?? sheets[0]
    if (!sheet) throw new UnreadableFile(damaged)
    const kinds = await styleKinds(zip, styles)
    const texts = await sharedStrings(zip, strings)
    let written = 0
    await readSheet(zip, {
      part: sheet.part, strings: texts, kinds, from1904,
      async take(rows) {
        for (const row of rows) {
          const line = `${JSON.stringify(row)}\n`
          written += line.length
          // A few shared texts can stand in very many cells.
          if (written > mostUnpacked) throw new UnreadableFile(tooLarge)
          if (!out.write(line)) await once(out, 'drain')
        }
      },
    })
    return { sheets: sheets.map(({ name }) => name), sheet: sheet.name, from1904 }
  } catch (error) {
    if (error instanceof UnreadableFile) return { problem: error.text }
    throw error
  } finally {
    await new Promise((resolve) => out.end(resolve))
  }
}
