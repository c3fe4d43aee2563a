'use client'

import styles from './import-file.module.css'

/** How far something is; `value` 0 to 1, null: it moves, and nobody knows how far. */
export function ProgressBar({ value, label, paused = false }: { readonly value: number | null; readonly label: string; readonly paused?: boolean }) {
  const percent = value === null ? undefined : Math.floor(Math.min(1, Math.max(0, value)) * 100)
  return (
    <div className={styles.progress}>
      <div role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100} {...(percent === undefined ? {} : { 'aria-valuenow': percent })} className={styles.track} data-unknown={percent === undefined} data-paused={paused}>
        <span style={{ inlineSize: percent === undefined ? '30%' : `${percent}%` }} />
      </div>
      <span className={styles.percent} aria-hidden="true">{percent === undefined ? '' : `${percent} %`}</span>
    </div>
  )
}
