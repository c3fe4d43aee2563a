import type { Run } from './area.ts'
import { signIn } from './http.ts'
import { measureLists } from './lists.ts'
import type { DatabaseKind } from './places.ts'
import { measureReads } from './reads.ts'
import { owner, startServer } from './servers.ts'
import { measureVerify } from './verify.ts'
import { fullVolume, quickVolume, spokenVolume, volumeDatabase } from './volume.ts'

/** What a firm with many rows waits for. */
export async function measureVolume(run: Run, kind: DatabaseKind): Promise<void> {
  const volume = run.quick ? quickVolume : fullVolume
  const rows = spokenVolume(volume)
  const databaseUrl = await volumeDatabase(kind, volume, run.tell)
  const [platform, bare] = await Promise.all([startServer({ program: 'front.mjs', databaseUrl }), startServer({ program: 'bench/bare-front.mjs', databaseUrl })])
  // One after the other: Payload's own sign-in writes the sessions that it has read.
  const theirs = await signIn(bare.url, owner)
  const ours = await signIn(platform.url, owner)
  try {
    const { docs } = JSON.parse(await ours.ask('GET', '/api/sales-orders?limit=100&depth=0&sort=number')) as { docs: readonly { id: string }[] }
    await measureReads(run, { kind, ours, theirs, rows, orders: docs.map(({ id }) => id) })
    await measureLists(run, { kind, session: ours, rows })
  } finally {
    ours.close()
    theirs.close()
    await Promise.all([platform.stop(), bare.stop()])
  }
  await measureVerify(run, { kind, databaseUrl, rows })
}
