'use client'

import { useRef, useState } from 'react'
import type { FieldDefinition } from '../../config/language/entity.ts'
import type { CommandResult } from '../../plugins/core/commands/run-command.ts'
import { todayIn } from '../../plugins/core/engine/dates.ts'
import { kitTexts } from '../locales/texts.ts'
import { newKey, useCommand } from './api.ts'
import { Button } from './button.tsx'
import { LabelledField } from './field-input.tsx'
import { formOf, spokenOf, startOf, type FormValue } from './field-values.ts'
import { useKit, useText } from './kit-context.tsx'
import { SidePanel } from './side-panel.tsx'
import { ErrorBanner } from './surfaces.tsx'
import styles from './side-panel.module.css'

/** Asks for the input of a command, sends it and shows at each field what is wrong with it. */
export function InputPanel({ title, text, action, fields, path, danger = false, onDone, onClose }: {
  readonly title: string
  readonly text: string
  readonly action: string
  readonly fields: readonly FieldDefinition[]
  readonly path: string
  readonly danger?: boolean
  readonly onDone: (result: CommandResult) => void
  readonly onClose: () => void
}) {
  const say = useText()
  const { firm } = useKit()
  const { busy, problem, run } = useCommand()
  const key = useRef(newKey())
  const [values, setValues] = useState<Record<string, FormValue>>(() => formOf(fields, Object.fromEntries(fields.map((field) => [field.name, startOf(field, todayIn(firm.timeZone))]))))
  const submit = async () => {
    const result = await run<CommandResult>(path, { method: 'POST', key: key.current, body: { input: spokenOf(fields, values) } })
    if (result) onDone(result)
  }
  const findings = new Map(problem?.findings.map(({ path: at, message }) => [at, say(message)]))
  return (
    <SidePanel
      title={title} onClose={onClose} onSubmit={() => void submit()}
      foot={<><Button onClick={onClose}>{say(kitTexts.cancel)}</Button><Button type="submit" look="primary" danger={danger} busy={busy}>{action}</Button></>}
    >
      {text ? <p className={styles.help}>{text}</p> : null}
      <ErrorBanner problem={problem} shown={new Set(fields.map(({ name }) => name))} />
      {fields.map((field) => (
        <LabelledField
          key={field.name} field={field} value={values[field.name] ?? ''} error={findings.get(field.name)}
          onChange={(value) => { key.current = newKey(); setValues((old) => ({ ...old, [field.name]: value })) }}
        />
      ))}
    </SidePanel>
  )
}
