'use client'

import type { SimulatedApproval, SimulatedDeadline } from '../../../plugins/core/configuration/simulate/simulation.ts'
import { useText } from '../../kit/kit-context.tsx'
import { approvalDesignTexts } from '../../locales/approval-design-texts.ts'
import { designerTexts } from '../../locales/designer-texts.ts'
import styles from './designer.module.css'

export const utc = (moment: string): string => `${moment.slice(0, 16).replace('T', ' ')} UTC`

/** Until when a state has to be left, and when there is a warning. */
export function DeadlineText({ deadline: { label, due, warn } }: { readonly deadline: SimulatedDeadline }) {
  const say = useText()
  const text = say(designerTexts.deadlineBegun, { state: say(label), due: due === null ? say(designerTexts.noWorkingTime) : utc(due) })
  return <>{text}{warn === null ? '' : ` (${say(designerTexts.deadlineWarns, { warn: utc(warn) })})`}</>
}

/** The steps of an approval with those who would be asked. */
export function ApprovalSteps({ approval: { label, steps } }: { readonly approval: SimulatedApproval }) {
  const say = useText()
  return (
    <ol className={styles.steps} aria-label={say(label)}>
      {steps.map(({ name, label: step, mode, asked }) => (
        <li key={name}>
          <strong>{say(step)}</strong>: {asked === null ? <span className={styles.faint}>{say(designerTexts.passedOver)}</span> : asked.map(({ name: who, instead }) => `${say(who)}${instead ? ` (${say(designerTexts.insteadOf)})` : ''}`).join(', ')}
          {asked && asked.length > 1 ? <span className={styles.faint}> · {say(approvalDesignTexts[mode])}</span> : null}
        </li>
      ))}
    </ol>
  )
}
