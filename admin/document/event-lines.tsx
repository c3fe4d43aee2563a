'use client'

import type { Text } from '../../config/language/text.ts'
import type { DocumentView, EventView } from '../../plugins/core/views/document-view.ts'
import { Button } from '../kit/button.tsx'
import { FieldInput } from '../kit/field-input.tsx'
import { useText } from '../kit/kit-context.tsx'
import { ScrollBox } from '../kit/scroll-box.tsx'
import { useTitles } from '../kit/titles-context.tsx'
import { FieldValue, isNumeric } from '../kit/values.tsx'
import { documentTexts } from '../locales/document-texts.ts'
import { contextFields } from './context-fields.ts'
import { walkCells } from './grid-keys.ts'
import { startRows, type EventRows } from './event-rows.ts'
import styles from './lines.module.css'

type Props = {
  readonly event: EventView
  readonly view: DocumentView
  readonly rows: EventRows
  readonly findings: ReadonlyMap<string, ReadonlyMap<string, Text>>
  readonly onChange: (rows: EventRows) => void
}

/** The lines of the document with what the step asks of each. */
export function EventLines({ event, view, rows, findings, onChange }: Props) {
  const say = useText()
  const { titles } = useTitles()
  const shown = contextFields(view)
  const set = (id: string, name: string, value: EventRows[string][string]) => onChange({ ...rows, [id]: { ...rows[id], [name]: value } })
  const messages = view.lines.flatMap((line, index) => [...(findings.get(line.id) ?? [])].map(([name, message]) => ({ key: `${line.id}${name}`, text: `${index + 1}. ${say(message)}` })))
  return (
    <div>
      <div className={styles.bar}>
        {event.suggestions?.mode === 'open' ? (
          <>
            <Button small onClick={() => onChange(startRows(event, view.lines))}>{say(documentTexts.all)}</Button>
            <Button small look="ghost" onClick={() => onChange(Object.fromEntries(Object.entries(rows).map(([id, row]) => [id, { ...row, [event.lineInput[0]?.name ?? '']: '' }])))}>{say(documentTexts.noneOfIt)}</Button>
          </>
        ) : null}
      </div>
      <ScrollBox className={styles.scroll} role="group" aria-label={say(documentTexts.lines)} tabIndex={0}>
        <table className={styles.grid}>
          <thead>
            <tr>
              {shown.map((field, at) => <th key={field.name} scope="col" data-context={at > 0 || undefined} className={isNumeric(field) ? styles.right : ''}>{say(field.label)}</th>)}
              {event.lineInput.map((field) => <th key={field.name} scope="col" className={isNumeric(field) ? styles.right : ''}>{say(field.label)}</th>)}
            </tr>
          </thead>
          <tbody onKeyDown={walkCells}>
            {view.lines.map((line, index) => (
              <tr key={line.id}>
                {shown.map((field, at) => <td key={field.name} data-context={at > 0 || undefined} className={`${styles.text} ${isNumeric(field) ? styles.right : ''}`}><FieldValue field={field} value={line[field.name]} titles={titles} dense /></td>)}
                {event.lineInput.map((field) => (
                  <td key={field.name} className={styles.cell} data-open>
                    <FieldInput
                      field={field} bare value={rows[line.id]?.[field.name] ?? ''} label={say(documentTexts.lineField, { field: say(field.label), line: index + 1 })}
                      invalid={findings.get(line.id)?.has(field.name) ?? false} onChange={(value) => set(line.id, field.name, value)}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {messages.length > 0 ? <ul className={styles.messages} role="alert">{messages.map(({ key, text }) => <li key={key}>{text}</li>)}</ul> : null}
    </div>
  )
}
