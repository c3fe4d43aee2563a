'use client'

import { useText } from '../kit/kit-context.tsx'
import { StateChip } from '../kit/values.tsx'
import { inspectionTexts as texts } from '../locales/quality-texts.ts'
import type { judged } from './readings.ts'
import styles from './quality.module.css'

const tones = { pending: 'waiting', accept: 'good', reject: 'bad' } as const

/** Where the sample stands while it is entered. */
export function SampleSum({ sum: { inspected, nonconforming, judgement }, plan: { sampleSize, rejectionNumber }, acceptanceNumber }: {
  readonly sum: ReturnType<typeof judged>
  readonly plan: { readonly sampleSize: number; readonly rejectionNumber: number }
  readonly acceptanceNumber: number
}) {
  const say = useText()
  return (
    <div className={styles.sum} role="status">
      <span>{say(texts.inspected)} <strong>{inspected} / {sampleSize}</strong></span>
      <span>{say(texts.found)} <strong>{nonconforming}</strong></span>
      <span>{say(texts.allowed, { ac: acceptanceNumber, re: rejectionNumber })}</span>
      <StateChip label={texts[judgement]} tone={tones[judgement]} />
    </div>
  )
}
