'use client'

import type { MigrationView } from '../../plugins/core/configuration/workflows/live-documents.ts'
import { ProgressBar } from '../imports/progress-bar.tsx'
import { Button } from '../kit/button.tsx'
import { useText } from '../kit/kit-context.tsx'
import { Banner, BannerActions } from '../kit/surfaces.tsx'
import { Moment } from '../kit/values.tsx'
import { migrationTexts } from '../locales/migration-texts.ts'
import styles from './configuration.module.css'

type Props = { readonly migration: MigrationView; readonly mayDecide: boolean; readonly busy: boolean; readonly onDecide: (how: 'confirmation' | 'reversal') => void }

/** How the last plan goes or went; while it is open, its two ways out. */
export function MigrationState({ migration: { status, told, by, at }, mayDecide, busy, onDecide }: Props) {
  const say = useText()
  const { done = 0, total = 0, moved = 0, staying = 0 } = told ?? {}
  const text = say(migrationTexts[status], { done, total, moved, staying })
  if (status === 'running' || status === 'reverting') return <div role="status"><p>{text}</p><ProgressBar value={total > 0 ? Math.min(1, done / total) : null} label={text} /></div>
  const who = <small className={styles.faint}>{by} · <Moment value={at} /></small>
  if (status === 'confirmed' || status === 'reverted') return <p role="status">{text} {who}</p>
  return (
    <Banner tone={status === 'failed' ? 'bad' : 'warning'}>
      <strong>{text}</strong>
      <p>{who}</p>
      {mayDecide ? (
        <BannerActions>
          <Button small look="primary" busy={busy} onClick={() => onDecide('confirmation')}>{say(migrationTexts.confirm)}</Button>
          <Button small busy={busy} onClick={() => onDecide('reversal')}>{say(migrationTexts.revert)}</Button>
        </BannerActions>
      ) : null}
    </Banner>
  )
}
