import { expect, it } from 'vitest'
import { superfluous, type BackupOnDisk, type Retention } from '../../plugins/core/backup/keep-backups.ts'

const made = (createdAt: string, by: BackupOnDisk['by'] = 'schedule'): BackupOnDisk => ({ folder: createdAt, createdAt, by, bytes: 1, kind: 'sqlite', revision: 0 })
const kept = (backups: readonly BackupOnDisk[], retention: Retention) => {
  const gone = new Set(superfluous(backups, retention))
  return backups.filter((backup) => !gone.has(backup)).map(({ createdAt }) => createdAt)
}

it('keeps the last one of each day and of each week, and what a person has made', () => {
  const hours = Array.from({ length: 40 * 4 }, (_, index) => new Date(Date.UTC(2026, 9, 1) + index * 6 * 3_600_000).toISOString())
  const backups = [...hours.map((at) => made(at)), made('2026-10-02T03:00:00.000Z', 'person')]
  expect(kept(backups, { keepHourly: 0, keepDaily: 3, keepWeekly: 3 })).toEqual([
    '2026-11-01T18:00:00.000Z', '2026-11-07T18:00:00.000Z', '2026-11-08T18:00:00.000Z', '2026-11-09T18:00:00.000Z', '2026-10-02T03:00:00.000Z',
  ])
})

it('keeps every one of the last hours, then one a day', () => {
  const hours = Array.from({ length: 72 }, (_, index) => new Date(Date.UTC(2026, 9, 1) + index * 3_600_000).toISOString())
  expect(kept(hours.map((at) => made(at)), { keepHourly: 24, keepDaily: 7, keepWeekly: 0 })).toEqual(['2026-10-01T23:00:00.000Z', '2026-10-02T23:00:00.000Z', ...hours.slice(-24)])
})

it('never removes the newest, however old', () => {
  expect(kept([made('2020-01-01T00:00:00.000Z')], { keepHourly: 0, keepDaily: 1, keepWeekly: 0 })).toEqual(['2020-01-01T00:00:00.000Z'])
})
