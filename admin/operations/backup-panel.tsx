'use client'

import type { SystemHealth } from '../../plugins/core/operations/system-health.ts'
import { Button } from '../kit/button.tsx'
import { useText } from '../kit/kit-context.tsx'
import { Panel } from '../kit/surfaces.tsx'
import { Moment } from '../kit/values.tsx'
import { healthTexts } from '../locales/health-texts.ts'
import { sizeText } from './sizes.ts'
import styles from './operations.module.css'

type Props = { readonly backups: SystemHealth['backups']; readonly mayAct: boolean; readonly busy: boolean; readonly onRun: () => void }

/** The last backups of this host, and a button for another. */
export function BackupPanel({ backups, mayAct, busy, onRun }: Props) {
  const say = useText()
  const { folder, everyHours, keepHourly, keepDaily, keepWeekly, open, found } = backups
  const button = mayAct && folder !== null ? <Button small icon="download" busy={open || busy} onClick={onRun}>{say(open ? healthTexts.backingUp : healthTexts.backUp)}</Button> : null
  const columns = [healthTexts.when, healthTexts.by, healthTexts.form] as const
  return (
    <Panel flush title={say(healthTexts.backups)} actions={button}>
      {folder === null ? null : (
        <p className={styles.note}>{everyHours === null ? say(healthTexts.backupsOff, { folder }) : say(healthTexts.backupsText, { folder, hours: everyHours, hourly: keepHourly ?? 0, daily: keepDaily ?? 0, weekly: keepWeekly ?? 0 })}</p>
      )}
      {found.length === 0 ? <p className={styles.note}>{say(healthTexts.none)}</p> : (
        <div className={styles.tableBox} tabIndex={0} role="region" aria-label={say(healthTexts.backups)}>
          <table className={styles.table}>
            <thead>
              <tr>
                {columns.map((text) => <th key={text.en} scope="col">{say(text)}</th>)}
                <th scope="col" className={styles.right}>{say(healthTexts.size)}</th>
                <th scope="col">{say(healthTexts.place)}</th>
              </tr>
            </thead>
            <tbody>
              {found.map((backup) => (
                <tr key={backup.folder}>
                  <td><Moment value={backup.createdAt} exact /></td>
                  <td>{say(healthTexts[backup.by])}</td>
                  <td>{say(healthTexts[backup.kind])}</td>
                  <td className={styles.right}>{sizeText(backup.bytes)}</td>
                  <td><code>{backup.folder.split('/').pop()}</code></td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  )
}
