'use client'

import { useCallback, useRef, useState } from 'react'
import type { EntityView } from '../../plugins/core/views/entity-view.ts'
import { Button } from '../kit/button.tsx'
import { Popover } from '../kit/floating.tsx'
import { useText } from '../kit/kit-context.tsx'
import { listTexts } from '../locales/list-texts.ts'
import styles from './list.module.css'

/** Which fields stand as columns; the first one stays, since it names the row. */
export function ColumnChooser({ entity, columns, onChoose }: { readonly entity: EntityView; readonly columns: readonly string[]; readonly onChoose: (columns: readonly string[]) => void }) {
  const say = useText()
  const anchor = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  const close = useCallback(() => setOpen(false), [])
  const shown = columns.length > 0 ? columns : entity.listColumns
  const offered = entity.fields.filter(({ type, name }) => type !== 'json' && name !== 'version')
  const toggle = (name: string) => onChoose(shown.includes(name) ? shown.filter((one) => one !== name) : [...shown, name])
  return (
    <>
      <Button ref={anchor} look="ghost" small icon="columns" aria-haspopup="dialog" aria-expanded={open} onClick={() => setOpen(!open)}>{say(listTexts.columns)}</Button>
      {open ? (
        <Popover anchor={anchor} onClose={close} side="end" label={say(listTexts.columns)}>
          <div className={styles.editor}>
            {offered.map((field) => (
              <label key={field.name} className={styles.choice}>
                <input type="checkbox" checked={shown.includes(field.name)} disabled={shown[0] === field.name} onChange={() => toggle(field.name)} />
                {say(field.label)}
              </label>
            ))}
            <Button small onClick={() => onChoose([])}>{say(listTexts.usualColumns)}</Button>
          </div>
        </Popover>
      ) : null}
    </>
  )
}
