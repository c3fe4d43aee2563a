'use client'

import { Command } from 'cmdk'
import { useCallback, useRef, useState } from 'react'
import { Popover } from '../kit/floating.tsx'
import { Icon } from '../kit/icon.tsx'
import { useText, type Speak } from '../kit/kit-context.tsx'
import { importTexts } from '../locales/import-texts.ts'
import { listTexts } from '../locales/list-texts.ts'
import type { FieldView, ImportView } from './import-types.ts'
import floating from '../kit/floating.module.css'
import page from '../kit/page.module.css'
import styles from './import-mapping.module.css'

type Props = {
  readonly label: string
  readonly view: ImportView
  readonly column: number
  readonly invalid: boolean
  readonly onChoose: (field: FieldView | null) => void
}

/** The field of a column: a button that opens all fields with a box to find one by its name in either language. */
export function FieldChoice({ label, view, column, invalid, onChoose }: Props) {
  const say = useText()
  const anchor = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  const close = useCallback(() => setOpen(false), [])
  const chosen = view.fields.find(({ path }) => path === view.mapping[column]?.field)
  const choose = (field: FieldView | null) => {
    setOpen(false)
    onChoose(field)
    anchor.current?.focus()
  }
  return (
    <>
      <button
        ref={anchor} type="button" className={styles.choice} data-chosen={chosen !== undefined} data-invalid={invalid || undefined} aria-haspopup="dialog" aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <i className={page.srOnly}>{label}: </i>
        <span>{chosen ? nameOf(chosen, say) : say(importTexts.notImported)}</span>
        {chosen?.required ? <em>{say(importTexts.required)}</em> : null}
        <Icon name="down" size={12} />
      </button>
      {open ? <Popover anchor={anchor} onClose={close} label={label} matchWidth><Fields view={view} column={column} onChoose={choose} /></Popover> : null}
    </>
  )
}

function Fields({ view, column, onChoose }: Pick<Props, 'view' | 'column' | 'onChoose'>) {
  const say = useText()
  const [words, setWords] = useState('')
  const wanted = words.trim().toLowerCase()
  const found = view.fields.filter(({ label, path }) => `${label.en} ${label.zh} ${path}`.toLowerCase().includes(wanted))
  const groups = [{ name: importTexts.ofDocument, group: 'document' }, { name: importTexts.ofLines, group: 'lines' }].map(({ name, group }) => ({ name, fields: found.filter((field) => field.group === group) }))
  const userOf = (path: string) => view.columns.find(({ index }) => index !== column && view.mapping[index]?.field === path)
  return (
    <Command label={say(listTexts.findField)} shouldFilter={false} loop className={floating.chooser}>
      <Command.Input value={words} onValueChange={setWords} placeholder={say(listTexts.findField)} aria-label={say(listTexts.findField)} data-autofocus />
      <Command.List label={say(importTexts.field)}>
        {wanted === '' ? <Command.Item value="-" onSelect={() => onChoose(null)} className={floating.item}>{say(importTexts.notImported)}</Command.Item> : null}
        {groups.filter(({ fields }) => fields.length > 0).map(({ name, fields }) => (
          <Command.Group key={name.en} heading={say(name)} className={styles.group}>
            {fields.map((field) => {
              const user = userOf(field.path)
              return (
                <Command.Item key={field.path} value={field.path} onSelect={() => onChoose(field)} className={floating.item}>
                  <span className={styles.fieldName}>{say(field.label)}{field.required ? <em>{say(importTexts.required)}</em> : null}</span>
                  {user ? <small className={styles.faint}>{say(importTexts.usedBy, { column: user.header || say(importTexts.noHeader, { index: user.index + 1 }) })}</small> : null}
                </Command.Item>
              )
            })}
          </Command.Group>
        ))}
        {found.length === 0 ? <div className={floating.note} role="presentation">{say(listTexts.noField)}</div> : null}
      </Command.List>
    </Command>
  )
}

const nameOf = ({ group, label }: FieldView, say: Speak): string => (group === 'lines' ? say(importTexts.lineField, { field: say(label) }) : say(label))
