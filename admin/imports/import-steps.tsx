'use client'

import type { Text } from '../../config/language/text.ts'
import { Icon } from '../kit/icon.tsx'
import { useText } from '../kit/kit-context.tsx'
import { importTexts } from '../locales/import-texts.ts'
import page from '../kit/page.module.css'
import styles from './imports.module.css'

const steps: readonly Text[] = [importTexts.stepFile, importTexts.stepColumns, importTexts.stepCheck, importTexts.stepRun, importTexts.stepDone]

/** Where one is, of the five; on a phone in words. `current` counts from 1; past the last: all is done. */
export function ImportSteps({ current }: { readonly current: number }) {
  const say = useText()
  const shown = steps[Math.min(current, steps.length) - 1] ?? importTexts.stepDone
  return (
    <>
      <ol className={styles.steps} aria-label={say(importTexts.steps)}>
        {steps.map((name, index) => {
          const isPassed = index + 1 < current
          return (
            <li key={name.en} data-passed={isPassed} aria-current={index + 1 === current ? 'step' : undefined}>
              <span aria-hidden="true">{isPassed ? <Icon name="check" size={13} /> : index + 1}</span>
              {say(name)}{isPassed ? <span className={page.srOnly}> ({say(importTexts.stepPassed)})</span> : null}
            </li>
          )
        })}
      </ol>
      <p className={styles.stepShort} aria-hidden="true">{say(importTexts.stepOf, { step: Math.min(current, steps.length), name: say(shown) })}</p>
    </>
  )
}
