'use client'

import type { FieldDefinition } from '../../config/language/entity.ts'
import type { Text } from '../../config/language/text.ts'
import type { DocumentView, EventView } from '../../plugins/core/views/document-view.ts'
import { Button, IconButton } from '../kit/button.tsx'
import { LabelledField } from '../kit/field-input.tsx'
import { toForm, type FormValue } from '../kit/field-values.ts'
import { useText } from '../kit/kit-context.tsx'
import { useTitles } from '../kit/titles-context.tsx'
import { FieldValue } from '../kit/values.tsx'
import { documentTexts } from '../locales/document-texts.ts'
import { contextFields } from './context-fields.ts'
import type { AddedRow, EventRows } from './event-rows.ts'
import styles from './change.module.css'

type Props = {
  readonly event: EventView
  readonly view: DocumentView
  readonly rows: EventRows
  readonly added: readonly AddedRow[]
  readonly findings: ReadonlyMap<string, ReadonlyMap<string, Text>>
  readonly onRows: (rows: EventRows) => void
  readonly onAdded: (added: readonly AddedRow[]) => void
}

/** The lines of a document as a step changes them, one below the other: nothing is wider than the panel. */
export function ChangeLines({ event, view, rows, added, findings, onRows, onAdded }: Props) {
  const say = useText()
  const { titles } = useTitles()
  const [name, ...others] = contextFields(view)
  // A reference brings its name along.
  const facts = others.filter((field) => field.name !== 'description' || name?.type !== 'relation')
  const setAdded = (key: string, field: string, value: FormValue) => onAdded(added.map((row) => (row.key === key ? { ...row, values: { ...row.values, [field]: value } } : row)))
  return (
    <div className={styles.lines} role="group" aria-label={say(documentTexts.lines)}>
      {view.lines.map((line, index) => (
        <fieldset key={line.id} className={styles.line}>
          <legend><span className={styles.number}>{index + 1}</span>{name ? <FieldValue field={name} value={line[name.name]} titles={titles} /> : null}</legend>
          <p className={styles.facts}>{facts.map((field) => <span key={field.name}>{say(field.label)} <FieldValue field={field} value={line[field.name]} titles={titles} dense /></span>)}</p>
          <Fields
            fields={event.lineInput} values={rows[line.id] ?? {}} line={index + 1} findings={findings.get(line.id)}
            onChange={(field, value) => onRows({ ...rows, [line.id]: { ...rows[line.id], [field]: value } })}
          />
        </fieldset>
      ))}
      {added.map(({ key, values }, index) => (
        <fieldset key={key} className={styles.line} data-added>
          <legend>
            <span className={styles.number}>{view.lines.length + index + 1}</span>{say(documentTexts.newLine)}
            <IconButton small icon="close" label={say(documentTexts.removeLine, { line: view.lines.length + index + 1 })} onClick={() => onAdded(added.filter((row) => row.key !== key))} />
          </legend>
          <Fields fields={event.newLines ?? []} values={values} line={view.lines.length + index + 1} findings={findings.get(key)} onChange={(field, value) => setAdded(key, field, value)} />
        </fieldset>
      ))}
      {event.newLines ? (
        <div><Button small icon="plus" onClick={() => onAdded([...added, { key: `new-${(added.at(-1)?.order ?? 0) + 1}`, order: (added.at(-1)?.order ?? 0) + 1, values: {} }])}>{say(documentTexts.addLine)}</Button></div>
      ) : null}
    </div>
  )
}

function Fields({ fields, values, line, findings, onChange }: {
  readonly fields: readonly FieldDefinition[]
  readonly values: Readonly<Record<string, FormValue>>
  readonly line: number
  readonly findings: ReadonlyMap<string, Text> | undefined
  readonly onChange: (field: string, value: FormValue) => void
}) {
  const say = useText()
  return (
    <div className={styles.fields}>
      {fields.map((field) => {
        const finding = findings?.get(field.name)
        return (
          <LabelledField
            key={field.name} field={field} value={values[field.name] ?? toForm(field, null)} label={say(documentTexts.lineField, { field: say(field.label), line })}
            {...(finding ? { error: say(finding) } : {})} onChange={(value) => onChange(field.name, value)}
          />
        )
      })}
    </div>
  )
}
