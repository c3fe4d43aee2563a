'use client'

import { useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import type { FieldDefinition } from '../../config/language/entity.ts'
import type { OptionHit } from '../../plugins/core/api/search.ts'
import type { CommandResult } from '../../plugins/core/commands/run-command.ts'
import type { DocumentView } from '../../plugins/core/views/document-view.ts'
import { kitTexts } from '../locales/texts.ts'
import { newKey, useApi, useCommand } from './api.ts'
import { Button } from './button.tsx'
import { LabelledField } from './field-input.tsx'
import { formOf, spokenOf, type FormValue } from './field-values.ts'
import { useText } from './kit-context.tsx'
import { SidePanel } from './side-panel.tsx'
import { ErrorBanner } from './surfaces.tsx'

type Props = { readonly to: string; /** What was typed: its name, most likely. */ readonly words: string; readonly onDone: (made: OptionHit) => void; readonly onClose: () => void }

/** Makes a record that a reference lacks, from the form it stands in: its name and what it cannot be without. */
export function QuickCreate({ to, words, onDone, onClose }: Props) {
  const say = useText()
  const { data: view, problem: unread } = useApi<DocumentView>(`/api/views/documents/${to}?name=${encodeURIComponent(words)}`)
  const { busy, problem, run } = useCommand()
  const key = useRef(newKey())
  const [typed, setTyped] = useState<Readonly<Record<string, FormValue>>>({})
  const fields = view ? view.entity.fields.filter(isAsked(view.entity.titleField)) : []
  const values = { ...(view ? formOf(fields, view.initial) : {}), ...typed }
  const submit = async () => {
    if (!view) return
    const result = await run<CommandResult>(`/api/${to}`, { method: 'POST', key: key.current, body: spokenOf(fields, values) })
    if (result?.id) onDone({ id: result.id, title: String(values.name || values[view.entity.titleField] || result.number || result.id), ...(result.number ? { hint: result.number } : {}) })
  }
  const findings = new Map(problem?.findings.map(({ path, message }) => [path, say(message)]))
  return createPortal(
    <SidePanel
      title={view ? say(kitTexts.newRecord, { what: say(view.entity.label) }) : say(kitTexts.loading)} onClose={onClose} onSubmit={() => void submit()}
      foot={<><Button onClick={onClose}>{say(kitTexts.cancel)}</Button><Button type="submit" look="primary" busy={busy} disabled={!view}>{say(kitTexts.create)}</Button></>}
    >
      <ErrorBanner problem={problem ?? unread} shown={new Set(fields.map(({ name }) => name))} />
      {fields.map((field) => (
        <LabelledField
          key={field.name} field={field} value={values[field.name] ?? ''} error={findings.get(field.name)}
          onChange={(value) => { key.current = newKey(); setTyped((old) => ({ ...old, [field.name]: value })) }}
        />
      ))}
    </SidePanel>, document.body)
}

const isAsked = (titleField: string) => ({ name, type, required, readOnly, hidden }: FieldDefinition) =>
  !readOnly && !hidden && type !== 'table' && (required === true || name === 'name' || name === titleField)
