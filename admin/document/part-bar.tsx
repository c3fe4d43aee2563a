'use client'

import { useText } from '../kit/kit-context.tsx'
import { Icon } from '../kit/icon.tsx'
import { layoutTexts } from '../locales/layout-texts.ts'
import type { ShownPart } from './form-sections.ts'
import styles from './parts.module.css'

type Props = {
  readonly parts: readonly ShownPart[]
  readonly at: number
  /** Parts in which something is wrong. */
  readonly wrong: ReadonlySet<string>
  readonly onChoose: (index: number) => void
}

/** The tabs of a form: any of them at any time. */
export function TabBar({ parts, at, wrong, onChoose }: Props) {
  const say = useText()
  return (
    <div className={styles.tabs} role="group" aria-label={say(layoutTexts.tabs)}>
      {parts.map(({ key, label }, index) => (
        <button key={key} type="button" aria-pressed={index === at} data-wrong={wrong.has(key) || undefined} onClick={() => onChoose(index)}>
          {say(label)}{wrong.has(key) ? <span className={styles.mark} aria-label={say(layoutTexts.wrongHere)}>!</span> : null}
        </button>
      ))}
    </div>
  )
}

/** The steps of a form: one may go back to those that are done, and on by the button below. */
export function StepBar({ parts, at, wrong, onChoose }: Props) {
  const say = useText()
  return (
    <ol className={styles.steps} aria-label={say(layoutTexts.steps)}>
      {parts.map(({ key, label }, index) => (
        <li key={key} aria-current={index === at ? 'step' : undefined} data-done={index < at || undefined} data-wrong={wrong.has(key) || undefined}>
          <button type="button" disabled={index >= at} onClick={() => onChoose(index)}>
            <span className={styles.number}>{wrong.has(key) ? '!' : index < at ? <Icon name="check" size={12} /> : index + 1}</span>
            <span className={styles.name}>{say(label)}</span>
          </button>
        </li>
      ))}
    </ol>
  )
}
