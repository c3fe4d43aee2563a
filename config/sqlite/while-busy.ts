import { setTimeout } from 'node:timers/promises'

/**
 * Runs `work` again while another process holds the database. SQLite's own waiting looks now and then and has no queue: a
 * process that writes all the time can keep another one out for longer than `busy_timeout`.
 * @param milliseconds how long it is tried again; then the last error goes to the caller
 */
export async function whileBusy<Result>(milliseconds: number, work: () => Promise<Result>): Promise<Result> {
  const deadline = Date.now() + milliseconds
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'SQLITE_BUSY' || Date.now() > deadline) throw error
      await setTimeout(Math.random() * 20)
    }
  }
}
