import type { Db } from 'mongodb'
import { isDead, ownMark, type ProcessMark } from './dead-process.ts'

/** On MongoDB every process that has the database open says so here, past Payload and in no transaction. */
export const heartbeats = 'running-processes'
type Beat = ProcessMark & { readonly _id: string; readonly at: Date }

const beatMilliseconds = 10_000
/** Of a process that says nothing for so long nobody believes that it runs. */
const silenceMilliseconds = 30_000

const idOf = ({ host, pid, started }: ProcessMark) => `${host} ${pid} ${started}`

/** Says so now, and then again and again, by the server's clock. @returns what ends it, and takes it back */
export async function beginHeartbeat(db: Db): Promise<() => Promise<void>> {
  const own = ownMark()
  const rows = db.collection<Beat>(heartbeats)
  const beat = () => rows.updateOne({ _id: idOf(own) }, { $set: own, $currentDate: { at: true } }, { upsert: true })
  await beat()
  // One that does not get through is followed by the next.
  const timer = setInterval(() => void beat().catch(() => {}), beatMilliseconds).unref()
  return async () => {
    clearInterval(timer)
    await rows.deleteOne({ _id: idOf(own) }).catch(() => {})
  }
}

/** The processes other than this one that have the database open. One that was killed is known on its own host at once, elsewhere after 30 s. */
export async function othersThatRun(db: Db): Promise<readonly ProcessMark[]> {
  const { localTime } = await db.admin().command({ hello: 1 }) as { localTime?: Date }
  const since = new Date((localTime ?? new Date()).getTime() - silenceMilliseconds)
  const found = await db.collection<Beat>(heartbeats).find({ at: { $gt: since } }).toArray()
  return found.filter((mark) => mark._id !== idOf(ownMark()) && !isDead(mark))
}

export const isOwn = (mark: Partial<ProcessMark> | undefined): boolean => mark !== undefined && idOf(mark as ProcessMark) === idOf(ownMark())
