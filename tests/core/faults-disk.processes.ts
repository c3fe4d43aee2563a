import { execFileSync } from 'node:child_process'
import { appendFileSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createClient } from '@libsql/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faultClerks, signIn, type FaultClerks } from '../support/faults/fault-clerks.ts'
import { faultEnv, isFull, proveAll, runCli, told, untilIdle } from '../support/faults/under-faults.ts'
import { makeFaultWorld, type FaultWorld } from '../support/faults/world.ts'
import { freePort } from '../support/free-port.ts'
import { startFront, type RunningFront } from '../support/running-front.ts'

/* A small disk of its own holds database, uploads and backups, where this user may mount one (root, on Linux). */
const disk = mountDisk()

describe('the file of SQLite', () => {
  let world: FaultWorld
  let front: RunningFront
  let headers: Record<string, string>
  const journal: FaultClerks['journal'][number][] = []
  beforeAll(async () => {
    world = await makeFaultWorld('sqlite', disk ? { folder: disk } : {})
    // What it says goes to a disk that is full from the beginning.
    const output = existsSync('/dev/full') ? { output: '/dev/full' } : {}
    front = await startFront({ ...faultEnv(world), LOG_LEVEL: 'info', BACKUP_EVERY: 'off' }, { dataDir: world.dataDir, port: await freePort(), ...output })
    headers = await signIn(front.url)
  })
  afterAll(async () => {
    await front?.stop()
    if (disk) execFileSync('umount', ['-l', disk])
    await world?.remove()
  })

  const under = async (name: string, harm: (clerks: FaultClerks) => Promise<void>) => {
    const clerks = faultClerks(front.url, { headers, world, clerks: 3 })
    await clerks.until(6, 120_000)
    await harm(clerks)
    await clerks.until(6, 120_000)
    await clerks.stop()
    console.log(`${name}: ${clerks.done()} acknowledged; answers: ${told(clerks.answers)}`)
    expect(clerks.faults).toEqual([])
    journal.push(...clerks.journal)
  }

  it('is held by another program for seconds: people wait, and go on', { timeout: 240_000 }, () => under('held', async (clerks) => {
    const other = createClient({ url: world.database.url })
    await other.execute('PRAGMA busy_timeout = 20000')
    await other.execute('BEGIN IMMEDIATE')
    const before = clerks.done()
    await pause(isFull ? 45_000 : 6_500)
    expect(clerks.done() - before).toBeLessThanOrEqual(3)
    // Longer than a command tries: whoever waits is told.
    if (isFull) expect([...clerks.answers.keys()]).toEqual(expect.arrayContaining([expect.stringMatching(/^503 (databaseHeld|busy)$/)]))
    await other.execute('ROLLBACK')
    other.close()
  }))

  it.runIf(disk)('has no room: everyone is told, nothing is half done, and it goes on when there is room', { timeout: 240_000 }, () => under('full', async (clerks) => {
    const upload = { ...headers, 'tus-resumable': '1.0.0' }
    const created = await fetch(`${front.url}/uploads`, { method: 'POST', headers: { ...upload, 'upload-length': '2000000', 'upload-metadata': `filename ${Buffer.from('list.csv').toString('base64')}` } })
    const address = created.headers.get('location') ?? ''
    const filler = path.join(world.dataDir, 'filler')
    fill(filler)
    await expect.poll(() => [...clerks.answers.keys()].join(), { timeout: 60_000 }).toContain('507 diskFull')
    fill(filler)
    const part = await fetch(front.url + address, { method: 'PATCH', headers: { ...upload, 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' }, body: Buffer.alloc(2_000_000, 'a,b\n') })
    expect([part.status, await part.text()]).toEqual([507, expect.stringContaining('"diskFull"')])
    const another = await fetch(`${front.url}/uploads`, { method: 'POST', headers: { ...upload, 'upload-length': '10', 'upload-metadata': `filename ${Buffer.from('more.csv').toString('base64')}` } })
    expect(another.status).toBe(507)
    const { status, output } = await runCli(world, ['backup'])
    expect([status, output]).toEqual([1, expect.stringMatching(/no room for the backup|ENOSPC/)])
    expect(existsSync(path.join(world.dataDir, 'backups')) ? readdirSync(path.join(world.dataDir, 'backups')) : []).toEqual([])
    // Reading goes on.
    expect((await fetch(`${front.url}/api/parts?limit=1&depth=0`, { headers })).status).toBe(200)
    rmSync(filler)
    const offset = Number((await fetch(front.url + address, { method: 'HEAD', headers: upload })).headers.get('upload-offset'))
    const rest = await fetch(front.url + address, { method: 'PATCH', headers: { ...upload, 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) }, body: Buffer.alloc(2_000_000 - offset, 'a,b\n') })
    expect(rest.status).toBe(204)
  }))

  it('has lost nothing that was acknowledged, and what it says being lost has ended nothing', { timeout: 120_000 }, async () => {
    await untilIdle(front.url)
    expect(await front.status()).toMatchObject({ crashed: 0, state: 'serving' })
    expect(await front.stop()).toBe(0)
    await proveAll(world, journal)
    expect((await runCli(world, ['backup'])).status).toBe(0)
  })
})

function fill(file: string) {
  for (let size = 1_048_576; size >= 4_096; size /= 2) {
    try {
      for (;;) appendFileSync(file, Buffer.alloc(size))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
    }
  }
}

/** 96 MB in memory; undefined where this user may not, which is told. */
function mountDisk(): string | undefined {
  const folder = mkdtempSync(path.join(tmpdir(), 'trellis-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=96m', 'tmpfs', folder], { stdio: 'ignore' })
    return folder
  } catch {
    rmSync(folder, { recursive: true })
    console.log('The test of a full disk is left out: mounting one takes root on Linux. tests/core/disk-full.int.ts has SQLite say so by itself.')
    return undefined
  }
}
