'use client'

import { useState } from 'react'
import type { Text } from '../../config/language/text.ts'
import type { FieldChange } from '../../plugins/core/configuration/field-changes.ts'
import { useApi } from '../kit/api.ts'
import { useText } from '../kit/kit-context.tsx'
import { ErrorBanner } from '../kit/surfaces.tsx'
import { changeTexts } from '../locales/change-texts.ts'
import { configurationTexts } from '../locales/configuration-texts.ts'
import { ChangeList } from './change-list.tsx'
import styles from './configuration.module.css'

type Props = { readonly numbers: readonly number[]; readonly labelOf: (entity: string) => Text }

/** What differs between any two versions; 0 is what is shipped. */
export function CompareVersions({ numbers, labelOf }: Props) {
  const say = useText()
  const [from, setFrom] = useState(numbers[1] ?? 0)
  const [to, setTo] = useState(numbers[0] ?? 0)
  const { data, problem } = useApi<{ changes: readonly FieldChange[] }>(`/api/configuration/changes?from=${from}&to=${to}`)
  const choice = (label: Text, value: number, put: (value: number) => void) => (
    <label>{say(label)} <select className={styles.pick} value={value} onChange={(event) => put(Number(event.target.value))}>{numbers.map((number) => <option key={number} value={number}>{number === 0 ? `0 · ${say(configurationTexts.asShipped)}` : number}</option>)}</select></label>
  )
  return (
    <div className={styles.compare}>
      <div>{choice(changeTexts.compareFrom, from, setFrom)} {choice(changeTexts.compareTo, to, setTo)}</div>
      <ErrorBanner problem={problem} />
      <div role="status">{data && data.changes.length === 0 ? say(changeTexts.same) : null}</div>
      {data ? <ChangeList changes={data.changes} labelOf={labelOf} /> : null}
    </div>
  )
}
