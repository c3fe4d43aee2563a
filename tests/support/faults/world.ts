import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { MongoClient } from 'mongodb'
import type { Payload } from 'payload'
import { shippedRevision } from '../../../config/language/revision.ts'
import type { Database } from '../../../config/settings.ts'
import { systemActor } from '../../../plugins/core/access/actor.ts'
import { transact } from '../../../plugins/core/commands/transact.ts'
import { closeDatabase } from '../../../plugins/core/data/close-database.ts'
import { installPlatform } from '../../../plugins/core/platform/install.ts'
import { postOpeningStock } from '../../../plugins/erp/engine/posting-stock.ts'
import { postEntry } from '../../../plugins/erp/ledger/post-entry.ts'
import { postStock } from '../../../plugins/erp/ledger/post-stock.ts'
import { bootOn } from '../backup-places.ts'
import { million, seedErpWorld, type ErpWorld } from '../erp-world.ts'

/** A firm with books on a database and in a folder of its own, as settings of a front and opened beside it. */
export type FaultWorld = {
  readonly dataDir: string
  readonly database: Database
  /** Settings that name both, for a front or a command. */
  readonly env: Readonly<Record<string, string>>
  readonly customer: string
  readonly part: string
  readonly today: string
  /** Opens the database in this process; only while nothing else writes revisions. */
  readonly open: () => Promise<Payload>
  readonly remove: () => Promise<void>
}

export type FaultKind = 'sqlite' | 'mongodb'

/** Both, or SQLite alone where no MONGODB_URI says where the other one is. */
export const faultKinds: readonly FaultKind[] = process.env.MONGODB_URI ? ['sqlite', 'mongodb'] : ['sqlite']

/** More than all clerks together can deliver. */
const stockOfHelmets = 100_000

/** @param on the address by which the platform shall reach MongoDB, when not its own; `folder` instead of a new one */
export async function makeFaultWorld(kind: FaultKind, { folder }: { readonly folder?: string } = {}): Promise<FaultWorld> {
  const dataDir = folder ?? mkdtempSync(path.join(tmpdir(), 'trellis-faults-'))
  const database = databaseOf(kind, dataDir)
  const open = () => bootOn({ database, dataDir }, shippedRevision)
  const payload = await open()
  await installPlatform(payload)
  const { customers, parts, today } = await seed(payload)
  await closeDatabase(payload)
  return {
    dataDir, database, today, open, customer: customers.shop, part: parts.helmet,
    env: { DATA_DIR: dataDir, ...(database.kind === 'mongodb' && { DATABASE_URL: database.url }) },
    async remove() {
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 })
      if (database.kind === 'mongodb') await dropMongodb(database.url)
    },
  }
}

function databaseOf(kind: FaultKind, dataDir: string): Database {
  const file = path.join(dataDir, 'trellis.db')
  if (kind === 'sqlite') return { kind, file, url: `file:${file}` }
  const url = new URL(process.env.MONGODB_URI ?? '')
  url.pathname = `/trellis-faults-${randomBytes(6).toString('hex')}`
  return { kind, url: url.href }
}

async function seed(payload: Payload): Promise<ErpWorld> {
  const world = await seedErpWorld(payload)
  await transact(payload, { actor: systemActor }, async (context) => {
    const company = await context.company(world.company)
    const source = { entity: 'companies', id: world.company }
    const movement = { part: world.parts.helmet, location: world.locations.get('A-01') ?? '', quantity: stockOfHelmets * million, cost: { value: stockOfHelmets * 4_000 } }
    const values = await postStock(context, { company, date: world.today, source, movements: [movement] })
    await postEntry(context, { company, date: world.today, kind: 'opening', source, lines: postOpeningStock({ value: values.reduce((sum, value) => sum + value, 0) }) })
  })
  return world
}

async function dropMongodb(url: string) {
  const client = new MongoClient(url, { serverSelectionTimeoutMS: 5_000 })
  try {
    await client.db().dropDatabase()
  } finally {
    await client.close()
  }
}
