'use client'

import { useText } from '../kit/kit-context.tsx'
import { Empty, Moment } from '../kit/values.tsx'
import { ageTexts } from '../locales/running-texts.ts'
import styles from './views.module.css'

/** Until when a document may stay in its state, in words as of now; marked when that is over. `at`: when the list was read. */
export function DueValue({ due, at, withLabel = false }: { readonly due: unknown; readonly at: string; /** Where no heading says what it is. */ readonly withLabel?: boolean }) {
  const say = useText()
  if (typeof due !== 'string') return <Empty />
  const isLate = due < at
  return <span className={styles.due} data-late={isLate || undefined} title={say(isLate ? ageTexts.late : ageTexts.due)}>{isLate || withLabel ? `${say(isLate ? ageTexts.late : ageTexts.due)} ` : ''}<Moment value={due} /></span>
}
