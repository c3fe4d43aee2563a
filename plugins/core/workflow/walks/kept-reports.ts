import type { Store } from '../../data/store.ts'
import type { WalkProgress, WalkReport } from './walk-report.ts'

/** Name of the job that tries a workflow out. */
export const walkKind = 'walkWorkflow'

/** How far it is, and at the end what came of it. */
export type WalkTold = { readonly progress: WalkProgress } | { readonly report: WalkReport }

/** Keeps it with the definition that was tried out, where that was published. */
export async function keepReport(store: Store, report: WalkReport): Promise<void> {
  const kept = await store.findOne('definitions', { hash: { equals: report.hash } })
  if (kept) await store.update('definitions', kept.id, { walked: report })
}

/** What came of trying out a definition; null where nobody has. */
export async function reportOf(store: Store, { hash, entity }: { readonly hash: string; readonly entity: string }): Promise<WalkReport | null> {
  const kept = await store.findOne('definitions', { hash: { equals: hash } })
  const known = (kept?.walked ?? null) as WalkReport | null
  return known ?? triedAsDraft(store, { hash, entity })
}

/** Of a definition that was not published then. */
export async function triedAsDraft(store: Store, { hash, entity }: { readonly hash: string; readonly entity: string }): Promise<WalkReport | null> {
  const jobs = await store.find('background-jobs', { where: { and: [{ kind: { equals: walkKind } }, { subject: { equals: entity } }, { status: { equals: 'done' } }] }, sort: '-dueAt', limit: 20 })
  const reports = jobs.flatMap(({ result }) => {
    const told = result as WalkTold | null
    return told && 'report' in told ? [told.report] : []
  })
  return reports.find((report) => report.hash === hash) ?? null
}
