import type { Payload } from 'payload'
import type { BackgroundJobs } from '../../../config/generated/entities.ts'
import type { Json } from '../../../config/language/text.ts'
import { openStore } from '../data/open-store.ts'
import type { JobKind } from '../jobs/job-kind.ts'
import { addJob } from '../jobs/run-jobs.ts'
import { countLives, nothingCounted, type Counted, type LivesQuestion } from './count-lives.ts'

const kind = 'countLives'
/** 10,000 documents between two checkpoints, each a reading of its own. */
const batchesAtOnce = 10

/** Counts the histories of an entity with very many documents; broken off, it goes on where it was. */
export const countLivesJob: JobKind = {
  name: kind, label: { en: 'Statistics of a workflow', zh: '流程统计' },
  async run({ payload, input, told, tell, signal }): Promise<Json> {
    const question = input as LivesQuestion
    let counted = (told as Counted | null) ?? nothingCounted()
    while (!counted.isDone) {
      counted = await countLives(payload, question, { before: counted, batches: batchesAtOnce, signal })
      await tell(counted as unknown as Json)
    }
    return counted as unknown as Json
  },
}

/** The latest count that is done, and the one that is under way. */
export async function countsOf(payload: Payload, subject: string): Promise<{ readonly done: BackgroundJobs | undefined; readonly open: BackgroundJobs | undefined }> {
  const [latest, before] = await openStore(payload).find('background-jobs', { where: { and: [{ kind: { equals: kind } }, { subject: { equals: subject } }, { status: { in: ['waiting', 'running', 'done'] } }] }, sort: '-dueAt', limit: 2 })
  return latest?.status === 'done' ? { done: latest, open: undefined } : { done: before?.status === 'done' ? before : undefined, open: latest }
}

export const beginCount = (payload: Payload, { question, subject, actor }: { readonly question: LivesQuestion; readonly subject: string; readonly actor: string }): Promise<string> =>
  addJob(payload, { kind, actor, subject, input: { ...question } })
