'use client'

import { useId, useRef, useState, type ClipboardEvent, type KeyboardEvent } from 'react'
import type { ColumnDefinition, FieldDefinition } from '../../config/language/entity.ts'
import type { Text } from '../../config/language/text.ts'
import { Button, IconButton } from '../kit/button.tsx'
import { FieldInput } from '../kit/field-input.tsx'
import { filledRows, formOf, rowsOf, type FormRow, type FormValue } from '../kit/field-values.ts'
import { useText } from '../kit/kit-context.tsx'
import { isTable } from '../kit/paste.ts'
import { ScrollBox } from '../kit/scroll-box.tsx'
import { isNumeric } from '../kit/values.tsx'
import { documentTexts } from '../locales/document-texts.ts'
import { ruledField, type RuledRow } from './form-rules.ts'
import { focusCell, moveOf } from './grid-keys.ts'
import { pastedLines } from './paste-lines.ts'
import { TableHead, TableTotals } from './table-rows.tsx'
import styles from './lines.module.css'
import tableStyles from './table-field.module.css'

type Props = {
  readonly field: FieldDefinition
  readonly value: FormValue
  readonly onChange: (value: readonly FormRow[]) => void
  /** What the rules make of the form the table stands in. */
  readonly rules: RuledRow | null
  /** By path: of the table itself, and of its cells, like `items.0.price`. */
  readonly findings: ReadonlyMap<string, Text>
}

let made = 0

/** A table of rows, as in a spreadsheet: Tab goes right, Enter down (and makes a row at the end), rows can be pasted. */
export function TableField({ field, value, onChange, rules, findings }: Props) {
  const say = useText()
  const labelId = useId()
  const [body, setBody] = useState<HTMLTableSectionElement | null>(null)
  const columns = field.columns ?? []
  const rows = rowsOf(value)
  const latest = useRef(rows)
  latest.current = rows
  const computed = rowsOf(rules?.values[field.name])
  const states = rules?.states[field.name]?.rows
  // What is sent and asked by the rules are the rows in which there is something.
  const places = new Map(filledRows(field, value).map(({ key }, index) => [key, index]))
  const isFull = field.maxRows !== undefined && rows.length >= field.maxRows
  const focus = (row: number, column: number) => requestAnimationFrame(() => focusCell(body, row, column))
  const newRow = (): FormRow => ({ key: `new-${++made}`, values: formOf(columns, {}) })
  const add = (column = 0) => {
    if (isFull) return
    onChange([...rows, newRow()])
    focus(rows.length, column)
  }
  const change = (key: string, name: string, cell: FormValue) => onChange(latest.current.map((row) => (row.key === key ? { ...row, values: { ...row.values, [name]: cell } } : row)))
  const keys = (event: KeyboardEvent<HTMLElement>, row: number, column: number) => {
    const move = moveOf(event)
    if (!move) return
    event.preventDefault()
    if (move === 'remove') {
      onChange(rows.filter((_, at) => at !== row))
      focus(Math.max(0, Math.min(row, rows.length - 2)), column)
    } else if (row + move.down < rows.length) {
      if (row + move.down >= 0) focus(row + move.down, column + move.right)
    } else if (event.key === 'Enter' && places.has(rows[row]?.key ?? '')) add(column)
  }
  const paste = async (event: ClipboardEvent, row: number, column: ColumnDefinition) => {
    const text = event.clipboardData.getData('text/plain')
    if (!isTable(text)) return
    event.preventDefault()
    const pasted = await pastedLines({ text, rows: latest.current, from: row, columns: columns.filter((one) => one.rules?.computed === undefined), start: column, make: newRow })
    onChange(pasted.rows)
  }
  const messages = [...findings].filter(([path]) => path === field.name || path.startsWith(`${field.name}.`)).map(([path, message]) => {
    const place = [...places].find(([, index]) => index === Number(path.split('.')[1]))?.[0]
    return { path, text: `${place === undefined ? '' : `${rows.findIndex(({ key }) => key === place) + 1}. `}${say(message)}` }
  })
  return (
    <section className={tableStyles.table} aria-labelledby={labelId}>
      <h3 id={labelId} className={`${tableStyles.title} ${(field.minRows ?? 0) > 0 || field.required ? styles.required : ''}`}>{say(field.label)}</h3>
      {field.help ? <p className={tableStyles.help}>{say(field.help)}</p> : null}
      <div className={tableStyles.frame}>
        {rows.length === 0 ? null : (
          <ScrollBox className={styles.scroll}>
            <table className={`${styles.grid} ${styles.editing}`}>
              <TableHead columns={columns} withEnd />
              <tbody ref={setBody}>
                {rows.map((row, index) => {
                  const place = places.get(row.key) ?? -1
                  const ruled: RuledRow = { states: states?.[place] ?? {}, values: computed[place]?.values ?? {}, findings: [] }
                  return <Row key={row.key} row={row} index={index} columns={columns} ruled={ruled} findingOf={(name) => findings.get(`${field.name}.${place}.${name}`)} on={{ change, keys, paste }} onRemove={() => onChange(rows.filter(({ key }) => key !== row.key))} />
                })}
              </tbody>
              <TableTotals columns={columns} rows={rows.map((row) => ({ ...row.values, ...computedCells(columns, computed[places.get(row.key) ?? -1]) }))} withEnd />
            </table>
          </ScrollBox>
        )}
        {messages.length > 0 ? <ul className={styles.messages} role="alert">{messages.map(({ path, text }) => <li key={path}>{text}</li>)}</ul> : null}
        <div className={styles.foot}>
          <Button small look="ghost" icon="plus" disabled={isFull} onClick={() => add()}>{say(documentTexts.addRow)}</Button>
          <span className={styles.hint}>{say(documentTexts.pasteHint)}</span>
        </div>
      </div>
    </section>
  )
}

/** What the rules compute of a row, as its inputs would hold it. */
const computedCells = (columns: readonly ColumnDefinition[], row: FormRow | undefined): Record<string, FormValue> =>
  Object.fromEntries(columns.filter(({ rules }) => rules?.computed !== undefined).map(({ name }) => [name, row?.values[name] ?? '']))

type RowProps = {
  readonly row: FormRow
  readonly index: number
  readonly columns: readonly ColumnDefinition[]
  readonly ruled: RuledRow
  readonly findingOf: (name: string) => Text | undefined
  readonly on: {
    readonly change: (key: string, name: string, value: FormValue) => void
    readonly keys: (event: KeyboardEvent<HTMLElement>, row: number, column: number) => void
    readonly paste: (event: ClipboardEvent, row: number, column: ColumnDefinition) => Promise<void>
  }
  readonly onRemove: () => void
}

function Row({ row, index, columns, ruled, findingOf, on, onRemove }: RowProps) {
  const say = useText()
  let open = -1
  return (
    <tr>
      <td className={styles.number}>{index + 1}</td>
      {columns.map((column) => {
        const name = say(documentTexts.lineField, { field: say(column.label), line: index + 1 })
        if (column.rules?.computed !== undefined) {
          const shown = ruled.values[column.name]
          return <td key={column.name} data-label={say(column.label)} className={`${styles.text} ${isNumeric(column) ? styles.right : ''}`} aria-label={name}>{typeof shown === 'boolean' ? (shown ? '✓' : '') : String(shown ?? '')}</td>
        }
        open += 1
        const at = open
        const now = ruledField(column, ruled) ?? column
        const finding = findingOf(column.name)
        return (
          <td key={column.name} className={styles.cell} data-label={say(column.label)} data-wide={column.type === 'text' || column.type === 'longText' || undefined} data-open onPaste={(event) => void on.paste(event, index, column)} {...(finding ? { title: say(finding) } : {})}>
            <FieldInput field={now} bare value={row.values[column.name] ?? ''} invalid={Boolean(finding)} label={name} onChange={(cell) => on.change(row.key, column.name, cell)} onKeyDown={(event) => on.keys(event, index, at)} />
          </td>
        )
      })}
      <td className={styles.end}><IconButton small icon="close" tabIndex={-1} label={say(documentTexts.removeLine, { line: index + 1 })} onClick={onRemove} /></td>
    </tr>
  )
}
