'use client'

import { useState } from 'react'
import { longText } from '../../config/language/fields.ts'
import type { ReturnChoices } from '../../plugins/core/approvals/waiting.ts'
import type { RequestProblem } from '../kit/api.ts'
import { Button } from '../kit/button.tsx'
import { LabelledField } from '../kit/field-input.tsx'
import { useText } from '../kit/kit-context.tsx'
import { ErrorBanner } from '../kit/surfaces.tsx'
import { approvalTexts } from '../locales/approval-texts.ts'
import styles from './approvals.module.css'

export type Chosen = { readonly decision: 'approve' | 'reject' | 'return'; readonly comment: string; readonly to?: string }

const commentField = longText('comment', approvalTexts.comment, { help: approvalTexts.commentHelp })

/** A comment and what one decides. */
export function DecisionForm({ busy, problem, returns, submitter, onDecide }: {
  readonly busy: boolean
  readonly problem: RequestProblem | null
  readonly returns: ReturnChoices
  readonly submitter: string
  readonly onDecide: (chosen: Chosen) => void
}) {
  const say = useText()
  const [comment, setComment] = useState('')
  const [back, setBack] = useState('')
  const mayReturn = returns.toSubmitter || returns.steps.length > 0
  const target = back || (returns.toSubmitter ? submitterChoice : returns.steps[0]?.name ?? '')
  return (
    <div className={styles.form}>
      <ErrorBanner problem={problem} />
      <LabelledField field={commentField} value={comment} onChange={(value) => setComment(String(value))} />
      <div className={styles.buttons}>
        <Button look="primary" icon="check" busy={busy} onClick={() => onDecide({ decision: 'approve', comment })}>{say(approvalTexts.approve)}</Button>
        <Button danger busy={busy} onClick={() => onDecide({ decision: 'reject', comment })}>{say(approvalTexts.reject)}</Button>
        {mayReturn ? (
          <span className={styles.back}>
            <Button busy={busy} onClick={() => onDecide({ decision: 'return', comment, ...(target === submitterChoice ? {} : { to: target }) })}>{say(approvalTexts.sendBack)}</Button>
            {returns.steps.length > 0 ? (
              <select aria-label={say(approvalTexts.sendBackTo)} value={target} onChange={(event) => setBack(event.target.value)}>
                {returns.toSubmitter ? <option value={submitterChoice}>{say(approvalTexts.toSubmitter, { name: submitter })}</option> : null}
                {returns.steps.map(({ name, label }) => <option key={name} value={name}>{say(label)}</option>)}
              </select>
            ) : null}
          </span>
        ) : null}
      </div>
    </div>
  )
}

/** No step is called like it: their names begin with a letter. */
const submitterChoice = '-'
