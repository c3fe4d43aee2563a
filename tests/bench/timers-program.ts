import { setTimeout as pause } from 'node:timers/promises'
import path from 'node:path'
import { createClient } from '@libsql/client'
import { closeDatabase } from '../../plugins/core/data/close-database.ts'
import { armTimers, faultsOfTimers, killWhileDraining } from '../support/faults/timers-under-kills.ts'
import { randomOf } from '../support/faults/random.ts'
import { makeFaultWorld } from '../support/faults/world.ts'
import { freePort } from '../support/free-port.ts'
import { startFront } from '../support/running-front.ts'

/* `timers.mjs <folder> <count> <kills>`: timers due at once drain while the application is killed. Its last line is `{seconds, killed}`. */
const [folder = '', given = '', kills = ''] = process.argv.slice(2)
const world = await makeFaultWorld('sqlite', { folder: path.resolve(folder) })
const before = await world.open()
const ids = await armTimers(before, { count: Number(given), customer: world.customer, dueAt: new Date() })
await closeDatabase(before)
const client = createClient({ url: world.database.url })
const left = async () => Number((await client.execute("SELECT count(*) AS left FROM work_items WHERE handler = 'core.timer' AND status = 'pending'")).rows[0]?.left)
const front = await startFront(world.env, { dataDir: world.dataDir, port: await freePort(), output: path.join(world.dataDir, 'front.log') })
const began = performance.now()
const pidNow = async () => (await front.status()).pid ?? undefined
const killed = await killWhileDraining({
  kills: Number(kills), random: randomOf(1), left, victim: pidNow,
  kill: async (pid) => {
    process.kill(pid, 'SIGKILL')
    for (let now = await pidNow(); now === pid || now === undefined; now = await pidNow()) await pause(20)
  },
})
const seconds = (performance.now() - began) / 1000
client.close()
await front.stop()
const after = await world.open()
const faults = await faultsOfTimers(after, ids)
await closeDatabase(after)
if (faults.length > 0) throw new Error(`Timers went wrong: ${faults.slice(0, 5).join('; ')}`)
console.log(JSON.stringify({ seconds, killed }))
process.exit(0)
