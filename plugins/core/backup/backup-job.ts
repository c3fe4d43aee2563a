import { hostname } from 'node:os'
import { BackupError } from './manifest.ts'
import { revisionOf } from '../platform/publish-revision.ts'
import { surroundingsOf } from '../operations/surroundings.ts'
import type { JobKind } from '../jobs/job-kind.ts'
import { removeSuperfluous } from './keep-backups.ts'
import { makeBackup } from './make-backup.ts'

/** The backup that is made by itself, or from the page of the system's health; afterwards old ones go. */
export const backupJob: JobKind = {
  name: 'backup',
  label: { en: 'Backup', zh: '备份' },
  every: (payload) => surroundingsOf(payload).operations?.backup.everyMilliseconds ?? null,
  async run({ payload, input, signal }) {
    const { operations, ...settings } = surroundingsOf(payload)
    if (!operations) throw new BackupError('This process was started without a folder for backups (BACKUP_DIR).')
    const isScheduled = (input as { scheduled?: unknown }).scheduled === true
    const { folder, manifest, bytes } = await makeBackup({
      settings, revision: revisionOf(payload), to: operations.backup.folder, by: isScheduled ? 'schedule' : 'person', payload: () => Promise.resolve(payload), signal,
    })
    const removed = await removeSuperfluous(operations.backup.folder, operations.backup)
    return { folder, host: hostname(), bytes, kind: manifest.kind, uploads: manifest.uploads.length, removed: removed.length }
  },
}
