'use client'

import { useState } from 'react'
import type { Text } from '../../config/language/text.ts'
import { Button } from '../kit/button.tsx'
import { useText } from '../kit/kit-context.tsx'
import { SidePanel } from '../kit/side-panel.tsx'
import { peopleTexts } from '../locales/people-texts.ts'
import { kitTexts } from '../locales/texts.ts'
import styles from './people.module.css'

/** Several of a list. `all`: the words for "no limit", which is `null`. */
export function ChoicePanel({ title, text, all, options, chosen, disabled, onApply, onClose }: {
  readonly title: string
  readonly text: string
  readonly all?: string
  readonly options: readonly { readonly name: string; readonly label: Text }[]
  readonly chosen: ReadonlySet<string> | null
  readonly disabled: boolean
  readonly onApply: (chosen: ReadonlySet<string> | null) => void
  readonly onClose: () => void
}) {
  const say = useText()
  const [picked, setPicked] = useState<ReadonlySet<string> | null>(chosen)
  const toggle = (name: string, on: boolean) => {
    const next = new Set(picked)
    if (on) next.add(name)
    else next.delete(name)
    setPicked(next)
  }
  return (
    <SidePanel
      title={title} onClose={onClose} onSubmit={() => onApply(picked)}
      foot={<><Button onClick={onClose}>{say(kitTexts.cancel)}</Button><Button type="submit" look="primary" disabled={disabled}>{say(peopleTexts.apply)}</Button></>}
    >
      <p className={styles.note}>{text}</p>
      <fieldset className={styles.roleList} disabled={disabled}>
        <legend className={styles.srOnly}>{title}</legend>
        {all ? <label><input type="checkbox" checked={picked === null} onChange={(event) => setPicked(event.target.checked ? null : new Set(options.map(({ name }) => name)))} /><strong>{all}</strong></label> : null}
        {options.map(({ name, label }) => (
          <label key={name}>
            <input type="checkbox" disabled={picked === null} checked={picked === null || picked.has(name)} onChange={(event) => toggle(name, event.target.checked)} />
            {say(label)}
          </label>
        ))}
      </fieldset>
    </SidePanel>
  )
}
