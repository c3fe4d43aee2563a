import { openStore } from '../data/open-store.ts'
import type { JobKind } from '../jobs/job-kind.ts'

/** Over a year, so that a year's audit finds all of it; longer than the six months that the Cybersecurity Law of China asks for (article 21). */
export const keptDays = 400

const day = 86_400_000

/** The log of sign-ins names people and addresses: what is older than anyone needs goes. */
export const forgetSignIns: JobKind = {
  name: 'forgetSignIns',
  label: { en: 'Removal of old sign-ins', zh: '清理过期登录记录' },
  every: () => day,
  async run({ payload }) {
    const where = { at: { less_than: new Date(Date.now() - keptDays * day).toISOString() } }
    const store = openStore(payload)
    const removed = await store.count('sign-ins', where)
    await store.remove('sign-ins', where)
    return { removed }
  },
}
