// Runs in a worker thread: SQLite's statements hold up the thread they run on, and this one may take minutes.
import { createClient } from '@libsql/client'

/** @returns rows a table of the copy, and what SQLite's own check says of it */
export default async function copySqlite({ url, target }) {
  const source = createClient({ url })
  try {
    await source.execute('PRAGMA busy_timeout = 30000')
    // One read transaction: the state of one moment, while writers go on (WAL).
    await source.execute({ sql: 'VACUUM INTO ?', args: [target] })
  } finally {
    source.close()
  }
  const copy = createClient({ url: `file:${target}` })
  try {
    const { rows: [check] } = await copy.execute('PRAGMA quick_check')
    const { rows: tables } = await copy.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
    const counts = {}
    for (const { name } of tables) {
      const { rows: [row] } = await copy.execute(`SELECT count(*) AS n FROM "${String(name).replaceAll('"', '""')}"`)
      counts[String(name)] = Number(row.n)
    }
    return { counts, check: String(check.quick_check) }
  } finally {
    copy.close()
  }
}
