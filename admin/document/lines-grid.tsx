'use client'

import { memo, useCallback, useMemo, useRef, useState, type ClipboardEvent, type KeyboardEvent } from 'react'
import type { FieldDefinition } from '../../config/language/entity.ts'
import type { Text } from '../../config/language/text.ts'
import type { LinesView } from '../../plugins/core/views/entity-view.ts'
import { Button, IconButton } from '../kit/button.tsx'
import { FieldInput } from '../kit/field-input.tsx'
import type { FormValue } from '../kit/field-values.ts'
import { plainDecimal } from '../kit/format.ts'
import { useKit, useText } from '../kit/kit-context.tsx'
import { isTable } from '../kit/paste.ts'
import { ScrollBox } from '../kit/scroll-box.tsx'
import { previewAmount, sumDecimalTexts } from '../kit/sum.ts'
import { useTitles } from '../kit/titles-context.tsx'
import { isNumeric, Money } from '../kit/values.tsx'
import { documentTexts } from '../locales/document-texts.ts'
import { ruledField, type RuledRow } from './form-rules.ts'
import { emptyLine, filledLines, writableFields, type GridLine } from './form-values.ts'
import { GridColumns, useGridColumns } from './grid-columns.tsx'
import { focusCell, moveOf } from './grid-keys.ts'
import { pastedLines } from './paste-lines.ts'
import type { useDocument } from './use-document.ts'
import styles from './lines.module.css'

type Props = {
  readonly open: ReturnType<typeof useDocument>
  readonly lines: LinesView
  readonly findings: ReadonlyMap<string, ReadonlyMap<string, Text>>
  readonly onLearn: (notes: readonly string[]) => void
}

/** Lines as in a spreadsheet: Tab goes right, Enter down (and makes a row at the end), rows can be pasted. */
export function LinesGrid({ open, lines, findings, onLearn }: Props) {
  const say = useText()
  const { firm } = useKit()
  const { learn } = useTitles()
  const { view, form, values } = open
  const rows = values.lines
  const writable = useMemo(() => writableFields(lines.fields), [lines])
  const { columns, chosen, setChosen } = useGridColumns(lines, writable, findings)
  const [body, setBody] = useState<HTMLTableSectionElement | null>(null)
  const set = useCallback((change: (old: readonly GridLine[]) => readonly GridLine[]) => {
    form.setValue('lines', [...change(form.getValues('lines'))], { shouldDirty: true })
  }, [form])
  const focus = useCallback((row: number, column: number) => {
    requestAnimationFrame(() => focusCell(body, row, column))
  }, [body])
  const add = useCallback((column = 0) => {
    const at = form.getValues('lines').length
    set((old) => [...old, emptyLine(writable, view.lineInitial)])
    focus(at, column)
  }, [form, set, writable, view.lineInitial, focus])
  const actions = useLatest({
    change: (key: string, name: string, value: FormValue) => set((old) => old.map((row) => (row.key === key ? { ...row, values: { ...row.values, [name]: value } } : row))),
    remove: (key: string) => set((old) => old.filter((row) => row.key !== key)),
    keys: (event: KeyboardEvent<HTMLElement>, row: number, column: number) => {
      const move = moveOf(event)
      if (!move) return
      event.preventDefault()
      const last = rows[rows.length - 1]
      if (move === 'remove') {
        set((old) => old.filter((_, at) => at !== row))
        focus(Math.max(0, Math.min(row, rows.length - 2)), column)
      } else if (row + move.down < rows.length) {
        if (row + move.down >= 0) focus(row + move.down, column + move.right)
      // Enter below the last line makes a new one, once there is something in the last.
      } else if (event.key === 'Enter' && last && filledLines(view, [last]).length > 0) add(column)
    },
    paste: async (event: ClipboardEvent, row: number, column: FieldDefinition) => {
      const text = event.clipboardData.getData('text/plain')
      if (!isTable(text)) return
      event.preventDefault()
      const pasted = await pastedLines({ text, rows: form.getValues('lines'), from: row, columns: columns.filter(({ readOnly }) => !readOnly), start: column, make: () => emptyLine(writable, view.lineInitial) })
      for (const { entity, option: { id, ...title } } of pasted.found) learn(entity, id, title)
      set(() => pasted.rows)
      onLearn(pasted.unknown.map(({ line, field, value }) => say(documentTexts.pasteUnknown, { line, field: say(field.label), value })))
    },
  })
  const messages = rows.flatMap(({ key }, index) => [...(findings.get(key) ?? [])].map(([name, message]) => ({ key: `${key}${name}`, text: `${index + 1}. ${say(message)}` })))
  const previews = rows.map((row) => previewOf(row, firm.exponent))
  const isPriced = columns.some(({ name }) => name === 'netAmount')
  return (
    <>
      <ScrollBox className={`${styles.scroll} ${styles.pinned}`}>
        <table className={`${styles.grid} ${styles.editing}`}>
          <thead>
            <tr>
              <th scope="col" className={styles.number}>#</th>
              {columns.map((field) => (
                <th key={field.name} scope="col" style={{ minWidth: widthOf(field) }} className={`${isNumeric(field) ? styles.right : ''} ${field.required ? styles.required : ''} ${field.readOnly ? styles.amount : ''}`} {...(field.help ? { title: say(field.help) } : {})}>
                  {say(field.label)}{field.type === 'money' || field.type === 'unitPrice' ? <span className={styles.unit}>{firm.currency}</span> : null}
                </th>
              ))}
              <th scope="col" aria-label={say(documentTexts.moreColumns)} className={styles.end}><GridColumns fields={writable} chosen={chosen} onChoose={setChosen} /></th>
            </tr>
          </thead>
          <tbody ref={setBody}>
            {rows.map((row, index) => <GridRow key={row.key} row={row} index={index} columns={columns} preview={previews[index] ?? null} entity={lines.entity} findings={findings.get(row.key)} rules={open.rules.lines.has(row.key) ? JSON.stringify(open.rules.lines.get(row.key)) : null} actions={actions} />)}
          </tbody>
        </table>
      </ScrollBox>
      {messages.length > 0 ? <ul className={styles.messages} role="alert">{messages.map(({ key, text }) => <li key={key}>{text}</li>)}</ul> : null}
      <div className={styles.foot}>
        <Button small look="ghost" icon="plus" onClick={() => add()}>{say(documentTexts.addLine)}</Button>
        <span className={styles.hint}>{say(documentTexts.pasteHint)}</span>
        {isPriced && previews.some((amount) => amount !== null) ? <span className={styles.estimate}>{say(documentTexts.estimate)} <strong><Money value={sumDecimalTexts(previews.flatMap((amount) => amount ?? []))} /></strong></span> : null}
      </div>
    </>
  )
}

type Actions = {
  readonly change: (key: string, name: string, value: FormValue) => void
  readonly remove: (key: string) => void
  readonly keys: (event: KeyboardEvent<HTMLElement>, row: number, column: number) => void
  readonly paste: (event: ClipboardEvent, row: number, column: FieldDefinition) => Promise<void>
}

type GridRowProps = { readonly row: GridLine; /** Of the lines. */ readonly entity: string; readonly index: number; readonly columns: readonly FieldDefinition[]; readonly preview: string | null; readonly findings: ReadonlyMap<string, Text> | undefined; /** A `RuledRow` as text, so that equal ones draw nothing anew. */ readonly rules: string | null; readonly actions: { readonly current: Actions } }

/** Drawn again only when its own values change, so that a hundred lines type as fast as one. */
const GridRow = memo(function GridRow({ row, entity, index, columns, preview, findings, rules, actions }: GridRowProps) {
  const say = useText()
  const ruled = useMemo(() => (rules === null ? null : JSON.parse(rules) as RuledRow), [rules])
  let open = -1
  return (
    <tr>
      <td className={styles.number}>{index + 1}</td>
      {columns.map((field) => {
        if (field.readOnly) return <td key={field.name} data-label={say(field.label)} className={`${styles.text} ${styles.right} ${styles.amount}`}>{field.name === 'netAmount' && preview !== null ? <Money value={preview} bare /> : null}</td>
        open += 1
        const column = open
        const finding = findings?.get(field.name)
        const now = ruledField(field, ruled)
        const name = say(documentTexts.lineField, { field: say(field.label), line: index + 1 })
        if (!now || (now.readOnly && field.type !== 'relation')) {
          const kept = now ? String((ruled?.values[field.name] ?? row.values[field.name]) || '') : ''
          return <td key={field.name} className={styles.cell} data-label={say(field.label)} data-open><input className={styles.kept} readOnly aria-label={name} value={say(field.options?.find(({ value }) => value === kept)?.label ?? { en: kept, zh: kept })} placeholder={now ? '' : '—'} onKeyDown={(event) => actions.current.keys(event, index, column)} /></td>
        }
        return (
          <td key={field.name} className={styles.cell} data-label={say(field.label)} data-wide={isWide(field) || undefined} data-open onPaste={(event) => void actions.current.paste(event, index, field)} {...(finding ? { title: say(finding) } : {})}>
            <FieldInput
              field={now} bare around={{ entity, values: row.values }} value={row.values[field.name] ?? ''} invalid={Boolean(finding)} label={name}
              placeholder={isAutomatic(field) ? say(documentTexts.automatic) : ''}
              onChange={(value) => actions.current.change(row.key, field.name, value)} onKeyDown={(event) => actions.current.keys(event, index, column)}
            />
          </td>
        )
      })}
      <td className={styles.end}><IconButton small icon="close" tabIndex={-1} label={say(documentTexts.removeLine, { line: index + 1 })} onClick={() => actions.current.remove(row.key)} /></td>
    </tr>
  )
})

/** Left empty, the platform fills it: from the part, the price list, the customer. */
const isAutomatic = ({ name, required }: FieldDefinition) => !required && ['description', 'unit', 'unitPrice', 'taxCode'].includes(name)

function previewOf({ values }: GridLine, digits: number): string | null {
  const text = (name: string) => plainDecimal(String(values[name] ?? ''))
  if (!text('quantity') || !text('unitPrice')) return null
  return previewAmount({ quantity: text('quantity'), unitPrice: text('unitPrice'), discountPercent: text('discountPercent') || '0', digits })
}

/** Names and words need the whole card on a phone. */
const isWide = ({ type, name }: FieldDefinition) => type === 'text' || type === 'longText' || (type === 'relation' && name !== 'unit' && name !== 'taxCode')

function widthOf({ type, name }: FieldDefinition): number {
  if (type === 'relation') return name === 'unit' || name === 'taxCode' ? 84 : 132
  if (type === 'text' || type === 'longText') return 120
  return type === 'date' ? 124 : type === 'select' ? 108 : 84
}

/** Always the newest closures behind one object that never changes, so that rows need not be drawn for them. */
function useLatest(actions: Actions): { readonly current: Actions } {
  const latest = useRef(actions)
  latest.current = actions
  return latest
}
