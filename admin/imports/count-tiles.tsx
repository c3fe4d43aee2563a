'use client'

import type { Text } from '../../config/language/text.ts'
import type { ImportCounts } from '../../plugins/core/imports/import-record.ts'
import { formatDecimalText } from '../kit/format.ts'
import { useText } from '../kit/kit-context.tsx'
import { importTexts } from '../locales/import-texts.ts'
import type { ImportView } from './import-types.ts'
import styles from './import-problems.module.css'

/** What became, or would become, of the rows. */
export function CountTiles({ view: { counts, status } }: { readonly view: Pick<ImportView, 'counts' | 'status'> }) {
  const say = useText()
  const isDryRun = status === 'checking' || status === 'checked'
  const tiles: readonly { readonly label: Text; readonly count: number; readonly tone?: 'good' | 'bad' }[] = [
    { label: importTexts.rows, count: Math.max(counts.read, counts.rows ?? 0) },
    { label: importTexts.good, count: counts.good, tone: 'good' },
    { label: importTexts.bad, count: counts.bad, ...(counts.bad > 0 ? { tone: 'bad' as const } : {}) },
    { label: isDryRun ? importTexts.wouldCreate : importTexts.created, count: counts.created },
    { label: isDryRun ? importTexts.wouldChange : importTexts.changed, count: counts.changed },
    { label: isDryRun ? importTexts.wouldSkip : importTexts.skipped, count: counts.skipped },
  ]
  return (
    <dl className={styles.tiles}>
      {tiles.map(({ label, count, tone }) => <div key={label.en} data-tone={tone} data-zero={count === 0 || undefined}><dt>{say(label)}</dt><dd>{formatDecimalText(String(count))}</dd></div>)}
    </dl>
  )
}

export const countText = (counts: ImportCounts, name: 'read' | 'rows' | 'good' | 'bad' | 'created' | 'changed'): string => formatDecimalText(String(counts[name] ?? 0))
