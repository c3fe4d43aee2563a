'use client'

import { memo, useRef, useState, type ClipboardEvent, type KeyboardEvent } from 'react'
import { emptyLine, writableFields, type GridLine } from '../document/form-values.ts'
import { focusCell, moveOf } from '../document/grid-keys.ts'
import type { useDocument } from '../document/use-document.ts'
import { Button } from '../kit/button.tsx'
import { rowsOf, type FormValues } from '../kit/field-values.ts'
import { formatDecimalText } from '../kit/format.ts'
import { useKit, useText } from '../kit/kit-context.tsx'
import { ScrollBox } from '../kit/scroll-box.tsx'
import { inspectionTexts as texts } from '../locales/quality-texts.ts'
import { ReadingCell } from './reading-cell.tsx'
import { judged, withReading, type Shown } from './readings.ts'
import { SampleSum } from './sample-sum.tsx'
import lines from '../document/lines.module.css'
import styles from './quality.module.css'

type Change = (key: string, change: (old: FormValues) => FormValues) => void

/** Units in rows, characteristics in columns: figures are typed down a column, the limits judge them at once. */
export function InspectionGrid({ open }: { readonly open: ReturnType<typeof useDocument> }) {
  const say = useText()
  const { form, values, view } = open
  const { document, editable, entity } = view
  const [body, setBody] = useState<HTMLTableSectionElement | null>(null)
  const characteristics = (document?.characteristics ?? []) as readonly Shown[]
  const rows = values.lines
  const set = (next: (old: readonly GridLine[]) => readonly GridLine[]) => form.setValue('lines', [...next(form.getValues('lines'))], { shouldDirty: true })
  const change: Change = (key, next) => set((old) => old.map((row) => (row.key === key ? { ...row, values: next(row.values) } : row)))
  const actions = useRef({ change, keys: moveFocus, paste })
  actions.current = { change, keys: moveFocus, paste }

  function moveFocus(event: KeyboardEvent<HTMLElement>, row: number, column: number) {
    const move = moveOf(event)
    if (!move) return
    event.preventDefault()
    if (move !== 'remove') focusCell(body, Math.max(0, Math.min(row + move.down, rows.length - 1)), Math.max(0, column + move.right))
    else if (rows.length > 1) set((old) => old.filter((_, at) => at !== row))
  }

  /** A block of figures from a spreadsheet or a gauge fills the measured cells from here on, down and to the right. */
  function paste(event: ClipboardEvent, row: number, code: string) {
    const block = event.clipboardData.getData('text/plain').trimEnd().split(/\r?\n/).map((line) => line.split('\t'))
    if (block.length === 1 && block[0]?.length === 1) return
    event.preventDefault()
    const measured = characteristics.slice(characteristics.findIndex((one) => one.code === code)).filter(({ kind }) => kind === 'measured')
    set((old) => old.map((line, at) => ({ ...line, values: (block[at - row] ?? []).reduce((one: FormValues, cell, place) => (measured[place] ? withReading(one, measured[place].code, { measured: cell.trim() }) : one), line.values) })))
  }

  if (!document || characteristics.length === 0) return <p className={styles.note}>{say(texts.notDrawn)}</p>
  const plan = { sampleSize: Number(document.sampleSize), rejectionNumber: Number(document.rejectionNumber), countBy: document.countBy === 'nonconformities' ? 'nonconformities' : 'units' } as const
  const sum = judged(characteristics, rows.map((row) => row.values), plan)
  const showUnits = rows.some((row) => row.values.units !== '1') || rows.length < Math.min(plan.sampleSize, 2)
  const restOk = () => set((old) => old.map((row) => ({ ...row, values: characteristics.reduce((one, { kind, code }) => (kind === 'attribute' && !rowsOf(one.readings).some((reading) => reading.values.characteristic === code) ? withReading(one, code, { result: 'ok' }) : one), row.values) })))
  const add = () => set((old) => [...old, emptyLine(writableFields(entity.lines?.fields ?? []), view.lineInitial)])
  return (
    <>
      <SampleSum sum={sum} plan={plan} acceptanceNumber={Number(document.acceptanceNumber)} />
      <ScrollBox className={`${lines.scroll} ${styles.grid}`}>
        <table className={`${lines.grid} ${editable ? lines.editing : ''}`}>
          <thead><tr>
            <th scope="col" className={lines.number}>{say(texts.unit)}</th>
            {showUnits ? <th scope="col" className={lines.right}>{say(texts.units)}</th> : null}
            <th scope="col">{say(texts.serial)}</th>
            {characteristics.map((one) => <Heading key={one.code} shown={one} />)}
          </tr></thead>
          <tbody ref={setBody}>
            {rows.map((row, index) => <SampleRow key={row.key} row={row} index={index} characteristics={characteristics} editable={editable} showUnits={showUnits} actions={actions} />)}
          </tbody>
        </table>
      </ScrollBox>
      {editable ? (
        <div className={lines.foot}>
          <Button small look="ghost" icon="check" onClick={restOk}>{say(texts.restOk)}</Button>
          {showUnits ? <Button small look="ghost" icon="plus" onClick={add}>{say(texts.split)}</Button> : null}
          <span className={lines.hint}>{say(texts.keys)}</span>
        </div>
      ) : null}
    </>
  )
}

/** Its number, its name, and what is allowed. */
function Heading({ shown: { code, name, nameZh, lowerLimit, upperLimit, unit, critical } }: { readonly shown: Shown }) {
  const say = useText()
  const { language } = useKit()
  const [low, high] = [lowerLimit, upperLimit].map((limit) => (limit ? formatDecimalText(limit) : ''))
  const limits = low && high ? `${low} – ${high}` : low ? say(texts.from, { low }) : high ? say(texts.to, { high }) : ''
  return (
    <th scope="col" className={styles.heading}>
      <span>{code} {language === 'zh' && nameZh ? nameZh : name}{critical ? <em title={say(texts.critical)}> !<span className={styles.spoken}>{say(texts.critical)}</span></em> : null}</span>
      <small>{limits} {limits ? unit : ''}</small>
    </th>
  )
}

type RowProps = {
  readonly row: GridLine
  readonly index: number
  readonly characteristics: readonly Shown[]
  readonly editable: boolean
  readonly showUnits: boolean
  readonly actions: { readonly current: { readonly change: Change; readonly keys: (event: KeyboardEvent<HTMLElement>, row: number, column: number) => void; readonly paste: (event: ClipboardEvent, row: number, code: string) => void } }
}

/** Drawn again only when its own unit changes. */
const SampleRow = memo(function SampleRow({ row, index, characteristics, editable, showUnits, actions }: RowProps) {
  const say = useText()
  const { key, values } = row
  const first = showUnits ? 2 : 1
  const text = (name: 'units' | 'serial', label: string, column: number) => (
    <td className={lines.cell} data-label={label} data-open={editable || undefined}>
      {editable
        ? <input className={styles.input} inputMode={name === 'units' ? 'numeric' : 'text'} aria-label={say(texts.cell, { name: label, row: index + 1 })} value={String(values[name] ?? '')} onChange={(event) => actions.current.change(key, (old) => ({ ...old, [name]: event.target.value }))} onKeyDown={(event) => actions.current.keys(event, index, column)} />
        : <span className={styles.told}>{String(values[name] ?? '')}</span>}
    </td>
  )
  return (
    <tr>
      <td className={lines.number}>{index + 1}</td>
      {showUnits ? text('units', say(texts.units), 0) : null}
      {text('serial', say(texts.serial), first - 1)}
      {characteristics.map((shown, at) => (
        <ReadingCell
          key={shown.code} shown={shown} values={values} row={index + 1} editable={editable}
          onChange={(reading) => actions.current.change(key, (old) => withReading(old, shown.code, reading))}
          onKeyDown={(event) => actions.current.keys(event, index, first + at)} onPaste={(event) => actions.current.paste(event, index, shown.code)}
        />
      ))}
    </tr>
  )
}, (before, after) => before.row === after.row && before.index === after.index && before.characteristics === after.characteristics && before.editable === after.editable && before.showUnits === after.showUnits)
