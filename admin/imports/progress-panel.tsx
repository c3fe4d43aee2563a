'use client'

import type { ReactNode } from 'react'
import type { Text } from '../../config/language/text.ts'
import { formatDecimalText } from '../kit/format.ts'
import { useText } from '../kit/kit-context.tsx'
import { Panel } from '../kit/surfaces.tsx'
import { importTexts } from '../locales/import-texts.ts'
import { spanText } from '../operations/sizes.ts'
import type { ImportView } from './import-types.ts'
import { countText } from './count-tiles.tsx'
import { ProgressBar } from './progress-bar.tsx'
import styles from './imports.module.css'

type Props = { readonly view: ImportView; readonly title: Text; readonly text: Text; readonly paused?: boolean; readonly children?: ReactNode }

/** Work on an import while it goes on: how far, how fast, how much longer. */
export function ProgressPanel({ view: { counts, progress, rowsPerSecond }, title, text, paused = false, children }: Props) {
  const say = useText()
  const rest = counts.rows === null ? null : counts.rows - counts.read
  const left = rowsPerSecond && rest !== null && !paused ? say(importTexts.left, { time: spanText(Math.max(1, Math.ceil(rest / rowsPerSecond)), say) }) : ''
  const facts = [
    counts.rows !== null ? say(importTexts.rowsOf, { read: countText(counts, 'read'), rows: countText(counts, 'rows') }) : counts.read > 0 ? say(importTexts.rowsRead, { read: countText(counts, 'read') }) : '',
    rowsPerSecond && !paused ? say(importTexts.perSecond, { count: formatDecimalText(String(rowsPerSecond)) }) : '', left,
  ].filter(Boolean)
  return (
    <Panel title={say(title)}>
      <p className={styles.lead}>{say(text)}</p>
      <ProgressBar value={progress} label={say(title)} paused={paused} />
      <p className={styles.under}>{facts.join(' · ')}</p>
      {children}
    </Panel>
  )
}
