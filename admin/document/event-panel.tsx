'use client'

import { useRef, useState } from 'react'
import type { CommandResult } from '../../plugins/core/commands/run-command.ts'
import { todayIn } from '../../plugins/core/engine/dates.ts'
import type { EventView } from '../../plugins/core/views/document-view.ts'
import { newKey, useCommand } from '../kit/api.ts'
import { Button } from '../kit/button.tsx'
import { LabelledField } from '../kit/field-input.tsx'
import { formOf, missingIn, spokenOf, startOf, type FormValue } from '../kit/field-values.ts'
import { useKit, useText } from '../kit/kit-context.tsx'
import { notify } from '../kit/notify.ts'
import { SidePanel } from '../kit/side-panel.tsx'
import { ErrorBanner } from '../kit/surfaces.tsx'
import { kitTexts } from '../locales/texts.ts'
import { documentTexts } from '../locales/document-texts.ts'
import { ChangeLines } from './change-lines.tsx'
import { EventLines } from './event-lines.tsx'
import { EventPreviewBox } from './event-preview.tsx'
import { rowsToSend, startRows, type AddedRow, type EventRows } from './event-rows.ts'
import { findingsOf } from './findings.ts'
import type { useDocument } from './use-document.ts'
import { useEventPreview } from './use-event-preview.ts'
import panel from '../kit/side-panel.module.css'

type Props = { readonly event: EventView; readonly open: ReturnType<typeof useDocument>; readonly onClose: () => void }

/** One step of a document: what it asks for, its reason, and every refusal at its place. */
export function EventPanel({ event, open, onClose }: Props) {
  const say = useText()
  const { firm } = useKit()
  const { view } = open
  const { busy, problem, run, clear } = useCommand()
  const key = useRef(newKey())
  const [values, setValues] = useState<Record<string, FormValue>>(() => formOf(event.input, startValues(event, view.document, todayIn(firm.timeZone))))
  const [rows, setRows] = useState<EventRows>(() => startRows(event, view.lines))
  const [reason, setReason] = useState('')
  const [added, setAdded] = useState<readonly AddedRow[]>([])
  const [sent, setSent] = useState<readonly string[][]>([[], []])
  const touch = () => { key.current = newKey(); clear() }
  const path = `/api/${view.entity.slug}/${encodeURIComponent(view.document?.id ?? '')}/events/${event.event}`
  const lines = rowsToSend(event, view.lines, rows)
  const asking = (rowsAdded: readonly AddedRow[]) => ({
    input: spokenOf(event.input.filter(({ name }) => values[name] !== ''), values),
    ...(event.lineInput.length > 0 && lines.length > 0 ? { lines } : {}),
    ...(rowsAdded.length > 0 ? { newLines: rowsAdded.map((row) => spokenOf((event.newLines ?? []).filter(({ name }) => (row.values[name] ?? '') !== ''), row.values)) } : {}),
  })
  const lineKeys = lines.map(({ line }) => line)
  // A line that is still being filled in has no effect to show yet, and nothing to complain about.
  const filled = added.filter((row) => missingIn(event.newLines ?? [], row.values).length === 0)
  const said = JSON.stringify(asking(filled))
  const untouched = useRef(said)
  const rehearsal = useEventPreview(`${path}/preview`, event.preview && said !== untouched.current ? said : null)
  const submit = async () => {
    setSent([lineKeys, added.map((row) => row.key)])
    const result = await run<CommandResult>(path, {
      method: 'POST', key: key.current, body: { ...asking(added), expectedVersion: view.document?.version, ...(reason.trim() ? { reason: reason.trim() } : {}) },
    })
    if (!result) return
    notify(result.message ? say(result.message) : say(documentTexts.stepDone, { step: say(event.label) }))
    onClose()
    await open.reload()
    open.follow()
  }
  const told = problem ?? rehearsal.problem
  const findings = problem ? findingsOf(problem, sent[0] ?? [], sent[1]) : findingsOf(told, lineKeys, filled.map((row) => row.key))
  const shown = new Set([...findings.shown, ...event.input.map(({ name }) => name)])
  const isReasonMissing = event.reason === 'required' && !reason.trim()
  const isBare = event.input.length === 0 && event.lineInput.length === 0
  return (
    <SidePanel
      title={say(event.label)} onClose={onClose} wide={event.lineInput.length > 0} onSubmit={() => void submit()}
      foot={(
        <>
          <Button onClick={onClose}>{say(kitTexts.cancel)}</Button>
          <Button type="submit" look="primary" danger={event.tone === 'bad'} busy={busy} disabled={isReasonMissing} {...(isBare && !event.reason ? { 'data-autofocus': true } : {})}>{say(event.label)}</Button>
        </>
      )}
    >
      {event.help ? <p className={panel.help}>{say(event.help)}</p> : null}
      <ErrorBanner problem={problem} shown={shown} />
      {event.input.map((field) => {
        const finding = findings.fields.get(field.name)
        return (
          <LabelledField
            key={field.name} field={field} value={values[field.name] ?? ''} {...(finding ? { error: say(finding) } : {})}
            onChange={(value) => { touch(); setValues((old) => ({ ...old, [field.name]: value })) }}
          />
        )
      })}
      {event.suggestions?.mode === 'change' ? (
        <ChangeLines
          event={event} view={view} rows={rows} added={added} findings={findings.lines}
          onRows={(next) => { touch(); setRows(next) }} onAdded={(next) => { touch(); setAdded(next) }}
        />
      ) : event.lineInput.length > 0 ? <EventLines event={event} view={view} rows={rows} findings={findings.lines} onChange={(next) => { touch(); setRows(next) }} /> : null}
      {event.reason ? (
        <LabelledField
          field={{ name: 'reason', type: 'longText', label: documentTexts.reason, required: event.reason === 'required' }} value={reason}
          onChange={(value) => { touch(); setReason(String(value)) }}
        />
      ) : null}
      {event.preview ? <EventPreviewBox {...rehearsal} problem={problem ? null : rehearsal.problem} shown={shown} /> : null}
    </SidePanel>
  )
}

/** Fields that the document has too start with its value: most steps confirm what is known. */
function startValues({ input }: EventView, document: Readonly<Record<string, unknown>> | null, today: string): Record<string, unknown> {
  return Object.fromEntries(input.map((field) => [field.name, document?.[field.name] ?? startOf(field, today)]))
}
