import type { Run } from './area.ts'
import { below, beside, told } from './measures.ts'
import type { Outcome } from './import-program.ts'
import { databaseKinds, onEmptyDatabase, type DatabaseKind } from './places.ts'
import { runMeasured } from './process.ts'

/** The panel's importer: rows a second beside single rows by the driver, and what memory a large file takes. */
export async function importArea(run: Run): Promise<void> {
  for (const kind of databaseKinds) await measureImport(run, kind)
}

async function measureImport({ quick, add, tell }: Run, kind: DatabaseKind): Promise<void> {
  const megabytes = quick ? (kind === 'SQLite' ? 3 : 1) : kind === 'SQLite' ? 200 : 20
  tell(`Importing a list of ${megabytes} MB, ${kind} …`)
  const { output, status, megabytes: most } = await onEmptyDatabase(kind, (databaseUrl) =>
    runMeasured(['build/bench/import.mjs'], { DATABASE_URL: databaseUrl, BENCH_MEGABYTES: String(megabytes), BENCH_SINGLE_ROWS: quick ? '2000' : kind === 'SQLite' ? '10000' : '2000' }))
  if (status !== 0) throw new Error(`The import ended with status ${status}.`)
  const { rows, ours, theirs, times, kept, left } = JSON.parse(output.trim().split('\n').at(-1) ?? '') as Outcome
  const of = `${(rows ?? 0).toLocaleString('en')} customers of ${megabytes} MB CSV, ${kind}`
  add(
    beside({ area: 'import', name: `rows brought in with history and outbox, beside single rows by the driver, ${of}`, unit: 'rows/s', value: ours, baseline: theirs, atLeast: 0.25 }),
    below({ area: 'import', name: `most memory, ${of}`, unit: 'MB', value: most, limit: 500 }),
    told({ area: 'import', name: `taking the file in, ${of}`, unit: 's', value: times.read }),
    told({ area: 'import', name: `dry run, ${of}`, unit: 's', value: times.check }),
    told({ area: 'import', name: `rows of history and outbox written, ${of}`, unit: 'rows', value: kept + left }),
  )
}
