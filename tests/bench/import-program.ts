import { createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { getPayload } from 'payload'
import { buildTrellisConfig } from '../../config/payload.config.ts'
import { builtPlugins } from '../../config/plugins.ts'
import { readSettings } from '../../config/settings.ts'
import { systemActor, type Actor } from '../../plugins/core/access/actor.ts'
import { transact } from '../../plugins/core/commands/transact.ts'
import { closeDatabase } from '../../plugins/core/data/close-database.ts'
import { openStore } from '../../plugins/core/data/open-store.ts'
import { createFirstOwner } from '../../plugins/core/firm/create-first-owner.ts'
import { checkImport, openImportOf, startImport } from '../../plugins/core/imports/import-commands.ts'
import { importRecord, type ImportRecord } from '../../plugins/core/imports/import-record.ts'
import { runDueJobs } from '../../plugins/core/jobs/run-jobs.ts'
import { installPlatform } from '../../plugins/core/platform/install.ts'
import { setUpCompany } from '../../plugins/erp/setup/set-up-company.ts'
import { chinaTemplate } from '../../plugins/erp/setup/templates/china.ts'
import { median } from './rounds.ts'
import { openSingleRows } from './single-rows.ts'

/*
 * Imports a list of customers into an empty database (DATABASE_URL), as the panel's importer does it in the background, by turns
 * with single rows by the driver. Prints what it took as JSON.
 */
const settings = readSettings(process.env)
const megabytes = Number(process.env.BENCH_MEGABYTES)
const singleRows = Number(process.env.BENCH_SINGLE_ROWS)
const payload = await getPayload({ config: await buildTrellisConfig({ settings, plugins: builtPlugins }) })
await installPlatform(payload)
await transact(payload, { actor: systemActor }, (context) => setUpCompany(context, {
  company: { code: 'B', name: 'Bench & Co.', currency: 'CNY', timeZone: 'Asia/Shanghai', country: 'CN', language: 'en' },
  site: { code: 'MAIN', name: 'Main warehouse' }, template: chinaTemplate, firstMonth: `${new Date().getFullYear()}-01`, months: 12,
}))
await createFirstOwner(payload, { email: 'owner@firm.example', password: 'long enough for a bench' })
const [owner] = await openStore(payload).find<string>('users', { limit: 1 })
const actor: Actor = { ...systemActor, id: owner?.id ?? '' }
const file = path.join(settings.dataDir, 'customers.csv')
await pipeline(Readable.from(linesOf(megabytes * 1_048_576)), createWriteStream(file))
const { size: bytes } = await stat(file)
const id = await openImportOf(payload, actor, { entity: 'customers', file, name: 'customers.csv', bytes })
const record = async (): Promise<ImportRecord> => importRecord(await openStore(payload).require('imports', id))
const times = { read: await jobs(), check: 0, run: 0 }
await checkImport(payload, actor, await record())
times.check = await jobs()
const { counts: { bad, rows } } = await record()
if (bad > 0) throw new Error(`${bad} of ${rows} rows are refused.`)
await startImport(payload, actor, await record(), 'run')
const single = openSingleRows(settings.database.url)
const rates: { ours: number[]; theirs: number[] } = { ours: [], theirs: [] }
for (let before = 0, isDone = false; !isDone;) {
  const began = performance.now()
  isDone = (await runDueJobs(payload)) === 0
  const seconds = (performance.now() - began) / 1000
  const { created } = (await record()).counts
  if (created > before) {
    rates.ours.push((created - before) / seconds)
    times.run += seconds
  }
  before = created
  if (!isDone) rates.theirs.push(await single.insert(singleRows))
}
await single.close()
const { status, counts } = await record()
if (status !== 'done' || counts.created !== rows) throw new Error(`The import is ${status}: ${JSON.stringify(counts)}`)
const [kept, left] = await Promise.all([openStore(payload).count('history', { entity: { equals: 'customers' } }), openStore(payload).count('events', { entity: { equals: 'customers' } })])
console.log(JSON.stringify({ rows, bytes, ours: median(rates.ours), theirs: median(rates.theirs), times, kept, left } satisfies Outcome))
await closeDatabase(payload)
process.exit(0)

/** `kept`, `left`: rows of history and of the outbox that it wrote. Times in seconds. */
export type Outcome = {
  readonly rows: number | null; readonly bytes: number; readonly ours: number; readonly theirs: number
  readonly times: Readonly<Record<'read' | 'check' | 'run', number>>; readonly kept: number; readonly left: number
}

/** Does what waits in the background. @returns the seconds it took */
async function jobs(): Promise<number> {
  const began = performance.now()
  while ((await runDueJobs(payload)) > 0);
  return (performance.now() - began) / 1000
}

/** A list of customers as another system writes it, of about so many bytes. */
function* linesOf(most: number): Generator<string> {
  yield 'number,name,address,country,email,phone,taxNumber,creditLimit,language,status,internalNote\r\n'
  for (let row = 1, written = 0; written < most; row++) {
    const line = `C-${String(row).padStart(7, '0')},Customer number ${row},"${row % 400} Long Road, ${10_000 + (row % 80_000)} Somewhere",DE,buyer${row}@customer.example,+49 30 ${100_000 + row},DE${100_000_000 + row},${row % 1_000}.50,en,active,Pays late in winter and early in summer\r\n`
    written += line.length
    yield line
  }
}
