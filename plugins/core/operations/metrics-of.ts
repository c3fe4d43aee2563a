import type { Payload } from 'payload'
import { listBackups } from '../backup/keep-backups.ts'
import { ownVersion } from '../backup/make-backup.ts'
import { revisionOf } from '../platform/publish-revision.ts'
import { metrics, renderMetrics } from './metrics.ts'
import { surroundingsOf } from './surroundings.ts'
import { workState } from './work-state.ts'

/** The metrics of this process, with the state of the platform at this moment. */
export async function metricsOf(payload: Payload): Promise<{ contentType: string; text: string }> {
  const { info, workItems, runnerLag, backupAge } = metrics()
  const { database, operations } = surroundingsOf(payload)
  info.set({ version: ownVersion(), revision: String(revisionOf(payload).number), database: database.kind }, 1)
  const { due, overdue, dead, retrying, lagSeconds } = await workState(payload)
  for (const [state, count] of Object.entries({ due, overdue, dead, retrying })) workItems.set({ state }, count)
  runnerLag.set(lagSeconds)
  const [last] = operations ? await listBackups(operations.backup.folder) : []
  if (last) backupAge.set(Math.round((Date.now() - Date.parse(last.createdAt)) / 1000))
  else backupAge.remove()
  return renderMetrics()
}
