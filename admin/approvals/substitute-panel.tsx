'use client'

import { useState } from 'react'
import { date, option, select } from '../../config/language/fields.ts'
import type { ColleagueChoice, Substitution } from '../../plugins/core/approvals/substitutes.ts'
import { useCommand } from '../kit/api.ts'
import { Button } from '../kit/button.tsx'
import { LabelledField } from '../kit/field-input.tsx'
import { useText } from '../kit/kit-context.tsx'
import { notify } from '../kit/notify.ts'
import { ErrorBanner, Panel } from '../kit/surfaces.tsx'
import { approvalTexts } from '../locales/approval-texts.ts'
import styles from './approvals.module.css'

/** Who decides in one's place, from one day to another. */
export function SubstitutePanel({ initial, colleagues }: { readonly initial: Substitution; readonly colleagues: readonly ColleagueChoice[] }) {
  const say = useText()
  const { busy, problem, run } = useCommand()
  const [values, setValues] = useState({ substitute: initial.substitute ?? '', from: initial.from ?? '', until: initial.until ?? '' })
  const findings = new Map(problem?.findings.map(({ path, message }) => [path, say(message)]))
  const fields = [
    select('substitute', approvalTexts.substitute, { options: colleagues.map(({ id, name }) => option(id, { en: name, zh: name })) }),
    date('from', approvalTexts.from),
    date('until', approvalTexts.until),
  ]
  const save = async () => {
    const saved = await run<Substitution>('/api/approvals/substitute', { method: 'PUT', body: { substitute: values.substitute || null, from: values.from || null, until: values.until || null } })
    if (saved) notify(say(approvalTexts.awaySaved))
  }
  return (
    <Panel title={say(approvalTexts.awayTitle)}>
      <p className={styles.note}>{say(approvalTexts.awayText)}</p>
      <ErrorBanner problem={problem} shown={new Set(['substitute', 'from', 'until'])} />
      <form className={styles.away} onSubmit={(event) => { event.preventDefault(); void save() }}>
        {fields.map((field) => {
          const error = findings.get(field.name)
          return <LabelledField key={field.name} field={field} value={values[field.name as keyof typeof values]} {...(error === undefined ? {} : { error })} onChange={(value) => setValues({ ...values, [field.name]: String(value) })} />
        })}
        <Button type="submit" busy={busy}>{say(approvalTexts.save)}</Button>
      </form>
    </Panel>
  )
}
