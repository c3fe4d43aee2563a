'use client'

import type { StepView } from '../../plugins/core/home/home-view.ts'
import { ButtonLink } from '../kit/button.tsx'
import { Icon } from '../kit/icon.tsx'
import { useText } from '../kit/kit-context.tsx'
import { homeTexts } from '../locales/home-texts.ts'
import page from '../kit/page.module.css'
import styles from './work.module.css'

/** What a new firm does first; the next open step has the button. */
export function FirstSteps({ steps }: { readonly steps: readonly StepView[] }) {
  const say = useText()
  const next = steps.find(({ done }) => !done)
  return (
    <section className={styles.box}>
      <header className={styles.boxHead}>
        <h3>{say(homeTexts.steps)}</h3>
        <span className={styles.why}>{say(homeTexts.stepsText, { done: steps.filter(({ done }) => done).length, count: steps.length })}</span>
      </header>
      <ol className={styles.steps}>
        {steps.map((step, index) => (
          <li key={step.name} data-done={step.done}>
            <span className={styles.stepMark} aria-hidden="true">{step.done ? <Icon name="check" size={14} /> : index + 1}</span>
            <div><strong>{say(step.label)}</strong>{step.done ? <span className={page.srOnly}> ({say(homeTexts.stepDone)})</span> : null}<p>{say(step.help)}</p></div>
            {step.done ? null : <ButtonLink small href={step.href} {...(step === next ? { look: 'primary' as const } : {})}>{say(homeTexts.begin)}</ButtonLink>}
          </li>
        ))}
      </ol>
    </section>
  )
}
